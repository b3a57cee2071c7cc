"""Guided talks: begin, answer, step about in them, stop; the engine speaks from the agenda.

What a person writes is saved at once, and the next question is made afterwards: so an engine may be slow, or
fail, and nothing that was written is lost.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import zip_longest
from typing import Literal

from coaching.guide import last_step
from coaching.guide.consent import emptied, found
from coaching.guide.engine import Engine
from coaching.guide.standpoint import standpoint_of
from coaching.guide.talk import (
    FORGET_TALK,
    FORGOTTEN_AFTER,
    GUIDED_TALKS,
    LONGEST_ANSWER,
    NEXT_STEPS,
    TALK_CUE,
    TALK_RESTS,
    TALK_TURN,
    TURN,
    GuidedTalk,
)
from coaching.guide.turn import GUIDE, ActionPlan, Reply
from coaching.language.commands import Steering, steering
from coaching.language.form import FormId
from coaching.language.time_expressions import as_told, as_weekday, next_moment
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.reading import aside
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot, together
from kernel.values import PersonId
from kernel.working_hours import OFFICE, Hours
from mentoring.model.person import Person, stranger
from sensing.safety.safety import Finding, Tier
from sensing.safety.safety import read as read_safety

Meaning = Steering | Literal["danger", "answer"]
MOST_TALKS = 50
RESTS_AFTER = timedelta(hours=20)


async def begin(
    desk: Desk,
    me: PersonId,
    now: datetime,
    *,
    opening: str,
    form: FormId,
    talk_id: str,
    message_id: str | None = None,
) -> GuidedTalk:
    """Begin a guided talk about what somebody wrote; the same id again returns the one that it began.

    Where they delete the message of *message_id*, the opening goes.
    Where the time of an earlier guided talk's step has come, it opens with that.
    """
    if not opening.strip():
        raise Invalid("opening", "empty")
    talk = GuidedTalk(
        id=talk_id,
        person_id=me,
        form=form,
        standpoint=await standpoint_of(desk, me),
        opening=opening.strip()[:LONGEST_ANSWER],
        begun_at=now,
        spoken_at=now,
        heard_in={message_id: -1} if message_id else {},
    )

    steps = await desk.store.ids(NEXT_STEPS.of(me), limit=MOST_TALKS)

    def decide(read: Snapshot) -> tuple[GuidedTalk, Changes]:
        if first := read.find(GuidedTalk, talk_id):
            return first.check_owner(me), NONE
        before = last_step.to_ask_about(read.all(GuidedTalk, steps), now)
        if before is None:
            return talk, _spoken(talk, now)
        begun = talk.model_copy(update={"follows": before.id})
        asked = Changes(put=[before.model_copy(update={"is_asked_after": True})])
        return begun, together(_spoken(begun, now), asked)

    return await desk.store.commit(decide, load=[Key(GuidedTalk, talk_id)])


async def reply(
    desk: Desk,
    talk_id: str,
    me: PersonId,
    now: datetime,
    *,
    text: str,
    event_id: str,
    is_beside: bool = False,
    finding: Finding | None = None,
    once: str | None = None,
) -> GuidedTalk:
    """Take what a person wrote in a guided talk: an answer, or a word that steers it (skip, back, stop).

    With *is_beside* it was written outside the thread. It is taken once by *once*, else by its event.

    A text that speaks of danger to life ends the guided talk and is not kept. *finding* is what this text
    speaks of, from whoever has read it; else it is read here.
    """
    meaning = await aside(partial(meant_by, finding=finding), text)

    def move(talk: GuidedTalk) -> GuidedTalk:
        moved = _moved(talk, meaning, text, now).model_copy(update={"is_beside": is_beside})
        return moved.noted(event_id) if meaning == "answer" else moved

    if meaning == "danger":
        return await _change(desk, talk_id, me, move, now, also=lambda read: emptied(read, me))
    return await _change(desk, talk_id, me, move, now, once=once or f"message:{event_id}")


def heard(talk: GuidedTalk, text: str, now: datetime) -> GuidedTalk:
    """A guided talk after what was written in it: an answer, a word that steers, danger that ends it."""
    return _moved(talk, meant_by(text), text, now)


def meant_by(text: str, finding: Finding | None = None) -> Meaning:
    """What a text in a guided talk is, whatever was asked; it is read for safety where nobody has yet."""
    if (finding or read_safety(text)).tier is Tier.STOP:
        return "danger"
    return steering(text) or "answer"


def _moved(talk: GuidedTalk, meaning: Meaning, text: str, now: datetime) -> GuidedTalk:
    moves: dict[Meaning, Callable[[], GuidedTalk]] = {
        "danger": talk.stop_for_danger,
        "skip": lambda: talk.skip(now),
        "back": lambda: talk.back(now),
        "stop": talk.stop,
        "answer": lambda: talk.answer(text, now),
    }
    return moves[meaning]()


async def reword(desk: Desk, message_id: str, me: PersonId, *, before: str, after: str) -> None:
    """Keep what a person has made of an answer; what was said to it stays."""
    found = await _heard(desk, message_id, me)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        talks = [(talk, talk.reworded(message_id, before, after)) for talk in read.all(GuidedTalk, found)]
        pairs = [pair for pair in talks if pair[0] != pair[1]]
        return None, together(*(together(Changes(put=[new]), _repainted(old, new)) for old, new in pairs))

    await desk.store.commit(decide)


async def erase(desk: Desk, message_id: str, me: PersonId, now: datetime) -> None:
    """Drop an answer, or an opening, that its person deleted, with all that was made of it."""
    heard_in = await _heard(desk, message_id, me)
    for talk_id in await _following(desk, heard_in, me):
        await _change(desk, talk_id, me, lambda talk: talk.without_last_step(), now)
    for talk_id in heard_in:
        reminder = Changes(later=[Never(TALK_CUE, talk_id)])
        also = partial(_emptied, me, reminder)
        await _change(desk, talk_id, me, lambda talk: talk.forgot(message_id), now, also=also)


def _emptied(me: PersonId, also: Changes, read: Snapshot) -> Changes:
    return together(emptied(read, me), also)


async def _heard(desk: Desk, message_id: str, me: PersonId) -> list[str]:
    """The guided talks in which a message was heard, also as their opening."""
    found = await desk.store.ids(GUIDED_TALKS.of(me), limit=MOST_TALKS)
    talks = await desk.store.look(lambda read: read.all(GuidedTalk, found))
    return [talk.id for talk in talks if message_id in talk.heard_in]


async def _following(desk: Desk, before: Sequence[str], me: PersonId) -> list[str]:
    """The guided talks that have asked about the steps of others."""
    found = await desk.store.ids(GUIDED_TALKS.of(me), limit=MOST_TALKS)
    talks = await desk.store.look(lambda read: read.all(GuidedTalk, found))
    return [talk.id for talk in talks if talk.follows in before]


async def skip(desk: Desk, talk_id: str, me: PersonId, now: datetime, *, number: int) -> GuidedTalk:
    """Leave a question unanswered; one that is not the latest any more, as by a second press, stays."""
    return await _change(
        desk, talk_id, me, lambda talk: talk.skip(now) if talk.is_latest(number) else talk, now
    )


async def back(desk: Desk, talk_id: str, me: PersonId, now: datetime, *, number: int) -> GuidedTalk:
    """Go back from a question to the one before; from one that is not the latest, nothing changes."""
    return await _change(
        desk, talk_id, me, lambda talk: talk.back(now) if talk.is_latest(number) else talk, now
    )


async def stop(desk: Desk, talk_id: str, me: PersonId, now: datetime) -> GuidedTalk:
    """End a guided talk where it stands."""
    return await _change(desk, talk_id, me, lambda talk: talk.stop(), now)


async def pause(desk: Desk, talk_id: str, me: PersonId, now: datetime, *, event_id: str) -> GuidedTalk:
    """Let a guided talk rest at its person's wish; an engine at work on its next turn works for nothing.

    That it rests stands where the next question would have come.
    """

    def said(read: Snapshot) -> Changes:
        talk = read.get(GuidedTalk, talk_id)
        is_asked = bool(talk.turns) and talk.turns[-1].is_open
        return NONE if is_asked or not talk.is_open else Changes(show=[_turn_shown(talk, len(talk.turns))])

    return await _change(
        desk,
        talk_id,
        me,
        lambda talk: talk.pause() if talk.is_open else talk,
        now,
        once=f"talk:{event_id}",
        also=said,
    )


async def resume(desk: Desk, talk_id: str, me: PersonId, now: datetime) -> GuidedTalk:
    """Go on with a guided talk that rested or was stopped."""
    return await _change(desk, talk_id, me, lambda talk: talk.resume(now), now)


async def rate(desk: Desk, talk_id: str, me: PersonId, *, number: int, liked: bool) -> GuidedTalk:
    """Say of one question whether it helped."""

    def decide(read: Snapshot) -> tuple[GuidedTalk, Changes]:
        talk = read.get(GuidedTalk, talk_id).check_owner(me).rate(number, liked)
        return talk, Changes(put=[talk], show=[_turn_shown(talk, number)])

    return await desk.store.commit(decide, load=[Key(GuidedTalk, talk_id)])


async def speak(desk: Desk, engine: Engine, talk_id: str, now: datetime, due: Due | None = None) -> None:
    """Say what comes next in a guided talk; at its end, ask back what was planned."""
    talk = await desk.find(GuidedTalk, talk_id)
    is_owed = talk is not None and talk.needs_question
    said = await _next(desk, engine, talk, now) if talk and is_owed else None
    is_over = talk is not None and is_owed and said is None
    plan = await engine.plan(talk.on_its_own) if talk and is_over else None
    cue = (await asyncio.to_thread(lambda: talk.outcome)).cue if talk and is_over else ""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        current = read.find(GuidedTalk, talk_id)
        if current is None or talk is None or current.unrated() != talk.unrated():
            return None, NONE
        if not current.needs_question:
            return None, NONE
        if any(it and it.by != GUIDE for it in (said, plan)) and found(read, talk.person_id).is_refused:
            # Taken back while it was on its way: what a model wrote goes, and the guide speaks.
            return None, Changes(later=[Later(TALK_TURN, talk_id, now)])
        if said is not None:
            return None, _asked(current.ask(said, now), now)
        return None, _finished(read, current, cue, now, plan)

    await desk.store.commit(decide, load=[Key(GuidedTalk, talk_id)], due=due)


async def _next(desk: Desk, engine: Engine, talk: GuidedTalk, now: datetime) -> Reply | None:
    """What is said next: the script asks about a last step first, then the engine speaks."""
    before = await desk.find(GuidedTalk, talk.follows) if talk.follows and not talk.turns else None
    if before is not None and before.is_agreed:
        person = await desk.find(Person, talk.person_id) or stranger(talk.person_id, now)
        return await asyncio.to_thread(last_step.question, talk, before, person.zone, now)
    said = await engine.next_turn(talk.on_its_own)
    is_first = talk.has_last_step and len(talk.turns) == 1
    return last_step.acknowledged(talk, said) if said and said.by == GUIDE and is_first else said


async def rest(desk: Desk, talk_id: str, now: datetime, due: Due | None = None) -> None:
    """Let a guided talk rest in which nobody has written for a day."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        talk = read.find(GuidedTalk, talk_id)
        if talk is None or talk.state != "going" or now < talk.spoken_at + RESTS_AFTER:
            return None, NONE
        resting = talk.pause()
        changed = together(Changes(put=[resting], show=[_shown(resting)]), _repainted(talk, resting))
        return None, changed

    await desk.store.commit(decide, load=[Key(GuidedTalk, talk_id)], due=due)


async def forget(desk: Desk, talk_id: str, due: Due | None = None) -> None:
    """Drop a guided talk whose time to be kept is over."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(GuidedTalk, talk_id)])), due=due)


async def _change(
    desk: Desk,
    talk_id: str,
    me: PersonId,
    move: Callable[[GuidedTalk], GuidedTalk],
    now: datetime,
    *,
    once: str | None = None,
    also: Callable[[Snapshot], Changes] = lambda _: NONE,
) -> GuidedTalk:
    def decide(read: Snapshot) -> tuple[GuidedTalk, Changes]:
        before = read.get(GuidedTalk, talk_id).check_owner(me)
        after = move(before)
        if after == before:
            return after, also(read)
        return after, together(_spoken(after, now), _repainted(before, after), also(read))

    return await desk.store.commit(decide, load=[Key(GuidedTalk, talk_id)], once=once)


def _spoken(talk: GuidedTalk, now: datetime) -> Changes:
    """What goes with a guided talk after the person has spoken: the engine's turn, unless it is over."""
    is_owed = talk.needs_question
    turn = Later(TALK_TURN, talk.id, now) if is_owed else Never(TALK_TURN, talk.id)
    forgotten = Later(FORGET_TALK, talk.id, now + FORGOTTEN_AFTER)
    rests = [Later(TALK_RESTS, talk.id, now + RESTS_AFTER)] if talk.state == "going" and not is_owed else []
    return Changes(put=[talk], later=[turn, forgotten, *rests], show=[_shown(talk)])


def _repainted(before: GuidedTalk, after: GuidedTalk) -> Changes:
    """The questions that look different now: answered, asked again, taken back, resting, closed, erased."""
    is_turned = before.state != after.state
    pairs = enumerate(zip_longest(before.turns, after.turns))
    changed = [number for number, (old, new) in pairs if old != new or (is_turned and new and new.is_open)]
    return Changes(show=[_turn_shown(after, number) for number in changed])


def _asked(talk: GuidedTalk, now: datetime) -> Changes:
    rests = Later(TALK_RESTS, talk.id, now + RESTS_AFTER)
    return Changes(put=[talk], later=[rests], show=[_turn_shown(talk, len(talk.turns) - 1), _shown(talk)])


def _finished(read: Snapshot, talk: GuidedTalk, cue: str, now: datetime, plan: ActionPlan | None) -> Changes:
    person = read.find(Person, talk.person_id) or stranger(talk.person_id, now)
    done = finished(talk, cue, person.zone, now, plan=plan, hours=person.hours)
    last = [_turn_shown(done, len(done.turns) - 1)] if done.turns else []
    return Changes(put=[done], later=[Never(TALK_RESTS, talk.id)], show=[*last, _shown(done)])


def finished(
    talk: GuidedTalk,
    cue: str,
    zone: str,
    now: datetime,
    *,
    plan: ActionPlan | None = None,
    hours: Hours = OFFICE,
) -> GuidedTalk:
    """A guided talk that has come to its end, its plan asked back with the moment that *cue* names.

    It has none where no rule reads one, and where the guided talk will be forgotten by then.
    """
    cue = as_told(cue, "\n".join(talk.prose))
    at = next_moment(cue, zone, now, hours) if cue else None
    is_within = at is not None and at < talk.spoken_at + FORGOTTEN_AFTER
    return talk.finish(now, at if is_within else None, plan, as_weekday(cue, zone, now))


def _shown(talk: GuidedTalk) -> Show:
    return Show(talk.thing, to=talk.person_id)


def _turn_shown(talk: GuidedTalk, number: int) -> Show:
    return Show(TURN.of(talk.id, number), to=talk.person_id)

"""The conversation of a mentorship: agree, find a time, tell what became of it, note, answer, rest, end."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from handlers.block_kit import texts
from handlers.block_kit.blocks import View
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.mentorships import agreement_form, card, notes_form, practice, small_forms, words
from handlers.mentorships import words_of_forms as forms
from handlers.mentorships.card import Sight
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.store import Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.mentorships import mentorships
from relationships.mentorships.mentorship import Mentorship


async def agree(press: Press) -> None:
    """Agree."""
    await press.carry_out(mentorships.agree(press.desk, press.value, press.me, press.now))


async def change(press: Press) -> None:
    """Open the form of the agreement."""
    async with press.answering():
        await press.open(agreement_form.form(await _mine(press.desk, press.value, press.me)))


async def swap(press: Press) -> None:
    """Let mentor and mentee change places."""
    await press.carry_out(mentorships.swap(press.desk, press.value, press.me, press.now))


async def changed(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Change the agreement."""
    mentorship_id, wanted = agreement_form.filled(view)
    async with answering(ack, agreement_form.problems) as answer:
        await mentorships.change(desk, mentorship_id, me, wanted, now)
        answer["response_action"] = "clear"


async def pick(press: Press) -> None:
    """Book one of the times offered."""
    mentorship_id, number, seconds = card.picked(press.value)
    at = datetime.fromtimestamp(seconds, UTC)
    booking = mentorships.book(press.desk, mentorship_id, press.me, press.now, number=number, at=at)
    await press.carry_out(booking)


async def other_time(press: Press) -> None:
    """Open the picker of another time."""
    mentorship_id, number = card.numbered(press.value)
    async with press.answering():
        mentorship, sight = await seen(press.desk, mentorship_id, press.me, press.now)
        await press.open(small_forms.other_time(mentorship, number, sight.called, press.now))


async def time_set(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Book the time that was picked."""
    said = small_forms.filled(view)
    async with answering(ack, small_forms.time_problems):
        if said.at is None:
            raise Invalid("at", "empty")
        await mentorships.book(desk, said.mentorship_id, me, now, number=said.number, at=said.at)


async def move(press: Press) -> None:
    """Take the time of the next talk back."""
    mentorship_id, number = card.numbered(press.value)
    await press.carry_out(mentorships.move(press.desk, mentorship_id, press.me, press.now, number=number))


async def met(press: Press) -> None:
    """Say that the talk took place."""
    mentorship_id, number = card.numbered(press.value)
    await press.carry_out(mentorships.met(press.desk, mentorship_id, press.me, press.now, number=number))


async def not_held(press: Press) -> None:
    """Say that it did not."""
    mentorship_id, number = card.numbered(press.value)
    await press.carry_out(mentorships.not_held(press.desk, mentorship_id, press.me, press.now, number=number))


async def notes(press: Press) -> None:
    """Open the notes."""
    async with press.answering():
        mentorship, sight = await seen(press.desk, press.value, press.me, press.now)
        own = await mentorships.own_notes(press.desk, mentorship.id, press.me)
        await press.open(notes_form.form(mentorship, sight.called, own, press.cause))


async def noted(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Keep notes."""
    mentorship_id, cause, said = notes_form.filled(view)
    async with answering(ack, notes_form.problems):
        await mentorships.note(desk, mentorship_id, me, said, now, once=cause)


async def step_done(press: Press) -> None:
    """Finish a next step of one's own."""
    mentorship_id, number = card.numbered(press.value)
    done = mentorships.finish_step(press.desk, mentorship_id, press.me, press.now, number=number)
    await press.carry_out(done)


async def answer(press: Press) -> None:
    """Answer a question; where it could be better, ask what would help."""
    mentorship_id, key, said = card.answered(press.value)
    async with press.answering():
        after = await mentorships.answer(press.desk, mentorship_id, press.me, press.now, key=key, said=said)
        if said in ("better", "no") and after.state == "going":
            await press.open(small_forms.what_would_help(after))


async def discuss(press: Press) -> None:
    """Put how it goes on the next agenda."""
    async with press.answering():
        await mentorships.discuss(press.desk, press.value, press.me, press.now)
        await press.say(forms.NEXT_TIME)


async def pause(press: Press) -> None:
    """Open the question for how long."""
    async with press.answering():
        mentorship, sight = await seen(press.desk, press.value, press.me, press.now)
        await press.open(small_forms.pause(mentorship, sight.called, press.now))


async def paused(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Take a break."""
    said = small_forms.filled(view)
    async with answering(ack, small_forms.pause_problems) as answer:
        if said.until is None:
            raise Invalid("at", "empty")
        await mentorships.pause(desk, said.mentorship_id, me, now, back_at=said.until)
        answer["response_action"] = "clear"


async def resume(press: Press) -> None:
    """Go on before the break is over."""
    await press.carry_out(mentorships.resume(press.desk, press.value, press.me, press.now))


async def handed_over(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Tell the mentee, whose choice is what comes next."""
    said = small_forms.filled(view)
    async with answering(ack, small_forms.hand_over_problems):
        await mentorships.offer_hand_over(
            desk, said.mentorship_id, me, now, suggested=said.suggested, word=said.word
        )


async def close(press: Press) -> None:
    """End it."""
    async with press.answering():
        over = await mentorships.close(press.desk, press.value, press.me, press.now)
        if press.sent.view is not None:
            await press.say(forms.its_closed(can_reopen=over.can_reopen(press.me, press.now)))


async def closed(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """End it, from the window that asks."""
    async with answering(ack, small_forms.gained_problems) as answer:
        await mentorships.close(desk, small_forms.filled(view).mentorship_id, me, now)
        answer["response_action"] = "clear"


async def reopen(press: Press) -> None:
    """Ask to go on after all, or agree to that."""
    await press.carry_out(mentorships.reopen(press.desk, press.value, press.me, press.now))


async def gained(press: Press) -> None:
    """Open the form for what was gained."""
    async with press.answering():
        mentorship, sight = await seen(press.desk, press.value, press.me, press.now)
        before = mentorship.gained.get(press.me, "")
        is_out = sight.has_other_left
        await press.open(small_forms.gained(mentorship, sight.called, before, is_other_out=is_out))


async def said_gained(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Tell the other what was gained."""
    said = small_forms.filled(view)
    async with answering(ack, small_forms.gained_problems):
        await mentorships.gain(desk, said.mentorship_id, me, said.gained, now)


async def stands(press: Press) -> None:
    """Show how it stands."""
    async with press.answering():
        await press.open(small_forms.stands(*await seen(press.desk, press.value, press.me, press.now)))


async def more(press: Press) -> None:
    """Open what was chosen behind the three dots."""
    what, mentorship_id = card.chosen(press.value)
    async with press.answering():
        mentorship, sight = await seen(press.desk, mentorship_id, press.me, press.now)
        await press.open(_MORE[what](mentorship, sight))


_MORE: Mapping[card.Way, Callable[[Mentorship, Sight], View]] = {
    "change": lambda it, sight: agreement_form.form(it),
    "pause": lambda it, sight: small_forms.pause(it, sight.called, sight.now),
    "hand_over": lambda it, sight: small_forms.hand_over(it, sight.called),
    "close": lambda it, sight: small_forms.close(it, sight.called, sight.me),
}


async def seen(desk: Desk, mentorship_id: str, me: PersonId, now: datetime) -> tuple[Mentorship, Sight]:
    """A mentorship of somebody's, and how they see it."""

    def view(read: Snapshot) -> tuple[Mentorship, Sight]:
        mentorship = read.get(Mentorship, mentorship_id).check_one_of(me)
        return mentorship, sight_of(read, mentorship, me, now)

    return await desk.store.look(view)


def sight_of(
    read: Snapshot, mentorship: Mentorship, me: PersonId, now: datetime, *, can_practise: bool = False
) -> Sight:
    """How one of the two sees it: by their clock, with the other's name."""
    mine, other = read.find(Person, me), read.find(Person, mentorship.other(me))
    named = mentorship.hand_over.suggested if mentorship.hand_over else None
    suggested = read.find(Person, named) if named else None
    return Sight(
        me=me,
        zone=mine.zone if mine else "UTC",
        called=_called(other),
        now=now,
        suggested="" if suggested and suggested.is_gone else _called(suggested),
        has_other_left=other is not None and other.standing not in ("active", "unknown"),
        sprint=practice.sprint_of(read, mentorship, me),
        can_practise=can_practise,
    )


def _called(person: Person | None) -> str:
    return (texts.name(person.called) if person else "") or words.PARTNER


async def _mine(desk: Desk, mentorship_id: str, me: PersonId) -> Mentorship:
    return (await desk.get(Mentorship, mentorship_id)).check_one_of(me)


def register(app: App) -> None:
    """Listen to mentorships."""
    for action, listener in {
        card.AGREE: agree,
        card.CHANGE: change,
        card.SWAP: swap,
        card.OTHER_TIME: other_time,
        card.MOVE: move,
        card.MET: met,
        card.MOVED: move,
        card.NOT_HELD: not_held,
        card.NOTES: notes,
        card.STEP_DONE: step_done,
        card.PAUSE: pause,
        card.RESUME: resume,
        card.CLOSE: close,
        card.REOPEN: reopen,
        card.GAINED: gained,
        card.STANDS: stands,
        card.MORE: more,
        card.DISCUSS: discuss,
    }.items():
        app.action(action)(listener)
    app.action(re.compile(rf"{re.escape(card.PICK)}\.\d"))(pick)
    app.action(re.compile(rf"{re.escape(card.ANSWER)}\.\w+"))(answer)
    app.view(agreement_form.FORM)(changed)
    app.view(notes_form.FORM)(noted)
    app.view(small_forms.OTHER_TIME)(time_set)
    app.view(small_forms.PAUSE)(paused)
    app.view(small_forms.HAND_OVER)(handed_over)
    app.view(small_forms.CLOSE)(closed)
    app.view(small_forms.GAINED)(said_gained)

"""Check-ins on an aim: begun at their person's wish, asked within the limit of unasked messages, stopped."""

from collections.abc import Callable
from datetime import datetime, timedelta

from coaching.aims.aim_check_ins import (
    ASK_AIM,
    FORGET_AIM,
    OPEN_AIM_CHECK_INS,
    AimCheckIns,
    Weeks,
)
from coaching.guide.form_selection import form_for
from coaching.guide.talk import GuidedTalk
from coaching.guide.talks import begin as begin_talk
from kernel.desk import Desk
from kernel.errors import Ended
from kernel.nudges import unasked
from kernel.reading import aside
from kernel.store import EVERY, NONE, Changes, Due, Key, Later, Never, Snapshot, together
from kernel.values import PersonId
from mentoring.model.person import Person, only_here, working_hour

FORGOTTEN_AFTER = timedelta(days=180)
Move = Callable[[AimCheckIns], AimCheckIns]


async def begin(desk: Desk, talk_id: str, me: PersonId, weeks: Weeks, now: datetime) -> AimCheckIns:
    """Check in on a guided talk's aim from now on, or more or less often than so far."""

    def decide(read: Snapshot) -> tuple[AimCheckIns, Changes]:
        talk, before = read.get(GuidedTalk, talk_id).check_owner(me), read.find(AimCheckIns, talk_id)
        if not aim_of(talk):
            raise Ended
        goes_on = before is not None and before.is_open
        aim = before.every(weeks) if before and goes_on else AimCheckIns.begin(talk_id, me, weeks, now)
        return aim, _changed(read, aim, desk, now)

    return await desk.store.commit(decide, load=[Key(GuidedTalk, talk_id), Key(AimCheckIns, talk_id)])


async def stop(desk: Desk, talk_id: str, me: PersonId, now: datetime) -> AimCheckIns:
    """Ask no more."""
    return await _change(desk, talk_id, me, now, lambda it: it.end("stopped"))


async def skip(desk: Desk, talk_id: str, me: PersonId, now: datetime) -> AimCheckIns:
    """Let one pass; the next one comes as planned."""
    return await _change(desk, talk_id, me, now, AimCheckIns.answer)


async def talk_about(desk: Desk, talk_id: str, me: PersonId, now: datetime, *, next_id: str) -> GuidedTalk:
    """Begin a guided talk about the aim, opening with the last step. The same id again gives the same one."""
    aim = aim_of((await desk.get(GuidedTalk, talk_id)).check_owner(me))
    if not aim:
        raise Ended
    form = await aside(form_for, aim)
    talk = await begin_talk(desk, me, now, opening=aim, form=form, talk_id=next_id)
    await _change(desk, talk_id, me, now, AimCheckIns.answer)
    return talk


async def ask(desk: Desk, talk_id: str, now: datetime, due: Due | None = None) -> None:
    """Ask what has moved, in working hours, if the week has room; after too many ignored ones no more."""
    rules = desk.policy.nudges

    def decide(read: Snapshot) -> tuple[None, Changes]:
        aim, talk = read.find(AimCheckIns, talk_id), read.find(GuidedTalk, talk_id)
        if aim is None or not aim.is_open or not only_here(read, [aim.show]):
            return None, NONE
        if talk is None or not aim_of(talk):
            return None, _changed(read, aim.end("stopped"), desk, now)
        at = working_hour(read.find(Person, aim.person_id), now, desk.policy)
        if at > now:
            return None, Changes(later=[Later(ASK_AIM, talk_id, at)])
        asked = aim.ask(now, rules.stop_after)
        week = unasked(read, aim.person_id)
        if asked.is_open and not week.has_room(rules, now):
            room_at = week.room_at(now) or now + timedelta(days=1)
            return None, Changes(later=[Later(ASK_AIM, talk_id, room_at)])
        counted = Changes(put=[week.sent(now)]) if asked.is_open else NONE
        return None, together(_changed(read, asked, desk, now), counted)

    await desk.store.commit(decide, load=[Key(AimCheckIns, talk_id), Key(GuidedTalk, talk_id)], due=due)


async def end_all(desk: Desk, me: PersonId, now: datetime) -> None:
    """Ask about none of a person's aims any more, as when a life may be in danger."""
    for talk_id in await desk.store.ids(OPEN_AIM_CHECK_INS.of(me), limit=EVERY):
        await stop(desk, talk_id, me, now)


async def forget(desk: Desk, talk_id: str, due: Due | None = None) -> None:
    """Drop what has been over for long."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(AimCheckIns, talk_id)])), due=due)


def aim_of(talk: GuidedTalk) -> str:
    """The aim of a guided talk that came to its end, in its person's words; nothing where there is none."""
    is_there = talk.state == "done" and not talk.is_hushed and talk.own_plan is not None
    return talk.own_plan.aim if is_there and talk.own_plan else ""


def _changed(read: Snapshot, aim: AimCheckIns, desk: Desk, now: datetime) -> Changes:
    """What goes with check-ins that changed: when they ask next, and their end in time."""
    at = aim.next_at
    hour = working_hour(read.find(Person, aim.person_id), max(at, now), desk.policy) if at else None
    then = aim if at or not aim.is_open or not aim.answered else aim.end("over")
    entry = Later(ASK_AIM, aim.id, hour) if hour else Never(ASK_AIM, aim.id)
    forgotten = Later(FORGET_AIM, aim.id, now + FORGOTTEN_AFTER)
    return Changes(put=[then], later=[entry, forgotten], show=[then.show])


async def _change(desk: Desk, talk_id: str, me: PersonId, now: datetime, move: Move) -> AimCheckIns:
    def decide(read: Snapshot) -> tuple[AimCheckIns, Changes]:
        before = read.get(AimCheckIns, talk_id).check_owner(me)
        after = move(before)
        return after, NONE if after == before else _changed(read, after, desk, now)

    return await desk.store.commit(decide, load=[Key(AimCheckIns, talk_id)])

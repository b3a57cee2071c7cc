"""What a guided talk's person does about its plan: keep, change, drop, put off, do it; the reminder."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from coaching.guide.own_plan import Part
from coaching.guide.talk import CUE, FORGET_TALK, FORGOTTEN_AFTER, TALK_CUE, GuidedTalk
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot
from kernel.values import PersonId

LATER = timedelta(days=1)


async def remind(desk: Desk, talk_id: str, now: datetime, due: Due | None = None) -> None:
    """Remind of the plan, when its moment has come."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        talk = read.find(GuidedTalk, talk_id)
        is_due = talk is not None and talk.is_agreed and talk.remind_at is not None
        return None, Changes(show=[Show(CUE.of(talk_id), to=talk.person_id)]) if talk and is_due else NONE

    await desk.store.commit(decide, load=[Key(GuidedTalk, talk_id)], due=due)


async def agree(desk: Desk, talk_id: str, me: PersonId, now: datetime) -> GuidedTalk:
    """Keep the plan as it was asked back; raise Invalid where its moment has passed meanwhile."""
    return await _moved(desk, talk_id, me, now, lambda talk: talk.agree(now))


async def drop(desk: Desk, talk_id: str, me: PersonId, now: datetime) -> GuidedTalk:
    """Do without the plan: nothing reminds of it."""
    return await _moved(desk, talk_id, me, now, lambda talk: talk.drop())


async def change(
    desk: Desk, talk_id: str, me: PersonId, now: datetime, *, parts: Mapping[Part, str], at: datetime | None
) -> GuidedTalk:
    """Say parts of the plan otherwise, and name its moment where *at* is given; all else stays.

    Raise Invalid for a step without words, and for a moment that has passed or is past the guided talk's end.
    """
    if not parts.get("step", "…").strip():
        raise Invalid("step", "empty")
    if at is not None and at <= now:
        raise Invalid("moment", "past")
    if at is not None and at >= now + FORGOTTEN_AFTER:
        raise Invalid("moment", "too_far", limit=FORGOTTEN_AFTER.days)
    said = {part: words.strip() for part, words in parts.items()}
    return await _moved(desk, talk_id, me, now, lambda talk: talk.replan(said, at, now))


async def done(desk: Desk, talk_id: str, me: PersonId, now: datetime) -> GuidedTalk:
    """Note that what a guided talk planned is done, also before it was reminded of."""
    return await _moved(desk, talk_id, me, now, lambda talk: talk.keep())


async def postpone(desk: Desk, talk_id: str, me: PersonId, now: datetime) -> GuidedTalk:
    """Be reminded of what a guided talk planned a day later."""
    return await _moved(desk, talk_id, me, now, lambda talk: talk.postpone(now + LATER))


async def _moved(
    desk: Desk, talk_id: str, me: PersonId, now: datetime, move: Callable[[GuidedTalk], GuidedTalk]
) -> GuidedTalk:
    """Make one move; the reminder follows it, and so do the card and a reminder that was shown."""

    def decide(read: Snapshot) -> tuple[GuidedTalk, Changes]:
        before = read.get(GuidedTalk, talk_id).check_owner(me)
        talk = move(before)
        at = talk.remind_at if talk.is_agreed else None
        entry = Later(TALK_CUE, talk_id, at) if at else Never(TALK_CUE, talk_id)
        forgotten = Later(FORGET_TALK, talk_id, talk.spoken_at + FORGOTTEN_AFTER)
        reminder = [Show(CUE.of(talk_id), to=me)] if before.was_reminded(now) else []
        shown = [Show(talk.thing, to=me), *reminder]
        return talk, Changes(put=[talk], later=[entry, forgotten], show=shown)

    return await desk.store.commit(decide, load=[Key(GuidedTalk, talk_id)])

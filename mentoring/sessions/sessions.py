"""What happens in a session: it gets a room, more time, an end, and the asker's next step."""

from collections.abc import Callable
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.errors import HelperFull, Invalid
from kernel.store import NONE, Changes, Due, Key, Later, Snapshot
from kernel.values import PersonId, SessionId
from mentoring.model.learned import LEARNING, Learning
from mentoring.model.load import Load, load_of
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import REMIND_END, NextStep, Session, WrapUp
from mentoring.routing.acceptance import timers
from mentoring.sessions.follow_up_schedule import cue, talk_over

__all__ = [
    "NextStep",
    "Session",
    "WrapUp",
    "fall_back_to_relay",
    "more_time",
    "opened_room",
    "plan",
    "wrap_up",
]


async def wrap_up(desk: Desk, session_id: SessionId, me: PersonId, end: WrapUp, now: datetime) -> Session:
    """End a session with the minutes it took. The other's wrap-up may still add the next step."""

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        before = read.get(Session, session_id)
        session = before.wrap_up(end, me, now)
        if before.is_open:
            return session, talk_over(read, session, desk.policy, now)
        return session, _planned(before, session)

    return await desk.store.commit(decide, load=_around(session_id))


async def plan(desk: Desk, session_id: SessionId, me: PersonId, step: NextStep, now: datetime) -> Session:
    """Write the asker's next step down, during the session or after it, and remind of it at its time."""

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        before = read.get(Session, session_id)
        session = before.plan(step, me, now)
        return session, _planned(before, session)

    return await desk.store.commit(decide, load=[Key(Session, session_id)])


async def more_time(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Session:
    """Go on for some minutes, a few times only. What the asker asks for must fit into the helper's week."""
    minutes = desk.policy.more_time_minutes

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        before = read.get(Session, session_id)
        is_helper = before.other(me) == before.asker_id
        session = before.more_time(minutes, now)
        load = load_of(read, session.helper_id)
        # Helpers may give more than their week; nobody else may take it from them.
        if is_helper:
            load = load.correct(session_id, load.minutes_of(session_id) + minutes)
        else:
            limits = read.get(Person, session.helper_id).limits(desk.policy.limits)
            try:
                load = load.extend(session_id, minutes, limits, now)
            except HelperFull as full:
                raise Invalid("minutes", "no_room") from full
        return session, Changes(put=[session, load], later=timers(session, desk.policy), show=session.shows())

    return await desk.store.commit(decide, load=_around(session_id))


async def opened_room(desk: Desk, session_id: SessionId, channel: str, now: datetime) -> Session:
    """Note the room that the two have now."""
    return await _settle(desk, session_id, lambda session: session.opened(channel))


async def fall_back_to_relay(desk: Desk, session_id: SessionId, now: datetime) -> Session:
    """Pass the words of the two on through the app, since they can have no room."""
    return await _settle(desk, session_id, lambda session: session.fall_back())


async def remind(desk: Desk, session_id: SessionId, now: datetime, due: Due | None = None) -> None:
    """Remind both that the end is near, and show at the end that time is up."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = read.find(Session, session_id)
        if session is None or not session.is_open or not session.has_begun:
            return None, NONE
        up = [Later(REMIND_END, session.id, session.ends_at)] if now < session.ends_at else []
        return None, Changes(put=[session.remind(now)], later=up, show=session.shows())

    await desk.store.commit(decide, load=[Key(Session, session_id)], due=due)


async def close(desk: Desk, session_id: SessionId, now: datetime, due: Due | None = None) -> None:
    """End a session that nobody wrapped up."""
    earliest = timedelta(hours=desk.policy.close_after_hours)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = read.find(Session, session_id)
        if session is None or not session.is_open or now < session.ends_at + earliest:
            return None, NONE
        return None, talk_over(read, session.close(now), desk.policy, now)

    await desk.store.commit(decide, load=_around(session_id), due=due)


async def _settle(desk: Desk, session_id: SessionId, change: Callable[[Session], Session]) -> Session:
    """Commit where the two talk, unless it is over; from then on the request is in session."""

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        before = read.get(Session, session_id)
        if not before.is_open:
            return before, NONE
        session, request = change(before), read.get(Request, before.request_id)
        moved = [*session.shows(), *request.shows()] if session != before else []
        return session, Changes(put=[session, request.begin()], show=moved)

    return await desk.store.commit(decide, load=_around(session_id))


def _planned(before: Session, session: Session) -> Changes:
    if session == before:
        return NONE
    return Changes(put=[session], later=cue(session), show=session.shows())


def _around(session_id: SessionId) -> list[Key]:
    """What a decision about a session reads, as its id tells: the request, and the helper's load."""
    request_id, _, helper_id = session_id.rpartition(".")
    learning = Key(Learning, LEARNING)
    helper = [Key(Load, helper_id), Key(Person, helper_id)]
    return [Key(Session, session_id), Key(Request, request_id), *helper, learning]

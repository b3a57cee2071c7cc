"""Peer coaching: two of a level who coach each other, one turn each. Who is paired: peer_pairing.py."""

from datetime import datetime

from kernel.desk import Desk
from kernel.store import EVERY, NONE, Changes, Due, Key, Later, Never, Snapshot
from kernel.values import PersonId, SessionId
from mentoring.model.check import CHECKS_OF_SESSION, Check
from mentoring.model.session import PEER_SESSIONS, TURN_OVER, Session
from mentoring.routing.acceptance import timers


async def next_turn(desk: Desk, session_id: SessionId, me: PersonId, after: int, now: datetime) -> Session:
    """Go on to the turn that follows *after*; pressing twice, or both at once, changes nothing."""

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        before = read.get(Session, session_id)
        before.other(me)
        return _turned(desk, before, after, now)

    return await desk.store.commit(decide, load=[Key(Session, session_id)])


async def think_through(desk: Desk, session_id: SessionId, me: PersonId, thought: str) -> Session:
    """Note what the one who said yes would like to think through, which the other sees."""

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        before = read.get(Session, session_id)
        session = before.think_through(thought, me)
        return session, Changes(put=[session], show=session.shows()) if session != before else NONE

    return await desk.store.commit(decide, load=[Key(Session, session_id)])


async def take_back(desk: Desk, me: PersonId, now: datetime) -> None:
    """Drop the own words and answers of a helper who asks to be erased; the session is the asker's, too."""
    talks = await desk.store.ids(PEER_SESSIONS.of(me), limit=EVERY)
    listed = [id for talk in talks for id in await desk.store.ids(CHECKS_OF_SESSION.of(talk), limit=EVERY)]

    def decide(read: Snapshot) -> tuple[None, Changes]:
        own = [session for session in read.all(Session, talks) if session.helper_id == me]
        asked = [Key(Check, check.id) for check in read.all(Check, listed) if check.asker_id == me]
        freed = [
            session.take_back_thoughts() for session in own if session.helper_thought or session.helper_step
        ]
        return None, Changes(
            put=freed, drop=asked, show=[show for document in freed for show in document.shows()]
        )

    keys = [
        *(Key(Session, session_id) for session_id in talks),
        *(Key(Check, check_id) for check_id in listed),
    ]
    await desk.store.commit(decide, load=keys)


async def turn_over(desk: Desk, session_id: SessionId, now: datetime, due: Due | None = None) -> None:
    """Swap by the clock."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = read.find(Session, session_id)
        if session is None or not session.is_open or not session.turn_ends_at or now < session.turn_ends_at:
            return None, NONE
        return None, _turned(desk, session, session.turn, now)[1]

    await desk.store.commit(decide, load=[Key(Session, session_id)], due=due)


def _turned(desk: Desk, before: Session, after: int, now: datetime) -> tuple[Session, Changes]:
    session = before.next_turn(after, desk.policy.peer_turn_minutes, now)
    if session == before:
        return session, NONE
    ends_at = session.turn_ends_at
    swap = Later(TURN_OVER, session.id, ends_at) if ends_at else Never(TURN_OVER, session.id)
    later = [swap, *timers(session, desk.policy)]
    return session, Changes(put=[session], later=later, show=[*session.shows(), *session.turn_shows()])

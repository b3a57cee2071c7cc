"""Peer coaching: two of a level who coach each other, one turn each. Who is paired: peer_pairing.py."""

from datetime import datetime

from kernel.changes import NONE
from kernel.desk import Desk
from kernel.store import Changes, Due, Key, Later, Never, Show, Snapshot
from kernel.values import PersonId, SessionId
from mentoring.model.session import PEER_TURN, TURN_OVER, Session
from mentoring.routing.acceptance import timers


async def next_turn(desk: Desk, session_id: SessionId, me: PersonId, after: int, now: datetime) -> Session:
    """Go on to the turn that follows *after*; pressing twice, or both at once, changes nothing."""

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        before = read.get(Session, session_id)
        before.other(me)
        return _turned(desk, before, after, now)

    return await desk.store.commit(decide, load=[Key(Session, session_id)])


async def turn_over(desk: Desk, session_id: SessionId, now: datetime, due: Due | None = None) -> None:
    """Swap by the clock."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = read.find(Session, session_id)
        if session is None or not session.is_open or not session.turn_ends_at or now < session.turn_ends_at:
            return None, NONE
        return None, _turned(desk, session, session.turn, now)[1]

    await desk.store.commit(decide, load=[Key(Session, session_id)], due=due)


def turn_cards(session: Session) -> list[Show]:
    """Return where the turn that goes on, and the one before it, are shown."""
    to = [f"room:{session.id}"] if session.room == "group" else [session.asker_id, session.helper_id]
    turns = [turn for turn in (session.turn - 1, session.turn) if turn > 0]
    return [Show(PEER_TURN.of(session.id, turn), to=one) for turn in turns for one in to]


def _turned(desk: Desk, before: Session, after: int, now: datetime) -> tuple[Session, Changes]:
    session = before.next_turn(after, desk.policy.peer_turn_minutes, now)
    if session == before:
        return session, NONE
    ends_at = session.turn_ends_at
    swap = Later(TURN_OVER, session.id, ends_at) if ends_at else Never(TURN_OVER, session.id)
    later = [swap, *timers(session, desk.policy)]
    return session, Changes(put=[session], later=later, show=[*session.shows(), *turn_cards(session)])

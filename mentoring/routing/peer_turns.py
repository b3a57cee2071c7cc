"""Peer coaching: two of a level who coach each other, one turn each, and how they are brought together."""

from collections.abc import Sequence
from datetime import datetime

from kernel.changes import NONE
from kernel.desk import Desk
from kernel.store import Changes, Due, Key, Later, Never, Show, Snapshot
from kernel.values import PersonId, SessionId, TopicId
from matching.values import Match
from mentoring.model.person import Person
from mentoring.model.session import PEER_SESSIONS, PEER_TURN, TURN_OVER, Session
from mentoring.routing.acceptance import timers

PARTNERS = 200
MOST_GROUND = 5


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


async def partners(desk: Desk, me: PersonId) -> frozenset[PersonId]:
    """Return with whom a person has coached each other before: they are not paired again."""
    ids = await desk.store.ids(PEER_SESSIONS.of(me), limit=PARTNERS)

    def view(read: Snapshot) -> frozenset[PersonId]:
        return frozenset(session.other(me) for session in read.all(Session, ids))

    return await desk.store.look(view)


async def complementary(desk: Desk, asker: Person, ranked: Sequence[Match]) -> list[Match]:
    """Return the matches with those first who want to learn what the asker knows, else in their order."""

    def view(read: Snapshot) -> list[bool]:
        found = (read.find(Person, match.helper_id) for match in ranked)
        return [bool(person and set(person.learns) & set(asker.topics)) for person in found]

    gains = await desk.store.look(view, load=[Key(Person, match.helper_id) for match in ranked])
    return [match for _, match in sorted(zip(gains, ranked, strict=True), key=lambda pair: not pair[0])]


def ground(person: Person | None) -> tuple[TopicId, ...]:
    """Return on which topics a person can be paired who named none: what they learn, then what they know."""
    return tuple(dict.fromkeys((*person.learns, *person.topics)))[:MOST_GROUND] if person else ()

"""Peer coaching: who is paired with whom. Nobody twice with the same, and first who gains by it, too."""

from collections.abc import Sequence

from kernel.desk import Desk
from kernel.store import Key, Snapshot
from kernel.values import PersonId, TopicId
from matching.values import Match
from mentoring.model.person import Person
from mentoring.model.session import PEER_SESSIONS, Session

PARTNERS = 200
MOST_GROUND = 5


async def partners(desk: Desk, me: PersonId) -> frozenset[PersonId]:
    """With whom a person has coached each other before: they are not paired again."""
    ids = await desk.store.ids(PEER_SESSIONS.of(me), limit=PARTNERS)

    def view(read: Snapshot) -> frozenset[PersonId]:
        return frozenset(session.other(me) for session in read.all(Session, ids))

    return await desk.store.look(view)


async def complementary(desk: Desk, asker: Person, ranked: Sequence[Match]) -> list[Match]:
    """The matches with those first who want to learn what the asker knows, else in their order."""

    def view(read: Snapshot) -> list[bool]:
        found = (read.find(Person, match.helper_id) for match in ranked)
        return [bool(person and set(person.learns) & set(asker.topics)) for person in found]

    gains = await desk.store.look(view, load=[Key(Person, match.helper_id) for match in ranked])
    return [match for _, match in sorted(zip(gains, ranked, strict=True), key=lambda pair: not pair[0])]


def ground(person: Person | None) -> tuple[TopicId, ...]:
    """On which topics a person can be paired who named none: what they learn, then what they know."""
    return tuple(dict.fromkeys((*person.learns, *person.topics)))[:MOST_GROUND] if person else ()

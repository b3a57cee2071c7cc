"""Talking through the app: what one says is passed on in order, and forgotten once it has arrived.

What cannot stand in one message is passed on in several parts. Of two things said to one person in a session
the later is shown when the earlier has arrived, or can't.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Self

from kernel.desk import Desk
from kernel.errors import Ended, Invalid
from kernel.store import NONE, Changes, Due, Key, Later, Show, Snapshot, together
from kernel.values import Document, PersonId, SessionId
from mentoring.model.said import FORGET_SAID, Said
from mentoring.model.session import SESSIONS, UNCHANGED, Session
from mentoring.sessions.appointments import heard

LONGEST = 40_000
TRACED = timedelta(days=30)  # in which a change or deletion by its writer finds what was passed on
MOST_TALKS = 50


class Outbox(Document):
    """What is still to be shown to one of the two in a session, as things; the first is being shown."""

    kind: ClassVar[str] = "outbox"
    waiting: tuple[str, ...] = ()

    def add(self, things: Iterable[str]) -> Self:
        """Put things at the end, those that do not wait yet."""
        return self.model_copy(update={"waiting": tuple(dict.fromkeys([*self.waiting, *things]))})

    def without(self, things: Iterable[str]) -> Self:
        """Take things off."""
        gone = set(things)
        return self.model_copy(
            update={"waiting": tuple(message for message in self.waiting if message not in gone)}
        )


async def say(
    desk: Desk,
    session_id: SessionId,
    me: PersonId,
    now: datetime,
    *,
    text: str,
    event_id: str,
    once: str | None = None,
    parts: int = 1,
) -> Said:
    """Pass a text on to the other, in so many messages. The same event again changes nothing.

    With *once* it raises Repeated.
    """
    _check(text)
    id = f"{session_id}.{event_id}"
    forget = Later(FORGET_SAID, id, now + timedelta(days=desk.policy.retention.relayed_text_days))

    def decide(read: Snapshot) -> tuple[Said, Changes]:
        session, to = read.get(Session, session_id), read.get(Session, session_id).other(me)
        # A repeated event is answered as before, even when the session has ended in between.
        first = read.find(Said, id)
        if first is not None:
            return first, NONE
        if not session.is_open:
            raise Ended
        said = Said(id=id, session_id=session_id, from_id=me, to_id=to, text=text, said_at=now, parts=parts)
        line = _outbox(read, said)
        show = [] if line.waiting else [Show(said.thing, to=to)]
        passed = Changes(put=[said, line.add(said.things)], later=[forget], show=show)
        return said, together(passed, heard(session, me, desk.policy, now))

    return await desk.store.commit(decide, load=[Key(Session, session_id), Key(Said, id)], once=once)


async def delivered(desk: Desk, thing_id: str, now: datetime, version: str) -> None:
    """Forget a text that has arrived, or take note that a part of it has; then the next is shown.

    *version* is the one that stands before the other; where none does, it could not be shown.
    """
    id, _, part = thing_id.partition("/")

    def decide(read: Snapshot) -> tuple[None, Changes]:
        said = read.find(Said, id)
        if said is None:
            return None, NONE
        after = said.arrive(int(part or 0), version)
        arrived = Changes(put=[after]) if after != said else NONE
        # What was changed meanwhile waits to be shown once more.
        is_old = said.state == "waiting" and version not in ("", str(said.version))
        return None, arrived if is_old else together(arrived, _next(read, said, [f"said:{thing_id}"]))

    await desk.store.commit(decide, load=[Key(Said, id)])


async def change(desk: Desk, message_id: str, me: PersonId, now: datetime, *, text: str, parts: int) -> bool:
    """Change what was passed on to what its writer has made of it; say whether there was anything.

    In a session that is over nothing changes, and the writer is told.
    """

    def changed(read: Snapshot, said: Said) -> Changes:
        if not read.get(Session, said.session_id).is_open:
            return Changes(show=[Show(UNCHANGED.of(said.session_id), to=me)])
        return _again(read, said.change(text, parts))

    _check(text)
    return await _found(desk, message_id, me, changed)


async def delete(desk: Desk, message_id: str, me: PersonId) -> bool:
    """Take back what was passed on, also after the session; say whether there was anything."""

    return await _found(desk, message_id, me, lambda read, said: _again(read, said.delete()))


async def forget(desk: Desk, said_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop what never arrived, at the end of its time; without its text the rest is kept a while longer."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        said = read.find(Said, said_id)
        if said is None:
            return None, NONE
        if said.state != "waiting" and now < said.said_at + TRACED:
            return None, Changes(later=[Later(FORGET_SAID, said_id, said.said_at + TRACED)])
        dropped = Changes(drop=[Key(Said, said_id)])
        return None, together(dropped, _next(read, said, said.things))

    await desk.store.commit(decide, load=[Key(Said, said_id)], due=due)


async def propose_reveal(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Session:
    """Offer to be named; names are shown once both have offered it."""
    return await _named(desk, session_id, lambda session: session.propose_reveal(me))


async def take_back_reveal(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Session:
    """Stay without a name after all, as long as the other has not agreed."""
    return await _named(desk, session_id, lambda session: session.take_back_reveal(me))


async def _named(desk: Desk, session_id: SessionId, change: Callable[[Session], Session]) -> Session:
    def decide(read: Snapshot) -> tuple[Session, Changes]:
        before = read.get(Session, session_id)
        session = change(before)
        return session, Changes(put=[session], show=session.shows()) if session != before else NONE

    return await desk.store.commit(decide, load=[Key(Session, session_id)])


async def _found(
    desk: Desk, message_id: str, me: PersonId, changed: Callable[[Snapshot, Said], Changes]
) -> bool:
    """Change what a message of somebody's was passed on as, if it was; say whether it was."""
    talks = await desk.store.ids(SESSIONS.of(me), limit=MOST_TALKS)

    def decide(read: Snapshot) -> tuple[bool, Changes]:
        found = read.all(Said, [f"{talk}.{message_id}" for talk in talks])
        mine = [said for said in found if said.from_id == me and said.state != "deleted"]
        return bool(mine), together(*(changed(read, said) for said in mine))

    return await desk.store.commit(decide)


def _again(read: Snapshot, said: Said) -> Changes:
    """The changes that show it anew, when what is before it in the line has been shown."""
    after = _outbox(read, said).add(said.things)
    return Changes(put=[said, after], show=[Show(after.waiting[0], to=said.to_id)])


def _next(read: Snapshot, said: Said, things: Iterable[str]) -> Changes:
    """The changes that take things off the line, and show what is first then."""
    before = _outbox(read, said)
    after = before.without(things)
    if after == before:
        return NONE
    if not after.waiting:
        return Changes(drop=[Key(Outbox, after.id)])
    return Changes(put=[after], show=[Show(after.waiting[0], to=said.to_id)])


def _outbox(read: Snapshot, said: Said) -> Outbox:
    id = f"{said.session_id}.{said.to_id}"
    return read.find(Outbox, id) or Outbox(id=id)


def _check(text: str) -> None:
    if not text.strip():
        raise Invalid("text", "empty")
    if len(text) > LONGEST:
        raise Invalid("text", "too_long", limit=LONGEST, length=len(text))

"""Talking through the app: what one says is passed on to the other, and forgotten once it has arrived."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from mentoring.changes import NONE
from mentoring.desk import Desk
from mentoring.errors import Ended, Invalid
from mentoring.session import Session
from mentoring.store import Changes, Due, Key, Later, Show, Snapshot
from mentoring.values import Document, PersonId, SessionId

LONGEST = 40_000


class Said(Document):
    """Something said in a relayed talk: waiting → delivered, which is an end and drops the text."""

    kind: ClassVar[str] = "said"
    session_id: SessionId
    from_id: PersonId
    to_id: PersonId
    text: str
    said_at: AwareDatetime
    state: Literal["waiting", "delivered"] = "waiting"

    def lists(self) -> Mapping[str, datetime]:
        """What was said in the talk."""
        return {f"said-in:{self.session_id}": self.said_at}

    def deliver(self) -> Self:
        """Forget the text, since the other has it."""
        return self.model_copy(update={"state": "delivered", "text": ""})


async def say(
    desk: Desk,
    session_id: SessionId,
    me: PersonId,
    now: datetime,
    *,
    text: str,
    event_id: str,
    once: str | None = None,
) -> Said:
    """Pass a text on to the other. The same event again changes nothing; with *once* it raises Repeated."""
    _check(text)
    id = f"{session_id}.{event_id}"
    forget = Later("forget_said", id, now + timedelta(days=desk.policy.retention.relayed_text_days))

    def decide(read: Snapshot) -> tuple[Said, Changes]:
        session = read.get(Session, session_id)
        said = Said(id=id, session_id=session_id, from_id=me, to_id=session.other(me), text=text, said_at=now)
        # A repeated event is answered as before, even when the talk has ended in between.
        first = read.find(Said, id)
        if first is not None:
            return first, NONE
        if not session.is_open:
            raise Ended
        return said, Changes(put=[said], later=[forget], show=[Show(said.thing, to=said.to_id)])

    return await desk.store.commit(decide, load=[Key(Session, session_id), Key(Said, id)], once=once)


async def delivered(desk: Desk, said_id: str, now: datetime) -> None:
    """Forget a text that has arrived."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        said = read.find(Said, said_id)
        return None, Changes(put=[said.deliver()]) if said else NONE

    await desk.store.commit(decide, load=[Key(Said, said_id)])


async def forget(desk: Desk, said_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop what was said, whether it arrived or not, at the end of its time."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        return None, Changes(drop=[Key(Said, said_id)]) if read.find(Said, said_id) else NONE

    await desk.store.commit(decide, load=[Key(Said, said_id)], due=due)


async def propose_reveal(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Session:
    """Offer to be named; names are shown once both have offered it."""

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        before = read.get(Session, session_id)
        session = before.propose_reveal(me)
        return session, Changes(put=[session], show=session.shows()) if session != before else NONE

    return await desk.store.commit(decide, load=[Key(Session, session_id)])


def _check(text: str) -> None:
    if not text.strip():
        raise Invalid("text", "empty")
    if len(text) > LONGEST:
        raise Invalid("text", "too_long", limit=LONGEST, length=len(text))

"""Something said in a session that goes through the app."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.kinds import AgendaKind, ListName
from kernel.values import Document, PersonId, SessionId

SAID_IN_SESSION = ListName("said-in")
FORGET_SAID = AgendaKind("forget_said", "mentoring.sessions.relay.forget")


class Said(Document):
    """Something said in a relayed session.

    waiting   → delivered (it stands before the other, and its text is dropped), deleted
    delivered → waiting (its writer changed it: a new *version*), deleted
    deleted   is an end: its writer took it back

    *parts* is the most messages that it ever took, *arrived* how many of this version the other has.
    """

    kind: ClassVar[str] = "said"
    session_id: SessionId
    from_id: PersonId
    to_id: PersonId
    text: str
    said_at: AwareDatetime
    state: Literal["waiting", "delivered", "deleted"] = "waiting"
    parts: int = 1
    arrived: int = 0
    version: int = 0

    def lists(self) -> Mapping[str, datetime]:
        """What was said in the session."""
        return {SAID_IN_SESSION.of(self.session_id): self.said_at}

    @property
    def things(self) -> tuple[str, ...]:
        """Its messages as things, in order."""
        return (self.thing, *(f"{self.thing}/{part}" for part in range(1, self.parts)))

    def deliver(self) -> Self:
        """Forget the text, since the other has it."""
        return self.model_copy(update={"state": "delivered", "text": ""})

    def arrive(self, part: int, version: str) -> Self:
        """Note that a part stands before the other, in a version; with the last one the text goes."""
        if self.state != "waiting" or version != str(self.version):
            return self
        here = self.model_copy(update={"arrived": part + 1})
        return here.deliver() if here.arrived >= here.parts else here

    def change(self, text: str, parts: int) -> Self:
        """Say it anew."""
        said = {"text": text, "parts": max(parts, self.parts), "state": "waiting"}
        return self.model_copy(update={**said, "arrived": 0, "version": self.version + 1})

    def delete(self) -> Self:
        """Take it back."""
        return self.model_copy(update={"text": "", "state": "deleted", "version": self.version + 1})

"""A check: "did you use it?", asked some days after a session; and the thanks that come of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import Ended, NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.policy import Policy
from kernel.store import Show
from kernel.values import Document, PersonId, SessionId, TopicId
from mentoring.model.session import Session
from mentoring.model.undo import check_undo

CHECKS_ASKED = ListName("checks-asked-of")
THANKS = ListName("thanks-to")
CHECKS_OF_SESSION = ListName("checks-in")
ASK_CHECK = AgendaKind("check", "mentoring.sessions.follow_ups.ask")

Role = Literal["asker", "helper"]
Used = Literal["used", "not_yet", "no_use"]
State = Literal["asked", "answered", "lapsed"]
CUE = "cue"


class Check(Document):
    """One time that whoever was helped is asked: the asker, and in peer coaching both.

    The label is `d<days>`, or `cue` for their own if-then cue. *asker_id* is who is asked, in the session in
    the *role* of asker or helper, and *helper_id* the other.

    asked    → answered, lapsed (another check was asked or answered instead)
    answered → answered, from "not yet" to a final answer; used and no_use are ends. A "not yet" lapses, too,
               once another check of the session has the final answer; a final one can be undone for a while

    *undone*: its asker has taken an answer back
    """

    kind: ClassVar[str] = "check"
    session_id: SessionId
    asker_id: PersonId
    helper_id: PersonId
    label: str
    role: Role = "asker"
    asked_at: AwareDatetime
    state: State = "asked"
    answer: Used | None = None
    answered_at: AwareDatetime | None = None
    undone: bool = False

    @classmethod
    def begin(cls, session: Session, label: str, now: datetime, role: Role = "asker") -> Self:
        """Ask one of a session."""
        asked = session.asker_id if role == "asker" else session.helper_id
        return cls(
            id=check_id(session.id, label, role),
            session_id=session.id,
            asker_id=asked,
            helper_id=session.other(asked),
            label=label,
            role=role,
            asked_at=now,
        )

    def lists(self) -> Mapping[str, datetime]:
        """The checks of the session, and those that wait for the asker."""
        waiting = {CHECKS_ASKED.of(self.asker_id): self.asked_at} if self.state == "asked" else {}
        return {checks_in(self.session_id): self.asked_at, **waiting}

    @property
    def show(self) -> Show:
        """Where it is shown: to whom it asks."""
        return Show(self.thing, to=self.asker_id)

    @property
    def is_final(self) -> bool:
        """Whether nothing more needs to be asked about this session."""
        return self.answer in ("used", "no_use")

    def reply(self, answer: Used, me: PersonId, now: datetime) -> Self:
        """Answer; the same answer again changes nothing, and "not yet" may become a final one."""
        if me != self.asker_id:
            raise NotYours
        if self.answer == answer:
            return self
        if self.state == "lapsed" or self.is_final:
            raise Ended
        return self.model_copy(update={"state": "answered", "answer": answer, "answered_at": now})

    def undo(self, me: PersonId, now: datetime) -> Self:
        """Take a final answer back, for a while."""
        if me != self.asker_id:
            raise NotYours
        if not self.is_final:
            raise Ended
        check_undo(self.answered_at, now)
        taken_back = {"state": "asked", "answer": None, "answered_at": None, "undone": True}
        return self.model_copy(update=taken_back)

    def lapse(self) -> Self:
        """Stop waiting for an answer."""
        return self.model_copy(update={"state": "lapsed"}) if self.state == "asked" else self

    def close(self) -> Self:
        """Take no answer any more, "not yet" included; a final one stays."""
        return self if self.is_final else self.model_copy(update={"state": "lapsed"})


class Thanks(Document):
    """That advice was used; its id is the session's, so it is told once.

    *told*: the helper could be told. *undone*: the asker has taken it back, and it counts no more.
    """

    kind: ClassVar[str] = "thanks"
    id: SessionId
    helper_id: PersonId
    asker_id: PersonId
    anonymous: bool
    topics: tuple[TopicId, ...]
    made_at: AwareDatetime
    told: bool = True
    undone: bool = False

    def lists(self) -> Mapping[str, datetime]:
        """The thanks that the helper got."""
        return {} if self.undone else {THANKS.of(self.helper_id): self.made_at}


def checks_in(session_id: SessionId) -> str:
    """The list of a session's checks, under whatever policy they were asked."""
    return CHECKS_OF_SESSION.of(session_id)


def roles_helped(session: Session) -> tuple[Role, ...]:
    """The roles of those whom a session was to help."""
    return ("asker", "helper") if len(session.helped) > 1 else ("asker",)


def check_id(session_id: SessionId, label: str, role: Role = "asker") -> str:
    """The id of one check of a session."""
    return f"{session_id}.{label}" if role == "asker" else f"{session_id}.{label}-{role}"


def parts_of(id: str) -> tuple[SessionId, str, Role]:
    """The session, the label and the role that a check's id is made of."""
    session_id, _, last = id.rpartition(".")
    label, _, role = last.partition("-")
    return SessionId(session_id), label, "helper" if role else "asker"


def check_ids(session_id: SessionId, policy: Policy) -> list[str]:
    """The ids of all checks that a session may have, of either side."""
    return [*role_ids(session_id, policy, "asker"), *role_ids(session_id, policy, "helper")]


def role_ids(session_id: SessionId, policy: Policy, role: Role) -> list[str]:
    """The ids of all checks that one side of a session may have."""
    labels = (*(f"d{days}" for days in policy.checks), CUE)
    return [check_id(session_id, label, role) for label in labels]

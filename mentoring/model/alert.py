"""What admins should know of: an alert, which stays open until somebody has seen to it, and a report."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Self

from pydantic import AwareDatetime

from kernel.kinds import AgendaKind, ListName
from kernel.policy import Policy
from kernel.store import NONE, Changes, Show, Snapshot
from kernel.values import Document, PersonId, RequestId, SessionId

ALERTS = ListName("alerts-of")

REACH_ADMINS = AgendaKind("reach_admins", "mentoring.admins.alerts.reach")
OF_SESSION = "session"
FORGET_ALERT = AgendaKind("forget_alert", "mentoring.admins.alerts.forget")
# What shows the one who raised an alert that it has reached somebody, by what it is about.
_SHOWN_BY: Mapping[str, tuple[str, str]] = {
    "report": ("report", "report_id"),
    "unanswered": ("request", "request_id"),
}


class Alert(Document):
    """Something an admin should know. *about* is a short code, *facts* what its sentence needs.

    open → closed (by an admin, who may open it again) or withdrawn (its cause has gone). Raised again while
    open it stays as it is; later it opens anew. Somebody who takes it on leaves it open. Some time after the
    last of these it is forgotten, and a report with it.
    *raised_by* is who waits for it, *kept_from* who must not see it.
    """

    kind: ClassVar[str] = "alert"
    about: str
    facts: Mapping[str, str | int]
    raised_at: AwareDatetime
    told: tuple[PersonId, ...] = ()
    raised_by: PersonId | None = None
    kept_from: frozenset[PersonId] = frozenset()
    taken_by: PersonId | None = None
    taken_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None
    closed_by: PersonId | None = None
    withdrawn_at: AwareDatetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.closed_at is None and self.withdrawn_at is None

    def kept_until(self, policy: Policy) -> datetime:
        """When it is forgotten, if nothing more happens to it."""
        rules = policy.retention
        days = rules.report_days if self.about == "report" else rules.alert_days
        last = max(at for at in (self.raised_at, self.closed_at, self.withdrawn_at) if at)
        return last + timedelta(days=days)

    def lists(self) -> Mapping[str, datetime]:
        """The open alerts, all of them and those of each admin."""
        names = ["alerts", *(ALERTS.of(person_id) for person_id in self.told)]
        return dict.fromkeys(names, self.raised_at) if self.is_open else {}

    def shows(self) -> list[Show]:
        """Where it is shown: to each admin, and on what its raiser sees of it."""
        return [*(Show(self.thing, to=person_id) for person_id in self.told), *self._answer()]

    def _answer(self) -> list[Show]:
        kind, fact = _SHOWN_BY.get(self.about, ("", ""))
        shown = Show(f"{kind}:{self.facts.get(fact)}", to=self.raised_by or "")
        return [shown] if kind and self.raised_by else []

    def tell(self, people: Iterable[PersonId]) -> Self:
        """Be shown to these people as well, but for those whom it is kept from."""
        told = dict.fromkeys([*self.told, *(person for person in people if person not in self.kept_from)])
        return self.model_copy(update={"told": tuple(told)})

    def told_no_more(self, people: Iterable[PersonId]) -> Self:
        """Be shown to these people no more; one of them who took it on has handed it back."""
        gone = frozenset(people)
        kept = tuple(each for each in self.told if each not in gone)
        free = {"taken_by": None, "taken_at": None} if self.taken_by in gone else {}
        return self.model_copy(update={"told": kept, **free})

    def take_on(self, by: PersonId, now: datetime) -> Self:
        """Be seen to by somebody, in the place of whoever did before; it stays open."""
        if not self.is_open or self.taken_by == by:
            return self
        return self.model_copy(update={"taken_by": by, "taken_at": now})

    def hand_back(self, by: PersonId) -> Self:
        """Be seen to by nobody for now; only whoever took it on hands it back."""
        if not self.is_open or self.taken_by != by:
            return self
        return self.model_copy(update={"taken_by": None, "taken_at": None})

    def close(self, by: PersonId, now: datetime) -> Self:
        """Note that someone has seen to it; doing it twice changes nothing."""
        return self.model_copy(update={"closed_at": now, "closed_by": by}) if self.is_open else self

    def reopen(self, now: datetime) -> Self:
        """Open it again after it was closed; what was withdrawn stays so."""
        if self.closed_at is None:
            return self
        fresh = {"closed_at": None, "closed_by": None, "taken_by": None, "taken_at": None}
        return self.model_copy(update={**fresh, "raised_at": now})

    def withdraw(self, now: datetime) -> Self:
        """Note that its cause has gone."""
        return self.model_copy(update={"withdrawn_at": now}) if self.is_open else self


def unanswered_id(request_id: RequestId) -> str:
    """The id of the alert that nobody took a request."""
    return f"unanswered.{request_id}"


def withdrawn(read: Snapshot, alert_id: str, now: datetime) -> Changes:
    """The changes that withdraw an alert, if it is open."""
    before = read.find(Alert, alert_id)
    if before is None or not before.is_open:
        return NONE
    return Changes(put=[before.withdraw(now)], show=before.shows())


class Report(Document):
    """That someone felt unsafe or was treated badly. *told* are those who heard of it at first.

    *of* is the kind of what the two have together, and *session_id* its id, as of a session.

    *unmasked*: the two were anonymous to each other; the admins who are told learn who they are. *apart*: the
    reporter wishes never to be matched with the other again. Who heard of it later stands in its alert.
    """

    kind: ClassVar[str] = "report"
    of: str = OF_SESSION
    session_id: SessionId
    reporter_id: PersonId
    about_id: PersonId
    text: str
    made_at: AwareDatetime
    unmasked: bool
    told: tuple[PersonId, ...]
    apart: bool = False

    def tell(self, people: Iterable[PersonId]) -> Self:
        """Be told to these people, but for the two whom it is about."""
        told = (each for each in people if each not in (self.reporter_id, self.about_id))
        return self.model_copy(update={"told": tuple(told)})

    def lists(self) -> Mapping[str, datetime]:
        """Every report."""
        return {"reports": self.made_at}

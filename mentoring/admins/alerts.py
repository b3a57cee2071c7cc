"""Alerts: what admins should know of. Each stays open until somebody has seen to it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Self

from pydantic import AwareDatetime

from kernel.changes import NONE, together
from kernel.desk import Desk
from kernel.errors import NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.policy import Policy
from kernel.store import Changes, Due, Key, Later, Show, Snapshot, Store
from kernel.values import Document, PersonId, RequestId
from mentoring.admins.admins import admins, met_admins
from mentoring.model.report import Report

ALERTS = ListName("alerts-of")

REACH_ADMINS = AgendaKind("reach_admins", "mentoring.admins.alerts.reach")
FORGET_ALERT = AgendaKind("forget_alert", "mentoring.admins.alerts.forget")
MOST_OPEN = 500
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
        """Return whether somebody still has to see to it."""
        return self.closed_at is None and self.withdrawn_at is None

    def kept_until(self, policy: Policy) -> datetime:
        """Return when it is forgotten, if nothing more happens to it."""
        rules = policy.retention
        days = rules.report_days if self.about == "report" else rules.alert_days
        last = max(at for at in (self.raised_at, self.closed_at, self.withdrawn_at) if at)
        return last + timedelta(days=days)

    def lists(self) -> Mapping[str, datetime]:
        """The open alerts, all of them and those of each admin."""
        names = ["alerts", *(ALERTS.of(person_id) for person_id in self.told)]
        return dict.fromkeys(names, self.raised_at) if self.is_open else {}

    def shows(self) -> list[Show]:
        """Return where it is shown: to each admin, and on what its raiser sees of it."""
        return [*(Show(self.thing, to=person_id) for person_id in self.told), *self._answer()]

    def _answer(self) -> list[Show]:
        kind, fact = _SHOWN_BY.get(self.about, ("", ""))
        shown = Show(f"{kind}:{self.facts.get(fact)}", to=self.raised_by or "")
        return [shown] if kind and self.raised_by else []

    def tell(self, people: Iterable[PersonId]) -> Self:
        """Be shown to these people as well, but for those whom it is kept from."""
        told = dict.fromkeys([*self.told, *(person for person in people if person not in self.kept_from)])
        return self.model_copy(update={"told": tuple(told)})

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


async def raise_alert(
    desk: Desk, alert_id: str, about: str, facts: Mapping[str, str | int], now: datetime
) -> None:
    """Tell every admin, once for each id that is still open."""
    met = await met_admins(desk)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        told = admins(read, desk.policy, met)
        alert = Alert(id=alert_id, about=about, facts=facts, raised_at=now, told=told)
        return None, raised(read, alert, desk.policy)

    await desk.store.commit(decide, load=[Key(Alert, alert_id)])


async def reach(desk: Desk, now: datetime, due: Due | None = None) -> None:
    """Show the open alerts to the admins who have not been told of them yet."""
    met, ids = await met_admins(desk), await desk.store.ids("alerts", limit=MOST_OPEN)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        steering = admins(read, desk.policy, met)
        found = [_whole(read, alert) for alert in read.all(Alert, ids) if alert.is_open]
        also = [_told(alert, alert.tell(steering)) for alert in found]
        return None, together(*also)

    if ids or due:
        await desk.store.commit(decide, load=[Key(Alert, id) for id in ids], due=due)


async def forget(desk: Desk, alert_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop an alert whose time to be kept is over, and the report that it is about."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        alert = read.find(Alert, alert_id)
        if alert is None:
            return None, NONE
        if (until := alert.kept_until(desk.policy)) > now:
            return None, Changes(later=[Later(FORGET_ALERT, alert_id, until)])
        report = [Key(Report, str(alert.facts.get("report_id", "")))] if alert.about == "report" else []
        return None, Changes(drop=[Key(Alert, alert_id), *report])

    await desk.store.commit(decide, load=[Key(Alert, alert_id)], due=due)


async def take_on(desk: Desk, alert_id: str, me: PersonId, now: datetime) -> Alert:
    """See to an alert, in the place of whoever did before."""
    return await _change(desk, alert_id, me, lambda alert: alert.take_on(me, now))


async def hand_back(desk: Desk, alert_id: str, me: PersonId) -> Alert:
    """Leave an alert to the other admins."""
    return await _change(desk, alert_id, me, lambda alert: alert.hand_back(me))


async def close_alert(desk: Desk, alert_id: str, me: PersonId, now: datetime) -> Alert:
    """Note that an admin has seen to it; the others' cards say who."""
    return await _change(desk, alert_id, me, lambda alert: alert.close(me, now))


async def reopen(desk: Desk, alert_id: str, me: PersonId, now: datetime) -> Alert:
    """Open an alert again that an admin had closed."""
    return await _change(desk, alert_id, me, lambda alert: alert.reopen(now))


async def withdraw(desk: Desk, about: str, now: datetime) -> None:
    """Withdraw the open alerts of one kind, whose cause has gone."""
    ids = await desk.store.ids("alerts", limit=MOST_OPEN)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        gone = [alert.id for alert in read.all(Alert, ids) if alert.about == about]
        return None, together(*(withdrawn(read, id, now) for id in gone))

    if ids:
        await desk.store.commit(decide, load=[Key(Alert, id) for id in ids])


async def withdraw_one(store: Store, alert_id: str, now: datetime) -> None:
    """Withdraw one alert, whose cause has gone, if it is open."""
    await store.commit(lambda read: (None, withdrawn(read, alert_id, now)))


def find_alert(read: Snapshot, alert_id: str) -> Alert | None:
    """Return an alert with whom it must be kept from, or None."""
    found = read.find(Alert, alert_id)
    return _whole(read, found) if found else None


def raised(read: Snapshot, alert: Alert, policy: Policy) -> Changes:
    """Return the changes that raise an alert; where it is open already, only whom it has not told hears."""
    before = read.find(Alert, alert.id)
    if before is not None and before.is_open:
        return _told(before, before.tell(alert.told))
    new = alert.model_copy(update={"told": ()}).tell(alert.told)
    forgotten = Later(FORGET_ALERT, new.id, new.kept_until(policy))
    return Changes(put=[new], later=[forgotten], show=new.shows())


def withdrawn(read: Snapshot, alert_id: str, now: datetime) -> Changes:
    """Return the changes that withdraw an alert, if it is open."""
    before = read.find(Alert, alert_id)
    if before is None or not before.is_open:
        return NONE
    return Changes(put=[before.withdraw(now)], show=before.shows())


def undeliverable_id(to: str, code: str) -> str:
    """Return the id of the alert that nothing reaches somebody, for Slack's reason."""
    return f"undeliverable.{to}.{code}"


def unanswered_id(request_id: RequestId) -> str:
    """Return the id of the alert that nobody took a request."""
    return f"unanswered.{request_id}"


def unanswered(request_id: RequestId, asker_id: PersonId, now: datetime, told: Iterable[PersonId]) -> Alert:
    """Return the alert that nobody took a request; the asker themselves is nobody to be told."""
    return Alert(
        id=unanswered_id(request_id),
        about="unanswered",
        facts={"request_id": request_id},
        raised_at=now,
        raised_by=asker_id,
        kept_from=frozenset({asker_id}),
        told=tuple(told),
    )


def _whole(read: Snapshot, alert: Alert) -> Alert:
    """Return an alert with whom it is kept from: that of a report did not always say so itself."""
    if alert.about != "report" or alert.kept_from:
        return alert
    report = read.find(Report, str(alert.facts.get("report_id", "")))
    if report is None:
        return alert
    parties = frozenset({report.reporter_id, report.about_id})
    return alert.model_copy(update={"raised_by": report.reporter_id, "kept_from": parties})


def _told(before: Alert, after: Alert) -> Changes:
    """Return the changes that show an alert to those who were added; its raiser hears of the first."""
    new = [admin_id for admin_id in after.told if admin_id not in before.told]
    if not new:
        return NONE
    shows = [Show(after.thing, to=admin_id) for admin_id in new]
    return Changes(put=[after], show=shows if before.told else after.shows())


async def _change(desk: Desk, alert_id: str, me: PersonId, change: Callable[[Alert], Alert]) -> Alert:
    met = await met_admins(desk)

    def decide(read: Snapshot) -> tuple[Alert, Changes]:
        before = _whole(read, read.get(Alert, alert_id))
        if me not in admins(read, desk.policy, met) or me in before.kept_from:
            raise NotYours
        alert = change(before)
        return alert, NONE if alert == before else Changes(put=[alert], show=alert.shows())

    return await desk.store.commit(decide, load=[Key(Alert, alert_id)])

"""Alerts: what admins should know of. Each stays open until somebody has seen to it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import NotYours
from kernel.policy import Policy
from kernel.store import NONE, Changes, Due, Key, Later, Show, Snapshot, Store, together
from kernel.values import PersonId, RequestId
from mentoring.admins.admins import admins, met_admins
from mentoring.model.alert import FORGET_ALERT, Alert, Report, unanswered_id, withdrawn

MOST_OPEN = 500


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
    """An alert with whom it must be kept from, or None."""
    found = read.find(Alert, alert_id)
    return _whole(read, found) if found else None


def raised(read: Snapshot, alert: Alert, policy: Policy) -> Changes:
    """The changes that raise an alert; where it is open already, only whom it has not told hears."""
    before = read.find(Alert, alert.id)
    if before is not None and before.is_open:
        return _told(before, before.tell(alert.told))
    new = alert.model_copy(update={"told": ()}).tell(alert.told)
    forgotten = Later(FORGET_ALERT, new.id, new.kept_until(policy))
    return Changes(put=[new], later=[forgotten], show=new.shows())


def undeliverable_id(to: str, code: str) -> str:
    """The id of the alert that nothing reaches somebody, for Slack's reason."""
    return f"undeliverable.{to}.{code}"


def unanswered(request_id: RequestId, asker_id: PersonId, now: datetime, told: Iterable[PersonId]) -> Alert:
    """The alert that nobody took a request; the asker themselves is nobody to be told."""
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
    """An alert with whom it is kept from: that of a report did not always say so itself."""
    if alert.about != "report" or alert.kept_from:
        return alert
    report = read.find(Report, str(alert.facts.get("report_id", "")))
    if report is None:
        return alert
    parties = frozenset({report.reporter_id, report.about_id})
    return alert.model_copy(update={"raised_by": report.reporter_id, "kept_from": parties})


def _told(before: Alert, after: Alert) -> Changes:
    """The changes that show an alert to those who were added; its raiser hears of the first."""
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

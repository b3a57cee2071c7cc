"""Alerts: what admins should know of. Each stays open until somebody has seen to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import NotYours
from kernel.policy import Policy
from kernel.store import NONE, Changes, Due, Key, Later, Show, Snapshot, Store, together
from kernel.values import PersonId, RequestId
from mentoring.admins.admins import admins, met_admins, steer_no_more
from mentoring.model.alert import FORGET_ALERT, Alert, Report, unanswered_id, withdrawn
from mentoring.model.person import Person, only_here

MOST_OPEN = 500
_UNDELIVERABLE = "undeliverable"


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
    """Show the open alerts to those who steer now: to admins not told yet, and no more to whoever was one."""
    met, ids = await met_admins(desk), await desk.store.ids("alerts", limit=MOST_OPEN)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        steering = admins(read, desk.policy, met)
        found = [_whole(read, alert) for alert in read.all(Alert, ids) if alert.is_open]
        also = [_told(read, alert, _told_now(read, alert, steering)) for alert in found]
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
        return _told(read, before, before.tell(alert.told))
    new = alert.model_copy(update={"told": ()}).tell(alert.told)
    forgotten = Later(FORGET_ALERT, new.id, new.kept_until(policy))
    return Changes(put=[new], later=[forgotten], show=new.shows())


def undeliverable_id(to: str, code: str) -> str:
    """The id of the alert that nothing reaches somebody, for Slack's reason."""
    return f"{_UNDELIVERABLE}.{to}.{code}"


async def undelivered(desk: Desk, to: str, code: str, now: datetime) -> None:
    """Tell the admins that nothing reaches somebody; not of whoever has left, of whom nobody expects it."""
    person = await desk.find(Person, to)
    if person is None or not person.is_gone:
        facts: dict[str, str | int] = {"person_id": to, "code": code}
        await raise_alert(desk, undeliverable_id(to, code), _UNDELIVERABLE, facts, now)


async def expect_nothing_for(desk: Desk, gone: PersonId, now: datetime) -> None:
    """Withdraw what admins were told of messages that don't reach somebody, who has left."""
    prefix = undeliverable_id(gone, "")
    for alert_id in await desk.store.ids("alerts", limit=MOST_OPEN):
        if alert_id.startswith(prefix):
            await withdraw_one(desk.store, alert_id, now)


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


def _told_now(read: Snapshot, alert: Alert, steering: Sequence[PersonId]) -> Alert:
    return alert.told_no_more(steer_no_more(read, alert.told, steering)).tell(steering)


def _told(read: Snapshot, before: Alert, after: Alert) -> Changes:
    """The changes that show an alert anew; from whoever steers no more it goes."""
    if after == before:
        return NONE
    gone = [Show(after.thing, to=admin_id) for admin_id in before.told if admin_id not in after.told]
    return Changes(put=[after], show=[*after.shows(), *only_here(read, gone)])


async def _change(desk: Desk, alert_id: str, me: PersonId, change: Callable[[Alert], Alert]) -> Alert:
    met = await met_admins(desk)

    def decide(read: Snapshot) -> tuple[Alert, Changes]:
        before = _whole(read, read.get(Alert, alert_id))
        steering = admins(read, desk.policy, met)
        if me not in steering or me in before.kept_from:
            raise NotYours
        alert = change(before)
        if alert.is_open and alert != before:
            alert = _told_now(read, alert, steering)
        return alert, _told(read, before, alert)

    return await desk.store.commit(decide, load=[Key(Alert, alert_id)])

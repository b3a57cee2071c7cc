"""Alerts: what an admin should know of, shown to each of them until one closes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import ClassVar, Self

from pydantic import AwareDatetime

from mentoring.changes import NONE
from mentoring.desk import Desk
from mentoring.errors import NotYours
from mentoring.store import Changes, Key, Show, Snapshot
from mentoring.values import Document, PersonId

MOST_ADMINS = 50


class Alert(Document):
    """Something an admin should know. *about* is a short code, *facts* what its sentence needs.

    open → closed, which is an end; raised again while open it stays as it is, and later it opens anew.
    """

    kind: ClassVar[str] = "alert"
    about: str
    facts: Mapping[str, str | int]
    raised_at: AwareDatetime
    told: tuple[PersonId, ...]
    closed_at: AwareDatetime | None = None
    closed_by: PersonId | None = None

    def lists(self) -> Mapping[str, datetime]:
        """The alerts that nobody has closed."""
        return {} if self.closed_at else {"alerts": self.raised_at}

    def shows(self) -> list[Show]:
        """Return where it is shown: to each admin."""
        return [Show(self.thing, to=person_id) for person_id in self.told]

    def close(self, by: PersonId, now: datetime) -> Self:
        """Note that someone has seen to it; doing it twice changes nothing."""
        return self if self.closed_at else self.model_copy(update={"closed_at": now, "closed_by": by})


async def admins_of(desk: Desk) -> list[PersonId]:
    """Return who steers this workspace: its owners and admins, and whoever the policy names; sorted."""
    known = await desk.store.ids("admins", limit=MOST_ADMINS)
    return sorted(desk.policy.admins | {PersonId(id) for id in known})


async def raise_alert(
    desk: Desk, alert_id: str, about: str, facts: Mapping[str, str | int], now: datetime
) -> None:
    """Tell every admin, once for each id that is still open."""
    admins = await admins_of(desk)
    await desk.store.commit(
        lambda read: (
            None,
            raised(read, Alert(id=alert_id, about=about, facts=facts, raised_at=now, told=tuple(admins))),
        ),
        load=[Key(Alert, alert_id)],
    )


async def close_alert(desk: Desk, alert_id: str, me: PersonId, now: datetime) -> Alert:
    """Note that an admin has seen to it; the others' cards say who."""
    admins = await admins_of(desk)

    def decide(read: Snapshot) -> tuple[Alert, Changes]:
        if me not in admins:
            raise NotYours
        alert = read.get(Alert, alert_id).close(me, now)
        return alert, Changes(put=[alert], show=alert.shows())

    return await desk.store.commit(decide, load=[Key(Alert, alert_id)])


def raised(read: Snapshot, alert: Alert) -> Changes:
    """Return the changes that raise an alert, unless the same is open already."""
    before = read.find(Alert, alert.id)
    if before is not None and before.closed_at is None:
        return NONE
    return Changes(put=[alert], show=alert.shows())


def unanswered(request_id: str, now: datetime, admins: Iterable[PersonId]) -> Alert:
    """Return the alert that nobody took a request."""
    facts = {"request_id": request_id}
    return Alert(
        id=f"unanswered.{request_id}", about="unanswered", facts=facts, raised_at=now, told=tuple(admins)
    )

"""How many messages that nobody asked for a person got lately: one document, so that the limit is atomic."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from pydantic import AwareDatetime

from kernel.policy import Nudges
from kernel.store import Snapshot
from kernel.values import Document, PersonId

WEEK = timedelta(hours=168)


class Unasked(Document):
    """When the app wrote to a person unasked. A reminder that they set themselves is none of these."""

    kind: ClassVar[str] = "unasked"
    id: PersonId
    at: tuple[AwareDatetime, ...] = ()

    def has_room(self, rules: Nudges, now: datetime) -> bool:
        """Whether one more may be sent within 168 hours."""
        return len(self._recent(now)) < rules.per_week

    def sent(self, now: datetime) -> Self:
        """Note one more, and forget those that are over a week old."""
        return self.model_copy(update={"at": (*self._recent(now), now)})

    def room_at(self, now: datetime) -> datetime | None:
        """When the oldest of the week drops out; None where none was sent."""
        recent = self._recent(now)
        return recent[0] + WEEK if recent else None

    def _recent(self, now: datetime) -> tuple[datetime, ...]:
        return tuple(at for at in self.at if at > now - WEEK)


def unasked(read: Snapshot, person_id: PersonId) -> Unasked:
    """What a person got; nothing, if nothing was ever written."""
    return read.find(Unasked, person_id) or Unasked(id=person_id)

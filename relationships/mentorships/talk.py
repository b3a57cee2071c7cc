"""One talk of a mentorship: times to choose from, the one picked, and whether it took place. Pure."""

from datetime import datetime, timedelta
from typing import Literal, Self

from pydantic import AwareDatetime

from kernel.values import Kept, PersonId

Came = Literal["met", "not", "unknown"]
DAY_BEFORE = timedelta(days=1)
OVER = timedelta(minutes=5)  # after its end, until it is asked about
ASKED_FOR = timedelta(days=3)


class MentorTalk(Kept):
    """A talk, from the times proposed for it to what became of it.

    *moved_by* are those who moved it or called it off, once for each time. *came* is none as long as it lies
    ahead or is being asked about, unknown where nobody said.
    """

    number: int
    minutes: int
    times: tuple[AwareDatetime, ...] = ()
    at: AwareDatetime | None = None
    picked_by: PersonId | None = None
    moved_by: tuple[PersonId, ...] = ()
    is_announced: bool = False
    asked_at: AwareDatetime | None = None
    came: Came | None = None

    @property
    def ends_at(self) -> datetime | None:
        """When it is over, if a time was picked."""
        return self.at and self.at + timedelta(minutes=self.minutes)

    def proposed(self, times: tuple[datetime, ...]) -> Self:
        """Offer times."""
        return self.model_copy(update={"times": times})

    def booked(self, at: datetime, by: PersonId) -> Self:
        """Set its time; a booked one that is set to another has moved."""
        moved = (*self.moved_by, by) if self.at and self.at != at else self.moved_by
        fresh = {"is_announced": False, "asked_at": None}
        return self.model_copy(update={"at": at, "picked_by": by, "times": (), "moved_by": moved, **fresh})

    def moved(self, by: PersonId, times: tuple[datetime, ...]) -> Self:
        """Take its time back, and offer others."""
        update = {"at": None, "picked_by": None, "times": times, "moved_by": (*self.moved_by, by)}
        return self.model_copy(update={**update, "is_announced": False, "asked_at": None})

    def freed(self) -> Self:
        """Forget its time and those offered, as nobody talks for a while."""
        return self.model_copy(update={"at": None, "picked_by": None, "times": (), "is_announced": False})

    def came_to(self, what: Came) -> Self:
        """Note what became of it."""
        return self.model_copy(update={"came": what, "times": ()})

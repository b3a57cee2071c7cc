"""How long one ask has waited, as a line that stands beside it in the lists of its topics."""

from datetime import datetime, timedelta
from typing import NamedTuple, Self

from matching.learning.survival import WaitSoFar

MINUTE = timedelta(minutes=1)
ACCEPTED, ENDED, WAITING = "accepted", "ended", "waiting"


class Waited(NamedTuple):
    """The lane that was wished, and the minutes until a yes or the end; or since when it waits."""

    lane: str
    until: str
    how_long: str

    @classmethod
    def of(cls, lane: str, asked_at: datetime, end: datetime | None, *, is_accepted: bool) -> Self:
        """How long an ask waited until an *end*, if that has come."""
        if end is None:
            return cls(lane, WAITING, asked_at.isoformat())
        return cls(lane, ACCEPTED if is_accepted else ENDED, repr((end - asked_at) / MINUTE))

    @classmethod
    def read(cls, gist: str) -> Self | None:
        """What a line says, None for one that this release does not know."""
        lane, _, rest = gist.partition(" ")
        until, _, how_long = rest.partition(" ")
        return cls(lane, until, how_long) if until in (ACCEPTED, ENDED, WAITING) else None

    @property
    def gist(self) -> str:
        """The line."""
        return " ".join(self)

    def by(self, now: datetime) -> WaitSoFar:
        """The minutes until somebody said yes, or for which nobody has."""
        if self.until == WAITING:
            return WaitSoFar((now - datetime.fromisoformat(self.how_long)) / MINUTE, is_over=False)
        return WaitSoFar(float(self.how_long), self.until == ACCEPTED)

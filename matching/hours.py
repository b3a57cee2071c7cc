"""Weekly working hours in a time zone: is someone at work, when next, and how long is a working minute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

Window = tuple[int, int, int]
HORIZON_DAYS = 370


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Windows of a week in a zone: (weekday from Monday 0, first minute of the local day, end minute ≤ 1440).

    On *holidays* no window begins. A night shift is two windows. Moments come in and go out aware, in UTC;
    summer time is followed.
    """

    zone: str
    windows: tuple[Window, ...]
    holidays: frozenset[date] = frozenset()

    def is_open(self, now: datetime) -> bool:
        """Whether *now* lies inside a window."""
        start = self.next_span(now)
        return start is not None and start[0] <= now

    def next_open(self, now: datetime) -> datetime | None:
        """*now* inside a window, else the next window's start, or None without windows."""
        span = self.next_span(now)
        return None if span is None else max(now, span[0])

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """How many working minutes lie between two moments, rounded down."""
        seconds = 0.0
        for opens, closes in self._spans(start):
            if opens >= end:
                break
            seconds += max(0.0, (min(closes, end) - max(opens, start)).total_seconds())
        return int(seconds // 60)

    def add(self, start: datetime, minutes: int) -> datetime | None:
        """The moment when *minutes* working minutes have passed since *start*, or None if never."""
        left = timedelta(minutes=minutes)
        for opens, closes in self._spans(start):
            begin = max(opens, start)
            if closes - begin >= left:
                return begin + left
            left -= closes - begin
        return None

    def next_span(self, now: datetime) -> tuple[datetime, datetime] | None:
        """Start and end of the window that is open now or else opens next."""
        return next(self._spans(now), None)

    def open_between(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The stretches of time between two moments that lie inside windows; what touches is one."""
        found: list[tuple[datetime, datetime]] = []
        for opens, closes in self._spans(start):
            if opens >= end:
                break
            begins = found.pop()[0] if found and found[-1][1] == opens else max(opens, start)
            found.append((begins, min(closes, end)))
        return found

    def _spans(self, after: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield windows in UTC that end later than *after*, in order and apart, for a year and a few days.

        An end in the hour that clocks skip is read by the offset before it, so windows may come to touch.
        """
        zone = ZoneInfo(self.zone)
        first = after.astimezone(zone).date()
        last = datetime.min.replace(tzinfo=UTC)
        for offset in range(-1, HORIZON_DAYS):
            day = first + timedelta(days=offset)
            windows = () if day in self.holidays else self.windows
            for _, start, end in sorted(w for w in windows if w[0] == day.weekday()):
                opens, closes = max(last, _moment(day, start, zone)), _moment(day, end, zone)
                last = max(last, closes)
                if closes > after and opens < closes:
                    yield opens, closes


def _moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    local = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    return local.astimezone(UTC)


OFFICE = OpenHours("UTC", tuple((day, 9 * 60, 17 * 60) for day in range(5)))

"""Which of the hours that two people share are offered: on different days, near the usual time. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]
STEP = timedelta(minutes=30)
SETTLING = timedelta(hours=1)  # after their common hours begin, where these are long enough
OFFERED = 3


def meeting_times(
    shared: Iterable[Span], zone: str, minutes: int, *, usual: datetime | None = None
) -> tuple[datetime, ...]:
    """Up to three starts (UTC, in order) of a talk of *minutes* within the hours that two *shared*.

    Each is on a day of its own in the *zone*, on a full or half hour. With *usual* the days nearest to it are
    taken, at its time of day there where both are at work, else as near to that as can be.
    """
    here, length = ZoneInfo(zone), timedelta(minutes=minutes)
    by_day: dict[date, list[Span]] = {}
    for span in shared:
        for start in _starts(span, length):
            by_day.setdefault(start.astimezone(here).date(), []).append((start, span[0]))
    days = sorted(by_day, key=lambda day: (_days_apart(day, usual, here), day))[:OFFERED]
    return tuple(sorted(_best(by_day[day], usual, here) for day in days))


def _starts(span: Span, length: timedelta) -> Iterator[datetime]:
    begins, ends = span
    start = begins + (datetime.min.replace(tzinfo=begins.tzinfo) - begins) % STEP
    while start + length <= ends:
        yield start
        start += STEP


def _days_apart(day: date, usual: datetime | None, zone: ZoneInfo) -> int:
    return abs((day - usual.astimezone(zone).date()).days) if usual else 0


def _best(starts: Sequence[Span], usual: datetime | None, zone: ZoneInfo) -> datetime:
    """The start nearest to the usual time of day, or one that is not at the very beginning."""
    if usual is None:
        settled = [start for start, begins in starts if start >= begins + SETTLING]
        return settled[0] if settled else starts[0][0]
    wanted = _minute(usual, zone)
    return min((start for start, _ in starts), key=lambda it: (abs(_minute(it, zone) - wanted), it))


def _minute(at: datetime, zone: ZoneInfo) -> int:
    local = at.astimezone(zone)
    return local.hour * 60 + local.minute


def still_ahead(times: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """Those that have not begun."""
    return tuple(at for at in times if at > now)

"""When two people could talk: moments inside the hours of both, on different days. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from matching.hours import OpenHours

Span = tuple[datetime, datetime]
STEP = timedelta(minutes=30)
AHEAD = timedelta(days=21)
SETTLING = timedelta(hours=1)  # after their common hours begin, where these are long enough
OFFERED = 3


def meeting_times(
    one: OpenHours, other: OpenHours, after: datetime, minutes: int, *, usual: datetime | None = None
) -> tuple[datetime, ...]:
    """Return up to three starts (UTC, in order) of a talk of *minutes* inside the hours of both.

    Each is on a day of its own in the zone of *one*, on a full or half hour, and begins at or after *after*,
    within three weeks. With *usual* the days nearest to it are taken, at its time of day there where both are
    at work, else as near to that as can be. None where their hours never meet.
    """
    zone, length = ZoneInfo(one.zone), timedelta(minutes=minutes)
    by_day: dict[date, list[Span]] = {}
    for span in common_spans(one, other, after, after + AHEAD):
        for start in _starts(span, length):
            by_day.setdefault(start.astimezone(zone).date(), []).append((start, span[0]))
    days = sorted(by_day, key=lambda day: (_days_apart(day, usual, zone), day))[:OFFERED]
    return tuple(sorted(_best(by_day[day], usual, zone) for day in days))


def common_spans(one: OpenHours, other: OpenHours, after: datetime, until: datetime) -> Iterator[Span]:
    """Yield the spans in which both are at work, in order: none begins before *after* or past *until*."""
    at: datetime = after
    while at < until:
        mine, theirs = one.next_span(at), other.next_span(at)
        if mine is None or theirs is None:
            return
        begins, ends = max(mine[0], theirs[0], at), min(mine[1], theirs[1])
        if begins < ends and begins < until:
            yield begins, ends
        at = ends if begins < ends else begins


def _starts(span: Span, length: timedelta) -> Iterator[datetime]:
    begins, ends = span
    start = begins + (datetime.min.replace(tzinfo=begins.tzinfo) - begins) % STEP
    while start + length <= ends:
        yield start
        start += STEP


def _days_apart(day: date, usual: datetime | None, zone: ZoneInfo) -> int:
    return abs((day - usual.astimezone(zone).date()).days) if usual else 0


def _best(starts: Sequence[Span], usual: datetime | None, zone: ZoneInfo) -> datetime:
    """Return the start nearest to the usual time of day, or one that is not at the very beginning."""
    if usual is None:
        settled = [start for start, begins in starts if start >= begins + SETTLING]
        return settled[0] if settled else starts[0][0]
    wanted = _minute(usual, zone)
    return min((start for start, _ in starts), key=lambda it: (abs(_minute(it, zone) - wanted), it))


def _minute(at: datetime, zone: ZoneInfo) -> int:
    local = at.astimezone(zone)
    return local.hour * 60 + local.minute


def still_ahead(times: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """Return those that have not begun."""
    return tuple(at for at in times if at > now)

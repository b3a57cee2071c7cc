"""Weekly working hours, and what follows from them in a time zone: open now, open next, a deadline."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from kernel.hours_text import DAY, LONGEST_NIGHT, read_windows, write_shifts
from kernel.values import Kept
from kernel.working_time import Span
from matching import hours as matching
from matching.hours import Window

NO_DAYS: frozenset[date] = frozenset()
WORKWEEK = frozenset(range(5))
NINE = 9 * 60  # minutes of a day
LAST_CALL = timedelta(minutes=15)
# By minutes: zones whose clocks are no whole hours from UTC.
ODD_OFFSETS = {
    -570: "Pacific/Marquesas",
    -210: "America/St_Johns",
    -150: "America/St_Johns",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
    630: "Australia/Lord_Howe",
    765: "Pacific/Chatham",
    825: "Pacific/Chatham",
}
Part = tuple[
    Annotated[int, Field(ge=0, le=6)],
    Annotated[int, Field(ge=0, lt=DAY)],
    Annotated[int, Field(gt=0, le=DAY)],
]


class Hours(Kept):
    """Windows of a week: (weekday from Monday 0, first minute of the local day, end minute ≤ 1440).

    A night shift is two windows. They are kept sorted, and what touches or overlaps within a day is one.
    """

    windows: tuple[Part, ...]

    @field_validator("windows")
    @classmethod
    def _in_order(cls, windows: tuple[Window, ...]) -> tuple[Window, ...]:
        if any(end <= start for _, start, end in windows):
            raise ValueError("a window must end after it starts")
        return _tidy(windows)

    def __bool__(self) -> bool:
        return bool(self.windows)

    def __str__(self) -> str:
        return write_shifts(self.shifts)

    @property
    def shifts(self) -> tuple[Window, ...]:
        """The windows with nights joined again: their end lies past 1440, on the next day."""
        return tuple(_joined(self.windows))

    @property
    def day_minutes(self) -> int:
        """The mean length of a working day; a night belongs to the day it starts on. Never: 0."""
        shifts = self.shifts
        days = {day for day, _, _ in shifts}
        return round(sum(end - start for _, start, end in shifts) / len(days)) if days else 0

    def in_zone(self, zone: str, holidays: frozenset[date] = NO_DAYS) -> matching.OpenHours:
        """The same hours as a ranking wants them."""
        return matching.OpenHours(zone, self.windows, holidays)


def parse_hours(text: str) -> Hours:
    """Read hours as people write them: `mon-fri 09:00-17:00`, `Tue, Thu 9am-1pm; sat 22:00-02:00`, `never`.

    Times without a day are for Monday to Friday. What cannot be read raises Invalid: empty, too_long,
    unknown_word (with a suggestion), bad_time, no_time (for these days), no_length, overnight_too_long.
    """
    return Hours(windows=tuple(read_windows(text)))


def is_open(hours: Hours, zone: str, at: datetime, holidays: frozenset[date] = NO_DAYS) -> bool:
    """Whether *at* lies in the hours of somebody in *zone*."""
    return hours.in_zone(zone, holidays).is_open(at)


def opens_next(hours: Hours, zone: str, at: datetime, holidays: frozenset[date] = NO_DAYS) -> datetime | None:
    """*at* itself within the hours, else when they begin next; None without hours."""
    return hours.in_zone(zone, holidays).next_open(at)


def add_working(
    hours: Hours, zone: str, start: datetime, span: Span, holidays: frozenset[date] = NO_DAYS
) -> datetime | None:
    """When *span* of working time has passed since *start*, or None: never, or not within a year.

    A working day is as many minutes as this person's days have on average: offered on Friday at 15:00, one
    working day of somebody who works 9–17 ends on Monday at 15:00.
    """
    minutes = span.minutes if span.minutes is not None else span.count * hours.day_minutes
    return hours.in_zone(zone, holidays).add(start, minutes)


def reachable_next(
    hours: Hours, zone: str, at: datetime, holidays: frozenset[date] = NO_DAYS
) -> datetime | None:
    """*at* where enough of the working hours is left to answer something, else when they open next.

    Enough is a quarter of an hour, or half of hours that are shorter than half an hour. None: never.
    """
    span = hours.in_zone(zone, holidays).next_span(at)
    if span is None or span[0] > at:
        return span and span[0]
    opens, closes = span
    enough = min(LAST_CALL, (closes - opens) / 2)
    return at if closes - at >= enough else opens_next(hours, zone, closes, holidays)


def local_day(moment: datetime, zone: str) -> date:
    """The day that a moment falls on in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def at_local(day: date, at: time, zone: str) -> datetime:
    """The moment (UTC) of a local day and time.

    A time that a change of the clocks leaves out is moved by that change; of one that comes twice, the first.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def weekdays(hours: Hours) -> frozenset[int]:
    """On which days of the week somebody works, from Monday 0; Monday to Friday where on none."""
    return frozenset(day for day, _, _ in hours.windows) or WORKWEEK


def work_begins(on: date, hours: Hours, zone: str) -> datetime:
    """When somebody's work begins on a day (UTC): at nine where they name no hours of that day.

    Where nine lies outside their hours, it is when these begin next.
    """
    begins = (start for weekday, start, _ in hours.windows if weekday == on.weekday() and start)
    hour, minute = divmod(next(begins, NINE), 60)
    at = at_local(on, time(hour, minute), zone)
    return opens_next(hours, zone, at) or at


def known_zone(name: str) -> bool:
    """Whether this machine knows a time zone by its IANA name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def zone_of(name: object, offset: object) -> str:
    """The zone of somebody by its name, else one that stands at *offset* seconds from UTC all year.

    All of these are names that any release knows. Where no land keeps such an offset all year, it is that of
    the land that keeps it for a part of it.
    """
    if isinstance(name, str) and known_zone(name):
        return name
    minutes, seconds = divmod(offset, 60) if isinstance(offset, int) else (0, 0)
    hours, odd = divmod(minutes, 60)
    if seconds == odd == 0 and -12 <= hours <= 14:
        return f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return ODD_OFFSETS.get(minutes, "UTC")


def zone_name(zone: str) -> str:
    """A zone as people read it: `Etc/GMT-5` is five hours ahead of UTC."""
    fixed = re.fullmatch(r"Etc/GMT([+-])(\d{1,2})", zone)
    return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}" if fixed else zone


def _tidy(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Sort, and make one of what touches or overlaps within a day."""
    tidy: list[Window] = []
    for day, start, end in sorted(windows):
        if tidy and tidy[-1][0] == day and start <= tidy[-1][2]:
            tidy[-1] = (day, tidy[-1][1], max(end, tidy[-1][2]))
        else:
            tidy.append((day, start, end))
    return tuple(tidy)


def _joined(windows: tuple[Window, ...]) -> Iterator[Window]:
    """Yield windows; one that ends at midnight and goes on in the early morning comes as one night."""
    mornings = {day: end for day, start, end in windows if start == 0}
    nights = {
        day: DAY + mornings[(day + 1) % 7]
        for day, start, end in windows
        if end == DAY and start > 0 and mornings.get((day + 1) % 7, DAY) <= LONGEST_NIGHT - (DAY - start)
    }
    for day, start, end in windows:
        if start > 0 or (day - 1) % 7 not in nights:
            yield day, start, nights.get(day, end) if start > 0 and end == DAY else end


OFFICE = parse_hours("mon-fri 09:00-17:00")
ALWAYS = parse_hours("always")
NEVER = parse_hours("never")

"""When a cue that somebody wrote comes next: "after Tuesday's stand-up" is Tuesday, in their own zone.

It reads English, and the days and hours of German, French, Spanish, Dutch and Italian.
"""

from collections.abc import Callable
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from coaching.data import Data, read
from coaching.patterns import InOrder, Language, Pattern, place_of


class _TimeOfDay(Data):
    at: time
    shape: Pattern


class _Relative(Data):
    days: int
    follows: str
    shape: Pattern


class _Known(Language):
    days: tuple[InOrder, ...]
    short: tuple[InOrder, ...]
    months: InOrder
    counts: tuple[InOrder, ...]
    day: Pattern
    next: Pattern
    dated: Pattern
    iso: Pattern
    ahead: Pattern
    today: Pattern
    tomorrow: Pattern
    in_two_days: Pattern
    clock: Pattern
    hour: Pattern
    event: Pattern
    hollow: Pattern
    begins: Pattern
    half: Pattern
    now: Pattern
    times: tuple[_TimeOfDay, ...]
    relative: tuple[_Relative, ...]


@cache
def _known() -> _Known:
    return read("coaching.language", "time_expressions", _Known)


USUAL = time(9)
EARLIEST_HOUR = 7  # of a bare hour: "at 3" is in the afternoon


def next_moment(cue: str, zone: str, now: datetime) -> datetime | None:
    """Return the next moment (UTC) a cue names after *now*: its day, else tomorrow; its time, else 9:00.

    A cue that names neither a day nor a time has none, nor one with a date that no calendar has.
    A local time that a change of the clocks leaves out is moved by that change.
    """
    words = cue.lower()
    here = now.astimezone(ZoneInfo(zone))
    named_at, named_day = _time(words), _day(words, here.date())
    is_dated = _known().iso.search(words) or _known().dated.search(words)
    if named_day is None and (named_at is None or is_dated):
        return None
    at = named_at or USUAL
    day = named_day or (here + timedelta(days=1)).date()
    moment = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    while moment <= now:
        day += timedelta(days=7 if _known().day.search(words) else 1)
        moment = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    return moment


def as_weekday(cue: str, zone: str, now: datetime) -> str:
    """Return a cue with the weekday in the place of "today" and "tomorrow", so that it can be read later."""
    here = now.astimezone(ZoneInfo(zone)).date()
    for it in _known().relative:
        cue = it.shape.sub(f"{here + timedelta(days=it.days):%A}{it.follows}", cue)
    return cue


def names_a_moment(cue: str) -> bool:
    """Return whether a cue says when: a day, an hour, an event; "when I have time" says nothing."""
    return names_a_time(cue.lower()) or names_an_event(cue)


def names_an_event(cue: str) -> bool:
    """Return whether a cue says after, before or in what: "after the stand-up", "when he calls"."""
    return _known().event.search(_known().hollow.sub(" ", cue.lower())) is not None


def moment_in(text: str) -> str:
    """Return the end of a text that says on which day or at what hour, from where that begins, or nothing."""
    ends = (text[found.start() :] for found in _known().begins.finditer(text))
    return next((end.strip() for end in ends if names_a_time(end)), "")


def is_exact(cue: str) -> bool:
    """Return whether a cue says more than a day: an hour, an event, now."""
    words = cue.lower()
    return _time(words) is not None or _known().now.search(words) is not None or names_an_event(words)


def names_a_time(cue: str) -> bool:
    """Return whether a cue says on which day or at what hour."""
    words = cue.lower()
    known = _known()
    timed = (known.day, known.dated, known.iso, known.ahead, known.today, known.tomorrow, known.in_two_days)
    return _time(words) is not None or any(shape.search(words) for shape in timed)


def _time(words: str) -> time | None:
    if found := _known().clock.search(words):
        hours, minutes, half, hour, its_half = found.groups()
        return _of_day(int(hours or hour), int(minutes or 0), half or its_half or "")
    if found := _known().hour.search(words):
        return _of_bare_hour(int(found[1] or found[2]), words)
    return next((it.at for it in _known().times if it.shape.search(words)), None)


def _of_day(hour: int, minute: int, half: str) -> time:
    spread = hour % 12 + 12 * (half == "pm") if half else hour
    return time(spread, minute) if spread < 24 and minute < 60 else USUAL


def _of_bare_hour(hour: int, words: str) -> time:
    is_late = hour < 12 and (_known().half.search(words) or (hour < EARLIEST_HOUR and "morning" not in words))
    return _of_day(hour + 12 * bool(is_late), 0, "")


def _day(words: str, today: date) -> date | None:
    """Return the day that a cue names; one that lies in the past is no day."""
    readings: tuple[Callable[[], date | None], ...] = (
        lambda: _iso(words),
        lambda: _dated(words, today),
        lambda: today + timedelta(days=2) if _known().in_two_days.search(words) else None,
        lambda: today if _known().today.search(words) else None,
        lambda: today + timedelta(days=1) if _known().tomorrow.search(words) else None,
        lambda: _weekday(words, today),
        lambda: _ahead(words, today),
        lambda: today + timedelta(days=7) if "next week" in words else None,
    )
    return next((day for reading in readings if (day := reading()) is not None and day >= today), None)


def _iso(words: str) -> date | None:
    found = _known().iso.search(words)
    return _on(*map(int, found.groups())) if found else None


def _dated(words: str, today: date) -> date | None:
    """Return the next day with a date like "18 December" or "Dec 18"."""
    found = _known().dated.search(words)
    if found is None:
        return None
    month, day = 1 + _known().months.index(found[2] or found[3]), int(found[1] or found[4])
    this_year = _on(today.year, month, day)
    return this_year if this_year is None or this_year >= today else _on(today.year + 1, month, day)


def _on(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has none, or where another zone's would be past its end."""
    try:
        return date(year, month, day) if year < MAXYEAR else None
    except ValueError:
        return None


def _weekday(words: str, today: date) -> date | None:
    """Return the coming weekday; "next Tuesday" is that of the week that follows."""
    found = _known().day.search(words)
    if found is None:
        return None
    names = _known().days if found[1] else _known().short
    weekday = place_of(found[1] or found[2], names)
    if _known().next.search(words[: found.end()]):
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _ahead(words: str, today: date) -> date | None:
    found = _known().ahead.search(words)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else 1 + place_of(found[1], _known().counts)
    return today + timedelta(days=count * (7 if found[2].startswith("w") else 1))

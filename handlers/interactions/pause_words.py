"""Until when a pause lasts, from words (`2d`, `until 5 January`), in the person's own zone and hours."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from coaching.data import read
from coaching.patterns import InOrder, Language, Pattern, place_of
from kernel.desk import Desk
from kernel.errors import NotAMember
from kernel.policy import Policy
from kernel.values import PersonId
from mentoring.model.person import Person, stranger, working_hour

LONGEST = timedelta(days=180)


class _Known(Language):
    counts: tuple[InOrder, ...]
    days: InOrder
    months: InOrder
    length: Pattern
    rest: Pattern
    tomorrow: Pattern
    weekday: Pattern
    dated: Pattern
    month: Pattern
    day_of_month: Pattern
    iso: Pattern
    clock: Pattern
    range: Pattern
    beginning: Pattern
    open: Pattern
    until: Pattern


@cache
def _known() -> _Known:
    return read("handlers.interactions", "pause_words", _Known)


@dataclass(frozen=True, slots=True)
class _End:
    """When a pause ends; of a whole day, at its beginning."""

    at: datetime
    is_day: bool


def paused_until(words: str, now: datetime, person: Person, policy: Policy) -> datetime | None:
    """When a pause ends, or None where the words name no time in the next 180 days.

    Hours count from now. Days are those of the person's own zone, and end when their working hours begin.
    """
    end = _end(words, now, person.zone)
    if end is None:
        return None
    return working_hour(person, end.at, policy) if end.is_day else end.at


async def end_for(desk: Desk, me: PersonId, words: str, now: datetime) -> datetime | None:
    """When a pause of somebody ends, as *paused_until* does; never by a clock that nobody knows."""
    person = await desk.find(Person, me) or stranger(me, now)
    if person.standing == "unknown" and needs_zone(words, now):
        raise NotAMember(me, "unknown")
    return paused_until(words, now, person, desk.policy)


def names_end(words: str, now: datetime) -> bool:
    """Whether words name a time to come."""
    return _end(words, now, "UTC") is not None


def names_time(words: str, now: datetime) -> bool:
    """Whether words name a time to come, or leave the end open (`for a while`, `from Monday`)."""
    text, known = _tidy(words), _known()
    return names_end(words, now) or bool(known.open.search(text) or known.beginning.search(text))


def is_until(words: str) -> bool:
    """Whether words begin like an end or a length, whatever they then name."""
    return _known().until.search(_tidy(words)) is not None


def needs_zone(words: str, now: datetime) -> bool:
    """Whether the end depends on where the person is."""
    end = _end(words, now, "UTC")
    return end is None or end.is_day


def _tidy(words: str) -> str:
    return " ".join(words.casefold().replace(",", " ").split()).strip(" .!")


def _end(words: str, now: datetime, zone: str) -> _End | None:
    text, here = _tidy(words), now.astimezone(ZoneInfo(zone))
    if through := _known().range.search(text):
        text = f"until after {through[1]}"
    if end := _exact(text, here):
        found: _End | None = _End(end, is_day=False)
    else:
        day = _day(text, here.date())
        found = _End(datetime.combine(day, time(), ZoneInfo(zone)), is_day=True) if day else None
    return found if found and now < found.at <= now + LONGEST else None


def _exact(text: str, here: datetime) -> datetime | None:
    """The moment of a length in hours, or of a time of today."""
    length = _known().length.search(text)
    if length and length[2] == "h":
        return here + timedelta(hours=_count(length[1]))
    found = _known().clock.search(text)
    if found is None:
        return None
    hour, minute = int(found[1] or found[4] or 12), int(found[2] or found[5] or 0)
    hour = hour % 12 + 12 * (found[3] == "p") if found[3] else hour
    if hour > 23 or minute > 59:
        return None
    return here.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _count(word: str) -> int:
    last = word.rsplit(maxsplit=1)[-1]
    return int(last) if last.isdigit() else 1 + place_of(last, _known().counts)


def _day(text: str, today: date) -> date | None:
    """The first day that is no longer part of the pause."""
    readings: tuple[Callable[[str, date], date | None], ...] = (
        _after_length,
        _after_rest,
        _after_tomorrow,
        _weekday,
        _dated,
        _month,
        _day_of_month,
        _iso,
    )
    return next((day for reading in readings if (day := reading(text, today)) is not None), None)


def _after_length(text: str, today: date) -> date | None:
    found = _known().length.search(text)
    if found is None or found[2] == "h":
        return None
    count = _count(found[1])
    if found[2] == "m":
        return _months_on(today, count)
    return today + timedelta(days=count * (7 if found[2] == "w" else 1))


def _months_on(today: date, count: int) -> date | None:
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return _on(year, month + 1, min(today.day, monthrange(year, month + 1)[1])) if year < MAXYEAR else None


def _after_rest(text: str, today: date) -> date | None:
    found = _known().rest.search(text)
    if found is None:
        return None
    which, what = found[1], found[2] or ("week" if found[3] == "eow" else "day")
    # "until next week" ends where it begins; "next week" alone is over when it ends.
    ahead = int(which == "next" and not text.startswith("until") and not text.startswith("till"))
    if what in ("week", "weekend"):
        return today + timedelta(days=7 - today.weekday() + 7 * ahead)
    if what == "month":
        return _months_on(today.replace(day=1), 1 + ahead)
    if what == "year":
        return _on(today.year + 1 + ahead, 1, 1)
    return today + timedelta(days=1) if which != "next" else None


def _after_tomorrow(text: str, today: date) -> date | None:
    found = _known().tomorrow.search(text)
    return today + timedelta(days=2 if found[1] or "after tomorrow" in text else 1) if found else None


def _weekday(text: str, today: date) -> date | None:
    found = _known().weekday.search(text)
    if found is None:
        return None
    number = _place(found[2], _known().days)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1 + bool(found[1]))


def _dated(text: str, today: date) -> date | None:
    found = _known().dated.search(text)
    if found is None:
        return None
    day, month = int(found[2] or found[5]), 1 + _place(found[3] or found[4], _known().months)
    named = _on(int(found[6]), month, day) if found[6] else _coming(today, month, day)
    return named and named + timedelta(days=bool(found[1]))


def _month(text: str, today: date) -> date | None:
    found = _known().month.search(text)
    if found is None:
        return None
    if found[2] in ("new year", "next year"):
        return _on(today.year + 1, 1, 1 + bool(found[1]))
    month = 1 + _place(found[2], _known().months)
    first = _coming(today, month, 1)
    return first and (_months_on(first, 1) if found[1] else first)


def _day_of_month(text: str, today: date) -> date | None:
    found = _known().day_of_month.search(text)
    if found is None:
        return None
    day = int(found[2])
    months = (_months_on(today.replace(day=1), ahead) for ahead in range(3))
    named = (_on(first.year, first.month, day) for first in months if first)
    coming = next((it for it in named if it and it > today), None)
    return coming and coming + timedelta(days=bool(found[1]))


def _iso(text: str, today: date) -> date | None:
    found = _known().iso.search(text)
    return _on(*(int(part) for part in found.groups())) if found else None


def _coming(today: date, month: int, day: int) -> date | None:
    this_year = _on(today.year, month, day)
    return this_year if this_year and this_year > today else _on(today.year + 1, month, day)


def _on(year: int, month: int, day: int) -> date | None:
    """A date, or None where the calendar has none, or where another zone's would be past its end."""
    try:
        return date(year, month, day) if year < MAXYEAR else None
    except ValueError:
        return None


def _place(short: str, names: tuple[str, ...]) -> int:
    return next(place for place, name in enumerate(names) if name.startswith(short[:3]))

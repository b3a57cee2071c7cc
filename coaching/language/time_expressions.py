"""When a cue that somebody wrote comes next: "after Tuesday's stand-up" is Tuesday, in their own zone.

It reads English, and the days and hours of German, French, Spanish, Dutch and Italian.
"""

from collections.abc import Callable
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from coaching.data import Data, read
from coaching.patterns import InOrder, Language, Pattern, place_of
from kernel.reading import Remembered
from kernel.working_hours import OFFICE, Hours, at_local


class _TimeOfDay(Data):
    at: time | None = None
    before_end: int | None = None
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
    from_now: Pattern
    today: Pattern
    day_end: Pattern
    tomorrow: Pattern
    in_two_days: Pattern
    clock: Pattern
    hour: Pattern
    event: Pattern
    hollow: Pattern
    begins: Pattern
    half: Pattern
    placed: Pattern
    sentence: Pattern
    of_others: Pattern
    this: Pattern
    until: Pattern
    held_at: Pattern
    ruled_out: Pattern
    now: Pattern
    hours: InOrder
    spoken: Pattern
    early: Pattern
    before_work: Pattern
    mornings: Pattern
    hour_tomorrow: Pattern
    dangling: Pattern
    soon: Pattern
    of_month: Pattern
    slashed: Pattern
    weekend: Pattern
    past_weekend: Pattern
    week_end: Pattern
    month_end: Pattern
    in_week: Pattern
    next_month: Pattern
    week_on: Pattern
    recurs: Pattern
    times: tuple[_TimeOfDay, ...]
    calendar: Pattern
    relative: tuple[_Relative, ...]


@cache
def _known() -> _Known:
    return read("coaching.language", "time_expressions", _Known)


# What an answer comes to is worked out anew for each card, and asks this of each of its parts several times.
_DATED: Remembered[bool] = Remembered(4096)
USUAL = time(9)
RISING = range(5, 7)  # hours that are in the evening, unless somebody speaks of mornings
SURELY_MORNING = 6
EARLIEST_HOUR = 7  # of an hour that working hours don't settle: "at 3" is in the afternoon
OFFICE_DAY = (9 * 60, 17 * 60)  # minutes: what counts where somebody has no working hours
NOON = 12 * 60
WEEK = 7
LONGEST_EVENT = 8  # words
LONGEST_TIME = 4  # words of a time of the day that needs no day: "right after lunch"
NEAR = 12  # characters before a day in which "next" may stand


class _Week:
    """Somebody's working hours, as a moment is read in them."""

    def __init__(self, hours: Hours) -> None:
        """Take the first and the last minute of each weekday."""
        shifts = hours.shifts
        self._days = {
            day: (min(s for it, s, _ in shifts if it == day), max(e for it, _, e in shifts if it == day))
            for day, _, _ in shifts
        }

    def works_on(self, day: date) -> bool:
        """Whether a day has working hours; with none in the week, Monday to Friday have."""
        return day.weekday() in self._days if self._days else day.weekday() < 5

    def span(self, day: date) -> tuple[int, int]:
        """The first and the last minute of a day's work; a free day has the usual ones."""
        usual = next(iter(self._days.values()), OFFICE_DAY)
        return self._days.get(day.weekday(), usual)

    def next(self, day: date) -> date:
        """The first day of work from this one on."""
        return next(it for it in (day + timedelta(days=ahead) for ahead in range(8)) if self.works_on(it))

    def last(self, day: date) -> date:
        """The last day of work up to this one."""
        return next(it for it in (day - timedelta(days=ago) for ago in range(8)) if self.works_on(it))


def next_moment(cue: str, zone: str, now: datetime, hours: Hours = OFFICE) -> datetime | None:
    """The next moment (UTC) that a cue names after *now*, read in somebody's working *hours*.

    A day alone is when its work begins, a time alone the next day that fits. A cue that names neither has
    none, nor one with a date that no calendar has. A local time that a change of the clocks leaves out is
    moved by that change.
    """
    words, week, here = _not_ruled_out(cue.lower()), _Week(hours), now.astimezone(ZoneInfo(zone))
    if not words or _known().placed.search(cue.lower()) or _names_two_days(words, here.date()):
        return None
    if wait := _wait(words):
        return now + wait
    day = _day(words, here.date(), week)
    if day is not None and _is_at_odds(words, day):
        return None
    is_dated = _known().iso.search(words) or _known().dated.search(words) or _known().slashed.search(words)
    is_of_others = _known().of_others.match(words) and not _known().clock.search(words)
    is_loose = len(words.split()) > LONGEST_TIME and not names_an_hour(words)
    if day is None and (is_dated or is_of_others or is_loose or _time(words, OFFICE_DAY) is None):
        return None
    moment = _at(day or here.date(), words, zone, week)
    if day == here.date() and moment <= now:
        moment = _at(day, f"{words} eod", zone, week)
    while moment <= now or (day is None and not _fits(moment, zone, week)):
        ahead = WEEK if day and _known().day.search(words) else 1
        nearest = (day or moment.astimezone(ZoneInfo(zone)).date()) + timedelta(days=ahead)
        day = nearest if day else None
        moment = _at(nearest, words, zone, week)
    return moment


def _not_ruled_out(words: str) -> str:
    """Words without the day on which it is not; empty where no other day is named."""
    rest = _known().ruled_out.sub(" ", words)
    return rest if rest == words or names_a_day(rest) else ""


def _names_two_days(words: str, today: date) -> bool:
    """Whether two days are named: "The deadline is Friday. I start on Wednesday", "today, else Monday"."""
    named = {
        place_of(found[1] or found[2], _known().days if found[1] else _known().short)
        for found in _known().day.finditer(words)
    }
    near = ((_known().today, today), (_known().tomorrow, today + timedelta(days=1)))
    return len(named | {day.weekday() for shape, day in near if shape.search(words)}) > 1


def _is_at_odds(words: str, day: date) -> bool:
    """Whether a date was read where another weekday is named: "the call is on the 4th, so on Monday"."""
    dated = (_known().iso, _known().dated, _known().slashed, _known().of_month)
    found = _known().day.search(words)
    if found is None or not any(shape.search(words) for shape in dated):
        return False
    return place_of(found[1] or found[2], _known().days if found[1] else _known().short) != day.weekday()


def _at(day: date, words: str, zone: str, week: _Week) -> datetime:
    """The moment (UTC) of a day that words name; without a time, when its work begins."""
    opens, _ = span = week.span(day)
    at = _time(words, span) or (_of_minute(opens) if week.works_on(day) else USUAL)
    return at_local(day, at, zone)


def _fits(moment: datetime, zone: str, week: _Week) -> bool:
    """Whether a time without a day may be that of this one: within a day's work, or outside any."""
    here = moment.astimezone(ZoneInfo(zone))
    opens, closes = week.span(here.date())
    return week.works_on(here.date()) or not opens <= here.hour * 60 + here.minute <= closes


def _wait(words: str) -> timedelta | None:
    """How long it is to a moment like "in half an hour"."""
    found = _known().soon.search(words)
    if found is None:
        return None
    count, unit = found.groups()
    if count == "half an":
        return timedelta(minutes=30)
    number = int(count) if count.isdigit() else 1 + place_of(count, _known().counts)
    return timedelta(**{"hours" if unit.startswith("h") else "minutes": number})


def as_weekday(cue: str, zone: str, now: datetime) -> str:
    """A cue with the weekday in the place of "today" and "tomorrow", so that it can be read later."""
    here = now.astimezone(ZoneInfo(zone)).date()
    for it in _known().relative:
        cue = it.shape.sub(f"{here + timedelta(days=it.days):%A}{it.follows}", cue)
    return cue


def names_a_moment(cue: str) -> bool:
    """Whether a cue says when: a day, an hour, an event; "when I have time" says nothing."""
    return names_a_time(cue.lower()) or names_an_event(cue)


def looks_dated(cue: str) -> bool:
    """Whether a cue speaks of a time that no rule reads: "first of December", "at Easter"."""
    return _known().calendar.search(cue) is not None


def names_an_event(cue: str) -> bool:
    """Whether a cue says after, before or in what: "after the stand-up", "when he calls"."""
    return _known().event.search(_known().hollow.sub(" ", cue.lower())) is not None


def event_in(text: str) -> str:
    """The end of a text that says after, before or in what, from where that begins, or nothing."""
    found = _known().event.search(_known().hollow.sub(" ", text.lower()))
    end = text[-(len(found.string) - found.start()) :].strip() if found else ""
    return end if len(end.split()) <= LONGEST_EVENT else ""


def moment_in(text: str) -> str:
    """The end of a text that says on which day or at what hour, from where that begins, or nothing."""
    ends = (text[found.start() :] for found in _known().begins.finditer(text))
    return next((end.strip() for end in ends if names_a_time(end)), "")


def as_told(cue: str, told: str) -> str:
    """A cue with its hour as all that was *told* has it, where am or pm was not said: "6:30" before work.

    Where it may be in the morning and nobody can be sure, the hour is left out.
    """
    cue = _of_tomorrow(cue)
    words = cue.lower()
    early = f"{words}, in the morning"
    at = _time(early, OFFICE_DAY) if names_an_hour(words) else None
    is_open = at is not None and at.hour in RISING and at != _time(words, OFFICE_DAY)
    told = told.lower()
    if not is_open or at is None or _known().half.search(words):
        return cue
    if _known().before_work.search(told) and at.hour >= SURELY_MORNING:
        return f"{cue}, in the morning"
    is_unsure = at.hour == SURELY_MORNING and names_a_day(words)
    return _without_hour(cue) if is_unsure or _known().mornings.search(told) else cue


def _without_hour(cue: str) -> str:
    """A cue without the hours that it names."""
    shapes = (_known().clock, _known().spoken, _known().hour)
    found = next((found for shape in shapes if (found := shape.search(cue.lower()))), None)
    if found is None:
        return cue
    starts = [found.start(it) for it in range(1, (found.re.groups) + 1) if found[it]]
    before = _known().dangling.sub("", cue[: min(starts)].rstrip())
    return _without_hour(" ".join(f"{before} {cue[found.end() :]}".split()))


def _of_tomorrow(cue: str) -> str:
    """The part of a cue with an hour of tomorrow, where today has none: "tonight the bag, tomorrow at 6"."""
    found = _known().hour_tomorrow.search(cue.lower())
    rest = cue[: found.start()] + cue[found.end() :] if found else ""
    is_alone = found and _known().today.search(rest.lower()) and not names_an_hour(rest)
    return cue[found.start() : found.end()].strip() if found and is_alone else cue


def is_exact(cue: str) -> bool:
    """Whether a cue says more than a day: an hour, an event, now."""
    words = cue.lower()
    return (
        _time(words, OFFICE_DAY) is not None
        or _known().now.search(words) is not None
        or names_an_event(words)
    )


def is_now(cue: str) -> bool:
    """Whether a cue says that it is done at once."""
    return _known().now.search(cue.lower()) is not None


def names_an_hour(cue: str) -> bool:
    """Whether a cue says at what hour, by the clock or by how long it is until then."""
    words, known = _known().held_at.sub("", cue.lower()), _known()
    return any(shape.search(words) for shape in (known.clock, known.spoken, known.hour, known.soon))


def names_a_time(cue: str) -> bool:
    """Whether a cue says on which day or at what hour."""
    return _time(cue.lower(), OFFICE_DAY) is not None or names_a_day(cue)


def names_a_day(cue: str) -> bool:
    """Whether a cue says on which day, or from which moment on."""
    return _DATED.made_of((cue,), lambda: _is_dated(cue.lower()))


def _is_dated(words: str) -> bool:
    known = _known()
    timed = (
        *(known.day, known.dated, known.iso, known.ahead, known.today, known.tomorrow, known.in_two_days),
        *(
            known.from_now,
            known.soon,
            known.of_month,
            known.slashed,
            known.weekend,
            known.week_end,
            known.month_end,
        ),
    )
    return any(shape.search(words) for shape in timed)


def is_undated(cue: str) -> bool:
    """Whether a cue is an event of which nobody but its writer knows the day: "after the retro"."""
    words = cue.lower()
    return names_an_event(words) and not names_a_time(words) and not _known().recurs.search(words)


def _time(words: str, span: tuple[int, int]) -> time | None:
    """The time of a day that words name, on a day with work from and to these minutes."""
    words = _known().held_at.sub("", _known().until.sub(r"\1", words))
    if found := _known().clock.search(words):
        hours, minutes, half, hour, its_half = found.groups()
        written = hours or hour
        said = half or its_half or ("am" if written.startswith("0") else "")
        return _of_day(int(written), int(minutes or 0), said, words, span)
    if found := _known().spoken.search(words):
        part, side, *hours = found.groups()
        number = _hour(next(filter(None, hours)))
        minutes = {"half": 30, "quarter": 15}.get(part or "", 0)
        at = number * 60 + (minutes if side in ("past", "after") else -minutes)
        return _of_day(at // 60, at % 60, "", words, span)
    if found := _known().hour.search(words):
        return _of_day(int(next(filter(None, found.groups()))), 0, "", words, span)
    return next((_named_time(it, span) for it in _known().times if it.shape.search(words)), None)


def _named_time(named: _TimeOfDay, span: tuple[int, int]) -> time:
    """A time of the day by its name: at an hour, or so many minutes before the work ends."""
    opens, closes = span
    return named.at if named.at else _of_minute(max(opens, closes - (named.before_end or 0)))


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else 1 + _known().hours.index(word)


def _of_minute(minute: int) -> time:
    """The time of a day at one of its minutes; the last is 23:59."""
    return time(*divmod(min(minute, 24 * 60 - 1), 60))


def _of_day(hour: int, minute: int, half: str, words: str, span: tuple[int, int]) -> time:
    """A time as it is meant: "1:30" is in the afternoon where that is when somebody works."""
    if half and hour <= 12:
        hour = hour % 12 + 12 * (half.startswith("p"))
    elif 0 < hour < 12 and _is_late(hour * 60 + minute, words, span):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else USUAL


def _is_late(early: int, words: str, span: tuple[int, int]) -> bool:
    """Whether a minute before noon is meant twelve hours later."""
    if _known().half.search(words) or _known().early.search(words):
        return _known().early.search(words) is None
    opens, closes = span
    if opens <= early < closes or not opens <= early + NOON <= closes:
        return not opens <= early < closes and early < EARLIEST_HOUR * 60
    return True


def _day(words: str, today: date, week: _Week) -> date | None:
    """The day that a cue names; one that lies in the past is no day."""
    known = _known()
    readings: tuple[Callable[[], date | None], ...] = (
        lambda: _iso(words),
        lambda: _dated(words, today),
        lambda: _slashed(words, today),
        lambda: _of_month(words, today),
        lambda: today + timedelta(days=2) if known.in_two_days.search(words) else None,
        lambda: today if known.today.search(words) else None,
        lambda: today + timedelta(days=1) if known.tomorrow.search(words) else None,
        lambda: _end_of_week(words, today, week),
        lambda: _around_weekend(words, today, week),
        lambda: _weekday(words, today),
        lambda: _ahead(words, today, week),
        lambda: _in_month(words, today, week),
        lambda: _in_week(words, today, week),
        lambda: week.next(today) if known.day_end.search(words) else None,
    )
    return next((day for reading in readings if (day := reading()) is not None and day >= today), None)


def _monday(day: date, weeks: int = 0) -> date:
    return day + timedelta(days=WEEK * weeks - day.weekday())


def _slashed(words: str, today: date) -> date | None:
    """A date like 28/11, where only one of the two can be the month."""
    found = _known().slashed.search(words)
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    if min(first, second) > 12 or (max(first, second) <= 12 and first != second):
        return None
    day = _on(today.year, min(first, second), max(first, second))
    return day if day is None or day >= today else _on(today.year + 1, day.month, day.day)


def _of_month(words: str, today: date) -> date | None:
    """The next "28th" that the calendar has."""
    found = _known().of_month.search(words)
    if found is None:
        return None
    months = ((today.month - 1 + ahead) for ahead in range(12))
    days = (_on(today.year + month // 12, month % 12 + 1, int(found[1])) for month in months)
    return next((day for day in days if day is not None and day >= today), None)


def _around_weekend(words: str, today: date, week: _Week) -> date | None:
    if _known().past_weekend.search(words):
        return week.next(_monday(today, 1))
    return _monday(today) + timedelta(days=5) if _known().weekend.search(words) else None


def _end_of_week(words: str, today: date, week: _Week) -> date | None:
    """The last day of work of a week: of this one, unless it is over or "next" was said."""
    found = _known().week_end.search(words)
    if found is None:
        return None
    last = week.last(_monday(today, 1) - timedelta(days=1))
    is_next = "next" in found[0] or last < today
    return week.last(_monday(today, 2) - timedelta(days=1)) if is_next else last


def _in_month(words: str, today: date, week: _Week) -> date | None:
    """The last day of work of this month, or the first of the next."""
    coming = date(today.year + today.month // 12, today.month % 12 + 1, 1) if today.year < MAXYEAR else today
    if found := _known().month_end.search(words):
        after = coming + timedelta(days=31) if "next" in found[0] else coming
        return week.last(after.replace(day=1) - timedelta(days=1))
    return week.next(coming) if _known().next_month.search(words) else None


def _in_week(words: str, today: date, week: _Week) -> date | None:
    """The first day of work of a coming week, or one amid it."""
    found = _known().in_week.search(words)
    if found is None:
        return None
    monday = _monday(today, 2 if found[2] else 1)
    amid = 2 if (found[1] or "").startswith("mid") else 3 if found[1] else 0
    return week.next(monday + timedelta(days=amid))


def _iso(words: str) -> date | None:
    found = _known().iso.search(words)
    return _on(*map(int, found.groups())) if found else None


def _dated(words: str, today: date) -> date | None:
    """The next day with a date like "18 December" or "Dec 18"."""
    found = _known().dated.search(words)
    if found is None:
        return None
    month, day = 1 + _known().months.index(found[2] or found[3]), int(found[1] or found[4])
    this_year = _on(today.year, month, day)
    return this_year if this_year is None or this_year >= today else _on(today.year + 1, month, day)


def _on(year: int, month: int, day: int) -> date | None:
    """A date, or None where the calendar has none, or where another zone's would be past its end."""
    try:
        return date(year, month, day) if year < MAXYEAR else None
    except ValueError:
        return None


def _weekday(words: str, today: date) -> date | None:
    """The coming weekday, a week on where it is today; "next Tuesday" is in the week to come."""
    found = _known().day.search(words)
    if found is None:
        return None
    names = _known().days if found[1] else _known().short
    weekday = place_of(found[1] or found[2], names)
    is_this = _known().this.search(words) is not None or names_an_hour(words)
    coming = today + timedelta(days=(weekday - today.weekday()) % WEEK or (0 if is_this else WEEK))
    if _known().week_on.search(words):
        return coming + timedelta(days=WEEK)
    if (ahead := _known().ahead.search(words)) and ahead[2].startswith("w"):
        return _monday(today, _count(ahead[1])) + timedelta(days=weekday)
    if _is_next(words, found.start(found.lastindex or 0)) or _known().in_week.search(words):
        return _monday(today, 1) + timedelta(days=weekday)
    return coming


def _is_next(words: str, day_at: int) -> bool:
    """Whether "next" stands right before the day that begins there, as not in "next sprint starts Monday"."""
    before = words[max(0, day_at - NEAR) : day_at]
    found = _known().next.search(before)
    return found is not None and not before[found.end() :].strip()


def _ahead(words: str, today: date, week: _Week) -> date | None:
    """The day of work in so many days or weeks."""
    found = _known().ahead.search(words) or _known().from_now.search(words)
    if found is None:
        return None
    days = {"w": WEEK, "f": 2 * WEEK}.get(found[2][0], 1)
    return week.next(today + timedelta(days=_count(found[1]) * days))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else 1 + place_of(word, _known().counts)

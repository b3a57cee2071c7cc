"""When a cue that somebody wrote comes next: "after Tuesday's stand-up" is Tuesday, in their own zone.

It reads English, and the days and hours of German, French, Spanish, Dutch and Italian.
"""

import re
from collections.abc import Callable
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = (
    "monday montag lundi lunes maandag lunedì",
    "tuesday dienstag mardi martes dinsdag martedì",
    "wednesday mittwoch mercredi miércoles miercoles woensdag mercoledì",
    "thursday donnerstag jeudi jueves donderdag giovedì",
    "friday freitag vendredi viernes vrijdag venerdì",
    "saturday samstag sonnabend samedi sábado sabado zaterdag sabato",
    "sunday sonntag dimanche domingo zondag domenica",
)
_WEEKDAYS = {name: number for number, names in enumerate(_DAYS) for name in names.split()}
_ABBREVIATED = ("mon", "tue tues", "wed weds", "thu thur thurs", "fri", "sat", "sun")
_SHORT = {name: number for number, names in enumerate(_ABBREVIATED) for name in names.split()}
_DAY = re.compile(
    rf"\b({'|'.join(_WEEKDAYS)})(?:s|['’]s)?\b"
    rf"|(?:^|\b(?:on|next|this|by|every|until)\s+)({'|'.join(_SHORT)})\b"
    r"(?=\W*$|[.,]|\s+(?:at|after|before|\d|\w+ing\b|noon))"
)
_NEXT = re.compile(r"\b(?:next|nächste[nrms]?|kommende[nrms]?|prochaine?|próximo)\b|\bprochain\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}"
_DATED = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH}\b|\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\b"
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMBERED = ("a an one", "two zwei deux", "three drei trois", "four vier quatre")
_COUNTS = {name: number for number, names in enumerate(_NUMBERED, 1) for name in names.split()}
_AHEAD = re.compile(rf"\bin\s+(\d{{1,2}}|{'|'.join(_COUNTS)})\s+(day|week|tage?n?|woche)")
_TODAY = re.compile(
    r"\b(?:today|tonight|right now|this (?:morning|afternoon|evening)|heute|aujourd['’]hui|ce soir|hoy"
    r"|vandaag|oggi)\b|^\W*now\b"
)
_TOMORROW = re.compile(r"\b(?:tomm?orr?ow|tmrw?|tmw|2moro|morgen|demain|mañana|manana|domani|amanhã)\b")
_IN_TWO_DAYS = re.compile(
    r"\bday after tomorrow\b|\bübermorgen\b|\baprès-demain\b|\bpasado mañana\b|\bovermorgen\b"
)
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.]|\s?h\s?)(\d{2})\s*([ap]m)?\b|\b(\d{1,2})\s*([ap]m)\b")
_HOUR = re.compile(
    r"\b(?:at|around|um|gegen|à|a las|om|alle)\s+(\d{1,2})(?:\s*(?:h|uhr|o['’]clock))?\b"
    r"(?![\d:.]*\d|\s*(?:percent|%|people))"
    r"|\b(\d{1,2})\s*(?:h|uhr|o['’]clock)\b"
)
_TIMES = (
    (re.compile(r"\b(?:breakfast|frühstück|petit[- ]déjeuner|desayuno)"), time(8)),
    (re.compile(r"\bstand-?up|\b(?:the|our|my|daily|after|before|morning) stand up"), time(10)),
    (re.compile(r"\bafternoon|\bnachmittag|\baprès-midi|\btarde\b"), time(15)),
    (re.compile(r"\blunch|\bmittagessen|\bnach dem mittag|\bdéjeuner|\balmuerzo"), time(13)),
    (re.compile(r"\bmorning|\bmorgens\b|\bvormittag|\bmatin\b|\bcoffee\b|\bkaffee\b"), time(9)),
    (re.compile(r"\bnoon\b|\bmittag|\bmidi\b"), time(12)),
    (re.compile(r"\bafter (?:work|(?:my|the) shift)\b|\bend of (?:the|my) day\b"), time(17)),
    (re.compile(r"\bbefore i leave\b|\bfeierabend"), time(17)),
    (re.compile(r"\bevening|\btonight|\babend|\bsoir\b|\bnoche\b"), time(18)),
    (re.compile(r"\bdinner|\bsupper|\babendessen|\bdîner|\bcena\b"), time(19)),
    (re.compile(r"\bbed(?:time)?\b|\bnight\b|\bbrush my teeth\b"), time(21)),
)
_EVENT = re.compile(
    r"\b(?:after|before|when(?:ever)?|once|as soon as|during|while|if|at the (?:start|end|beginning) of"
    r"|first thing|every|each|daily|on (?:the|my) way|on the (?:bus|train|tram)"
    r"|in (?:the|my|our|a|his|her|their) (?:\S+ ){0,3}(?:meeting|1:1|one[- ]on[- ]one|call|review|car)"
    r"|nach|bevor|wenn|sobald|jeden|après|avant|quand|chaque|después|antes|cuando|cada)\b"
)
_HOLLOW = re.compile(
    r"\b(?:when(?:ever)?|once|if|as soon as|wenn|quand|cuando) (?:\S+ ){0,4}(?:time|chance|possible|ready|can"
    r"|feel|mood|energy|courage|right|able|opportunity|comes up|calmer|quiet|better|zeit|kann|temps|tiempo)\b"
    r"|\b(?:after|before) (?:a while|long|all)\b|\bbefore (?:it'?s|too late)\b"
)
_BEGINS = re.compile(
    rf"\b(?:(?:on|next|this|by|every|each|starting) (?=\W*(?:{'|'.join([*_WEEKDAYS, *_SHORT])}|\d|next"
    rf"|the|my|week"
    r"|day|morning|afternoon|evening|night|working|time))|tomorrow|tmrw|tmr|tmw|today|tonight"
    r"|right (?:now|after|before)"
    r"|after|before|when(?:ever)?|once|as soon as|first thing|at (?=\d|noon|lunch|the (?:start|end"
    r"|beginning)|half)"
    r"|during|in (?=(?:the|my|our) (?:\S+ ){0,2}(?:morning|afternoon|evening|meeting|1:1|call|review"
    r"|stand-?up|break|car|train)|stand-?up"
    rf"|\d|an? (?:hour|week)|{'|'.join(_COUNTS)}|(?:{'|'.join(_WEEKDAYS)}))"
    rf"|(?<!last )(?:{'|'.join(_WEEKDAYS)})(?:s|'s)?\b|(?:{'|'.join(_SHORT)})(?= (?:after|at|before|morning"
    rf"|afternoon|\d))|am (?=\w+tag|mittwoch)|morgen|demain|mañana)",
    re.IGNORECASE,
)
_HALF = re.compile(r"\b(?:pm|afternoon|evening|tonight|night|abends?|soir|tarde|noche)\b")
USUAL = time(9)
EARLIEST_HOUR = 7  # of a bare hour: "at 3" is in the afternoon


_RELATIVE = (
    (re.compile(r"\b(?:the )?day after tomorrow\b", re.IGNORECASE), 2, ""),
    (re.compile(r"\b(?:tomm?orr?ow|tmrw?|tmw|2moro)\b(?!')", re.IGNORECASE), 1, ""),
    (re.compile(r"\b(?:tomm?orr?ow)(?=')", re.IGNORECASE), 1, ""),
    (re.compile(r"\b(?:later )?today\b", re.IGNORECASE), 0, ""),
    (re.compile(r"\btonight\b", re.IGNORECASE), 0, " evening"),
    (re.compile(r"\bthis (?=morning\b|afternoon\b|evening\b)", re.IGNORECASE), 0, " "),
)


def next_moment(cue: str, zone: str, now: datetime) -> datetime:
    """Return the next moment (UTC) a cue names after *now*: its day, else tomorrow; its time, else 9:00.

    A local time that a change of the clocks leaves out is moved by that change.
    """
    words = cue.lower()
    here = now.astimezone(ZoneInfo(zone))
    at = _time(words) or USUAL
    day = _day(words, here.date()) or (here + timedelta(days=1)).date()
    moment = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    while moment <= now:
        day += timedelta(days=7 if _DAY.search(words) else 1)
        moment = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    return moment


def as_weekday(cue: str, zone: str, now: datetime) -> str:
    """Return a cue with the weekday in the place of "today" and "tomorrow", so that it can be read later."""
    here = now.astimezone(ZoneInfo(zone)).date()
    for shape, days, said in _RELATIVE:
        cue = shape.sub(f"{here + timedelta(days=days):%A}{said}", cue)
    return cue


def names_a_moment(cue: str) -> bool:
    """Return whether a cue says when: a day, an hour, an event; "when I have time" says nothing."""
    words = cue.lower()
    if names_a_time(words):
        return True
    return _EVENT.search(_HOLLOW.sub(" ", words)) is not None


def moment_in(text: str) -> str:
    """Return the end of a text that says on which day or at what hour, from where that begins, or nothing."""
    ends = (text[found.start() :] for found in _BEGINS.finditer(text))
    return next((end.strip() for end in ends if names_a_time(end)), "")


def is_exact(cue: str) -> bool:
    """Return whether a cue says more than a day: an hour, an event, now."""
    words = cue.lower()
    return (
        _time(words) is not None
        or re.search(r"\bnow\b", words) is not None
        or (_EVENT.search(_HOLLOW.sub(" ", words)) is not None)
    )


def names_a_time(cue: str) -> bool:
    """Return whether a cue says on which day or at what hour."""
    words = cue.lower()
    return _time(words) is not None or any(shape.search(words) for shape in _TIMED)


_TIMED = (_DAY, _DATED, _ISO, _AHEAD, _TODAY, _TOMORROW, _IN_TWO_DAYS)


def _time(words: str) -> time | None:
    if found := _CLOCK.search(words):
        hours, minutes, half, hour, its_half = found.groups()
        return _of_day(int(hours or hour), int(minutes or 0), half or its_half or "")
    if found := _HOUR.search(words):
        return _of_bare_hour(int(found[1] or found[2]), words)
    return next((at for shape, at in _TIMES if shape.search(words)), None)


def _of_day(hour: int, minute: int, half: str) -> time:
    spread = hour % 12 + 12 * (half == "pm") if half else hour
    return time(spread, minute) if spread < 24 and minute < 60 else USUAL


def _of_bare_hour(hour: int, words: str) -> time:
    is_late = hour < 12 and (_HALF.search(words) or (hour < EARLIEST_HOUR and "morning" not in words))
    return _of_day(hour + 12 * bool(is_late), 0, "")


def _day(words: str, today: date) -> date | None:
    """Return the day that a cue names; one that lies in the past is no day."""
    readings: tuple[Callable[[], date | None], ...] = (
        lambda: _iso(words),
        lambda: _dated(words, today),
        lambda: today + timedelta(days=2) if _IN_TWO_DAYS.search(words) else None,
        lambda: today if _TODAY.search(words) else None,
        lambda: today + timedelta(days=1) if _TOMORROW.search(words) else None,
        lambda: _weekday(words, today),
        lambda: _ahead(words, today),
        lambda: today + timedelta(days=7) if "next week" in words else None,
    )
    return next((day for reading in readings if (day := reading()) is not None and day >= today), None)


def _iso(words: str) -> date | None:
    found = _ISO.search(words)
    return _on(*map(int, found.groups())) if found else None


def _dated(words: str, today: date) -> date | None:
    """Return the next day with a date like "18 December" or "Dec 18"."""
    found = _DATED.search(words)
    if found is None:
        return None
    month, day = 1 + _MONTHS.index(found[2] or found[3]), int(found[1] or found[4])
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
    found = _DAY.search(words)
    if found is None:
        return None
    weekday = _WEEKDAYS[found[1]] if found[1] else _SHORT[found[2]]
    if _NEXT.search(words[: found.end()]):
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _ahead(words: str, today: date) -> date | None:
    found = _AHEAD.search(words)
    if found is None:
        return None
    count = _COUNTS[found[1]] if found[1] in _COUNTS else int(found[1])
    return today + timedelta(days=count * (7 if found[2].startswith("w") else 1))

"""Weekly hours as words: reads what people write, and writes it back in one way."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from kernel.errors import Invalid
from matching.hours import Window

DAY = 24 * 60
NOON = 12 * 60
LONGEST_NIGHT = 14 * 60
LONGEST_TEXT = 400

NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = tuple(name[:3] for name in NAMES)
EVERY_DAY, WEEKDAYS, WEEKEND = frozenset(range(7)), frozenset(range(5)), frozenset({5, 6})
GROUPS = {
    **dict.fromkeys(("daily", "everyday"), EVERY_DAY),
    **dict.fromkeys(("weekday", "weekdays"), WEEKDAYS),
    **dict.fromkeys(("weekend", "weekends"), WEEKEND),
}
WHOLE: dict[str, tuple[Window, ...]] = {
    **dict.fromkeys(("never", "none"), ()),
    **dict.fromkeys(("always", "24/7"), tuple((day, 0, DAY) for day in range(7))),
}

TIME = r"(\d{1,2})(?:[:.h](\d{2}))?(?:\s*(am|pm))?"
TIMES = re.compile(rf"{TIME}\s*-\s*{TIME}(?![\w:])")
DAYS = re.compile(r"([a-z]+)(?:\s*-\s*([a-z]+))?")
BETWEEN = re.compile(r"[\s,;:.&+]*(?:and\b)?[\s,;:.&+]*")


def read_windows(text: str) -> Iterable[Window]:
    """The windows that *text* names, cut at midnight, in the order written; raise Invalid."""
    plain = _plain(text)
    return WHOLE[plain] if plain in WHOLE else list(_windows(plain))


def write_shifts(shifts: Iterable[Window]) -> str:
    """Write windows (a night ends past 1440) so that reading gives them again: `mon-fri 09:00-17:00`."""
    by_day: dict[int, list[str]] = {day: [] for day in range(7)}
    for day, start, end in shifts:
        by_day[day].append(f"{_clock(start)}-{_clock(end if end <= DAY else end - DAY)}")
    lines: dict[str, list[int]] = {}
    for day, times in by_day.items():
        lines.setdefault(" ".join(times), []).append(day)
    if list(lines) == ["00:00-24:00"]:
        return "always"
    return "; ".join(f"{_names(days)} {times}" for times, days in lines.items() if times) or "never"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _names(days: list[int]) -> str:
    """Write `mon-fri` or `mon,wed-thu`."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(SHORT[run[0]] if len(run) == 1 else f"{SHORT[run[0]]}-{SHORT[run[-1]]}" for run in runs)


def _plain(text: str) -> str:
    plain = re.sub(r"[‐-―−]", "-", " ".join(text.casefold().split())).strip(" ,;.")
    plain = re.sub(r" (?:to|until|till|thru|through) ", "-", plain).replace("every day", "daily")
    if not plain:
        raise Invalid("hours", "empty")
    if len(plain) > LONGEST_TEXT:
        raise Invalid("hours", "too_long", limit=LONGEST_TEXT)
    return plain


def _windows(plain: str) -> Iterator[Window]:
    """Yield the windows: times are for the days named before them, or else for Monday to Friday."""
    days, has_times = WEEKDAYS, True
    for token in _tokens(plain):
        if token.re is TIMES:
            yield from _on(days, *_ends(token))
            has_times = True
        else:
            days = _days(token) if has_times else days | _days(token)
            has_times = False
    if not has_times:
        raise Invalid("hours", "no_time", word=plain)


def _tokens(plain: str) -> Iterator[re.Match[str]]:
    """Yield matches of TIMES and DAYS in their order, without what stands between them."""
    at = 0
    while at < len(plain):
        token = TIMES.match(plain, at) or DAYS.match(plain, at)
        if token is None:
            word = plain[at:].split(maxsplit=1)[0]
            raise Invalid("hours", "bad_time" if word[0].isdigit() else "unknown_word", word=word)
        yield token
        between = BETWEEN.match(plain, token.end())
        at = between.end() if between else token.end()


def _days(token: re.Match[str]) -> frozenset[int]:
    """Read `mon`, `Tuesdays`, `mon-fri`, `fri-mon`, `weekdays`, `weekend`, `daily`."""
    first, last = token[1], token[2]
    if first in GROUPS and not last:
        return GROUPS[first]
    start, end = _day(first), _day(last or first)
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))


def _day(word: str) -> int:
    stem = word.removesuffix("s") if len(word) > 5 else word
    days = [day for day, name in enumerate(NAMES) if len(stem) >= 2 and name.startswith(stem)]
    if days:
        return days[0]
    close = get_close_matches(word, [*NAMES, *SHORT, *GROUPS], n=1)
    raise Invalid("hours", "unknown_word", word=word, suggestion=close[0] if close else "")


def _ends(times: re.Match[str]) -> tuple[int, int]:
    """The minutes at which a window starts and ends, above 1440 when past midnight.

    `1-5pm` is in the afternoon, `9-5pm` begins in the morning, and `9-5` is no night of twenty hours.
    """
    start_half, end_half = times[3], times[6]
    end = _minute(times[4], times[5], end_half)
    start = _minute(times[1], times[2], start_half or end_half)
    if end_half == "pm" and not start_half and start >= end:
        start = _minute(times[1], times[2], "am")
    if start == DAY or start == end > 0:
        raise Invalid("hours", "no_length", word=times[0])
    if not end_half and 0 < end <= start <= NOON and end + DAY - start > LONGEST_NIGHT:
        end += NOON
    end = end if end > start else end + DAY
    if end > DAY and end - start > LONGEST_NIGHT:
        raise Invalid("hours", "overnight_too_long", word=times[0])
    return start, end


def _minute(hour: str, minute: str | None, half: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if hours * 60 + minutes > DAY or minutes > 59 or (half and not 1 <= hours <= 12):
        raise Invalid("hours", "bad_time", word=f"{hour}:{minute or '00'}{half or ''}")
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    return hours * 60 + minutes


def _on(days: Iterable[int], start: int, end: int) -> Iterator[Window]:
    """Yield a window on each of the days, cut at midnight."""
    for day in sorted(days):
        yield day, start, min(end, DAY)
        if end > DAY:
            yield (day + 1) % 7, 0, end - DAY

"""When a cue that somebody wrote comes next: "after Tuesday's stand-up" is Tuesday, in their own zone."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|rs|r)?s?\b", re.IGNORECASE
)
_CLOCK = re.compile(r"\b(?:at\s+)?(?:(\d{1,2})[:.](\d{2})\s*([ap]m)?|(\d{1,2})\s*([ap]m))\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_TIMES = {
    "breakfast": time(8),
    "morning": time(9),
    "stand-up": time(10),
    "standup": time(10),
    "lunch": time(13),
    "noon": time(12),
    "afternoon": time(15),
    "evening": time(18),
    "end of the day": time(17),
    "before i leave": time(17),
}
USUAL = time(9)


def next_moment(cue: str, zone: str, now: datetime) -> datetime:
    """Return the next moment (UTC) a cue names after *now*: its day, else tomorrow; its time, else 9:00.

    A local time that a change of the clocks leaves out is moved by that change.
    """
    here = now.astimezone(ZoneInfo(zone))
    at = _time(cue)
    day = _day(cue, here.date()) or (here + timedelta(days=1)).date()
    moment = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    while moment <= now:
        day += timedelta(days=7 if _DAY.search(cue) else 1)
        moment = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    return moment


def _time(cue: str) -> time:
    found = _CLOCK.search(cue)
    if found is None:
        return next((at for word, at in _TIMES.items() if word in cue.lower()), USUAL)
    hours, minutes, half, hour, its_half = found.groups()
    return _of_day(int(hours or hour), int(minutes or 0), (half or its_half or "").lower())


def _of_day(hour: int, minute: int, half: str) -> time:
    spread = hour % 12 + 12 * (half == "pm") if half else hour
    return time(spread, minute) if spread < 24 and minute < 60 else USUAL


def _day(cue: str, today: date) -> date | None:
    """Return the day that a cue names; one that lies in the past is no day."""
    words = cue.lower()
    readings: tuple[Callable[[], date | None], ...] = (
        lambda: _iso(words),
        lambda: today if "today" in words or "tonight" in words else None,
        lambda: today + timedelta(days=1) if "tomorrow" in words else None,
        lambda: _weekday(words, today),
        lambda: today + timedelta(days=7) if "next week" in words else None,
    )
    return next((day for reading in readings if (day := reading()) is not None and day >= today), None)


def _iso(words: str) -> date | None:
    found = _ISO.search(words)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _weekday(words: str, today: date) -> date | None:
    found = _DAY.search(words)
    if found is None:
        return None
    ahead = (_DAYS.index(found.group(1).lower()) - today.weekday()) % 7
    return today + timedelta(days=ahead)

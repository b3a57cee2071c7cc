"""Until when a pause lasts, from words (`2d`, `until monday`), in the person's own zone. Pure."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_LENGTH = re.compile(r"(?:for\s+)?(\d{1,3}|an?)\s*(h|d|w)(?:(?:ou)?rs?|ays?|(?:ee)?ks?)?")
LONGEST = timedelta(days=180)
DEFAULT = "1d"
EXAMPLES = "Try `/ask-mentor pause 2d`, `pause until monday` or `pause until 2027-01-15`."


def paused_until(words: str, now: datetime, zone: str) -> datetime | None:
    """Return when a pause ends, or None where the words name no time in the next 180 days.

    A day's name is the start of that day where the person is; a length counts from now; no words are a day.
    """
    text = _tidy(words)
    length = _LENGTH.fullmatch(text)
    until = now + _span(length) if length else _start_of(text, now, ZoneInfo(zone))
    return until if until and now < until <= now + LONGEST else None


def names_day(words: str) -> bool:
    """Return whether the words are no length, so that they depend on where the person is."""
    return _LENGTH.fullmatch(_tidy(words)) is None


def _tidy(words: str) -> str:
    return words.casefold().strip(" .!") or DEFAULT


def _span(length: re.Match[str]) -> timedelta:
    count = int(length.group(1)) if length.group(1).isdigit() else 1
    return count * _UNITS[length.group(2)]


def _start_of(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    today = now.astimezone(zone).date()
    name = text.removeprefix("until").removeprefix("till").strip().removeprefix("next ")
    found = _named_day(name, today)
    return datetime.combine(found, time(), zone) if found else None


def _named_day(name: str, today: date) -> date | None:
    if name in ("today", "tomorrow"):
        return today + timedelta(days=1)
    for number, weekday in enumerate(_DAYS):
        if len(name) >= 3 and weekday.startswith(name):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return _written_day(name)


def _written_day(name: str) -> date | None:
    parts = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", name)
    if not parts:
        return None
    try:
        return date(*(int(part) for part in parts.groups()))
    except ValueError:
        return None

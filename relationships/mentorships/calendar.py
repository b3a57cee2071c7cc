"""When a mentorship asks for something by itself, by its people's clocks as these change. Pure."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kernel.working_hours import at_local, local_day

FIRST_CHECK, NEXT_CHECKS = timedelta(days=30), timedelta(days=60)
SILENT_AFTER, SILENCE_ENDS = timedelta(days=21), timedelta(days=14)
OVERDUE = timedelta(days=7)  # of a talk: who talks every four weeks is not silent after three
AGREE_REMINDER, AGREE_ENDS = timedelta(days=7), timedelta(days=21)
FIT_AGAIN = timedelta(days=14)
END_REMINDER = timedelta(days=14)
REOPENED_WITHIN = timedelta(days=14)
LOOKED_AT_EVERY = timedelta(days=1)
MORE_MONTHS = 3
LONGEST_BREAK = timedelta(days=180)
_MORNING = time(9)


def months_after(moment: datetime, months: int, zone: str) -> datetime:
    """Nine in the morning (UTC) of the same day months later, or of a short month's last."""
    day = local_day(moment, zone)
    return morning(add_months(day, months), zone)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def morning(day: date, zone: str) -> datetime:
    """Nine in the morning (UTC) of a local day."""
    return at_local(day, _MORNING, zone)


def same_time_later(moment: datetime, by: timedelta, zone: str) -> datetime:
    """The same local time (UTC) some days later."""
    local = moment.astimezone(ZoneInfo(zone))
    return (local.replace(tzinfo=None) + by).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def check_times(began_at: datetime, ends_at: datetime) -> list[datetime]:
    """When it is asked whether it is still worth the time: on day 30, then every 60 days."""
    times, at = list[datetime](), began_at + FIRST_CHECK
    while at < ends_at - END_REMINDER:
        times.append(at)
        at += NEXT_CHECKS
    return times

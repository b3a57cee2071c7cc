"""Moments as whole microseconds since 1970, which a sorted set of Redis keeps exactly until the year 2255."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Count the whole microseconds from 1970 to an aware moment."""
    return (at - EPOCH) // MICROSECOND


def moment(micros: int) -> datetime:
    """The moment, in UTC, that is so many microseconds after 1970."""
    return EPOCH + micros * MICROSECOND

"""Since when, and until when at the last look, some process of the app has been there to be told things."""

from dataclasses import dataclass
from datetime import datetime

from storage.connection.keys import ALL_SHARDS
from storage.connection.timestamps import micros, moment
from storage.connection.wire import Wire


@dataclass(frozen=True, slots=True)
class Listened:
    """The first moment at which the app listened, and the last that is known of."""

    first: datetime
    last: datetime


async def listened(wire: Wire) -> Listened | None:
    """When the app has listened, or None where it never has."""
    answer = await wire.call("GET", ALL_SHARDS[0].listening)
    if answer is None:
        return None
    first, last = (moment(int(each)) for each in answer.split(" "))
    return Listened(first, last)


async def listens(wire: Wire, before: Listened | None, now: datetime) -> Listened:
    """Write down that the app listens now."""
    after = Listened(before.first if before else now, now)
    await wire.call("SET", ALL_SHARDS[0].listening, f"{micros(after.first)} {micros(after.last)}")
    return after

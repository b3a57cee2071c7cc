"""A trail as single happenings in order of time, each told when it became known: what feeds a history."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from matching.learning.history import History
from mentoring.learning.request_history import PastRequest

__all__ = ["Asked", "Gave", "Happening", "Helped", "Seen", "happenings", "in_order", "tell"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Someone asked."""

    at: datetime
    past: PastRequest


@dataclass(frozen=True, slots=True)
class Gave:
    """A helper was asked to answer."""

    at: datetime
    helper_id: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A helper was there: they answered an offer, whatever they said."""

    at: datetime
    helper_id: str


@dataclass(frozen=True, slots=True)
class Helped:
    """A session was held, and whether it is known to have been what helped. *at* is when that was known."""

    at: datetime
    ask_id: str
    helper_id: str
    accepted_at: datetime
    worked: bool


Happening = Asked | Gave | Seen | Helped


def happenings(past: PastRequest) -> Iterator[Happening]:
    """Yield what happened with one request; the ask comes first. Of two who coach each other: nothing."""
    if past.way != "help":
        return
    yield Asked(past.asked_at, past)
    for each in past.approached:
        yield Gave(each.offered_at, each.helper_id)
        if each.answered_at is not None:
            yield Seen(each.answered_at, each.helper_id)
    if past.outcome is not None and past.helper_id is not None and past.accepted_at is not None:
        worked = past.outcome.worked is True
        yield Helped(past.outcome.known_at, past.ask.id, past.helper_id, past.accepted_at, worked)


async def in_order(trail: AsyncIterator[PastRequest]) -> AsyncIterator[Happening]:
    """Yield what happened with all requests of a trail, in order of time; only what is to come is held."""
    ahead: list[tuple[datetime, int, Happening]] = []
    numbers = count()
    async for past in trail:
        while ahead and ahead[0][0] < past.asked_at:
            yield heappop(ahead)[2]
        for each in happenings(past):
            heappush(ahead, (each.at, next(numbers), each))
    while ahead:
        yield heappop(ahead)[2]


def tell(history: History, happening: Happening) -> None:
    """Let a history know what happened; of a session it must have been told the ask before."""
    match happening:
        case Asked(_, past):
            history.asked(past.ask)
        case Gave(at, helper_id):
            history.gave(helper_id, at)
        case Seen(at, helper_id):
            history.seen(helper_id, at)
        case Helped(_, ask_id, helper_id, accepted_at, worked):
            history.answered(ask_id, helper_id, accepted_at, worked)

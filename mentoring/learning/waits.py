"""How long people usually wait, from what has really happened in this workspace."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.values import RequestId, Value
from matching.learning.survival import Wait as Waited
from matching.learning.survival import expected_wait
from mentoring.model.request import ASKED_IN_TOPIC, Request, Wish

WINDOW = timedelta(days=90)
MOST = 100


class Wait(Value):
    """The minutes within which half of asks are accepted, *of* so many; *lane*: of those that wished it."""

    minutes: int
    of: int
    lane: Wish = "any"


async def wait_estimate(desk: Desk, request: Request, now: datetime) -> Wait | None:
    """Return how long asks like this one waited in the last 90 days, or None where that would be a guess.

    Like it are the latest hundred asks in each of its topics; where enough of them wished the same lane,
    those alone. Asks that nobody took count as long as they waited.
    """
    since = now - WINDOW
    named = [
        await desk.store.ids(ASKED_IN_TOPIC.of(topic), limit=MOST, since=since) for topic in request.topics
    ]
    ids = list(dict.fromkeys(RequestId(id) for some in named for id in some if id != request.id))
    asks = await desk.store.look(lambda read: read.all(Request, ids))
    alike = [ask for ask in asks if ask.lane == request.lane]
    return _usual(alike, request.lane, now) or _usual(asks, "any", now)


def _usual(asks: Sequence[Request], lane: Wish, now: datetime) -> Wait | None:
    minutes = expected_wait(_waited(ask, now) for ask in asks)
    return None if minutes is None else Wait(minutes=round(minutes), of=len(asks), lane=lane)


def _waited(ask: Request, now: datetime) -> Waited:
    """Return the minutes until somebody said yes, or for which nobody has."""
    end = ask.accepted_at or ask.ended_at or now
    return Waited((end - ask.asked_at) / timedelta(minutes=1), ask.accepted_at is not None)

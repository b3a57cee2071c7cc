"""How long people usually wait, from what has really happened in this workspace.

It is read from the lines that stand beside the asks of a topic (`Request.gists`), each written by the commit
that changed how long it waited: the asks themselves would be a hundred times a thousand characters.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.store import Changes, Snapshot
from kernel.values import RequestId, Value
from matching.learning.survival import expected_wait
from mentoring.model.request import ASKED_IN_TOPIC, Request, Wish
from mentoring.model.waited import Waited

WINDOW = timedelta(days=90)
MOST = 100


class WaitEstimate(Value):
    """The minutes within which half of asks are accepted, *of* so many; *lane*: of those that wished it."""

    minutes: int
    of: int
    lane: Wish = "any"


async def wait_estimate(desk: Desk, request: Request, now: datetime) -> WaitEstimate | None:
    """How long asks like this one waited in the last 90 days, or None where that would be a guess.

    Like it are the latest hundred asks in each of its topics; where enough of them wished the same lane,
    those alone. Asks that nobody took count as long as they waited.
    """
    names = [ASKED_IN_TOPIC.of(topic) for topic in request.topics]
    gists = await desk.store.gists(names, limit=MOST, since=now - WINDOW)
    read = {RequestId(id): Waited.read(gist) for id, gist in gists.items() if id != request.id}
    asks = [waited for waited in read.values() if waited]
    if unknown := [id for id, waited in read.items() if not waited]:
        asks += await _written(desk, unknown)
    alike = [ask for ask in asks if ask.lane == request.lane]
    return _usual(alike, request.lane, now) or _usual(asks, "any", now)


async def _written(desk: Desk, ids: Sequence[RequestId]) -> list[Waited]:
    """How long asks waited that an earlier release wrote no line of, and write it."""

    def decide(read: Snapshot) -> tuple[list[Waited], Changes]:
        asks = read.all(Request, ids)
        return [ask.waited for ask in asks], Changes(put=asks)

    return await desk.store.commit(decide)


def _usual(asks: Sequence[Waited], lane: Wish, now: datetime) -> WaitEstimate | None:
    minutes = expected_wait(ask.by(now) for ask in asks)
    return None if minutes is None else WaitEstimate(minutes=round(minutes), of=len(asks), lane=lane)

"""How long people usually wait, from what has really happened in this workspace."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from mentoring.desk import Desk
from mentoring.request import Request
from mentoring.store import Key, Snapshot
from mentoring.values import RequestId, TopicId, Value

WINDOW = timedelta(days=90)
MOST = 50
FEWEST = 5


class Wait(Value):
    """The median minutes from asking to acceptance, *of* so many requests."""

    minutes: int
    of: int


async def wait_estimate(desk: Desk, topics: Sequence[TopicId], now: datetime) -> Wait | None:
    """Return how long requests of these topics waited in the last 90 days, or None below five of them."""
    named = [await desk.store.ids(f"accepted-in:{topic}", limit=MOST) for topic in topics]
    ids = list(dict.fromkeys(RequestId(id) for some in named for id in some))
    waits = await desk.store.look(lambda read: _waits(read, ids, now), load=[Key(Request, id) for id in ids])
    return Wait(minutes=round(median(waits)), of=len(waits)) if len(waits) >= FEWEST else None


def _waits(read: Snapshot, ids: Sequence[RequestId], now: datetime) -> list[float]:
    """Return the minutes that each request waited, of those accepted within the window."""
    found = [request for id in ids if (request := read.find(Request, id)) is not None]
    taken = [(request.asked_at, request.accepted_at) for request in found if request.accepted_at]
    return [(accepted - asked) / timedelta(minutes=1) for asked, accepted in taken if accepted > now - WINDOW]

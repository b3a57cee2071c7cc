"""When somebody leaves, is no member any more, or is to be kept apart: their mentorships and wishes end."""

from datetime import datetime

from kernel.changes import NONE
from kernel.desk import Desk
from kernel.store import Due
from kernel.values import PersonId
from relationships.mentor_search import wishes
from relationships.mentorships.endings import end_where_parted


async def leave(desk: Desk, gone: PersonId, now: datetime, due: Due | None = None) -> None:
    """End what somebody who left has begun; each is a commit of its own, so a repeat goes on."""
    await end_where_parted(desk, gone, now)
    await wishes.leave(desk, gone, now)
    await desk.store.commit(lambda _: (None, NONE), due=due)


async def part(desk: Desk, me: PersonId, other: PersonId, now: datetime) -> None:
    """Bring two people apart who are never to be matched; neither learns why it ended."""
    await end_where_parted(desk, me, now)
    await wishes.part(desk, me, other, now)

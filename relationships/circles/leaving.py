"""When somebody leaves the company or is erased, and when a circle is forgotten."""

from datetime import datetime

from kernel.desk import Desk
from kernel.store import EVERY, NONE, Changes, Due, Key, Snapshot
from kernel.values import PersonId
from relationships.circles import circles
from relationships.circles.circle import CIRCLES, OPEN_CIRCLES, Circle


async def leave_all(desk: Desk, gone: PersonId, now: datetime) -> None:
    """Take somebody out of every circle that is open."""
    for id in await desk.store.ids(OPEN_CIRCLES.of(gone), limit=EVERY):
        await circles.leave(desk, id, gone, now)


async def part(desk: Desk, me: PersonId, _other: PersonId, now: datetime) -> None:
    """Ask somebody, who wishes to be kept apart from another, whether they stay where both are."""
    for id in await desk.store.ids(OPEN_CIRCLES.of(me), limit=EVERY):
        await circles.go_on(desk, id, now)


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Go from every circle, and be named in none; one's own as a mentor go whole."""
    await leave_all(desk, me, now)
    for id in await desk.store.ids(CIRCLES.of(me), limit=EVERY):
        await _forget_in(desk, id, me)


async def forget(desk: Desk, id: str, now: datetime, due: Due | None = None) -> None:
    """Drop one that ended long ago."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        found = read.find(Circle, id)
        is_over = found is not None and not found.is_open
        return None, Changes(drop=[Key(Circle, id)]) if is_over else NONE

    await desk.store.commit(decide, load=[Key(Circle, id)], due=due)


async def _forget_in(desk: Desk, id: str, me: PersonId) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        found = read.find(Circle, id)
        if found is None:
            return None, NONE
        if found.mentor_id == me:
            return None, Changes(drop=[Key(Circle, id)])
        return None, Changes(put=[found.without(me)])

    await desk.store.commit(decide, load=[Key(Circle, id)])

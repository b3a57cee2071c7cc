"""Outlines of sprints: answered question by question, dropped; `sprints.plan` makes sprints of them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from coaching.sprints.outline import FORGET_OUTLINE, OPEN_OUTLINES, SprintOutline
from kernel.desk import Desk
from kernel.store import NONE, Changes, Due, Key, Later, Snapshot
from kernel.values import PersonId

KEPT = timedelta(days=30)  # after the last answer
Move = Callable[[SprintOutline], SprintOutline]


async def begin(desk: Desk, outline: SprintOutline, now: datetime) -> SprintOutline:
    """Ask the first question that is open; the same id again changes nothing.

    Where nothing is said yet and another outline goes on, that one is shown again instead.
    """
    going = await desk.store.ids(OPEN_OUTLINES.of(outline.person_id), limit=1) if not outline.agreed else []

    def decide(read: Snapshot) -> tuple[SprintOutline, Changes]:
        if first := read.find(SprintOutline, outline.id):
            return first.check_owner(outline.person_id), NONE
        before = next(iter(read.all(SprintOutline, going)), None)
        begun = before.again() if before and before.is_open else outline
        return begun, _changed(begun, now)

    keys = [Key(SprintOutline, id) for id in (outline.id, *going)]
    return await desk.store.commit(decide, load=keys)


async def answer(desk: Desk, outline_id: str, me: PersonId, move: Move, now: datetime) -> SprintOutline:
    """Take an answer, or go back by a question. Raise Ended where it has begun or was dropped."""

    def decide(read: Snapshot) -> tuple[SprintOutline, Changes]:
        before = read.get(SprintOutline, outline_id).check_owner(me)
        after = move(before)
        return after, NONE if after == before else _changed(after, now)

    return await desk.store.commit(decide, load=[Key(SprintOutline, outline_id)])


async def drop(desk: Desk, outline_id: str, me: PersonId, now: datetime) -> SprintOutline:
    """Do without it."""
    return await answer(desk, outline_id, me, lambda it: it.over("dropped"), now)


async def forget(desk: Desk, outline_id: str, due: Due | None = None) -> None:
    """Drop an outline that nobody went on with, or that is over."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(SprintOutline, outline_id)])), due=due)


def become(read: Snapshot, sprint_id: str, me: PersonId) -> Changes:
    """The changes by which the outline of a sprint, if it has one, has become that sprint."""
    outline = read.find(SprintOutline, sprint_id)
    if outline is None or not outline.is_open:
        return NONE
    begun = outline.check_owner(me).over("begun")
    return Changes(put=[begun], show=[begun.show])


def _changed(outline: SprintOutline, now: datetime) -> Changes:
    forgotten = Later(FORGET_OUTLINE, outline.id, now + KEPT)
    return Changes(put=[outline], later=[forgotten], show=[outline.show])

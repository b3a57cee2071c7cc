"""Sharing: a frozen copy of goals with one person for 30 days, and who opened it. Nothing else shows a plan.

No policy and no admin widens this: a copy is made by its owner alone, for the one reader that it names.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import Invalid, Refusal
from kernel.kinds import HOME
from kernel.store import EVERY, NONE, Changes, Due, Key, Later, Never, Show, Snapshot, together
from kernel.values import PersonId
from mentoring.model.person import Person, only_here, stranger
from mentoring.people.people import met
from relationships.growth_plan.changes import changed
from relationships.growth_plan.goal import Goal
from relationships.growth_plan.growth_plan import EXPORT, EXPORTED, Format, GrowthPlan, part_of, plan_of
from relationships.growth_plan.served import SERVED_GOAL, Served
from relationships.growth_plan.shared_version import (
    FORGET_SHARED,
    FORGOTTEN_AFTER,
    SHARED_BY,
    SHARED_FOR,
    SHARED_OVER,
    SHOWN_TO,
    SharedGoal,
    SharedVersion,
    frozen,
)

MOST_LINES = 100  # of what served a goal, that a copy holds
SEEN_LISTS = 100


class CannotRead(Refusal):
    """This person can't be shown a plan. *why*: self, their standing, or apart."""

    def __init__(self, person_id: PersonId, why: str) -> None:
        super().__init__(person_id, why)
        self.person_id, self.why = person_id, why


class NotShared(Refusal):
    """These goals are not shown to whoever wants to read them, or not any more."""


async def preview(
    desk: Desk,
    me: PersonId,
    reader_id: PersonId,
    goal_ids: Sequence[str],
    now: datetime,
    *,
    with_history: bool,
) -> tuple[SharedGoal, ...]:
    """What would be shared now; raise as `share` does."""
    history = await _history(desk, goal_ids, with_history=with_history)

    def view(read: Snapshot) -> tuple[SharedGoal, ...]:
        _check_reader(read, me, reader_id, now)
        return _frozen(read, me, goal_ids, history)

    return await desk.store.look(view, load=[Key(Person, me), Key(Person, reader_id)])


async def share(
    desk: Desk,
    me: PersonId,
    reader_id: PersonId,
    goal_ids: Sequence[str],
    now: datetime,
    *,
    with_history: bool,
    shared_id: str,
) -> SharedVersion:
    """Show goals, as they stand, to one person for 30 days; an earlier copy of theirs ends.

    The same id again returns what was shared. Raise CannotRead, or Invalid where no goal is chosen.
    """
    history = await _history(desk, goal_ids, with_history=with_history)
    earlier = [it for it in await shared_by(desk, me) if it.reader_id == reader_id and it.id != shared_id]
    read_before = next((it.id for it in earlier if it.opened), None)

    def decide(read: Snapshot) -> tuple[SharedVersion, Changes]:
        if first := read.find(SharedVersion, shared_id):
            return first.check_owner(me), NONE
        _check_reader(read, me, reader_id, now)
        shared = SharedVersion(
            id=shared_id,
            owner_id=me,
            reader_id=reader_id,
            goals=_frozen(read, me, goal_ids, history),
            with_history=with_history,
            shared_at=now,
            until=now + SHARED_FOR,
            earlier_id=read_before,
        )
        ended = [_ended(it, now) for it in read.all(SharedVersion, [it.id for it in earlier]) if it.is_open]
        over = Changes(later=[Later(SHARED_OVER, shared_id, shared.until)])
        new = Changes(put=[shared], show=_shows(read, shared))
        return shared, together(new, over, *ended, met(read, reader_id, now))

    return await desk.store.commit(decide, load=[Key(Person, me), Key(Person, reader_id)])


async def stop(desk: Desk, me: PersonId, shared_id: str, now: datetime) -> None:
    """Share no more; twice changes nothing."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        shared = read.get(SharedVersion, shared_id).check_owner(me)
        return None, _ended(shared, now) if shared.is_open else NONE

    await desk.store.commit(decide, load=[Key(SharedVersion, shared_id)])


async def close(desk: Desk, shared_id: str, now: datetime, due: Due | None = None) -> None:
    """End a copy whose 30 days are over."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        shared = read.find(SharedVersion, shared_id)
        return None, _ended(shared, now) if shared and shared.is_open else NONE

    await desk.store.commit(decide, load=[Key(SharedVersion, shared_id)], due=due)


async def forget(desk: Desk, shared_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop a copy, with the log of who opened it."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(SharedVersion, shared_id)])), due=due)


async def open_shared(
    desk: Desk, me: PersonId, shared_id: str, now: datetime
) -> tuple[SharedVersion, SharedVersion | None]:
    """Note that its reader opens a copy; return it, and the last one before that they have opened.

    Raise NotShared where it is over, or its owner has left; whatever is read is in the log.
    """

    def decide(read: Snapshot) -> tuple[tuple[SharedVersion, SharedVersion | None], Changes]:
        shared = read.get(SharedVersion, shared_id).check_reader(me)
        owner = read.find(Person, shared.owner_id)
        if not shared.is_open or shared.until <= now or (owner and owner.is_gone):
            raise NotShared
        noted = shared.open_at(now)
        earlier = read.find(SharedVersion, shared.earlier_id) if shared.earlier_id else None
        return (noted, earlier), Changes(put=[noted], show=only_here(read, [Show(HOME, me)]))

    return await desk.store.commit(decide, load=[Key(SharedVersion, shared_id)])


async def shared_by(desk: Desk, me: PersonId) -> list[SharedVersion]:
    """What somebody shares or has shared, the newest first."""
    ids = await desk.store.ids(SHARED_BY.of(me), limit=SEEN_LISTS)
    return await desk.store.look(lambda read: read.all(SharedVersion, ids))


async def export(desk: Desk, me: PersonId, format: Format, now: datetime, *, once: str) -> None:
    """Have the plan sent to its owner, and note that in the log; the same *once* sends it once."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        plan = plan_of(read, me, now).export(format, now)
        sent = Changes(
            later=[Later(EXPORT, f"{me}.{plan.exported}", now)],
            show=[Show(EXPORTED.of(me, part_of(plan.exported, 0)), me)],
        )
        return None, together(changed(read, plan, [], now, desk.policy), sent)

    await desk.store.commit(decide, load=[Key(GrowthPlan, me), Key(Person, me)], once=f"growth-export:{once}")


async def send_as_messages(desk: Desk, me: PersonId, number: int, parts: int) -> None:
    """Show an export in so many messages, where no file can be sent."""
    shows = [Show(EXPORTED.of(me, part_of(number, part)), me) for part in range(1, parts + 1)]
    await desk.store.commit(lambda _: (None, Changes(show=shows)), load=[Key(GrowthPlan, me)])


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """End what is shared with somebody who asks to be erased, and forget that it was they who read it."""
    for shared_id in await desk.store.ids(SHOWN_TO.of(me), limit=EVERY):
        await _unname(desk, shared_id, now)


async def _unname(desk: Desk, shared_id: str, now: datetime) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        shared = read.find(SharedVersion, shared_id)
        if shared is None:
            return None, NONE
        ended = shared.end(now)
        nameless = Changes(put=[ended.unnamed()], show=_shows(read, shared))
        return None, together(nameless, _over(ended))

    await desk.store.commit(decide, load=[Key(SharedVersion, shared_id)])


def _ended(shared: SharedVersion, now: datetime) -> Changes:
    """The end of a copy; whoever read it sees that it is over."""
    ended = shared.end(now)
    shows = [Show(shared.thing, shared.reader_id)] if shared.reader_id else []
    return together(Changes(put=[ended], show=shows), _over(ended))


def _over(ended: SharedVersion) -> Changes:
    forgotten = Later(FORGET_SHARED, ended.id, (ended.ended_at or ended.until) + FORGOTTEN_AFTER)
    return Changes(later=[Never(SHARED_OVER, ended.id), forgotten])


def _shows(read: Snapshot, shared: SharedVersion) -> list[Show]:
    return only_here(read, [Show(shared.thing, shared.reader_id)]) if shared.reader_id else []


def _check_reader(read: Snapshot, me: PersonId, reader_id: PersonId, now: datetime) -> None:
    """Refuse whoever can't be shown it: oneself, no member, or one of two who are kept apart.

    That the other wishes to be kept apart is told to nobody.
    """
    if reader_id == me:
        raise CannotRead(reader_id, "self")
    owner = read.find(Person, me) or stranger(me, now)
    reader = (read.find(Person, reader_id) or stranger(reader_id, now)).assumed_active()
    if reader.standing != "active":
        raise CannotRead(reader_id, reader.standing)
    if reader_id in owner.do_not_match or me in reader.do_not_match:
        raise CannotRead(reader_id, "apart")


def _frozen(
    read: Snapshot, me: PersonId, goal_ids: Sequence[str], history: Mapping[str, Sequence[Served]]
) -> tuple[SharedGoal, ...]:
    goals = [it.check_owner(me) for it in read.all(Goal, goal_ids)]
    if not goals:
        raise Invalid("shared_goals", "empty")
    return tuple(frozen(it, history[it.id]) for it in goals)


async def _history(
    desk: Desk, goal_ids: Sequence[str], *, with_history: bool
) -> Mapping[str, Sequence[Served]]:
    return {it: await _lines(desk, it) if with_history else () for it in goal_ids}


async def _lines(desk: Desk, goal_id: str) -> tuple[Served, ...]:
    ids = await desk.store.ids(SERVED_GOAL.of(goal_id), limit=MOST_LINES)
    return tuple(await desk.store.look(lambda read: read.all(Served, ids)))

"""Plans for two weeks: proposed, kept, worked through, let go; and what a plan does by itself.

Each day's action is reminded of when its person's working hours begin. They chose these days, so a reminder
is none of the unasked messages; it comes less often, and at last no more, where it is ignored. What comes
late waits for these hours, too.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

from coaching.guide.turn import ActionPlan
from coaching.plans.action_plan import working_days
from coaching.plans.two_weeks import (
    FORGET_TWO_WEEKS,
    OPEN_PLANS,
    TWO_WEEKS_NUDGE,
    TWO_WEEKS_OVER,
    TWO_WEEKS_REMIND,
    Action,
    ActionState,
    TwoWeeks,
)
from coaching.sprints.calendar import DAY
from kernel.desk import Desk
from kernel.errors import Ended, Invalid, NotFound
from kernel.policy import Nudges
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot
from kernel.values import PersonId
from kernel.working_hours import OFFICE, Hours, local_day, opens_next, work_begins
from mentoring.model.person import Person, only_here

PROPOSED_FOR, FORGOTTEN_AFTER = timedelta(days=30), timedelta(days=365)
ANSWERED_WITHIN = timedelta(days=7)
Move = Callable[[Snapshot, TwoWeeks], TwoWeeks]


async def propose(
    desk: Desk, me: PersonId, now: datetime, *, goal: str, plan: ActionPlan, plan_id: str
) -> TwoWeeks:
    """Write a plan down that its person may keep; the same id again returns what is there."""

    def decide(read: Snapshot) -> tuple[TwoWeeks, Changes]:
        if first := read.find(TwoWeeks, plan_id):
            return first.check_owner(me), NONE
        said = tuple(Action(**action.model_dump()) for action in plan.actions)
        proposed = TwoWeeks(id=plan_id, person_id=me, goal=goal, actions=said, by=plan.by, made_at=now)
        forgotten = Later(FORGET_TWO_WEEKS, plan_id, now + PROPOSED_FOR)
        return proposed, Changes(put=[proposed], later=[forgotten])

    return await desk.store.commit(decide, load=[Key(TwoWeeks, plan_id)])


async def keep(desk: Desk, plan_id: str, me: PersonId, now: datetime) -> TwoWeeks:
    """Take a plan on: its card comes, and on each action's day a reminder."""
    return await _change(desk, plan_id, me, now, lambda _, plan: plan.keep())


async def mark(
    desk: Desk, plan_id: str, me: PersonId, now: datetime, *, number: int, state: ActionState
) -> TwoWeeks:
    """Say what came of an action, or that it is open again."""
    return await _change(desk, plan_id, me, now, lambda _, plan: plan.mark(number, state))


async def put_off(
    desk: Desk, plan_id: str, me: PersonId, now: datetime, *, number: int, on: date, to: date | None = None
) -> TwoWeeks:
    """Move an action from a day to another working one, from tomorrow on, that has none.

    That is *to*, or the next one after its own day where *to* is not named or not free any more. An action
    that is not on that day any more stays, so that pressing twice moves it once.
    """

    def move(read: Snapshot, plan: TwoWeeks) -> TwoWeeks:
        free = list(free_days(read, plan, now))
        return plan.move(number, on, [to] if to in free else [day for day in free if day > on])

    return await _change(desk, plan_id, me, now, move)


async def change(
    desk: Desk,
    plan_id: str,
    me: PersonId,
    now: datetime,
    *,
    number: int,
    on: date,
    to: date,
    behaviour: str | None = None,
) -> TwoWeeks:
    """Say an action otherwise, and move it from its day to another; refuse a day that is taken."""

    def move(read: Snapshot, plan: TwoWeeks) -> TwoWeeks:
        said = plan.reword(number, behaviour) if behaviour is not None else plan
        if to == on:
            return said
        if to not in free_days(read, plan, now):
            raise Invalid("day", "taken")
        return said.move(number, on, [to])

    return await _change(desk, plan_id, me, now, move)


def free_days(read: Snapshot, plan: TwoWeeks, now: datetime) -> Iterator[date]:
    """Yield the working days of a plan's person, from tomorrow on, for which nothing is planned."""
    hours, zone = _when(read, plan.person_id)
    return plan.without_action(working_days(hours, local_day(now, zone)))


async def remind_again(desk: Desk, plan_id: str, me: PersonId, now: datetime) -> TwoWeeks:
    """Remind as planned again."""
    return await _change(desk, plan_id, me, now, lambda _, plan: plan.heed())


async def let_go(desk: Desk, plan_id: str, me: PersonId, now: datetime) -> TwoWeeks:
    """End a plan early."""
    return await _change(desk, plan_id, me, now, lambda _, plan: plan.close())


async def lead(desk: Desk, plan_id: str, me: PersonId, now: datetime, *, sprint_id: str) -> None:
    """Let a sprint that was begun from a plan remind of its actions; a plan that is over or gone stays so."""
    with suppress(Ended, NotFound):
        await _change(desk, plan_id, me, now, lambda _, plan: plan.lead(sprint_id))


async def rest_all(desk: Desk, me: PersonId, now: datetime) -> None:
    """Remind of none of a person's plans until they wish it, as when a life may be in danger."""
    for plan_id in await desk.store.ids(OPEN_PLANS.of(me), limit=20):
        await _change(desk, plan_id, me, now, lambda _, plan: plan.heed().stop_reminding())


async def forget(desk: Desk, plan_id: str, due: Due | None = None) -> None:
    """Drop a plan that was not kept, or whose time to be kept is over."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(TwoWeeks, plan_id)])), due=due)


async def discard(desk: Desk, plan_id: str, me: PersonId) -> None:
    """Drop a plan at its person's wish."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        plan = read.find(TwoWeeks, plan_id)
        if plan is None:
            return None, NONE
        kinds = (TWO_WEEKS_REMIND, TWO_WEEKS_OVER, FORGET_TWO_WEEKS)
        gone = [Never(kind, plan.check_owner(me).id) for kind in kinds]
        return None, Changes(drop=[Key(TwoWeeks, plan_id)], later=gone)

    await desk.store.commit(decide, load=[Key(TwoWeeks, plan_id)])


async def remind(desk: Desk, plan_id: str, now: datetime, due: Due | None = None) -> None:
    """Remind of the action of the day; after too many that were ignored, say that no more will come."""
    rules = desk.policy.nudges

    def decide(read: Snapshot) -> tuple[None, Changes]:
        plan = read.find(TwoWeeks, plan_id)
        if plan is None or plan.state != "going" or plan.is_hushed or plan.led_by or _is_gone(read, plan):
            return None, NONE
        hours, zone = _when(read, plan.person_id)
        started = [it for it in plan.left if work_begins(plan.actions[it].on, hours, zone) <= now]
        if not started:
            return None, Changes(later=_armed(read, plan, now, rules))
        if (opens := _opens(read, plan, now)) > now:
            return None, Changes(later=[Later(TWO_WEEKS_REMIND, plan_id, opens)])
        nudged = plan.remind(started[-1])
        return None, _changed(
            read, nudged.stop_reminding() if nudged.ignored >= rules.stop_after else nudged, now, rules
        )

    await desk.store.commit(decide, load=[Key(TwoWeeks, plan_id)], due=due)


async def finish(desk: Desk, plan_id: str, now: datetime, due: Due | None = None) -> None:
    """Ask once about what was missed, when the last day of a plan has passed; a week later close it."""
    rules = desk.policy.nudges

    def decide(read: Snapshot) -> tuple[None, Changes]:
        plan = read.find(TwoWeeks, plan_id)
        if plan is None or plan.state != "going":
            return None, NONE
        if _over_at(read, plan) > now:
            return None, Changes(later=_armed(read, plan, now, rules))
        if (opens := _opens(read, plan, now)) > now:
            return None, Changes(later=[Later(TWO_WEEKS_OVER, plan_id, opens)])
        is_owed = bool(plan.unasked) and not (plan.is_asked or plan.is_hushed or _is_gone(read, plan))
        return None, _changed(read, plan.ask() if is_owed else plan.close(), now, rules)

    await desk.store.commit(decide, load=[Key(TwoWeeks, plan_id)], due=due)


async def _change(desk: Desk, plan_id: str, me: PersonId, now: datetime, move: Move) -> TwoWeeks:
    def decide(read: Snapshot) -> tuple[TwoWeeks, Changes]:
        before = read.get(TwoWeeks, plan_id).check_owner(me)
        after = move(read, before)
        return after, NONE if after == before else _changed(read, after, now, desk.policy.nudges)

    return await desk.store.commit(decide, load=[Key(TwoWeeks, plan_id), Key(Person, me)])


def _changed(read: Snapshot, plan: TwoWeeks, now: datetime, rules: Nudges) -> Changes:
    nudge = [Show(TWO_WEEKS_NUDGE.of(plan.id), to=plan.person_id)] if plan.reminded else []
    forgotten = Later(FORGET_TWO_WEEKS, plan.id, now + FORGOTTEN_AFTER)
    return Changes(
        put=[plan],
        later=[*_armed(read, plan, now, rules), forgotten],
        show=[Show(plan.thing, to=plan.person_id), *nudge],
    )


def _armed(read: Snapshot, plan: TwoWeeks, now: datetime, rules: Nudges) -> list[Later | Never]:
    """The plan's entries of the agenda as they should stand after a moment."""
    going = plan.state == "going"
    is_reminded = going and not plan.is_hushed and not plan.led_by
    remind_at = _remind_at(read, plan, now, rules) if is_reminded else None
    return [
        Later(TWO_WEEKS_REMIND, plan.id, remind_at) if remind_at else Never(TWO_WEEKS_REMIND, plan.id),
        Later(TWO_WEEKS_OVER, plan.id, _over_at(read, plan)) if going else Never(TWO_WEEKS_OVER, plan.id),
    ]


def _remind_at(read: Snapshot, plan: TwoWeeks, now: datetime, rules: Nudges) -> datetime | None:
    """The next reminder: every second one after *halve_after* were ignored in a row."""
    hours, zone = _when(read, plan.person_id)
    ahead = sorted(at for it in plan.left if (at := work_begins(plan.actions[it].on, hours, zone)) > now)
    skipped = 1 if plan.ignored >= rules.halve_after else 0
    return ahead[skipped] if len(ahead) > skipped else None


def _over_at(read: Snapshot, plan: TwoWeeks) -> datetime:
    """When the first working day after the last action begins; a week later where that was asked."""
    hours, zone = _when(read, plan.person_id)
    last = max(action.on for action in plan.actions) + (ANSWERED_WITHIN if plan.is_asked else timedelta())
    return work_begins(next(working_days(hours, last), last + DAY), hours, zone)


def _opens(read: Snapshot, plan: TwoWeeks, now: datetime) -> datetime:
    """Now, where its person is at work, else when their work begins."""
    return opens_next(*_when(read, plan.person_id), now) or now


def _when(read: Snapshot, me: PersonId) -> tuple[Hours, str]:
    person = read.find(Person, me)
    return (person.hours, person.zone) if person else (OFFICE, "UTC")


def _is_gone(read: Snapshot, plan: TwoWeeks) -> bool:
    return not only_here(read, [Show(plan.thing, to=plan.person_id)])

"""What goes with every change of a plan: its entries of the agenda, set anew, and where it is shown."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from kernel.kinds import HOME
from kernel.policy import Policy
from kernel.store import Changes, Later, Never, Show, Snapshot
from kernel.values import PersonId
from kernel.working_hours import OFFICE, Hours, at_local, local_day, work_begins
from mentoring.model.person import Person, only_here, working_hour
from relationships.growth_plan.goal import GOAL_DAY, GOAL_DUE, Goal
from relationships.growth_plan.growth_plan import GATHER, LOOK_BACK, LOOKED_BACK, GrowthPlan

NIGHT = time(3, 0)


def changed(
    read: Snapshot, plan: GrowthPlan, goals: Iterable[Goal], now: datetime, policy: Policy
) -> Changes:
    """The changes that write a plan and those of its goals that changed."""
    goals = list(goals)
    return Changes(
        put=[plan, *goals],
        later=[*of_plan(read, plan, now, policy), *(due_of(read, goal, now) for goal in goals)],
        show=only_here(read, [*_shows(plan), *(it for goal in goals for it in _shows_of(goal))]),
    )


def of_plan(read: Snapshot, plan: GrowthPlan, now: datetime, policy: Policy) -> list[Later | Never]:
    """A plan's entries of the agenda as they should stand after a moment."""
    if not plan.open:
        return [Never(GATHER, plan.id), Never(LOOK_BACK, plan.id)]
    look = plan.next_look_at
    at = free_hour(read.find(Person, plan.id), max(look, now), policy) if look else None
    return [
        Later(GATHER, plan.id, next_night(read.find(Person, plan.id), now)),
        Later(LOOK_BACK, plan.id, at) if at else Never(LOOK_BACK, plan.id),
    ]


def due_of(read: Snapshot, goal: Goal, now: datetime) -> Later | Never:
    """The entry that asks about a goal on its day, once; none where that has passed."""
    at = work_begins(goal.by, *when(read, goal.person_id)) if goal.by else None
    if not (goal.is_open and at and at > now and goal.asked_on != goal.by):
        return Never(GOAL_DUE, goal.id)
    return Later(GOAL_DUE, goal.id, at)


def free_hour(person: Person | None, at: datetime, policy: Policy) -> datetime:
    """The first of a person's working hours from *at* on, after a pause if they take one."""
    back = person.back_at if person and person.is_paused(at) else None
    return working_hour(person, back or at, policy)


def next_night(person: Person | None, now: datetime) -> datetime:
    """Three in the morning of the next day, where the person is."""
    zone = person.zone if person else "UTC"
    return at_local(local_day(now, zone) + timedelta(days=1), NIGHT, zone)


def when(read: Snapshot, me: PersonId) -> tuple[Hours, str]:
    """A person's hours and zone; office hours in UTC of somebody who was not met yet."""
    person = read.find(Person, me)
    return (person.hours, person.zone) if person else (OFFICE, "UTC")


def _shows(plan: GrowthPlan) -> list[Show]:
    card = [Show(LOOKED_BACK.of(plan.id), plan.id)] if plan.looked else []
    return [Show(HOME, plan.id), *card]


def _shows_of(goal: Goal) -> list[Show]:
    return [Show(GOAL_DAY.of(goal.id), goal.person_id)] if goal.asked_on else []

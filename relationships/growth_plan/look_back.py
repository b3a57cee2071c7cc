"""What a plan does by itself: the question on the day that a goal names, and the look back each quarter.

The day was named by its person, so its question is asked for. The look back is not: it waits where the week
of its receiver is full (`policy.nudges`), for their working hours, and for the end of a pause.
"""

from dataclasses import dataclass
from datetime import datetime

from kernel.desk import Desk
from kernel.nudges import WEEK, unasked
from kernel.store import NONE, Changes, Due, Key, Later, Snapshot, together
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.growth_plan.changes import changed, due_of, free_hour
from relationships.growth_plan.goal import Goal
from relationships.growth_plan.goals import lines_since
from relationships.growth_plan.growth_plan import LOOK_BACK, QUARTER, GrowthPlan, plan_of
from relationships.growth_plan.served import Served


@dataclass(frozen=True, slots=True)
class Looking:
    """A look back as it stands: the plan, the goals that it is about, and what served them in the quarter."""

    plan: GrowthPlan
    goals: tuple[Goal, ...]
    served: tuple[Served, ...]


async def look_back(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Ask about every open goal, once; where it is not the time for it, later."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        plan, person = read.find(GrowthPlan, me), read.find(Person, me)
        if plan is None or not plan.open or plan.next_look_at is None or (person and person.is_gone):
            return None, NONE
        at = _at(read, plan, person, now, desk)
        if at > now:
            return None, Changes(later=[Later(LOOK_BACK, me, at)])
        asked = plan.look_back(plan.open, now)
        counted = Changes(put=[unasked(read, me).sent(now)])
        return None, together(changed(read, asked, [], now, desk.policy), counted)

    await desk.store.commit(decide, load=[Key(GrowthPlan, me), Key(Person, me)], due=due)


def _at(read: Snapshot, plan: GrowthPlan, person: Person | None, now: datetime, desk: Desk) -> datetime:
    """When the look back may come: now, or when there is an hour and room for it."""
    rules, week = desk.policy.nudges, unasked(read, plan.id)
    planned = max(plan.next_look_at or now, now)
    if not week.has_room(rules, now):
        room = week.room_at(now) if rules.per_week else now + WEEK
        planned = max(planned, room or now + WEEK)
    return free_hour(person, planned, desk.policy)


async def ask_on_the_day(desk: Desk, goal_id: str, now: datetime, due: Due | None = None) -> None:
    """Ask about a goal on the day that its person set; by the clocks of where they are now."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        goal = read.find(Goal, goal_id)
        person = read.find(Person, goal.person_id) if goal else None
        if goal is None or not goal.is_open or goal.by is None or goal.asked_on == goal.by:
            return None, NONE
        if person and person.is_gone:
            return None, NONE
        entry = due_of(read, goal, now)
        if isinstance(entry, Later):
            return None, Changes(later=[entry])
        plan = plan_of(read, goal.person_id, now)
        return None, changed(read, plan, [goal.ask_today()], now, desk.policy)

    await desk.store.commit(decide, load=[Key(Goal, goal_id)], due=due)


async def looking(desk: Desk, me: PersonId) -> Looking | None:
    """The latest look back with all that it is about; None where there was none."""
    plan = await desk.find(GrowthPlan, me)
    if plan is None or plan.looked is None:
        return None
    ids, at = plan.looked.goals, plan.looked.at
    goals = await desk.store.look(lambda read: read.all(Goal, ids), load=[Key(Goal, id) for id in ids])
    lines = [it for it in await lines_since(desk, me, at - QUARTER) if it.on <= at]
    return Looking(plan, tuple(goals), tuple(lines))

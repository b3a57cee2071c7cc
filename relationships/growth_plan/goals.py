"""What a person does with their goals: set, reword, reach, let go, take up again, forget; and their steps."""

from collections.abc import Callable
from datetime import date, datetime

from kernel.desk import Desk
from kernel.reading import aside
from kernel.store import EVERY, NONE, Changes, Key, Never, Snapshot, together
from kernel.values import PersonId, TopicId
from kernel.working_hours import local_day
from mentoring.model.person import Person
from mentoring.people.people import met
from relationships.growth_plan.changes import changed, when
from relationships.growth_plan.goal import (
    GOAL_DUE,
    GOALS,
    OPEN_GOALS,
    Goal,
    GoalWish,
    StepState,
    check_step_day,
)
from relationships.growth_plan.growth_plan import GrowthPlan, plan_of
from relationships.growth_plan.served import SERVED, SERVED_GOAL, Served

AT_ONCE = 200
LIKELY, FEW = 0.5, 3  # from which chance on, and how many, topics a goal is taken to be about
Move = Callable[[Goal], Goal]
PlanMove = Callable[[GrowthPlan], GrowthPlan]


async def set_goal(desk: Desk, me: PersonId, wish: GoalWish, now: datetime, *, goal_id: str) -> Goal:
    """Begin a goal; the same id again returns it. Raise Invalid, or TooManyGoals where three are open."""
    topics = await _topics(desk, wish)

    def decide(read: Snapshot) -> tuple[Goal, Changes]:
        if first := read.find(Goal, goal_id):
            return first.check_owner(me), NONE
        tidy = wish.checked(local_day(now, when(read, me)[1]))
        said = tidy.model_dump()
        goal = Goal(id=goal_id, person_id=me, topics=topics, set_at=now, touched_at=now, **said)
        plan = plan_of(read, me, now).add(goal_id).heed(now)
        return goal, together(changed(read, plan, [goal], now, desk.policy), met(read, me, now))

    keys = [Key(Goal, goal_id), Key(GrowthPlan, me), Key(Person, me)]
    return await desk.store.commit(decide, load=keys)


async def reword(desk: Desk, me: PersonId, goal_id: str, wish: GoalWish, now: datetime) -> Goal:
    """Write a goal in other words, or for another day; the wording before is kept."""
    topics = await _topics(desk, wish)

    def move(read: Snapshot, goal: Goal) -> Goal:
        return goal.reword(wish.checked(local_day(now, when(read, me)[1]), goal.by), topics, now)

    return await _change(desk, me, goal_id, now, move=move, of_plan=lambda plan: plan.answer(goal_id, now))


async def reach(desk: Desk, me: PersonId, goal_id: str, now: datetime) -> Goal:
    """Say that a goal is reached."""
    return await _end(desk, me, goal_id, now, lambda goal: goal.end("reached", now))


async def let_go(desk: Desk, me: PersonId, goal_id: str, now: datetime) -> Goal:
    """Let a goal go, without a reason."""
    return await _end(desk, me, goal_id, now, lambda goal: goal.end("let_go", now))


async def reopen(desk: Desk, me: PersonId, goal_id: str, now: datetime) -> Goal:
    """Work at a goal again; raise TooManyGoals where three are open."""

    def again(plan: GrowthPlan) -> GrowthPlan:
        return plan.add(goal_id).heed(now)

    move = _only(lambda goal: goal.reopen(now))
    return await _change(desk, me, goal_id, now, move=move, of_plan=again)


async def keep_on(desk: Desk, me: PersonId, goal_id: str, now: datetime) -> Goal:
    """Say that a goal is still one's own."""

    def move(_read: Snapshot, goal: Goal) -> Goal:
        return goal.touch(now) if goal.is_open else goal

    return await _change(desk, me, goal_id, now, move=move, of_plan=lambda plan: plan.answer(goal_id, now))


async def add_step(
    desk: Desk, me: PersonId, goal_id: str, text: str, now: datetime, *, once: str, on: date | None = None
) -> Goal:
    """Add a next step, on a day from today on or on none; the same *once* adds one."""

    def move(read: Snapshot, goal: Goal) -> Goal:
        check_step_day(on, local_day(now, when(read, me)[1]))
        return goal.add_step(text, now, source=once, on=on)

    return await _change(desk, me, goal_id, now, move=move, of_plan=_heeding(now))


async def change_step(
    desk: Desk, me: PersonId, goal_id: str, now: datetime, *, number: int, text: str, on: date | None
) -> Goal:
    """Say a step otherwise, or put it on another day."""

    def move(read: Snapshot, goal: Goal) -> Goal:
        check_step_day(on, local_day(now, when(read, me)[1]), goal.step(number).on)
        return goal.change_step(number, now, text=text, on=on)

    return await _change(desk, me, goal_id, now, move=move, of_plan=_heeding(now))


async def mark_step(
    desk: Desk, me: PersonId, goal_id: str, now: datetime, *, number: int, state: StepState
) -> Goal:
    """Say what came of a step, or that it is open again."""
    move = _only(lambda goal: goal.mark_step(number, state, now))
    return await _change(desk, me, goal_id, now, move=move, of_plan=_heeding(now))


async def skip(desk: Desk, me: PersonId, now: datetime) -> None:
    """Answer nothing in this look back."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        plan = read.find(GrowthPlan, me)
        return None, changed(read, plan.skip(now), [], now, desk.policy) if plan else NONE

    await desk.store.commit(decide, load=[Key(GrowthPlan, me), Key(Person, me)])


async def forget(desk: Desk, me: PersonId, goal_id: str, now: datetime) -> None:
    """Drop a goal with all that stands in the plan of it. Each piece is a commit, so a repeat goes on."""
    goal = await desk.find(Goal, goal_id)
    if goal is None:
        return
    goal.check_owner(me)
    while found := await desk.store.ids(SERVED_GOAL.of(goal_id), limit=AT_ONCE):
        keys = [Key(Served, id) for id in found]
        await desk.store.commit(lambda _, keys=keys: (None, Changes(drop=keys)), load=keys)  # type: ignore[misc]

    def decide(read: Snapshot) -> tuple[None, Changes]:
        plan = plan_of(read, me, now).remove(goal_id).heed(now)
        gone = Changes(drop=[Key(Goal, goal_id)], later=[Never(GOAL_DUE, goal_id)])
        return None, together(changed(read, plan, [], now, desk.policy), gone)

    await desk.store.commit(decide, load=[Key(Goal, goal_id), Key(GrowthPlan, me), Key(Person, me)])


async def goals_of(desk: Desk, me: PersonId) -> list[Goal]:
    """The goals of a person: those that are open first, each group newest first."""
    ids = await desk.store.ids(GOALS.of(me), limit=EVERY)
    found = await desk.store.look(lambda read: read.all(Goal, ids))
    return sorted(found, key=lambda goal: not goal.is_open)


async def open_goals_of(desk: Desk, me: PersonId) -> list[Goal]:
    """A person's open goals, newest first."""
    ids = await desk.store.ids(OPEN_GOALS.of(me))
    return await desk.store.look(lambda read: read.all(Goal, ids))


async def own(desk: Desk, me: PersonId, goal_id: str) -> Goal:
    """A goal of a person's, or refuse one that is another's."""
    return (await desk.get(Goal, goal_id)).check_owner(me)


async def lines_since(desk: Desk, me: PersonId, since: datetime) -> list[Served]:
    """What served a person's goals since a moment, newest first."""
    ids = await desk.store.ids(SERVED.of(me), limit=EVERY, since=since)
    return await desk.store.look(lambda read: read.all(Served, ids))


async def _end(desk: Desk, me: PersonId, goal_id: str, now: datetime, move: Move) -> Goal:
    def off(plan: GrowthPlan) -> GrowthPlan:
        return plan.remove(goal_id).answer(goal_id, now)

    return await _change(desk, me, goal_id, now, move=_only(move), of_plan=off)


def _only(move: Move) -> Callable[[Snapshot, Goal], Goal]:
    """A move that needs nothing beside the goal."""
    return lambda _read, goal: move(goal)


def _heeding(now: datetime) -> PlanMove:
    """The changes by which the person counts as having looked after their goals."""
    return lambda plan: plan.heed(now)


async def _change(
    desk: Desk,
    me: PersonId,
    goal_id: str,
    now: datetime,
    *,
    move: Callable[[Snapshot, Goal], Goal],
    of_plan: PlanMove,
) -> Goal:
    """Commit a change of a goal and of the plan that it is in; what changes nothing writes nothing."""

    def decide(read: Snapshot) -> tuple[Goal, Changes]:
        before = read.get(Goal, goal_id).check_owner(me)
        plan = plan_of(read, me, now)
        after, then = move(read, before), of_plan(plan)
        if (after, then) == (before, plan):
            return after, NONE
        return after, changed(read, then, [after], now, desk.policy)

    keys = [Key(Goal, goal_id), Key(GrowthPlan, me), Key(Person, me)]
    return await desk.store.commit(decide, load=keys)


async def _topics(desk: Desk, wish: GoalWish) -> tuple[TopicId, ...]:
    """What a goal is probably about."""
    text = f"{wish.title}\n{wish.why}\n{wish.sign}"
    found = await aside(desk.guessed_topics, text, is_quick=desk.topics.tagger.is_quick)
    return tuple(TopicId(it.topic_id) for it in found[:FEW] if it.confidence >= LIKELY)

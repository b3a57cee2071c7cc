"""How things get into the plan: found each night, suggested, added by one tap, taken away by another."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.store import EVERY, NONE, Changes, Due, Key, Snapshot, together
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.growth_plan.changes import changed
from relationships.growth_plan.goal import Goal
from relationships.growth_plan.goals import open_goals_of
from relationships.growth_plan.growth_plan import GrowthPlan, SuggestedSource, mark, plan_of
from relationships.growth_plan.kinship import Kinship, kinship
from relationships.growth_plan.served import SERVED_GOAL, Served, What
from relationships.growth_plan.sources import Source, source_of, sources_since

WITHIN = timedelta(days=90)  # what is older is suggested no more
BEFORE = timedelta(days=30)  # what happened so long before a goal was set may have led to it


async def gather(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Find what may serve a person's goals, and add what comes of something that is in the plan already."""
    goals = await open_goals_of(desk, me)
    found = await sources_since(desk, me, now - WITHIN) if goals else []
    inside = {goal.id: await _inside(desk, goal) for goal in goals}
    led = [(goal, it) for goal in goals for it in found if it.led_by and it.led_by in inside[goal.id]]
    asked = _suggestions(goals, found, inside)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(GrowthPlan, me)
        if before is None or not before.open:
            return None, NONE
        plan, added = before.suggest(asked), NONE
        for goal, source in led:
            name = mark(goal.id, source.ref)
            if name not in plan.dismissed and read.find(Served, name) is None:
                added = together(added, _added(read, goal.id, source, now, by_itself=True))
                plan = plan.settle(goal.id, source.ref, dismissed=False)
        return None, together(changed(read, plan, [], now, desk.policy), added)

    await desk.store.commit(decide, load=[Key(GrowthPlan, me), Key(Person, me)], due=due)


async def gather_nightly(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Look what is new in a person's plan, and plan the next night; nothing of who has left."""
    person = await desk.find(Person, me)
    if person is not None and person.is_gone:
        await desk.store.commit(lambda _: (None, NONE), due=due)
    else:
        await gather(desk, me, now, due)


async def attach(desk: Desk, me: PersonId, goal_id: str, now: datetime, *, what: What, ref: str) -> Goal:
    """Put a thing where it serves a goal, with the step that came of it; twice changes nothing.

    Raise NotFound where it is gone or is another's.
    """
    source = await source_of(desk, me, what, ref)

    def decide(read: Snapshot) -> tuple[Goal, Changes]:
        before = read.get(Goal, goal_id).check_owner(me)
        if read.find(Served, mark(goal_id, ref)):
            return before, NONE
        goal = _with_step(before.touch(now), source, now)
        linked = goal.link(_id(ref), now) if what == "plan" else goal
        plan = plan_of(read, me, now).settle(goal_id, ref, dismissed=False).heed(now)
        line = Changes(put=[_line(goal_id, me, source, now)])
        return linked, together(changed(read, plan, [linked], now, desk.policy), line)

    return await desk.store.commit(decide, load=[Key(Goal, goal_id), Key(GrowthPlan, me)])


async def detach(desk: Desk, me: PersonId, served_id: str, now: datetime) -> None:
    """Take a thing out of the plan, with its step if that is not done; it is not suggested again."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        line = read.find(Served, served_id)
        if line is None:
            return None, NONE
        line.check_owner(me)
        plan = plan_of(read, me, now).settle(line.goal_id, line.ref, dismissed=True).heed(now)
        goal = read.find(Goal, line.goal_id)
        after = [_without(goal, line.ref)] if goal else []
        gone = Changes(drop=[Key(Served, served_id)])
        return None, together(changed(read, plan, after, now, desk.policy), gone)

    await desk.store.commit(decide, load=[Key(Served, served_id), Key(GrowthPlan, me)])


async def dismiss(desk: Desk, me: PersonId, goal_id: str, ref: str, now: datetime) -> None:
    """Say that a thing serves a goal not: it is not suggested again."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        plan = plan_of(read, me, now).settle(goal_id, ref, dismissed=True).heed(now)
        return None, changed(read, plan, [], now, desk.policy)

    await desk.store.commit(decide, load=[Key(GrowthPlan, me), Key(Person, me)])


def _suggestions(
    goals: Sequence[Goal], found: Iterable[Source], inside: Mapping[str, frozenset[str]]
) -> tuple[SuggestedSource, ...]:
    """The goal that each thing fits best, if it fits one; what is in the plan is left out.

    Of a question and the talk that came of it, the talk alone.
    """
    every = list(found)
    told = {it.led_by for it in every}
    free = [it for it in every if it.ref not in told and not any(it.ref in refs for refs in inside.values())]
    fitting = ((best_of(goals, source), source) for source in free if not _is_led(source, inside))
    return tuple(
        SuggestedSource(goal_id=goal.id, what=it.what, ref=it.ref, title=it.title, on=it.on, led_by=it.led_by)
        for goal, it in fitting
        if goal is not None
    )


def _is_led(source: Source, inside: Mapping[str, frozenset[str]]) -> bool:
    return any(source.led_by in refs for refs in inside.values())


def best_of(goals: Sequence[Goal], source: Source) -> Goal | None:
    """The goal that a thing is closest to; of several that are alike, the one that was set last."""
    close = [(_kinship(goal, source), goal) for goal in goals if source.on >= goal.set_at - BEFORE]
    near = [(kin, goal.set_at, goal.id, goal) for kin, goal in close if kin.is_close]
    return max(near)[-1] if near else None


def _kinship(goal: Goal, source: Source) -> Kinship:
    text = f"{goal.title} {goal.why} {goal.sign}"
    return kinship(text, goal.topics, source.words, source.topics)


async def _inside(desk: Desk, goal: Goal) -> frozenset[str]:
    names = await desk.store.ids(SERVED_GOAL.of(goal.id), limit=EVERY)
    return frozenset(it.removeprefix(f"{goal.id}.") for it in names)


def _added(read: Snapshot, goal_id: str, source: Source, now: datetime, *, by_itself: bool) -> Changes:
    goal = read.find(Goal, goal_id)
    if goal is None or not goal.is_open:
        return NONE
    line = _line(goal_id, goal.person_id, source, now).model_copy(update={"by_itself": by_itself})
    return Changes(put=[_with_step(goal, source, now), line])


def _line(goal_id: str, me: PersonId, source: Source, now: datetime) -> Served:
    return Served(
        id=mark(goal_id, source.ref),
        person_id=me,
        goal_id=goal_id,
        what=source.what,
        ref=source.ref,
        title=source.title,
        on=source.on,
        added_at=now,
    )


def _with_step(goal: Goal, source: Source, now: datetime) -> Goal:
    """A goal with the step that came of a thing; one with no room for it goes without."""
    if not source.step:
        return goal
    try:
        return goal.add_step(source.step[:300], now, source=source.ref)
    except Invalid:
        return goal


def _without(goal: Goal, ref: str) -> Goal:
    """A goal without what came of a thing and is not done."""
    steps = tuple(it for it in goal.steps if it.source != ref or it.state == "done")
    left = goal.model_copy(update={"steps": steps})
    return left.unlink(_id(ref)) if ref.startswith("plan-") else left


def _id(ref: str) -> str:
    return ref.partition("-")[2]

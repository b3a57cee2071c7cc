"""What comes next, in one list: steps of goals, actions of two-week plans, steps of guided talks. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coaching.guide.talk import GuidedTalk
from coaching.plans.two_weeks import Action, TwoWeeks
from relationships.growth_plan.goal import Goal, StepToGoal


@dataclass(frozen=True, slots=True)
class GoalStep:
    """A step that stands in a goal itself."""

    goal: Goal
    step: StepToGoal


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """The next action of a two-week plan; *goal* is the one that it is for, if any, *number* its place."""

    plan: TwoWeeks
    number: int
    goal: Goal | None

    @property
    def action(self) -> Action:
        """The action."""
        return self.plan.actions[self.number]


@dataclass(frozen=True, slots=True)
class TalkStep:
    """The step of a guided talk, and when it is reminded of."""

    talk: GuidedTalk
    at: datetime


NextStep = GoalStep | PlannedStep | TalkStep


def next_steps(
    goals: Iterable[Goal], plans: Iterable[TwoWeeks], talks: Iterable[GuidedTalk], per_goal: int
) -> list[NextStep]:
    """What comes next: first what has a day, the earliest first, then the other steps in the order of goals.

    Of each plan it is the next open action, of each goal its first *per_goal* steps.
    """
    found = list(goals)
    of_plan = {plan_id: goal for goal in found for plan_id in goal.plans}
    planned = [PlannedStep(it, it.left[0], of_plan.get(it.id)) for it in plans if it.left]
    said = [TalkStep(it, it.remind_at) for it in talks if it.remind_at and it.is_agreed]
    own = [GoalStep(goal, step) for goal in found for step in _first(goal, per_goal)]
    every: Sequence[NextStep] = [*planned, *said, *own]
    dated = [(*on, it) for it in every if (on := _day(it))]
    return [*(it for _, _, it in sorted(dated, key=lambda it: it[:2])), *(it for it in own if not it.step.on)]


def _first(goal: Goal, most: int) -> Sequence[StepToGoal]:
    """The steps of a goal that come first: those with a day by their days, then the others as added."""
    return sorted(goal.open_steps, key=lambda it: it.on or date.max)[:most]


def _day(step: NextStep) -> tuple[date, str] | None:
    if isinstance(step, TalkStep):
        return step.at.date(), step.talk.id
    if isinstance(step, PlannedStep):
        return step.action.on, step.plan.id
    return (step.step.on, f"{step.goal.id} {step.step.number:03}") if step.step.on else None

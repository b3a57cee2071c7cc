"""What comes next, in one list: steps of goals, actions of two-week plans, steps of guided talks. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coaching.guide.talk import GuidedTalk
from coaching.plans.two_weeks import Action, TwoWeeks
from relationships.growth_plan.goal import Goal, Step


@dataclass(frozen=True, slots=True)
class GoalStep:
    """A step that stands in a goal itself."""

    goal: Goal
    step: Step


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """The next action of a two-week plan; *goal* is the one that it is for, if any, *number* its place."""

    plan: TwoWeeks
    number: int
    goal: Goal | None

    @property
    def action(self) -> Action:
        """Return the action."""
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
    """Return what comes next: first what has a day, the earliest first, then steps in the order of goals.

    Of each plan it is the next open action, of each goal its first *per_goal* steps.
    """
    found = list(goals)
    of_plan = {plan_id: goal for goal in found for plan_id in goal.plans}
    planned = [PlannedStep(it, it.left[0], of_plan.get(it.id)) for it in plans if it.left]
    said = [TalkStep(it, it.remind_at) for it in talks if it.remind_at and it.is_agreed]
    dated: Sequence[PlannedStep | TalkStep] = [*planned, *said]
    own = [GoalStep(goal, step) for goal in found for step in goal.open_steps[:per_goal]]
    return [*sorted(dated, key=_day), *own]


def _day(step: PlannedStep | TalkStep) -> tuple[date, str]:
    if isinstance(step, TalkStep):
        return step.at.date(), step.talk.id
    return step.action.on, step.plan.id

"""The forms of a goal: its words, a step, a two-week plan for it, forgetting it. Builders and parsers."""

import json
from dataclasses import dataclass
from datetime import date

from coaching.guide.turn import ActionPlan
from handlers.block_kit import blocks, labels, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id, Number
from handlers.growth_plan import words
from relationships.growth_plan.goal import (
    LONGEST_SIGN,
    LONGEST_STEP,
    LONGEST_TITLE,
    LONGEST_WHY,
    Goal,
    GoalWish,
    StepToGoal,
)

FORM = "goal.form"
STEP_FORM = "goal.step_form"
STEP_CHANGE_FORM = "goal.step_change_form"
STEP_DAY_FORM = "goal.step_day_form"
PLAN_FORM = "goal.plan_form"
FORGET_FORM = "goal.forget_form"
problems = refusals.under("goal_title")
step_problems = refusals.under("goal_step")
day_problems = refusals.under("step_on")


@dataclass(frozen=True, slots=True)
class Filled:
    """What one of the forms was opened with, and what stands in those of its fields that it has.

    *thing* is what the goal is set for, as the button on that thing says.
    """

    cause: Id
    goal_id: Id | None = None
    thing: str = ""
    goal_title: str = ""
    goal_why: str = ""
    goal_sign: str = ""
    goal_by: date | None = None
    goal_step: str = ""
    step_on: date | None = None
    number: Number = 0

    @property
    def wish(self) -> GoalWish:
        """What was written of a goal."""
        return GoalWish(title=self.goal_title, why=self.goal_why, sign=self.goal_sign, by=self.goal_by)


def filled(view: View) -> Filled:
    """What was submitted."""
    return payload.filled(Filled, view)


def new(cause: str, *, thing: str = "", said: str = "") -> View:
    """The form of a new goal, which may be set for a thing that has just ended.

    What was *said* of it stands in its title; where that is too short for it, the whole stands below, too.
    """
    title = mrkdwn.opening(said, LONGEST_TITLE).strip()
    wish = GoalWish(title=title, why="" if title == said else said)
    return _form(words.NEW_GOAL, wish, words.SET_GOAL, _metadata(cause, thing=thing))


def change(goal: Goal, cause: str) -> View:
    """The form that writes a goal anew."""
    wish = GoalWish(title=goal.title, why=goal.why, sign=goal.sign, by=goal.by)
    return _form(words.CHANGE_GOAL, wish, labels.SAVE, _metadata(cause, goal_id=goal.id))


def _form(title: str, wish: GoalWish, submit: str, metadata: str) -> View:
    fields = [
        blocks.field(
            "goal_title",
            words.WHAT,
            blocks.text_input(initial=wish.title, at_most=LONGEST_TITLE, placeholder=words.WHAT_EXAMPLE),
        ),
        blocks.field(
            "goal_why",
            words.WHY,
            blocks.text_input(initial=wish.why, multiline=True, at_most=LONGEST_WHY),
            optional=True,
        ),
        blocks.field(
            "goal_sign",
            words.SIGN,
            blocks.text_input(initial=wish.sign, at_most=LONGEST_SIGN, placeholder=words.SIGN_EXAMPLE),
            optional=True,
        ),
        blocks.field(
            "goal_by",
            words.BY_WHEN,
            blocks.date_picker(wish.by),
            hint=words.BY_WHEN_HINT,
            optional=True,
        ),
    ]
    return blocks.modal(
        FORM, title, [*fields, blocks.context(words.PRIVATE)], submit=submit, metadata=metadata
    )


def step(goal: Goal, cause: str) -> View:
    """The form of a next step."""
    shown = [texts.reminder(goal.title), _step_words(words.NEXT), _step_day()]
    metadata = _metadata(cause, goal_id=goal.id)
    return blocks.modal(STEP_FORM, words.STEP_TITLE, shown, submit=words.STEP_ADD, metadata=metadata)


def change_step(goal: Goal, step: StepToGoal, cause: str) -> View:
    """The form that says a step otherwise, or puts it on another day."""
    shown = [
        texts.reminder(goal.title),
        _step_words(words.WHAT_NEXT, step.text),
        _step_day(step.on),
    ]
    metadata = _metadata(cause, goal_id=goal.id, number=step.number)
    return blocks.modal(
        STEP_CHANGE_FORM, words.CHANGE_STEP_TITLE, shown, submit=labels.SAVE, metadata=metadata
    )


def step_day(goal: Goal, step: StepToGoal, cause: str) -> View:
    """The form that puts a step on another day."""
    metadata = _metadata(cause, goal_id=goal.id, number=step.number)
    shown = [texts.reminder(step.text), _step_day(step.on)]
    return blocks.modal(STEP_DAY_FORM, labels.ANOTHER_DAY, shown, submit=labels.SAVE, metadata=metadata)


def _step_words(label: str, initial: str = "") -> Block:
    placeholder = words.NEXT_EXAMPLE
    text = blocks.text_input(initial=initial, at_most=LONGEST_STEP, placeholder=placeholder)
    return blocks.field("goal_step", label, text)


def _step_day(initial: date | None = None) -> Block:
    hint = words.STEP_DAY_HINT
    return blocks.field("step_on", words.ON_WHICH_DAY, blocks.date_picker(initial), hint=hint, optional=True)


def two_weeks(goal: Goal, plan: ActionPlan, today: date, cause: str) -> View:
    """A two-week plan for a goal, to be kept or not."""
    rows = [
        blocks.row(words.action(words.day(it.on, today), texts.quoted(it.behaviour, 600), it.cue))
        for it in plan.actions
    ]
    said = words.TWO_WEEKS_NOTE
    shown: list[Block] = [texts.reminder(goal.title), *rows, blocks.context(said)]
    return blocks.modal(
        PLAN_FORM,
        words.TWO_WEEKS,
        shown,
        submit=words.KEEP_AND_REMIND,
        metadata=_metadata(cause, goal_id=goal.id),
    )


def forget(goal: Goal, cause: str) -> View:
    """The question before a goal is dropped with all that stands in the plan of it."""
    said = words.FORGET_MEANS
    return blocks.modal(
        FORGET_FORM,
        words.FORGET_SURE,
        [texts.reminder(goal.title), blocks.section(said)],
        submit=labels.FORGET,
        metadata=_metadata(cause, goal_id=goal.id),
    )


def _metadata(cause: str, **more: str | int) -> str:
    return json.dumps({"cause": cause, **{name: it for name, it in more.items() if it}})

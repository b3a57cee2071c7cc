"""The forms of a goal: its words, a step, a two-week plan for it, forgetting it. Builders and parsers."""

import json
from dataclasses import dataclass
from datetime import date

from coaching.guide.turn import ActionPlan
from handlers.block_kit import blocks, payload, refusals, texts
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id
from handlers.growth_plan import texts as words
from relationships.growth_plan.goal import LONGEST_SIGN, LONGEST_STEP, LONGEST_TITLE, LONGEST_WHY, Goal, Wish

FORM = "goal.form"
STEP_FORM = "goal.step_form"
PLAN_FORM = "goal.plan_form"
FORGET_FORM = "goal.forget_form"
problems = refusals.under("goal_title")
step_problems = refusals.under("goal_step")


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

    @property
    def wish(self) -> Wish:
        """Return what was written of a goal."""
        return Wish(title=self.goal_title, why=self.goal_why, sign=self.goal_sign, by=self.goal_by)


def filled(view: View) -> Filled:
    """Return what was submitted."""
    return payload.filled(Filled, view)


def new(cause: str, *, thing: str = "") -> View:
    """Return the form of a new goal, which may be set for a thing that has just ended."""
    return _form("New goal", Wish(title=""), "Set the goal", _metadata(cause, thing=thing))


def change(goal: Goal, cause: str) -> View:
    """Return the form that writes a goal anew."""
    wish = Wish(title=goal.title, why=goal.why, sign=goal.sign, by=goal.by)
    return _form("Change the goal", wish, "Save", _metadata(cause, goal_id=goal.id))


def _form(title: str, wish: Wish, submit: str, metadata: str) -> View:
    fields = [
        blocks.field(
            "goal_title",
            "What do you want to get better at?",
            blocks.text_input(
                initial=wish.title, at_most=LONGEST_TITLE, placeholder="Read query plans without help"
            ),
        ),
        blocks.field(
            "goal_why",
            "Why does it matter to you?",
            blocks.text_input(initial=wish.why, multiline=True, at_most=LONGEST_WHY),
            optional=True,
        ),
        blocks.field(
            "goal_sign",
            "How would you know you got there?",
            blocks.text_input(
                initial=wish.sign, at_most=LONGEST_SIGN, placeholder="I explain one to a colleague"
            ),
            optional=True,
        ),
        blocks.field(
            "goal_by",
            "By when?",
            blocks.date_picker(wish.by),
            hint="I'll ask you on that day how it went.",
            optional=True,
        ),
    ]
    return blocks.modal(
        FORM, title, [*fields, blocks.context(words.PRIVATE)], submit=submit, metadata=metadata
    )


def step(goal: Goal, cause: str) -> View:
    """Return the form of a next step."""
    field = blocks.field(
        "goal_step",
        "What will you do next?",
        blocks.text_input(at_most=LONGEST_STEP, placeholder="Explain one query plan to Tom on Friday"),
    )
    return blocks.modal(
        STEP_FORM,
        "Next step",
        [texts.reminder(goal.title), field],
        submit="Add it",
        metadata=_metadata(cause, goal_id=goal.id),
    )


def two_weeks(goal: Goal, plan: ActionPlan, today: date, cause: str) -> View:
    """Return a two-week plan for a goal, to be kept or not."""
    rows = [
        blocks.row(f"{words.day(it.on, today)}: {texts.quoted(it.behaviour, 600)}\nWhen: {it.cue}")
        for it in plan.actions
    ]
    said = (
        "If you keep these, they become your next steps, and I'll remind you on the days. A script made "
        "them of your words."
    )
    shown: list[Block] = [texts.reminder(goal.title), *rows, blocks.context(said)]
    return blocks.modal(
        PLAN_FORM, "Two weeks", shown, submit="Keep and remind me", metadata=_metadata(cause, goal_id=goal.id)
    )


def forget(goal: Goal, cause: str) -> View:
    """Return the question before a goal is dropped with all that stands in the plan of it."""
    said = (
        "It's deleted, along with its steps and the list of what served it. This can't be undone. "
        "The talks and sprints themselves stay."
    )
    return blocks.modal(
        FORGET_FORM,
        "Forget this goal?",
        [texts.reminder(goal.title), blocks.section(said)],
        submit="Forget it",
        metadata=_metadata(cause, goal_id=goal.id),
    )


def _metadata(cause: str, **more: str) -> str:
    return json.dumps({"cause": cause, **{name: it for name, it in more.items() if it}})

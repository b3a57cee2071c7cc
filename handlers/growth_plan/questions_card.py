"""The two messages that ask about goals: on the day that one names, and the look back each quarter."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.block_kit import blocks
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.growth_plan import window, words
from kernel.working_hours import local_day
from relationships.growth_plan.goal import Goal
from relationships.growth_plan.look_back import Looking
from relationships.growth_plan.served import Served

KEEP_ON = "goal.keep_on"
SKIP = "goal.skip"


def day(goal: Goal, today: date) -> Picture | None:
    """The question of the day that a goal names; answered, it is one line."""
    if goal.asked_on is None:
        return None
    asked, title = words.day(goal.asked_on, today), words.title(goal)
    if settled := _settled(goal, today):
        return quiet(f"settled:{goal.asked_on}", [blocks.row(f"{title}: {settled}")])
    shown = [
        blocks.section(words.on_the_day(asked)),
        blocks.row(title),
        *blocks.actions(
            [
                blocks.button(words.GOT_THERE, window.REACH, goal.id, style="primary"),
                blocks.button(words.NEW_DAY, window.CHANGE, goal.id),
                blocks.button(words.LET_GO, window.LET_GO, goal.id),
            ]
        ),
        blocks.context(words.YOU_SET_THIS),
    ]
    return knock(f"day:{goal.asked_on}", shown, closing="")


def _settled(goal: Goal, today: date) -> str:
    if goal.state == "reached":
        return words.YOU_GOT_THERE
    if goal.state == "let_go":
        return words.YOU_LET_GO
    if goal.by == goal.asked_on:
        return ""
    return words.new_day_is(words.day(goal.by, today)) if goal.by else words.NO_DAY


def look_back(looking: Looking, zone: str) -> Picture:
    """The look back: each goal with what served it, until all are answered or it is skipped."""
    looked = looking.plan.looked
    assert looked is not None
    number = looked.number
    waiting = [it for it in looking.goals if it.is_open and it.id not in looked.answered]
    if looked.is_over or not waiting:
        said = words.SKIPPED if looked.is_skipped else words.LOOKED_BACK
        return quiet(f"looked:{number}", [blocks.row(said), *blocks.actions([_open()])])
    rows = [row for goal in waiting for row in _goal(goal, looking.served, looked.at, zone)]
    skip = blocks.button(words.SKIP, SKIP, str(number))
    shown = [
        blocks.section(words.THREE_MONTHS),
        *rows,
        *blocks.actions([_open(), skip]),
        blocks.context(words.FOOT),
    ]
    return knock(f"look:{number}", shown, closing="")


def _open() -> blocks.Element:
    return blocks.button(words.HEADING, window.OPEN, "goals")


def _goal(goal: Goal, served: Sequence[Served], at: datetime, zone: str) -> list[Block]:
    mine = [it.what for it in served if it.goal_id == goal.id]
    parts = [words.by_kind(mine) or _nothing(goal, at, zone), words.steps(goal)]
    return [
        blocks.row(f"{words.title(goal)}\n{'. '.join(filter(None, parts))}."),
        *blocks.actions(
            [
                blocks.button(words.STILL_ON_IT, KEEP_ON, goal.id),
                blocks.button(words.CHANGE_IT, window.CHANGE, goal.id),
                blocks.button(words.GOT_THERE, window.REACH, goal.id),
                blocks.button(words.LET_GO, window.LET_GO, goal.id),
            ]
        ),
    ]


def _nothing(goal: Goal, at: datetime, zone: str) -> str:
    """Since when nothing has served a goal or been changed in it."""
    return words.nothing_since(words.local(goal.touched_at, zone, local_day(at, zone)))

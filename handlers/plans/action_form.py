"""The forms in which an action of a two-week plan is moved to another day, or said otherwise."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coaching.plans.two_weeks import LONGEST_ACTION, Action, TwoWeeks
from handlers.block_kit import blocks, labels, payload, refusals
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id
from handlers.plans import card as plan_card
from handlers.plans import words

FORM = "plan.action_form"
MOST_DAYS = 20
problems = refusals.under("day")


@dataclass(frozen=True, slots=True)
class Filled:
    """Which action of a plan, on which day it was, and what it is now; empty words stay as they were."""

    plan_id: Id
    number: int
    on: date
    day: date
    behaviour: str = ""


def form(plan: TwoWeeks, number: int, free: Sequence[date], *, with_words: bool) -> View:
    """The form for the day of an action, from those that are *free*, and if wished for its words."""
    action = plan.actions[number]
    metadata = json.dumps({"plan_id": plan.id, "number": number, "on": action.on.isoformat()})
    fields = [*(_words(action) if with_words else []), _day(action, free, with_words=with_words)]
    title = words.CHANGE_TITLE if with_words else labels.ANOTHER_DAY
    return blocks.modal(FORM, title, fields, submit=labels.SAVE, metadata=metadata)


def _words(action: Action) -> list[Block]:
    said = blocks.text_input(initial=action.behaviour, multiline=True, at_most=LONGEST_ACTION)
    return [blocks.field("behaviour", words.WHAT, said)]


def _day(action: Action, free: Sequence[date], *, with_words: bool) -> Block:
    days = [*([action.on] if with_words or not free else []), *free][:MOST_DAYS]
    options = [blocks.option(plan_card.on_day(day), day.isoformat()) for day in days]
    return blocks.field("day", words.WHICH_DAY, blocks.menu(options, days[0].isoformat()))


def filled(view: View) -> Filled:
    """What was submitted."""
    return payload.filled(Filled, view)


def has_words(view: View) -> bool:
    """Whether the words could be changed in it."""
    return any(block.get("block_id") == "behaviour" for block in view["blocks"])

"""How many people somebody mentors at most: the form, its button, and its parser."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, labels, payload, refusals
from handlers.block_kit.blocks import Element, View
from handlers.block_kit.payload import Number
from handlers.mentor_search import words

OPEN = "mentor.places"
FORM = "mentor.places_form"
problems = refusals.under("places")
_OFFERED = range(9)


@dataclass(frozen=True, slots=True)
class _Filled:
    places: Number = 0


def open_button() -> Element:
    """The button that opens the form."""
    return blocks.button(words.HOW_MANY, OPEN, "form")


def form(now: int) -> View:
    """The form with the number as it is."""
    numbers = sorted({*_OFFERED, now})
    menu = blocks.menu([blocks.option(words.people(it), str(it)) for it in numbers], str(now))
    field = blocks.field("places", words.AT_A_TIME, menu, hint=words.WITH_NONE)
    return blocks.modal(FORM, words.MENTORING, [field], submit=labels.SAVE, metadata=json.dumps({}))


def filled(view: View) -> int:
    """The number that was chosen."""
    return payload.filled(_Filled, view).places

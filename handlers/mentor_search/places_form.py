"""How many people somebody mentors at most: the form, its button, and its parser."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, payload, refusals
from handlers.block_kit.blocks import Element, View
from handlers.block_kit.payload import Number
from handlers.mentorships.texts import counted

OPEN = "mentor.places"
FORM = "mentor.places_form"
problems = refusals.under("places")
_OFFERED = range(9)


@dataclass(frozen=True, slots=True)
class _Filled:
    places: Number = 0


def open_button() -> Element:
    """Return the button that opens the form."""
    return blocks.button("How many I mentor", OPEN, "form")


def form(now: int) -> View:
    """Return the form with the number as it is."""
    numbers = sorted({*_OFFERED, now})
    options = [blocks.option(counted(it, "person") if it == 1 else f"{it} people", str(it)) for it in numbers]
    hint = "With 0 you aren't suggested to anybody. Those you mentor now stay."
    field = blocks.field(
        "places", "How many people do you mentor at a time?", blocks.menu(options, str(now)), hint=hint
    )
    return blocks.modal(FORM, "Mentoring", [field], submit="Save", metadata=json.dumps({}))


def filled(view: View) -> int:
    """Return the number that was chosen."""
    return payload.filled(_Filled, view).places

"""The form behind *Think something through*: what is on somebody's mind, from which the advice follows."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, payload, refusals
from handlers.block_kit.blocks import Element, View
from handlers.block_kit.payload import Id
from handlers.triage import words
from kernel.errors import Invalid, Refusal

OPEN = "coach.open"
FORM = "coach.form"


def open_button() -> Element:
    """The button that opens it."""
    return blocks.button(words.THINK, OPEN, "home")


def form(cause: str) -> View:
    """The form; *cause* is what led to it, so that submitting twice keeps the text once."""
    mind = blocks.text_input(multiline=True, placeholder=words.MIND_EXAMPLE)
    return blocks.modal(
        FORM,
        words.THINK_TITLE,
        [
            blocks.field("mind", words.MIND, mind, hint=words.MIND_HINT),
            blocks.context(words.MIND_NEXT),
        ],
        submit=words.SEE,
        metadata=json.dumps({"cause": cause}),
    )


@dataclass(frozen=True, slots=True)
class Filled:
    """What led to the form, and what was written."""

    cause: Id
    mind: str = ""


def filled(view: View) -> Filled:
    """What was submitted."""
    return payload.filled(Filled, view)


def problems(refusal: Refusal) -> dict[str, str]:
    """What is wrong with what was written."""
    if isinstance(refusal, Invalid):
        return {"mind": words.NO_MIND}
    return refusals.on_form(refusal, {}, "mind")

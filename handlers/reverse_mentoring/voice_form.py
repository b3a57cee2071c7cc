"""What a junior says of talking with a senior: the form, and how the senior reads five and more together."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import View
from handlers.block_kit.payload import Id
from relationships.reverse_mentoring.juniors_voice import Impression

FORM = "reverse.voice_form"
problems = refusals.under("impression")
_OPTIONS: Mapping[Impression, str] = {
    "tries": "They listen, and try things out",
    "listens": "They listen",
    "talks": "They mostly talk themselves",
}
_TOLD: Mapping[Impression, str] = {
    "tries": "that you listen and try things out",
    "listens": "that you listen",
    "talks": "that you mostly talk yourself",
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What was chosen in a mentorship; nothing where nothing was."""

    mentorship_id: Id
    impression: Impression | None = None


def form(mentorship_id: str, called: str) -> View:
    """Return the question; *called* is the senior."""
    options = [blocks.option(_OPTIONS[it], it) for it in get_args(Impression)]
    name = mrkdwn.inert(called)
    said = (
        f"{name} only reads it together with others: as a count, once five juniors have said something, "
        "and again after every five more."
    )
    return blocks.modal(
        FORM,
        "Talking with them",
        [
            blocks.field("impression", f"What is it like to talk with {called}?", blocks.radio(options)),
            blocks.context(said),
        ],
        submit="Say it",
        metadata=json.dumps({"mentorship_id": mentorship_id}),
    )


def filled(view: View) -> Filled:
    """Return what was submitted."""
    return payload.filled(Filled, view)


def told(counts: Mapping[Impression, int]) -> str:
    """Return what juniors say together, for the senior, the most frequent first."""
    order = sorted(_TOLD, key=lambda it: -counts.get(it, 0))
    parts = [f"{counts[it]} {_says(counts[it])} {_TOLD[it]}" for it in order if counts.get(it)]
    return f"What {sum(counts.values())} juniors say of talking with you: {', '.join(parts)}."


def _says(count: int) -> str:
    return "says" if count == 1 else "say"

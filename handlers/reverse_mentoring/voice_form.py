"""What a junior says of talking with a senior: the form."""

import json
from dataclasses import dataclass
from typing import get_args

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import View
from handlers.block_kit.payload import Id
from handlers.reverse_mentoring import words
from relationships.reverse_mentoring.juniors_voice import Impression

FORM = "reverse.voice_form"
problems = refusals.under("impression")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was chosen in a mentorship; nothing where nothing was."""

    mentorship_id: Id
    impression: Impression | None = None


def form(mentorship_id: str, called: str) -> View:
    """The question; *called* is the senior."""
    options = [blocks.option(words.IMPRESSIONS[it], it) for it in get_args(Impression)]
    said = words.read_together(mrkdwn.inert(called))
    return blocks.modal(
        FORM,
        words.TITLE,
        [
            blocks.field("impression", words.what_is_it_like(called), blocks.radio(options)),
            blocks.context(said),
        ],
        submit=words.SAY_IT,
        metadata=json.dumps({"mentorship_id": mentorship_id}),
    )


def filled(view: View) -> Filled:
    """What was submitted."""
    return payload.filled(Filled, view)

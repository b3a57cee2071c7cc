"""The form in which a senior says what they want to learn from a junior: builder, button and parser."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import Element, View
from handlers.block_kit.payload import Id
from handlers.interactions import topics_menu
from handlers.mentorships import texts as words
from kernel.desk import Desk
from kernel.values import TopicId
from mentoring.model.new_request import MOST_TOPICS
from relationships.mentor_search.wish import LONGEST
from relationships.mentorships.agreement import usual

OPEN = "reverse.form"
FORM = "reverse.wish"
problems = refusals.under("wants")
_HOW = (
    "I ask one person at a time: somebody earlier in their career, who is not in your reporting line. You "
    "read their name when they say yes."
)


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form. *cause* is what led to it, so that submitting twice begins one search."""

    cause: Id
    wants: str = ""
    topics: tuple[TopicId, ...] = ()
    draft_id: Id | None = None


def open_button() -> Element:
    """Return the button that opens an empty form."""
    return blocks.button("Learn from a junior colleague", OPEN, "form")


def form(filling: Filling, desk: Desk) -> View:
    """Return the form."""
    wants = blocks.text_input(
        initial=mrkdwn.fitting(filling.wants, LONGEST),
        multiline=True,
        placeholder="Use AI tools the way my team does",
        at_most=LONGEST,
    )
    fields = [
        blocks.field("wants", "What do you want to learn?", wants, hint="Whoever I ask reads this."),
        blocks.field(
            "topics",
            "What is it about?",
            topics_menu.menu(filling.topics, desk.topics, at_most=MOST_TOPICS),
            hint="Leave it empty, and I'll go by your words if they say enough.",
            optional=True,
        ),
        blocks.context(_HOW, f"Usually {words.whole_rhythm(usual('', is_reverse=True))}."),
    ]
    kept = {"cause": filling.cause} | ({"draft_id": filling.draft_id} if filling.draft_id else {})
    return blocks.modal(FORM, "Learn from a junior", fields, submit="Look", metadata=json.dumps(kept))


def filled(view: View) -> Filling:
    """Return what was submitted."""
    return payload.filled(Filling, view)

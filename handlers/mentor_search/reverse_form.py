"""The form in which a senior says what they want to learn from a junior: builder, button and parser."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import Element, View
from handlers.block_kit.payload import Id
from handlers.interactions import topics_menu
from handlers.mentor_search import words
from handlers.mentorships import words as mentorship_words
from kernel.desk import Desk
from kernel.values import TopicId
from mentoring.model.new_request import MOST_TOPICS
from relationships.mentor_search.wish import LONGEST
from relationships.mentorships.agreement import usual

OPEN = "reverse.form"
FORM = "reverse.wish"
problems = refusals.under("wants")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form. *cause* is what led to it, so that submitting twice begins one search."""

    cause: Id
    wants: str = ""
    topics: tuple[TopicId, ...] = ()
    draft_id: Id | None = None


def open_button() -> Element:
    """The button that opens an empty form."""
    return blocks.button(words.LEARN_FROM_JUNIOR, OPEN, "form")


def form(filling: Filling, desk: Desk) -> View:
    """The form."""
    usual_terms = usual("", is_reverse=True)
    wants = blocks.text_input(
        initial=mrkdwn.fitting(filling.wants, LONGEST),
        multiline=True,
        placeholder=words.FOR_INSTANCE_LEARN,
        at_most=LONGEST,
    )
    fields = [
        blocks.field("wants", words.WANT_TO_LEARN, wants, hint=words.WHOEVER_I_ASK_READS),
        blocks.field(
            "topics",
            words.ABOUT,
            topics_menu.menu(filling.topics, desk.topics, at_most=MOST_TOPICS),
            hint=words.MAY_BE_EMPTY,
            optional=True,
        ),
        blocks.context(words.ONE_AT_A_TIME, words.usually(mentorship_words.whole_rhythm(usual_terms))),
    ]
    kept = {"cause": filling.cause} | ({"draft_id": filling.draft_id} if filling.draft_id else {})
    return blocks.modal(FORM, words.LEARN, fields, submit=words.LOOK, metadata=json.dumps(kept))


def filled(view: View) -> Filling:
    """What was submitted."""
    return payload.filled(Filling, view)

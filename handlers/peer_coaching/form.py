"""The form of peer coaching: builder and parser. Block ids are the fields' names."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import View
from handlers.block_kit.payload import Id
from handlers.interactions import topics_menu
from handlers.peer_coaching import words
from kernel.desk import Desk
from kernel.values import TopicId
from matching.values import Urgency
from mentoring.model.new_request import MOST_TOPICS, NewRequest

FORM = "peer.form"
problems = refusals.under("question", prefer="topics", minutes="topics")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form. *cause* is what led to it, so that submitting twice files one request."""

    cause: Id
    question: str = ""
    topics: tuple[TopicId, ...] = ()
    draft_id: Id | None = None


def form(filling: Filling, desk: Desk) -> View:
    """The form."""
    question = blocks.text_input(
        initial=mrkdwn.opening(filling.question),
        multiline=True,
        placeholder=words.QUESTION_EXAMPLE,
    )
    menu = topics_menu.menu(filling.topics, desk.topics, at_most=MOST_TOPICS)
    kept = {"cause": filling.cause} | ({"draft_id": filling.draft_id} if filling.draft_id else {})
    return blocks.modal(
        FORM,
        words.TITLE,
        [
            blocks.section(words.how(desk.policy.peer_turn_minutes)),
            blocks.field("question", words.QUESTION, question, hint=words.WHO_SEES),
            blocks.field("topics", words.TOPICS, menu, hint=words.TOPICS_HINT, optional=True),
        ],
        submit=words.FIND,
        metadata=json.dumps(kept),
    )


def filled(view: View) -> Filling:
    """What was submitted."""
    return payload.filled(Filling, view)


def new_request(filling: Filling, ground: tuple[TopicId, ...], continued: str = "") -> NewRequest:
    """The request; with no topics chosen, on the person's own *ground*."""
    return NewRequest(
        question=filling.question,
        continued=continued,
        topics=filling.topics or ground,
        urgency=Urgency.THIS_WEEK,
        way="peer_coaching",
        draft_id=filling.draft_id,
    )

"""The form of peer coaching: builder and parser. Block ids are the fields' names."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import View
from handlers.block_kit.payload import Id
from handlers.interactions import topics_menu
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
    """Return the form."""
    minutes = desk.policy.peer_turn_minutes
    how = (
        f"I'll look for someone at your level, and you coach each other: {minutes} minutes for you, "
        f"{minutes} for them. I keep the time and bring the questions, so nobody needs to have done it "
        "before."
    )
    question = blocks.text_input(
        initial=mrkdwn.opening(filling.question),
        multiline=True,
        placeholder="I can't decide whether to lead the project",
    )
    menu = topics_menu.menu(filling.topics, desk.topics, at_most=MOST_TOPICS)
    hint = "Leave it empty, and I'll go by the topics that you learn or help with."
    kept = {"cause": filling.cause} | ({"draft_id": filling.draft_id} if filling.draft_id else {})
    return blocks.modal(
        FORM,
        "Coach each other",
        [
            blocks.section(how),
            blocks.field(
                "question", "What would you like to think through?", question, hint="Whoever I ask sees it."
            ),
            blocks.field("topics", "Which topic should you have in common?", menu, hint=hint, optional=True),
        ],
        submit="Find someone",
        metadata=json.dumps(kept),
    )


def filled(view: View) -> Filling:
    """Return what was submitted."""
    return payload.filled(Filling, view)


def new_request(filling: Filling, ground: tuple[TopicId, ...], continued: str = "") -> NewRequest:
    """Return the request; with no topics chosen, on the person's own *ground*."""
    return NewRequest(
        question=filling.question,
        continued=continued,
        topics=filling.topics or ground,
        urgency=Urgency.THIS_WEEK,
        way="peer_coaching",
        draft_id=filling.draft_id,
    )

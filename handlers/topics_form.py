"""The small form in which the topics of a request are changed: builder and parser."""

import json

from handlers import blocks, refusals, texts, topics_menu
from handlers.blocks import View
from mentoring.desk import Desk
from mentoring.errors import Refusal
from mentoring.new_request import MOST_TOPICS
from mentoring.request import Request
from mentoring.values import RequestId, TopicId

FORM = "request.topics_form"


def form(request: Request, desk: Desk) -> View:
    """Return the form with the request's topics chosen."""
    menu = topics_menu.menu(request.topics, desk.topics, at_most=MOST_TOPICS)
    shown = [texts.reminder(request.question), blocks.field("topics", "What is it about?", menu)]
    metadata = json.dumps({"request_id": request.id})
    return blocks.modal(FORM, "Change topics", shown, submit="Save", metadata=metadata)


def chosen(view: View) -> tuple[RequestId, tuple[TopicId, ...]]:
    """Return which request, and its new topics."""
    topics = topics_menu.chosen(view["state"]["values"]["topics"]["topics"])
    return RequestId(json.loads(view["private_metadata"])["request_id"]), topics


def problems(refusal: Refusal) -> dict[str, str]:
    """Return a refusal under the topics."""
    return refusals.on_form(refusal, {}, "topics")

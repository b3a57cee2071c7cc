"""The small form in which the topics of a request are changed: builder and parser."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, labels, payload, refusals, texts
from handlers.block_kit.blocks import View
from handlers.block_kit.payload import Id
from handlers.interactions import topics_menu
from handlers.requests import words
from kernel.desk import Desk
from kernel.values import RequestId, TopicId
from mentoring.model.new_request import MOST_TOPICS
from mentoring.model.request import Request

FORM = "request.topics_form"
problems = refusals.under("topics")


def form(request: Request, desk: Desk) -> View:
    """Return the form with the request's topics chosen."""
    menu = topics_menu.menu(request.topics, desk.topics, at_most=MOST_TOPICS)
    shown = [texts.reminder(request.question), blocks.field("topics", words.ABOUT, menu)]
    metadata = json.dumps({"request_id": request.id})
    return blocks.modal(FORM, words.CHANGE_TOPICS, shown, submit=labels.SAVE, metadata=metadata)


@dataclass(frozen=True, slots=True)
class _Filled:
    request_id: Id
    topics: tuple[TopicId, ...] = ()


def chosen(view: View) -> tuple[RequestId, tuple[TopicId, ...]]:
    """Return which request, and its new topics."""
    filled = payload.filled(_Filled, view)
    return RequestId(filled.request_id), filled.topics

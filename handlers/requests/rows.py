"""A question of mine on one line, as lists and the Home tab show it."""

from handlers.block_kit import blocks, labels, texts
from handlers.block_kit.blocks import Block, Element
from handlers.requests import card as request_card
from kernel.desk import Desk
from mentoring.model.request import HELD, Request

WRAP_UP = "session.wrap_up"


def wrap_up(session_id: str) -> Element:
    """The button that ends a session."""
    return blocks.button(labels.WRAP_UP, WRAP_UP, session_id)


def row(request: Request, desk: Desk) -> Block:
    """A question of mine on one line, with the way to withdraw it, or to wrap up its session."""
    about = texts.plainly(request.topics, desk.topics)
    said = f"{texts.quoted(request.question)}\n{labels.STATES[request.state]} · {about}"
    return blocks.row(said, _way_to_end(request))


def _way_to_end(request: Request) -> Element | None:
    if request.state in HELD and request.session_id:
        return wrap_up(request.session_id)
    can_withdraw = request.is_looking or request.state == "unanswered"
    return request_card.withdraw_button(request) if can_withdraw else None

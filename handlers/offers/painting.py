"""The cards of a question and of an offer, drawn as their session where there is one, else as they stand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from handlers.block_kit import texts
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Painter, Reader, drawn
from handlers.offers import card as offer_card
from handlers.offers.other_clock import other_clock
from handlers.requests import card as request_card
from handlers.requests.card import SearchState
from kernel.store import Key, Snapshot
from kernel.values import WORKSPACE
from mentoring.admins.admins import Admins, listed_admins
from mentoring.learning.waits import wait_estimate
from mentoring.model.alert import Alert, unanswered_id
from mentoring.model.offer import Offer, parts_of
from mentoring.model.person import Person
from mentoring.model.request import HELD, Request
from mentoring.model.session import Session
from mentoring.model.undo import can_undo
from mentoring.requests.completion import pending

# Draws a session, by its id, on the card of its question or offer; None where it has a card of its own.
TalkDrawn: TypeAlias = Callable[[str, Request, Snapshot, Reader], Picture | None]


def question_painter(talk: TalkDrawn) -> Painter:
    """The painter of a question's card: as its *talk* where there is one, else as its search."""

    async def paint(reader: Reader) -> Picture | None:
        return await _question_card(reader, talk)

    return paint


async def _question_card(reader: Reader, talk: TalkDrawn) -> Picture | None:
    def view(read: Snapshot) -> Picture | tuple[Request, SearchState, Callable[[Picture], Picture]] | None:
        request = read.find(Request, reader.id)
        if request is None:
            return None
        picture = talk(request.session_id, request, read, reader) if request.session_id else None
        return picture or (request, _search(read, request, reader.now), reader.over(read))

    load = [Key(Request, reader.id), Key(Admins, WORKSPACE), *reader.beside]
    seen = await reader.desk.store.look(view, load=load)
    if seen is None or isinstance(seen, Picture):
        return seen
    request, search, over = seen
    wait = await wait_estimate(reader.desk, request, reader.now) if request.is_looking else None
    return over(request_card.card(request, reader.desk, replace(search, wait=wait)))


def _search(read: Snapshot, request: Request, now: datetime) -> SearchState:
    session = read.find(Session, request.session_id) if request.session_id else None
    waiting = pending(read, request) if request.is_looking else []
    return SearchState(
        deadline=max((offer.deadline for offer in waiting), default=None),
        pending=len(waiting),
        alert=read.find(Alert, unanswered_id(request.id)) if request.told_admins_at else None,
        are_admins_known=listed_admins(read) is not None,
        is_reported=session is not None and request.asker_id in session.reported_by,
        can_undo=request.state == "withdrawn" and can_undo(request.ended_at, now),
    )


def offer_painter(talk: TalkDrawn) -> Painter:
    """The painter of an offer's card: as its *talk* where there is one, else as the offer stands."""

    def draw(offer: Offer, read: Snapshot, reader: Reader) -> Picture | None:
        request = read.find(Request, offer.request_id)
        if request is None:
            return None
        return talk(offer.id, request, read, reader) or _offer_card(offer, request, read, reader)

    return drawn(Offer, draw, lambda reader: [*about(reader), Key(Session, reader.id)])


def _offer_card(offer: Offer, request: Request, read: Snapshot, reader: Reader) -> Picture:
    asker = None if request.anonymous else read.find(Person, request.asker_id)
    helper = read.find(Person, reader.to)
    clock = other_clock(helper, asker, reader.desk.policy, offer.offered_at)
    until = helper.back_at if helper and helper.is_paused(reader.now) else None
    is_open = not request.is_ended and request.state not in HELD
    is_fresh = is_open and can_undo(offer.answered_at, reader.now)
    return offer_card.card(
        offer, request, reader.desk, clock, can_undo=is_fresh, paused_until=until, role=texts.role(asker)
    )


def about(reader: Reader) -> list[Key]:
    """What an offer, or the session that came of it, is drawn with, as far as its id names that."""
    request_id, helper_id = parts_of(reader.id)
    return [Key(Request, request_id), *(Key(Person, it) for it in dict.fromkeys((reader.to, helper_id)))]

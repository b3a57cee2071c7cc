"""A question as its asker sees it: its card while somebody is sought, and its rows of the Home tab."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from handlers.block_kit import blocks, paging
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Conversation, HomePart, Overview, Painter, Reader
from handlers.requests import card as request_card
from handlers.requests import form as request_form
from handlers.requests import my_requests, rows, twice, which_topic, words
from handlers.requests.card import SearchState
from kernel.errors import AskedAlready, HasHelper, OwnRequest, TooManyOpen
from kernel.store import Key, Snapshot
from mentoring.admins.admins import WORKSPACE, Admins, listed_admins
from mentoring.admins.alerts import Alert, unanswered_id
from mentoring.features import REQUESTS as FEATURE
from mentoring.learning.waits import wait_estimate
from mentoring.model.request import OPEN_REQUESTS, REQUESTS, Request
from mentoring.model.session import Session
from mentoring.model.undo import can_undo
from mentoring.requests.completion import pending

MOST = 20
# Draws a talk, by its id, on the card of its question or offer; None where it has a card of its own.
TalkDrawn: TypeAlias = Callable[[str, Request, Snapshot, Reader], Picture | None]


def painter(talk: TalkDrawn) -> Painter:
    """Return the painter of a question's card: as its *talk* where there is one, else as its search."""

    async def paint(reader: Reader) -> Picture | None:
        return await _card(reader, talk)

    return paint


async def _card(reader: Reader, talk: TalkDrawn) -> Picture | None:
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


def _section(overview: Overview) -> list[Block]:
    open_ones = overview.of(OPEN_REQUESTS, Request)[: overview.desk.policy.open_requests][:MOST]
    total = overview.total(REQUESTS)
    everything = blocks.button(words.all_questions(total), paging.REQUESTS, "home") if total else None
    nothing = blocks.section(words.NONE_OPEN)
    shown = [rows.row(request, overview.desk) for request in open_ones]
    return [blocks.header(words.MY_QUESTIONS), *(shown or [nothing]), *blocks.actions([everything])]


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(my_requests.register, which_topic.register, twice.register),
    home=(
        HomePart(
            name="requests",
            lists={OPEN_REQUESTS: Request},
            most=MOST,
            counts=(REQUESTS,),
            section=_section,
            stands_at=10,
        ),
    ),
    answers_itself=frozenset({request_form.ASK}),
    refusals={
        HasHelper: lambda no: words.TAKEN_BY_SOMEBODY,
        AskedAlready: lambda no: words.ASKED_ALREADY,
        OwnRequest: lambda no: words.OWN_QUESTION,
        TooManyOpen: lambda no: words.too_many_open(no.limit),
    },
    field_refusals=words.FIELD_REFUSALS,
)

"""Long texts and long lists in a window, a page at a time: a whole question, my questions and sessions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self, TypeAlias

from pydantic import AwareDatetime

from handlers.block_kit import blocks, labels, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Number, Sent
from kernel.values import PersonId
from mentoring.model.request import Request
from mentoring.model.session import Session

OPEN = "reading.open"
PAGE = "reading.page"
OLDER = "reading.older"
NEWER = "reading.newer"
NEWEST = "reading.newest"
REQUESTS: Literal["reading.requests"] = "reading.requests"
SESSIONS: Literal["reading.sessions"] = "reading.sessions"
List: TypeAlias = Literal["reading.requests", "reading.sessions"]
PER_PAGE = 10
_LINE = 120  # what a list shows of a question
_WAY_BACK = 40  # pages that can be turned back one by one: what a button's value holds
_SECTIONS = 12  # blocks of text on one page: well inside what one view may weigh


def open_button(request: Request) -> Element | None:
    """The button that shows a question in full, where it is longer than a card."""
    return blocks.button(labels.READ_THE_REST, OPEN, request.id) if request.continued else None


def text(whole: str, request_id: str, page: int = 0) -> View:
    """One page of a long text."""
    pieces = texts.whole(whole)
    shown = pieces[page * _SECTIONS : (page + 1) * _SECTIONS]
    more = (page + 1) * _SECTIONS < len(pieces)
    next_page = json.dumps({"request_id": request_id, "page": page + 1})
    turn = blocks.actions([blocks.button(labels.NEXT_PART, PAGE, next_page) if more else None])
    return blocks.modal(
        "reading", labels.WHOLE_QUESTION, [*shown, *turn] or [blocks.section(labels.NOTHING_MORE)]
    )


class _Turned(Sent):
    request_id: Id
    page: Number


def text_page(value: str) -> tuple[str, int]:
    """The request and the page that a button turns to."""
    place = payload.parsed(_Turned, value)
    return place.request_id, place.page


class ListPosition(Sent):
    """A page of a list: what it begins *before*, and what those on the way to it do, the newest first."""

    list: List
    before: AwareDatetime | None = None
    way: tuple[AwareDatetime | None, ...] = ()
    number: Number = 0

    def older(self, before: datetime) -> Self:
        """The next page."""
        way = (*self.way, self.before)[-_WAY_BACK:]
        return self.model_copy(update={"before": before, "way": way, "number": self.number + 1})

    def newer(self) -> Self | None:
        """The page before this one, if one is known."""
        if not self.way:
            return None
        back = {"before": self.way[-1], "way": self.way[:-1], "number": self.number - 1}
        return self.model_copy(update=back)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of past things: *older* is where the next one begins, *total* how many there are in all."""

    items: Sequence[Request] | Sequence[tuple[Session, Request]]
    older: datetime | None
    place: ListPosition
    total: int


def requests(page: Page) -> View:
    """A page of my questions."""
    rows = [row for one in page.items if isinstance(one, Request) for row in _request(one)]
    return _list(labels.MY_QUESTIONS, rows, page)


def sessions(page: Page, me: PersonId) -> View:
    """A page of my sessions."""
    rows = [row for one in page.items if isinstance(one, tuple) for row in _session(*one, me)]
    return _list(labels.MY_TALKS, rows, page)


def counted(first: int, shown: int, total: int) -> str:
    """Which of all are shown, after the *first* that are not."""
    return labels.range_of(first + 1, first + shown, total)


def _list(title: str, rows: Sequence[Block], page: Page) -> View:
    here = page.place
    turns = {
        (labels.NEWEST, NEWEST): ListPosition(list=here.list) if here.number > 1 else None,
        (labels.NEWER, NEWER): here.newer(),
        (labels.OLDER, OLDER): here.older(page.older) if page.older else None,
    }
    buttons = [blocks.button(*name, to.model_dump_json()) for name, to in turns.items() if to]
    first = here.number * PER_PAGE
    count = [blocks.context(counted(first, len(page.items), page.total))] if page.items else []
    shown = [*rows, *count] or [blocks.section(labels.NOTHING_YET)]
    return blocks.modal(here.list, title, [*shown, *blocks.actions(buttons)])


def list_position(value: str) -> ListPosition:
    """To which page of which list a button turns."""
    return payload.parsed(ListPosition, value)


def _request(request: Request) -> list[Block]:
    state = f"_{labels.STATES[request.state]}_ · {mrkdwn.day(request.asked_at)}"
    return [texts.reminder(request.question, _LINE), blocks.context(state)]


def _session(session: Session, request: Request, me: PersonId) -> list[Block]:
    who = labels.SOMEONE if session.is_hidden else mrkdwn.mention(session.other(me))
    took = labels.minutes(session.spent_minutes) if session.spent_minutes else ""
    is_off = not session.is_open and not session.was_held
    facts = [who, mrkdwn.day(session.starts_at), labels.NOT_TALKED if is_off else took]
    when = " · ".join(filter(None, facts))
    return [texts.reminder(request.question, _LINE), blocks.context(when)]

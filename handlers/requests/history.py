"""What a person may look back on: their questions, their sessions, and a question they may read in full."""

from collections.abc import Iterable

from handlers.block_kit import paging
from handlers.block_kit.blocks import View
from handlers.block_kit.paging import PER_PAGE, ListPosition, Page
from handlers.requests import words
from kernel.desk import Desk
from kernel.errors import NotYours
from kernel.store import Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from mentoring.model.request import REQUESTS, Request
from mentoring.model.session import SESSIONS, Session


async def page(desk: Desk, me: PersonId, place: ListPosition) -> View:
    """One page of my questions or sessions."""
    return await (_requests if place.list == paging.REQUESTS else _sessions)(desk, me, place)


async def _requests(desk: Desk, me: PersonId, place: ListPosition) -> View:
    found = await desk.store.ids(REQUESTS.of(me), limit=PER_PAGE + 1, before=place.before)
    items = await desk.store.look(lambda read: read.all(Request, found[:PER_PAGE]))
    older = items[-1].asked_at if items and len(found) > PER_PAGE else None
    return paging.requests(Page(items, older, place, await desk.store.count(REQUESTS.of(me))))


async def _sessions(desk: Desk, me: PersonId, place: ListPosition) -> View:
    found = await desk.store.ids(SESSIONS.of(me), limit=PER_PAGE + 1, before=place.before)
    items = await desk.store.look(lambda read: talks(read, found[:PER_PAGE]))
    older = items[-1][0].began_at if items and len(found) > PER_PAGE else None
    return paging.sessions(Page(items, older, place, await desk.store.count(SESSIONS.of(me))), me)


def talks(read: Snapshot, ids: Iterable[str]) -> list[tuple[Session, Request]]:
    """Sessions with their requests; those of which one is gone are left out."""
    sessions = read.all(Session, ids)
    requests = {it.id: it for it in read.all(Request, [session.request_id for session in sessions])}
    return [(it, requests[it.request_id]) for it in sessions if it.request_id in requests]


def called(read: Snapshot, session: Session, me: PersonId) -> str:
    """What a session's other person is called where no mention can stand: a name, or a role."""
    other = None if session.is_hidden else read.find(Person, session.other(me))
    role = words.YOUR_MENTOR if me == session.asker_id else words.WHO_ASKED
    return other.called if other and other.called else role


async def whole(desk: Desk, me: PersonId, request_id: str) -> str:
    """The whole text of a question to those who may read it: its asker and whoever was asked."""
    request = await desk.get(Request, request_id)
    if me not in {request.asker_id, request.helper_id, *(it.helper_id for it in request.asked)}:
        raise NotYours
    return f"{request.question} {request.continued}".rstrip()

"""What became of past requests, from what is stored of them: for learning, replays and honest waits.

It takes the question's own words, its topics, who was asked, who helped, when, and whether it was of use.
It leaves names, addresses, and every word that two people said to each other or about it.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.desk import Desk
from kernel.store import Key, Snapshot
from kernel.values import PersonId, RequestId
from matching.ranking.reporting_lines import ReportingLines
from matching.values import Ask, Lane
from mentoring.model.ask import as_ask
from mentoring.model.check import Check, role_ids
from mentoring.model.offer import Offer, offer_of
from mentoring.model.person import Person, stranger
from mentoring.model.request import NAMED, Request, Way
from mentoring.model.session import Session
from mentoring.sessions.feedback import Feedback, feedback_id

__all__ = ["Approached", "PastRequest", "SessionOutcome", "past_requests", "trail"]

MOST, PAGE = 20_000, 25
OWN_ANSWERS = frozenset({"accepted", "declined", "passed_on"})


@dataclass(frozen=True, slots=True)
class Approached:
    """That a helper was asked. *answered_at*: the moment of the helper's own answer, whatever it was."""

    helper_id: PersonId
    lane: Lane
    offered_at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionOutcome:
    """What came of a session that was held to its end. *worked* is None as long as the asker has not said.

    *known_at* is when what stands here was known: the end of the session, or the asker's word on it.
    """

    ended_at: datetime
    known_at: datetime
    worked: bool | None = None


@dataclass(frozen=True, slots=True)
class PastRequest:
    """One request as it went. The ask is what a ranking reads, with topics and people as they are now.

    Whoever accepted last is the helper. *ended_at* is the end of the request, whatever it was.
    """

    ask: Ask
    asked_at: datetime
    approached: tuple[Approached, ...] = ()
    helper_id: PersonId | None = None
    lane: Lane | None = None
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: SessionOutcome | None = None
    way: Way = "help"


async def trail(
    desk: Desk, since: datetime | None = None, until: datetime | None = None, *, most: int = MOST
) -> AsyncIterator[PastRequest]:
    """Yield the requests asked from *since* to before *until*, the oldest first, the latest *most* of them.

    What is kept is `policy.retention.request_days` long. Only a page of documents is held at a time.
    """
    newest_first = await desk.store.ids("requests", limit=most, before=until, since=since)
    for start in range(len(newest_first), 0, -PAGE):
        page = [RequestId(id) for id in newest_first[max(0, start - PAGE) : start]]
        for past in await past_requests(desk, page[::-1]):
            yield past


async def past_requests(desk: Desk, ids: Sequence[RequestId]) -> list[PastRequest]:
    """What became of a few requests; one that was dropped meanwhile is left out."""
    found = await desk.store.look(lambda read: read.all(Request, ids))
    lines = (await desk.directory.index()).lines
    keys = [key for request in found for key in _belongings(request, desk)]
    return await desk.store.look(
        lambda read: [_past(read, request, desk, lines) for request in found], load=keys
    )


def _belongings(request: Request, desk: Desk) -> Iterator[Key]:
    """Yield the key of everything that is read beside a request."""
    yield Key(Person, request.asker_id)
    yield from (Key(Offer, offer_of(request, asked.helper_id)) for asked in request.asked)
    if request.session_id is not None:
        yield Key(Session, request.session_id)
        yield Key(Feedback, feedback_id(request.session_id, request.asker_id))
        yield from (Key(Check, id) for id in role_ids(request.session_id, desk.policy, "asker"))


def _past(read: Snapshot, request: Request, desk: Desk, lines: ReportingLines) -> PastRequest:
    return PastRequest(
        ask=_ask(read, request, desk, lines),
        asked_at=request.asked_at,
        approached=tuple(_approached(read, request)),
        helper_id=request.helper_id,
        lane=next((asked.lane for asked in request.asked if asked.helper_id == request.helper_id), None),
        accepted_at=request.accepted_at,
        ended_at=request.ended_at,
        outcome=_outcome(read, request, desk),
        way=request.way,
    )


def _ask(read: Snapshot, request: Request, desk: Desk, lines: ReportingLines) -> Ask:
    """The ask as it was made, before anybody was asked."""
    asker = read.find(Person, request.asker_id) or stranger(request.asker_id, request.asked_at)
    apart = frozenset({asker.id, *asker.do_not_match, *lines.around(asker.id)})
    named = frozenset(asked.helper_id for asked in request.asked if asked.wave == NAMED)
    return replace(as_ask(request, asker, desk), excluded=apart, wanted=named)


def _approached(read: Snapshot, request: Request) -> Iterator[Approached]:
    for each in request.asked:
        offer = read.find(Offer, offer_of(request, each.helper_id))
        is_last = offer is not None and offer.offered_at == each.offered_at
        answered = offer.answered_at if offer and is_last and offer.state in OWN_ANSWERS else None
        yield Approached(each.helper_id, each.lane, each.offered_at, answered)


def _outcome(read: Snapshot, request: Request, desk: Desk) -> SessionOutcome | None:
    """What came of the session that ended the request; one that was broken off is not the request's."""
    session = read.find(Session, request.session_id) if request.session_id else None
    if session is None or session.ended_at is None:
        return None
    said = [*_said_at_once(read, session), *_said_later(read, session, desk)]
    # Advice that was used in the end has worked, whatever was thought of it on the day.
    worked, at = min(said, key=lambda it: (not it[0], it[1]), default=(None, session.ended_at))
    return SessionOutcome(session.ended_at, max(at, session.ended_at), worked)


def _said_at_once(read: Snapshot, session: Session) -> Iterator[tuple[bool, datetime]]:
    feedback = read.find(Feedback, feedback_id(session.id, session.asker_id))
    if feedback is not None and feedback.helped and feedback.answered_at:
        yield feedback.helped == "yes", feedback.answered_at


def _said_later(read: Snapshot, session: Session, desk: Desk) -> Iterator[tuple[bool, datetime]]:
    for id in role_ids(session.id, desk.policy, "asker"):
        check = read.find(Check, id)
        if check is not None and check.is_final and check.answered_at:
            yield check.answer == "used", check.answered_at

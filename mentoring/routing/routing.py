"""The way of a request to a helper: one at a time, then several at once, then the ways out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kernel.desk import Desk
from kernel.presence import UNKNOWN
from kernel.store import NONE, Changes, Due, Key, Snapshot, together
from kernel.values import PersonId, RequestId
from matching.values import Match
from mentoring.model.load import Load
from mentoring.model.offer import Offer, offer_of
from mentoring.model.person import Person, stranger
from mentoring.model.request import Request
from mentoring.requests.completion import offers_ended, pending
from mentoring.routing.next_offers import SearchRead, left_unanswered, next_wave
from mentoring.routing.shortlist import Shortlist, shortlist

PRELOADED = 8


async def route(desk: Desk, request_id: RequestId, now: datetime, due: Due | None = None) -> None:
    """Ask the next helper or helpers, unless somebody is being asked, or show the ways out.

    Doing it again, or twice at the same time, changes nothing: the commit looks at what is true then. Before
    anyone was asked, features look first, and it may have to wait for what one of them has found.
    """
    request, asker = await desk.store.look(
        lambda read: _read(read, request_id, now), load=[Key(Request, request_id)]
    )
    is_sought = request is not None and request.is_looking
    if request and is_sought and not request.asked:
        for look in desk.first_looks:
            if await look(desk, request, now, due):
                return
    found = await _found(desk, request, asker, now) if request and is_sought else Shortlist()

    def decide(read: Snapshot) -> tuple[None, Changes]:
        request, asker = _read(read, request_id, now)
        if request is None or not _is_due(read, request):
            return None, NONE
        search = SearchRead(read, asker, desk.policy, found.seen, now, found.beyond)
        return None, next_wave(search, request, found.matches)

    await desk.store.commit(decide, load=_keys(request_id, request, found.matches), due=due)


async def _found(desk: Desk, request: Request, asker: Person, now: datetime) -> Shortlist:
    """Who could be asked, and how reachable a person is who was asked for by name."""
    found = await shortlist(desk, request, asker, now)
    if request.prefer is None:
        return found
    named = (await desk.presence.look([request.prefer])).get(request.prefer, UNKNOWN)
    return replace(found, seen={**found.seen, request.prefer: named})


async def run_out(desk: Desk, request_id: RequestId, now: datetime, due: Due | None = None) -> None:
    """Stop asking when help is no longer needed, and show the ways out."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        request = read.find(Request, request_id)
        if request is None or not request.is_looking or now < request.needed_by:
            return None, NONE
        expired = [offer.expire(now) for offer in pending(read, request)]
        return None, together(offers_ended(read, expired), left_unanswered(request, "too_late", now))

    await desk.store.commit(decide, load=[Key(Request, request_id)], due=due)


def _is_due(read: Snapshot, request: Request) -> bool:
    """Whether someone else is to be asked: nobody is, or a person was named."""
    return request.is_looking and (request.prefer is not None or not pending(read, request))


def _read(read: Snapshot, request_id: RequestId, now: datetime) -> tuple[Request | None, Person]:
    request = read.find(Request, request_id)
    asker_id = request.asker_id if request else PersonId("")
    return request, (read.find(Person, asker_id) if request else None) or stranger(asker_id, now)


def _keys(request_id: RequestId, request: Request | None, matches: Sequence[Match]) -> list[Key]:
    """What a decision will surely read: the request, both sides, offers made and to be made."""
    if request is None:
        return [Key(Request, request_id)]
    near = [PersonId(match.helper_id) for match in matches[:PRELOADED]]
    people = [Key(kind, id) for id in (request.asker_id, *near) for kind in (Person, Load)]
    asked = dict.fromkeys([*(approach.helper_id for approach in request.asked), *near])
    return [Key(Request, request_id), *people, *(Key(Offer, offer_of(request, id)) for id in asked)]

"""Undoing for a while: a question that was withdrawn is open again, and cards lose *Undo* in time."""

from collections.abc import Sequence
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import CannotHelp
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot
from kernel.values import PersonId, RequestId
from mentoring.model.load import Load, load_of
from mentoring.model.offer import OFFER_EXPIRES, Offer
from mentoring.model.person import Person, check_can_help, stranger
from mentoring.model.request import FORGET_REQUEST, OVERDUE, Request
from mentoring.requests.completion import offers_of
from mentoring.requests.requests import check_new, own_request, search_begun


async def over(desk: Desk, what: str, now: datetime, due: Due) -> None:
    """Show a card anew, *what* being its reader and its thing, since what it says is over."""
    to, _, thing = what.partition(" ")
    await desk.store.commit(lambda _: (None, Changes(show=[Show(thing, to=PersonId(to))])), due=due)


async def withdrawal(desk: Desk, me: PersonId, request_id: RequestId, now: datetime) -> Request:
    """Take a withdrawal back: whoever was being asked then is asked again, and else the search begins anew.

    Refused after a while (UndoOver), while just this is asked in another question, or with too many open.
    """

    def decide(read: Snapshot) -> tuple[Request, Changes]:
        before = own_request(read, request_id, me)
        if before.is_looking:
            return before, NONE
        offers = _asked_again(read, before, now)
        request = before.reopen(now, is_asked=bool(offers))
        check_new(read, request)
        load = load_of(read, me).with_request(request.id, desk.policy.open_requests)
        searched = [Later(OVERDUE, request.id, request.needed_by)] if offers else search_begun(request, now)
        return request, Changes(
            put=[request, load, *offers, *_carried(read, offers)],
            later=[*searched, Never(FORGET_REQUEST, request.id), *expiring(offers)],
            show=[*request.shows(), *(offer.show for offer in offers)],
        )

    return await desk.store.commit(decide, load=[Key(Request, request_id), Key(Load, me)])


def expiring(offers: Sequence[Offer]) -> list[Later]:
    """When offers that wait for an answer again run out."""
    return [Later(OFFER_EXPIRES, offer.id, offer.deadline) for offer in offers]


def _asked_again(read: Snapshot, request: Request, now: datetime) -> list[Offer]:
    """The offers that ended with a question, pending again, of helpers who can still be asked."""
    ended = [offer for offer in offers_of(read, request) if offer.answered_at == request.ended_at]
    return [
        offer.renew()
        for offer in ended
        if offer.state == "withdrawn" and _is_there(read, request, offer, now)
    ]


def _is_there(read: Snapshot, request: Request, offer: Offer, now: datetime) -> bool:
    asker = read.find(Person, request.asker_id) or stranger(request.asker_id, now)
    helper = read.find(Person, offer.helper_id)
    if helper is None or now >= offer.deadline:
        return False
    try:
        check_can_help(asker, helper, now)
    except CannotHelp:
        return False
    return True


def _carried(read: Snapshot, offers: Sequence[Offer]) -> list[Load]:
    return [load_of(read, offer.helper_id).with_offer_again(offer.id) for offer in offers]

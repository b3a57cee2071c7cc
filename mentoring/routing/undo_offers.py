"""Undoing a helper's no: for a while, and until somebody else has said yes."""

from datetime import datetime

from kernel.desk import Desk
from kernel.errors import NotYours
from kernel.store import NONE, Changes, Key, Later, Never, Snapshot, together
from kernel.values import OfferId, PersonId
from mentoring.model.load import Load, load_of
from mentoring.model.offer import Offer, parts_of
from mentoring.model.person import Person, check_member, stranger
from mentoring.model.request import GIVE_UP, OVERDUE, ROUTE, Request
from mentoring.requests.completion import offers_ended, pending
from mentoring.requests.undo import expiring


async def undo(desk: Desk, offer_id: OfferId, me: PersonId, now: datetime) -> Offer:
    """Take back *not now*, or that someone else fits better; whoever was asked meanwhile stays asked.

    But who was named, and has not answered yet, is asked no longer. Refused after a while (UndoOver), and
    where it has become pointless: AlreadyTaken, OfferOver. Doing it twice changes nothing.
    """

    def decide(read: Snapshot) -> tuple[Offer, Changes]:
        before = read.get(Offer, offer_id)
        if before.helper_id != me:
            raise NotYours
        check_member(read.find(Person, me) or stranger(me, now))
        if before.is_pending:
            return before, NONE
        offer = before.undo(now)
        request = read.get(Request, before.request_id).ask_again(me)
        named = [
            open_offer.withdraw(now) for open_offer in pending(read, request) if open_offer.handed_by == me
        ]
        load = load_of(read, me).with_offer_again(offer.id).without_reply(before.reply)
        again = Changes(
            put=[offer, request, load],
            later=[*_answered_by(request), *expiring([offer])],
            show=[offer.show, *request.shows()],
        )
        return offer, together(offers_ended(read, named), again)

    request_id, _ = parts_of(offer_id)
    keys = [Key(Offer, offer_id), Key(Request, request_id), Key(Load, me), Key(Person, me)]
    return await desk.store.commit(decide, load=keys)


def _answered_by(request: Request) -> list[Later | Never]:
    overdue = Later(OVERDUE, request.id, request.needed_by)
    return [overdue, *(Never(kind, request.id) for kind in (ROUTE, GIVE_UP))]

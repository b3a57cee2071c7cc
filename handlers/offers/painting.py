"""The card of an offer, read and drawn: as its talk where there is one, else as the offer stands."""

from handlers.block_kit import texts
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Painter, Reader, drawn
from handlers.offers import card as offer_card
from handlers.offers.other_clock import other_clock
from handlers.requests.painting import TalkDrawn
from kernel.store import Key, Snapshot
from mentoring.model.offer import Offer, parts_of
from mentoring.model.person import Person
from mentoring.model.request import HELD, Request
from mentoring.model.session import Session
from mentoring.model.undo import can_undo as can_be_undone


def painter(talk: TalkDrawn) -> Painter:
    """Return the painter of an offer's card: as its *talk* where there is one, else as the offer stands."""

    def draw(offer: Offer, read: Snapshot, reader: Reader) -> Picture | None:
        request = read.find(Request, offer.request_id)
        if request is None:
            return None
        return talk(offer.id, request, read, reader) or _card(offer, request, read, reader)

    return drawn(Offer, draw, lambda reader: [*about(reader), Key(Session, reader.id)])


def _card(offer: Offer, request: Request, read: Snapshot, reader: Reader) -> Picture:
    asker = None if request.anonymous else read.find(Person, request.asker_id)
    helper = read.find(Person, reader.to)
    clock = other_clock(helper, asker, reader.desk.policy, offer.offered_at)
    until = helper.back_at if helper and helper.is_paused(reader.now) else None
    is_open = not request.is_ended and request.state not in HELD
    can_undo = is_open and can_be_undone(offer.answered_at, reader.now)
    return offer_card.card(
        offer, request, reader.desk, clock, can_undo=can_undo, paused_until=until, role=texts.role(asker)
    )


def about(reader: Reader) -> list[Key]:
    """Return what an offer, or the talk that came of it, is drawn with, as far as its id names that."""
    request_id, helper_id = parts_of(reader.id)
    return [Key(Request, request_id), *(Key(Person, it) for it in dict.fromkeys((reader.to, helper_id)))]

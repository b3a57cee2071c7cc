"""A question as helpers see it: an offer's card, the post in a channel, and what waits on the Home tab."""

from collections.abc import Mapping, Sequence

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Conversation, HomePart, Overview, Painter, Reader, drawn
from handlers.offers import card as offer_card
from handlers.offers import channel_post, offers
from handlers.offers.other_clock import other_clock
from handlers.requests.feature import TalkDrawn
from kernel.desk import Desk
from kernel.errors import AlreadyTaken, CannotHelp, HelperFull, OfferOver
from kernel.kinds import ListName
from kernel.store import Key, Snapshot
from kernel.values import Document
from mentoring.features import OFFERS as FEATURE
from mentoring.model.offer import PENDING_OFFERS, Offer, parts_of
from mentoring.model.person import Person
from mentoring.model.request import HELD, POST, Request
from mentoring.model.session import Session
from mentoring.model.undo import can_undo as can_be_undone

LINE = 120  # what a row shows of a text
_WHY_NOT = {
    "self": "That's you. Choose somebody else.",
    "asker": "{who} asked this question. Choose somebody else.",
    "guest": "{who} is a guest here, so I can't ask them. Choose a member of this workspace.",
    "outside": "{who} belongs to another workspace, so I can't ask them. Choose a member of this one.",
    "left": "{who} doesn't work here any more. Choose somebody else.",
    "bot": "{who} is an app. Choose a person.",
    "unknown": "I'm looking {who} up, whom I don't know yet. Choose somebody else, or try again in a minute.",
}
_NOT_ABOUT_THIS = "I can't ask {who} about this. Choose somebody else, or leave it empty."


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
    request_id, helper = parts_of(reader.id)
    return [Key(Request, request_id), *(Key(Person, it) for it in dict.fromkeys((reader.to, helper)))]


def _asked(read: Snapshot, documents: Mapping[ListName, Sequence[Document]]) -> Mapping[str, Request]:
    ids = [it.request_id for it in documents[PENDING_OFFERS] if isinstance(it, Offer)]
    return {it.id: it for it in read.all(Request, ids)}


def _waiting(overview: Overview) -> list[Block]:
    requests: Mapping[str, Request] = overview.related["offers"]
    return [
        row
        for offer in overview.of(PENDING_OFFERS, Offer)
        if offer.request_id in requests
        for row in _row(offer, requests[offer.request_id], overview.desk)
    ]


def _row(offer: Offer, request: Request, desk: Desk) -> list[Block]:
    who = "Someone" if request.anonymous else mrkdwn.mention(request.asker_id)
    about = texts.topics(request.topics, desk.topics)
    return [
        blocks.section(f"{who} asks about {about}, until {mrkdwn.moment(offer.deadline)}:"),
        texts.reminder(request.question, LINE),
        *blocks.actions(
            [
                blocks.button("I can help", offer_card.ACCEPT, offer.id, style="primary"),
                blocks.button("Not now", offer_card.DECLINE, offer.id),
            ]
        ),
    ]


def _cannot_help(refusal: CannotHelp) -> str:
    words = _WHY_NOT.get(refusal.why, _NOT_ABOUT_THIS)
    return words.format(who=mrkdwn.mention(refusal.person_id))


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(offers.register,),
    painters={POST: drawn(Request, lambda request, _read, reader: channel_post.card(request, reader.desk))},
    home=(
        HomePart(
            name="offers",
            lists={PENDING_OFFERS: Offer},
            counts=(PENDING_OFFERS,),
            waits_in=(PENDING_OFFERS,),
            also=_asked,
            waiting=_waiting,
            waits_at=20,
        ),
    ),
    refusals={
        AlreadyTaken: lambda no: "Somebody else has said yes to this already. Thank you for offering!",
        OfferOver: lambda no: "You don't need to answer this one any more. Thank you for looking!",
        HelperFull: lambda no: (
            "You have no room left for this talk, by open talks or by minutes this week. Wrap up an open "
            "talk, or look at your weekly minutes in `/ask-mentor profile`."
        ),
        CannotHelp: _cannot_help,
    },
)

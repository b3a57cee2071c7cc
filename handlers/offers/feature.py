"""A question as helpers see it: an offer's card, the post in a channel, and what waits on the Home tab."""

from collections.abc import Mapping, Sequence

from handlers.block_kit import blocks, labels, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.interactions.conversation import Conversation, HomePart, Overview, drawn
from handlers.offers import card as offer_card
from handlers.offers import channel_post, offers, words
from kernel.desk import Desk
from kernel.errors import AlreadyTaken, CannotHelp, HelperFull, OfferOver
from kernel.kinds import ListName
from kernel.store import Snapshot
from kernel.values import Document
from mentoring.features import OFFERS as FEATURE
from mentoring.model.offer import PENDING_OFFERS, Offer
from mentoring.model.request import POST, Request

LINE = 120  # what a row shows of a text


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
    who = words.SOMEONE if request.anonymous else mrkdwn.mention(request.asker_id)
    about = texts.topics(request.topics, desk.topics)
    return [
        blocks.section(words.asks_about(who, about, mrkdwn.moment(offer.deadline))),
        texts.reminder(request.question, LINE),
        *blocks.actions(
            [
                blocks.button(words.I_CAN_HELP, offer_card.ACCEPT, offer.id, style="primary"),
                blocks.button(labels.NOT_NOW, offer_card.DECLINE, offer.id),
            ]
        ),
    ]


def _cannot_help(refusal: CannotHelp) -> str:
    said = words.WHY_NOT.get(refusal.why, words.NOT_ABOUT_THIS)
    return said.format(who=mrkdwn.mention(refusal.person_id))


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
        AlreadyTaken: lambda no: words.TAKEN,
        OfferOver: lambda no: words.NO_NEED_TO_ANSWER,
        HelperFull: lambda no: words.NO_ROOM,
        CannotHelp: _cannot_help,
    },
)

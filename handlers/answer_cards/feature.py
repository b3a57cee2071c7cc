"""Answer cards: as the two see them, on cards of questions and sessions, and what waits on the Home tab."""

from collections.abc import Callable
from dataclasses import replace

from handlers.answer_cards import answer_cards, card, found, words
from handlers.block_kit import blocks
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import (
    Conversation,
    HomePart,
    Overlay,
    Overview,
    Reader,
    drawn,
    unchanged,
)
from handlers.interactions.sub_words import SubWord
from kernel.errors import Refusal
from kernel.store import Key, Snapshot
from mentoring.model.offer import Offer, parts_of
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import Session
from relationships.answer_cards.answer_card import CARDS_TO_AGREE, AnswerCard
from relationships.answer_cards.answer_cards import ForAdmins, NoCardOfThis, talk_of
from relationships.answer_cards.feature import FEATURE


def _beside_offer(reader: Reader) -> list[Key]:
    request_id, _ = parts_of(reader.id)
    return [Key(Session, reader.id), Key(Request, request_id), Key(AnswerCard, reader.id)]


def _card(it: AnswerCard, read: Snapshot, reader: Reader) -> Picture | None:
    others = read.all(Person, [each for each in it.both if each != reader.to])
    return card.card(it, reader.to, has_other_left=any(other.is_gone for other in others))


def _after_talk(read: Snapshot, reader: Reader) -> Callable[[Picture], Picture]:
    """What adds, to a helper's card of a session that is over, the way to write the answer down."""
    try:
        talk_of(read, reader.desk, reader.id, reader.to, reader.now)
    except Refusal:
        return unchanged

    def add(picture: Picture) -> Picture:
        shown = [*picture.blocks, *card.invitation(reader.id)][:50]
        return replace(picture, blocks=shown, text=blocks.spoken(shown))

    return add


def _waiting(overview: Overview) -> list[Block]:
    return [
        row
        for it in overview.of(CARDS_TO_AGREE, AnswerCard)
        for row in (blocks.section(card.question_to_agree(it, overview.me)), *card.to_agree(it))
    ]


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(answer_cards.register,),
    painters={AnswerCard.kind: drawn(AnswerCard, _card)},
    overlays={
        Request.kind: Overlay(found.beside, found.seen),
        Offer.kind: Overlay(_beside_offer, _after_talk),
    },
    home=(
        HomePart(
            name="answer cards",
            lists={CARDS_TO_AGREE: AnswerCard},
            most=3,
            counts=(CARDS_TO_AGREE,),
            waits_in=(CARDS_TO_AGREE,),
            waiting=_waiting,
            waits_at=55,
        ),
    ),
    ask_words={
        "answer-card": SubWord(
            help=words.HELP,
            answer=answer_cards.called,
            takes_rest=True,
            most=1,
        )
    },
    refusals={
        NoCardOfThis: lambda no: words.NO_CARD_OF_THIS,
        ForAdmins: lambda no: words.ADMINS_ALONE,
    },
    field_refusals={
        ("answer", "empty"): words.ANSWER_EMPTY,
        ("answer", "too_long"): words.ANSWER_TOO_LONG,
        ("answer", "confidential"): words.CONFIDENTIAL,
        ("unnamed", "empty"): words.UNNAMED_EMPTY,
    },
)

"""What answer cards bring: what is stored, what is done later, and what of it is whose."""

from typing import Any

from kernel.features import Exported, Feature, in_lists
from kernel.values import PersonId
from relationships.answer_cards import lookup, renewal
from relationships.answer_cards.answer_card import (
    ANSWER_CARDS,
    ASK_STILL_TRUE,
    CARD_EXPIRES,
    CARD_LAPSES,
    FORGET_ANSWER_CARD,
    RULES,
    AnswerCard,
)
from relationships.answer_cards.answer_cards import ForAdmins, NoCardOfThis
from relationships.answer_cards.found_answer import FORGET_FOUND, FOUND_FOR, FoundAnswer


def _side(card: AnswerCard, me: PersonId) -> dict[str, Any]:
    """Which of the two the person is, and whether they agreed; never who the other is."""
    return {"side": "asked" if me == card.asker_id else "answered", "agreed": me in card.agreed}


FEATURE = Feature(
    name="answer cards",
    policy=RULES,
    documents=(AnswerCard, FoundAnswer),
    before_search=lookup.look,
    agenda={
        CARD_LAPSES: renewal.lapse,
        ASK_STILL_TRUE: renewal.ask,
        CARD_EXPIRES: renewal.expire,
        FORGET_ANSWER_CARD: renewal.forget,
        FORGET_FOUND: lookup.forget,
    },
    errors=(NoCardOfThis, ForAdmins),
    belongings={FOUND_FOR: FoundAnswer},
    departures=(renewal.wait_no_longer,),
    partings=(renewal.step_out,),
    exports=(
        Exported(
            name="answer card",
            document=AnswerCard,
            found=in_lists(ANSWER_CARDS),
            only=("id", "words", "topics", "state", "made_at", "shared_at", "valid_until", "shown", "solved"),
            also=_side,
        ),
    ),
)

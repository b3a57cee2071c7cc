"""What second opinions bring: what is stored, what is done later, and what of it is whose."""

from typing import Any

from kernel.features import Exported, Feature, in_lists
from kernel.values import PersonId
from mentoring.model.person import FREE_SEATS
from relationships.second_opinions import leaving, outcome, seats, views
from relationships.second_opinions.second_opinion import (
    ASK_OUTCOME,
    CLOSE_OUTCOME,
    FILL_SEATS,
    FORGET_SECOND_OPINION,
    RULES,
    SECOND_OPINIONS,
    VIEW,
    VIEWS_DUE,
    VIEWS_OF,
    SecondOpinion,
)
from relationships.second_opinions.second_opinions import NoTalkNow, TooManyOpinions

_SEAT = {"asked_at", "state", "text", "answered_at"}


def _view_of(opinion: SecondOpinion, me: PersonId) -> dict[str, Any]:
    """The person's own seat; whose question it was, they may not know."""
    return {"view": opinion.seat_of(me).model_dump(mode="json", include=_SEAT)}


FEATURE = Feature(
    name="second opinions",
    policy=RULES,
    documents=(SecondOpinion,),
    cards=(VIEW,),
    agenda={
        FILL_SEATS: seats.fill,
        VIEWS_DUE: views.close,
        ASK_OUTCOME: outcome.ask,
        CLOSE_OUTCOME: outcome.close,
        FORGET_SECOND_OPINION: leaving.forget,
        FREE_SEATS: leaving.leave,
    },
    errors=(TooManyOpinions, NoTalkNow),
    separations=(leaving.part,),
    partings=(leaving.step_out,),
    exports=(
        Exported(
            name="second opinion",
            document=SecondOpinion,
            found=in_lists(SECOND_OPINIONS),
            only=(
                *("id", "question", "topics", "own_view", "anonymous", "asked_at", "closes_at", "state"),
                *("decided_at", "outcome", "outcome_words", "ended_at"),
            ),
        ),
        Exported(
            name="view",
            document=SecondOpinion,
            found=in_lists(VIEWS_OF),
            only=("id",),
            also=_view_of,
        ),
    ),
)

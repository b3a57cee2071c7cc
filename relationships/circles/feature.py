"""What circles bring: what is stored, what is done later, and what of it is one person's."""

from collections.abc import Mapping
from typing import Any

from kernel.features import Exported, Feature, in_lists
from kernel.values import PersonId
from relationships.circles import circles, leaving
from relationships.circles.circle import (
    CIRCLE_DUE,
    CIRCLE_ROOM,
    CIRCLES,
    FORGET_CIRCLE,
    OPEN_CIRCLE_ROOM,
    Circle,
)


def _own(it: Circle, me: PersonId) -> Mapping[str, Any]:
    """What of a circle is one person's: who its mentor is, and what they said themselves."""
    return {
        "mentor_id": it.mentor_id,
        "reasons": it.reasons.get(me, ()),
        "said_yes": it.answers.get(me),
        "has_left": me in it.left,
        "is_in_line": me in it.in_line,
    }


FEATURE = Feature(
    name="circles",
    documents=(Circle,),
    cards=(CIRCLE_ROOM,),
    agenda={CIRCLE_DUE: circles.go_on, FORGET_CIRCLE: leaving.forget},
    by_program=(OPEN_CIRCLE_ROOM,),
    separations=(leaving.part,),
    departures=(leaving.leave_all,),
    partings=(leaving.step_out,),
    exports=(
        Exported(
            name="circle",
            document=Circle,
            found=in_lists(CIRCLES),
            only=("id", "agreement", "state", "made_at", "began_at", "ends_at", "ended_at", "end"),
            also=_own,
        ),
    ),
)

"""What sponsorships bring: what is stored, what is done later, and what of it is one person's."""

from collections.abc import Mapping
from typing import Any

from kernel.features import Exported, Feature, in_lists
from kernel.values import PersonId
from relationships.sponsorships import endings, reminders
from relationships.sponsorships.places import RULES
from relationships.sponsorships.sponsorship import (
    FORGET_SPONSORSHIP,
    SPONSORSHIP_DUE,
    SPONSORSHIPS,
    Sponsorship,
)
from relationships.sponsorships.sponsorships import CannotSponsor
from relationships.sponsorships.ties import of_sponsors

_FACTS = {"deed", "audience", "on", "word", "outcome"}


def _ones_own(it: Sponsorship, me: PersonId) -> Mapping[str, Any]:
    """What is one person's: their words, and what was done. Why it ended stays as the card has it."""
    is_sponsor = me == it.sponsor_id
    mine = _FACTS | ({"what"} if is_sponsor else set())
    is_over = it.state == "ended"
    return {
        "sponsor_id": it.sponsor_id,
        "protege_id": it.protege_id,
        "wants": it.wants if it.asked_by == me else "",
        "line": "" if is_sponsor else it.brief,
        "acts": [act.model_dump(mode="json", include=mine) for act in it.acts],
        "end": "finished" if is_over and it.end in ("closed", "silent", "apart") else it.end,
    }


FEATURE = Feature(
    name="sponsorships",
    documents=(Sponsorship,),
    agenda={SPONSORSHIP_DUE: reminders.go_on, FORGET_SPONSORSHIP: endings.forget},
    errors=(CannotSponsor,),
    policy=RULES,
    separations=(endings.part,),
    departures=(endings.end_where_parted,),
    partings=(endings.step_out,),
    ties=(of_sponsors,),
    exports=(
        Exported(
            name="sponsorship",
            document=Sponsorship,
            found=in_lists(SPONSORSHIPS),
            only=("state", "made_at", "began_at", "ended_at"),
            also=_ones_own,
        ),
    ),
)

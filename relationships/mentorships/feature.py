"""What mentorships bring: what is stored, what is done later, and what of it is one person's."""

from collections.abc import Mapping
from typing import Any

from kernel.features import Exported, Feature, in_lists
from kernel.values import PersonId
from relationships.mentorships import changes, endings
from relationships.mentorships.capacity import MentorPlaces
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import (
    FORGET_MENTORSHIP,
    MENTORSHIP_DUE,
    MENTORSHIPS,
    OWN_NOTES,
    OwnNotes,
)


def _ones_own(it: Mentorship, me: PersonId) -> Mapping[str, Any]:
    """What of a mentorship is one person's: their words and answers, and when the two talked.

    That one wished to be kept apart reads as it does on the card.
    """
    shown = {"number", "at", "minutes", "came"}
    return {
        "mentor_id": it.mentor_id,
        "mentee_id": it.mentee_id,
        "is_reverse": it.is_reverse,
        "end": "no_fit" if it.end == "apart" else it.end,
        "talks": [talk.model_dump(mode="json", include=shown) for talk in it.talks],
        "notes": [note.model_dump(mode="json") for note in it.notes if note.by == me],
        "steps": [step.model_dump(mode="json") for step in it.steps if step.of == me],
        "gained": it.gained.get(me, ""),
        "answers": {key: each.answers[me] for key, each in it.questions.items() if me in each.answers},
    }


FEATURE = Feature(
    name="mentorships",
    documents=(Mentorship, OwnNotes, MentorPlaces),
    agenda={MENTORSHIP_DUE: changes.go_on, FORGET_MENTORSHIP: endings.forget},
    personal=(MentorPlaces,),
    belongings={OWN_NOTES: OwnNotes},
    separations=(endings.part,),
    departures=(endings.end_where_parted,),
    partings=(endings.step_out,),
    exports=(
        Exported(
            name="mentorship",
            document=Mentorship,
            found=in_lists(MENTORSHIPS),
            only=("topics", "agreement", "goals", "state", "made_at", "began_at", "ends_at", "ended_at"),
            also=_ones_own,
        ),
    ),
)

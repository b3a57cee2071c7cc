"""What the search for a mentor brings: what is stored, what is done later, and what is one person's alone."""

from kernel.features import Exported, Feature, in_lists
from mentoring.model.person import LEAVE_MENTORSHIPS, LINE_CHANGED
from relationships.mentor_search import keep_going, leaving, wishes
from relationships.mentor_search.keep_going import FORGET_KEEP_GOING, GOING_ON, KeepGoing
from relationships.mentor_search.suggestions import NoPlace
from relationships.mentor_search.wish import (
    FORGET_WISH,
    MENTOR_ASKED,
    MENTOR_WISHES,
    WISH_DUE,
    MentorWish,
)

FEATURE = Feature(
    name="mentor search",
    documents=(MentorWish, KeepGoing),
    cards=(MENTOR_ASKED,),
    agenda={
        WISH_DUE: wishes.go_on,
        FORGET_WISH: wishes.forget,
        FORGET_KEEP_GOING: keep_going.forget,
        LEAVE_MENTORSHIPS: leaving.leave,
        LINE_CHANGED: leaving.part_lines,
    },
    errors=(NoPlace,),
    separations=(wishes.part,),
    departures=(wishes.leave,),
    partings=(leaving.step_out,),
    exports=(
        # Who said no, and who nothing, stays theirs.
        Exported(
            name="mentor-wish",
            document=MentorWish,
            found=in_lists(MENTOR_WISHES),
            only=("wants", "topics", "state", "made_at", "ended_at"),
        ),
        Exported(name="keep-going", document=KeepGoing, found=in_lists(GOING_ON), only=("id", "made_at")),
    ),
)

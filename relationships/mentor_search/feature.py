"""What the search for a mentor brings: what is stored, what is done later, and what is one person's alone."""

from kernel.features import Feature
from mentoring.model.person import LEAVE_MENTORSHIPS
from relationships.mentor_search import keep_going, leaving, wishes
from relationships.mentor_search.keep_going import FORGET_KEEP_GOING, GOING_ON, KeepGoing
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
    },
    belongings={MENTOR_WISHES: MentorWish, GOING_ON: KeepGoing},
)

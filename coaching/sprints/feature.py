"""What skill sprints bring: what is stored, what is done later, and what is their person's alone."""

from coaching.sprints import outlines, reminders, sprints
from coaching.sprints.outline import FORGET_OUTLINE, OUTLINES, SprintOutline
from coaching.sprints.sprint import (
    ASKED_AS_PARTNER,
    FORGET_SPRINT,
    PARTNERED_SPRINTS,
    SPRINT_CHART,
    SPRINT_LASTS,
    SPRINT_NUDGE,
    SPRINT_OVER,
    SPRINT_PARTNER,
    SPRINT_RECAP,
    SPRINT_REHEARSE,
    SPRINT_REMIND,
    SPRINTS,
    Sprint,
)
from kernel.features import Exported, Feature, in_lists, timeless
from mentoring.model.person import LEAVE_SPRINTS

FEATURE = Feature(
    name="sprints",
    documents=(Sprint, SprintOutline),
    cards=(SPRINT_NUDGE, SPRINT_PARTNER),
    agenda={
        SPRINT_REHEARSE: reminders.rehearse,
        SPRINT_REMIND: reminders.remind,
        SPRINT_RECAP: reminders.recap,
        SPRINT_OVER: reminders.finish,
        SPRINT_LASTS: reminders.follow_up,
        LEAVE_SPRINTS: sprints.leave,
        FORGET_SPRINT: timeless(sprints.forget),
        FORGET_OUTLINE: timeless(outlines.forget),
    },
    by_program=(SPRINT_CHART,),
    belongings={SPRINTS: Sprint, OUTLINES: SprintOutline},
    separations=(sprints.part,),
    partings=(sprints.step_out,),
    exports=(
        Exported(
            name="sprint of a colleague",
            document=Sprint,
            found=in_lists(PARTNERED_SPRINTS, ASKED_AS_PARTNER),
            only=("person_id", "begun_at", "ends_at", "state", "consent"),
        ),
    ),
)

"""What goes with a sprint as it stands: its entries of the agenda, its cards, its person's zone. Pure."""

from collections.abc import Container
from datetime import datetime, timedelta

from coaching.sprints.calendar import FOLLOW_UPS, next_recap, next_reminder, rehearsal_of
from coaching.sprints.sprint import (
    FORGET_SPRINT,
    SPRINT_LASTS,
    SPRINT_NUDGE,
    SPRINT_OVER,
    SPRINT_PARTNER,
    SPRINT_RECAP,
    SPRINT_REHEARSE,
    SPRINT_REMIND,
    Sprint,
)
from kernel.policy import Nudges
from kernel.store import Changes, Later, Never, Show, Snapshot
from kernel.working_hours import at_local, local_day
from mentoring.model.person import Person

FORGOTTEN_AFTER = timedelta(days=365)
ENTRIES = (SPRINT_REMIND, SPRINT_REHEARSE, SPRINT_RECAP, SPRINT_OVER)


def changed(sprint: Sprint, now: datetime, rules: Nudges, kinds: Container[str] = ENTRIES) -> Changes:
    """What goes with a changed sprint: its cards, and those of its entries that are set anew.

    An entry sets none but its own, so that another one that is due at the same time is not put off.
    """
    entries = [entry for entry in armed(sprint, now, rules) if entry.kind in kinds]
    forgotten = Later(FORGET_SPRINT, sprint.id, now + FORGOTTEN_AFTER)
    later = [*entries, *_follow_ups(sprint), forgotten]
    return Changes(put=[sprint], later=later, show=shows(sprint))


def armed(sprint: Sprint, now: datetime, rules: Nudges) -> list[Later | Never]:
    """The sprint's entries of the agenda as they should stand after a moment."""
    going = sprint.state == "going"
    rehearsal = None if sprint.rehearsed_at or sprint.nudged else rehearsal_of(sprint)
    planned = {
        SPRINT_REMIND: next_reminder(sprint, now, rules),
        SPRINT_REHEARSE: rehearsal if rehearsal and rehearsal > now else None,
        SPRINT_RECAP: None if sprint.is_hushed else next_recap(sprint, now),
        SPRINT_OVER: sprint.ends_at,
    }
    return [
        Later(kind, sprint.id, at) if going and at else Never(kind, sprint.id) for kind, at in planned.items()
    ]


def shows(sprint: Sprint) -> list[Show]:
    """Where it is shown: its card, the latest message about it, to a partner, and where it began."""
    nudge = [Show(SPRINT_NUDGE.of(sprint.id), to=sprint.person_id)] if sprint.nudged else []
    began = [Show(sprint.begun_from, to=sprint.person_id)] if sprint.begun_from else []
    return [Show(sprint.thing, to=sprint.person_id), *nudge, *partner_shows(sprint), *began]


def partner_shows(sprint: Sprint) -> list[Show]:
    """Where the partner's card is shown, if somebody was asked."""
    return [Show(SPRINT_PARTNER.of(sprint.id), to=sprint.partner_id)] if sprint.partner_id else []


def in_zone(read: Snapshot, sprint: Sprint) -> Sprint:
    """A sprint in the zone where its person is now; its end stays on the same local day."""
    person = read.find(Person, sprint.person_id)
    if person is None or person.zone == sprint.zone:
        return sprint
    ends_at = at_local(local_day(sprint.ends_at, sprint.zone), sprint.plan.at, person.zone)
    return sprint.model_copy(update={"zone": person.zone, "ends_at": ends_at})


def _follow_ups(sprint: Sprint) -> list[Later | Never]:
    if sprint.state != "done" or sprint.ended_at is None:
        return []
    day = local_day(sprint.ended_at, sprint.zone)
    return [
        Never(SPRINT_LASTS, f"{sprint.id}.{label}")
        if label in sprint.lasting
        else Later(SPRINT_LASTS, f"{sprint.id}.{label}", at_local(day + after, sprint.plan.at, sprint.zone))
        for label, after in FOLLOW_UPS.items()
    ]

"""What a sprint does by itself, each from the agenda: rehearsal, reminders, recaps, its end, follow-ups.

A reminder on a day that the person chose counts as asked for. All else is unasked, and waits where the week
of its receiver is full (`policy.nudges`). What comes hours late waits for their working hours.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from coaching.sprints.calendar import DAY, before_day, follow_up_label, is_late
from coaching.sprints.changes import armed, changed, in_zone, partner_shows
from coaching.sprints.sprint import (
    SPRINT_LASTS,
    SPRINT_NUDGE,
    SPRINT_RECAP,
    SPRINT_REHEARSE,
    SPRINT_REMIND,
    Sprint,
)
from kernel.desk import Desk
from kernel.nudges import unasked
from kernel.policy import Nudges
from kernel.store import NONE, Changes, Due, Key, Later, Show, Snapshot, together
from kernel.values import PersonId
from kernel.working_hours import local_day
from mentoring.model.person import Person, only_here, working_hour

Step = Callable[[Snapshot, Sprint], Changes]


async def remind(desk: Desk, sprint_id: str, now: datetime, due: Due | None = None) -> None:
    """Remind of a check-in; after too many that were ignored, say that no more will come."""
    rules = desk.policy.nudges

    def step(read: Snapshot, sprint: Sprint) -> Changes:
        nudged = sprint.nudge("check_in", now)
        if nudged.ignored < rules.stop_after:
            return changed(nudged, now, rules, [SPRINT_REMIND])
        return changed(nudged.stop_reminding(now), now, rules, [SPRINT_REMIND, SPRINT_RECAP])

    await _on_time(desk, sprint_id, now, step, due)


async def rehearse(desk: Desk, sprint_id: str, now: datetime, due: Due | None = None) -> None:
    """Ask, on the first day, to go through the if-then plan once."""

    def step(read: Snapshot, sprint: Sprint) -> Changes:
        if sprint.rehearsed_at is not None or sprint.nudged is not None:
            return NONE
        rules = desk.policy.nudges
        entry = Later(SPRINT_REHEARSE, sprint.id, now)
        said = changed(sprint.nudge("rehearse", now), now, rules, ())
        return _if_room(read, sprint.person_id, entry, said, rules)

    await _on_time(desk, sprint_id, now, step, due)


async def recap(desk: Desk, sprint_id: str, now: datetime, due: Due | None = None) -> None:
    """Sum up a week, ask for the if-then plan without looking, and give the partner their digest."""

    def step(read: Snapshot, sprint: Sprint) -> Changes:
        rules = desk.policy.nudges
        entry = Later(SPRINT_RECAP, sprint.id, now)
        digest = _digest(read, sprint, rules, now)
        counted = sprint.digest() if digest != NONE else sprint
        said = together(changed(counted.nudge("recap", now), now, rules, [SPRINT_RECAP]), digest)
        return _if_room(read, sprint.person_id, entry, said, rules)

    await _on_time(desk, sprint_id, now, step, due)


async def finish(desk: Desk, sprint_id: str, now: datetime, due: Due | None = None) -> None:
    """Ask what came of a sprint whose time is over."""

    def step(read: Snapshot, sprint: Sprint) -> Changes:
        if now < sprint.ends_at:
            return Changes(later=armed(sprint, now, desk.policy.nudges))
        return changed(sprint.come_to_review(), now, desk.policy.nudges)

    await _on_time(desk, sprint_id, now, step, due)


async def follow_up(desk: Desk, thing: str, now: datetime, due: Due | None = None) -> None:
    """Ask, weeks after the review, whether it has lasted. *thing* is `<sprint>.<label>`.

    What comes so late that the next is nearly due is left to that.
    """
    sprint_id, _, label = thing.rpartition(".")
    rules = desk.policy.nudges

    def decide(read: Snapshot) -> tuple[None, Changes]:
        sprint = read.find(Sprint, sprint_id)
        if sprint is None or sprint.state != "done" or label in sprint.lasting or _is_gone(read, sprint):
            return None, NONE
        if follow_up_label(sprint, now) != label:
            return None, NONE
        said = Changes(put=[sprint.nudge("follow_up", now)], show=[_nudge(sprint)])
        entry = Later(SPRINT_LASTS, thing, now)
        return None, _if_room(read, sprint.person_id, entry, said, rules)

    await desk.store.commit(decide, load=[Key(Sprint, sprint_id)], due=due)


async def _on_time(desk: Desk, sprint_id: str, now: datetime, step: Step, due: Due | None) -> None:
    """Do a step of a sprint that is going; who has moved to another zone is asked by its clocks instead."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        sprint = read.find(Sprint, sprint_id)
        if sprint is None or sprint.state != "going" or _is_gone(read, sprint):
            return None, NONE
        here = in_zone(read, sprint)
        if here != sprint:
            return None, Changes(put=[here], later=armed(here, _since(sprint, here), desk.policy.nudges))
        opens = working_hour(read.find(Person, here.person_id), now, desk.policy)
        if due and opens > now and is_late(here, now):
            return None, Changes(later=[Later(due.kind, sprint_id, opens)])
        return None, step(read, here)

    await desk.store.commit(decide, load=[Key(Sprint, sprint_id)], due=due)


def _since(before: Sprint, here: Sprint) -> datetime:
    """After when messages are owed in another zone: the day of the latest one, or the last rest."""
    rested = max((pause.to for pause in before.pauses if pause.to), default=before.begun_at)
    if before.nudged is None:
        return rested
    return max(rested, before_day(local_day(before.nudged.at, before.zone) + DAY, here.zone))


def _if_room(read: Snapshot, to: PersonId, entry: Later, said: Changes, rules: Nudges) -> Changes:
    """What is said unasked, and its count; or that *entry* waits until the week of *to* has room."""
    week, now = unasked(read, to), entry.at
    if week.has_room(rules, now):
        return together(said, Changes(put=[week.sent(now)]))
    room_at = week.room_at(now) if rules.per_week else None
    return Changes(later=[replace(entry, at=room_at)] if room_at else [])


def _digest(read: Snapshot, sprint: Sprint, rules: Nudges, now: datetime) -> Changes:
    """The partner's digest of the week, if they agreed and their own week has room."""
    if sprint.partner_id is None or sprint.consent != "yes" or sprint.partner_id in sprint.reported_by:
        return NONE
    week = unasked(read, sprint.partner_id)
    is_here = bool(only_here(read, partner_shows(sprint)))
    return Changes(put=[week.sent(now)]) if is_here and week.has_room(rules, now) else NONE


def _is_gone(read: Snapshot, sprint: Sprint) -> bool:
    return not only_here(read, [_nudge(sprint)])


def _nudge(sprint: Sprint) -> Show:
    return Show(SPRINT_NUDGE.of(sprint.id), to=sprint.person_id)

"""What goes with a mentorship as it stands: its entry of the agenda, its cards, its minutes. Pure."""

from datetime import datetime, timedelta

from kernel.policy import Policy
from kernel.store import NONE, Changes, Later, Never, Snapshot
from mentoring.model.load import Load, load_of
from mentoring.model.person import only_here
from mentoring.model.undo import shown_anew
from relationships.mentorships.calendar import REOPENED_WITHIN
from relationships.mentorships.course import next_moment, with_times
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.pair import Pair
from relationships.mentorships.record import FORGET_MENTORSHIP, MENTORSHIP_DUE, REOPENED


def changed(
    read: Snapshot, before: Mentorship | None, after: Mentorship, pair: Pair, now: datetime
) -> Changes:
    """Return what goes with a changed mentorship; what is as it was is not shown anew."""
    timed = with_times(after, pair, now)
    if timed == before:
        return NONE
    is_new_to_see = before is None or timed != before.model_copy(update={"looked_at": timed.looked_at})
    return Changes(
        put=[timed, *_loads(read, before, timed)],
        later=[_due(timed, pair), _forgotten(timed, pair.policy), *_shut(before, timed)],
        show=only_here(read, timed.shows()) if is_new_to_see else [],
    )


def _due(mentorship: Mentorship, pair: Pair) -> Later | Never:
    at = next_moment(mentorship, pair)
    return Later(MENTORSHIP_DUE, mentorship.id, at) if at else Never(MENTORSHIP_DUE, mentorship.id)


def _forgotten(mentorship: Mentorship, policy: Policy) -> Later | Never:
    if mentorship.ended_at is None:
        return Never(FORGET_MENTORSHIP, mentorship.id)
    kept = timedelta(days=policy.retention.relationship_days)
    return Later(FORGET_MENTORSHIP, mentorship.id, mentorship.ended_at + kept)


def _shut(before: Mentorship | None, mentorship: Mentorship) -> list[Later]:
    """Return that the cards are shown anew once it can't be opened again: they have the way to do it."""
    has_ended = before is not None and before.is_open and mentorship.end in REOPENED
    if not has_ended or mentorship.ended_at is None:
        return []
    at = mentorship.ended_at + REOPENED_WITHIN + timedelta(seconds=1)
    return [shown_anew(show, at) for show in mentorship.shows()]


def _loads(read: Snapshot, before: Mentorship | None, mentorship: Mentorship) -> list[Load]:
    """Return what mentors carry, where that changes: nothing of what rests, is over, or is another's now."""
    load = load_of(read, mentorship.mentor_id)
    minutes = mentorship.agreement.weekly_minutes if mentorship.state != "paused" else 0
    carried = load.promise(mentorship.id, minutes)
    wanted = carried if mentorship.is_open else load.keep_promise_no_more(mentorship.id)
    freed = before is not None and before.mentor_id != mentorship.mentor_id
    other = [load_of(read, before.mentor_id).keep_promise_no_more(mentorship.id)] if before and freed else []
    return [*([wanted] if wanted != load else []), *other]

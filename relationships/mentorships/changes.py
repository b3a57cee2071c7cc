"""What goes with a mentorship as it stands: its entry of the agenda, its cards, its minutes; and what is done
when that entry is due."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.nudges import WEEK, unasked
from kernel.policy import Nudges, Policy
from kernel.store import NONE, Changes, Due, Key, Later, Never, Snapshot, together
from kernel.values import PersonId
from mentoring.model.load import Load, load_of
from mentoring.model.person import only_here
from mentoring.model.undo import shown_anew
from relationships.mentorships.calendar import REOPENED_WITHIN
from relationships.mentorships.course import advance, next_moment, with_times
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.pair import Pair, pair_of, parted
from relationships.mentorships.record import FORGET_MENTORSHIP, MENTORSHIP_DUE, REOPENED


def changed(
    read: Snapshot, before: Mentorship | None, after: Mentorship, pair: Pair, now: datetime
) -> Changes:
    """What goes with a changed mentorship; what is as it was is not shown anew."""
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
    """The cards, to be shown anew once it can't be opened again: they have the way to do it."""
    has_ended = before is not None and before.is_open and mentorship.end in REOPENED
    if not has_ended or mentorship.ended_at is None:
        return []
    at = mentorship.ended_at + REOPENED_WITHIN + timedelta(seconds=1)
    return [shown_anew(show, at) for show in mentorship.shows()]


def _loads(read: Snapshot, before: Mentorship | None, mentorship: Mentorship) -> list[Load]:
    """What mentors carry, where that changes: nothing of what rests, is over, or is another's now."""
    load = load_of(read, mentorship.mentor_id)
    minutes = mentorship.agreement.weekly_minutes if mentorship.state != "paused" else 0
    carried = load.promise(mentorship.id, minutes)
    wanted = carried if mentorship.is_open else load.keep_promise_no_more(mentorship.id)
    freed = before is not None and before.mentor_id != mentorship.mentor_id
    other = [load_of(read, before.mentor_id).keep_promise_no_more(mentorship.id)] if before and freed else []
    return [*([wanted] if wanted != load else []), *other]


async def go_on(desk: Desk, mentorship_id: str, now: datetime, due: Due | None = None) -> None:
    """Do all that is due of a mentorship; end it where its two people can't go on."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(Mentorship, mentorship_id)
        if before is None or not before.is_open:
            return None, NONE
        pair = pair_of(read, before, desk.policy, now)
        if end := parted(read, pair):
            return None, changed(read, before, before.close(end, now), pair, now)
        done = advance(before, pair, _full_until(read, before, desk.policy.nudges, now), now)
        written = Changes(put=[unasked(read, who).sent(now) for who in sorted(done.unasked)])
        return None, together(changed(read, before, done.mentorship, pair, now), written)

    await desk.store.commit(decide, load=[Key(Mentorship, mentorship_id)], due=due)


def _full_until(
    read: Snapshot, mentorship: Mentorship, rules: Nudges, now: datetime
) -> Mapping[PersonId, datetime]:
    """Until when the week of each is full who has no room for a message that they did not ask for."""
    weeks = {who: unasked(read, who) for who in mentorship.both}
    full = {who: week for who, week in weeks.items() if not week.has_room(rules, now)}
    return {who: (week.room_at(now) if rules.per_week else None) or now + WEEK for who, week in full.items()}

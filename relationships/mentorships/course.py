"""What a mentorship does by itself, and when: the next moment when something is due, and what is done.

Pure. What is said unasked comes in each one's own working hours, and only where their week has room.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kernel.values import PersonId
from mentoring.routing.meeting_times import TwoCalendars, shared_hours
from relationships.mentorships.calendar import (
    AGREE_ENDS,
    END_REMINDER,
    LOOKED_AT_EVERY,
    OVERDUE,
    SILENCE_ENDS,
    SILENT_AFTER,
    check_times,
    same_time_later,
)
from relationships.mentorships.meeting_times import meeting_times, still_ahead
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.pair import Pair
from relationships.mentorships.record import AppQuestion
from relationships.mentorships.talk import ASKED_FOR, DAY_BEFORE, OVER

AHEAD = timedelta(days=21)  # in which a time is looked for
LATE = timedelta(hours=2)  # after the moment of a question, from which on it waits for working hours
SOON = timedelta(hours=2)  # nobody is offered a time sooner than that


@dataclass(frozen=True, slots=True)
class AdvancedMentorship:
    """A mentorship after what was due, and who was written to unasked."""

    mentorship: Mentorship
    unasked: frozenset[PersonId] = frozenset()


def next_moment(mentorship: Mentorship, pair: Pair) -> datetime | None:
    """When something is due next; None once it has ended."""
    return min(_moments(mentorship, pair), default=None)


def advance(
    mentorship: Mentorship, pair: Pair, full_until: Mapping[PersonId, datetime], now: datetime
) -> AdvancedMentorship:
    """Do all that is due by now. Whose week is full, until when says *full_until*, is asked after that."""
    seen = mentorship.model_copy(update={"looked_at": now})
    is_back = seen.state == "paused" and (seen.back_at or now) <= now
    state = AdvancedMentorship(seen.resume(now) if is_back else seen)
    for step in _STEPS[state.mentorship.state]:
        state = step(state, pair, full_until, now)
    return state


def with_times(mentorship: Mentorship, pair: Pair, now: datetime) -> Mentorship:
    """A copy with times offered for the talk ahead, where it has none that lies ahead."""
    talk = mentorship.talk
    if mentorship.state != "going" or talk is None or talk.at or still_ahead(talk.times, now):
        return mentorship
    return mentorship.propose(times_for(mentorship, pair, now))


def times_for(mentorship: Mentorship, pair: Pair, now: datetime) -> tuple[datetime, ...]:
    """Times for the talk ahead: near the usual hour, as far after the last one as was agreed on.

    All are before the end; where the usual time is not, as near to the end as can be, unless the two have
    just talked.
    """
    talk, last = mentorship.talk, mentorship.held[-1].at if mentorship.held else None
    if talk is None:
        return ()
    rhythm = timedelta(weeks=mentorship.agreement.every_weeks)
    usual = same_time_later(last, rhythm, pair.zone) if last else None
    until = mentorship.ends_at or now + timedelta(weeks=52)
    is_late = usual is not None and usual + SOON > until
    if is_late and last and until - last < rhythm / 2:
        return ()
    soonest = max(now + SOON, usual - rhythm / 2) if usual and not is_late else now + SOON
    near = max(usual, soonest) if usual and not is_late else until if is_late else None
    vacations = (pair.mentee.vacation_until, pair.mentor.vacation_until)
    after = max(filter(None, (soonest, *vacations)))
    both = TwoCalendars(pair.mentee, pair.mentor, pair.policy.holidays)
    shared = shared_hours(both, (after, after + AHEAD))
    found = meeting_times(shared, pair.zone, talk.minutes, usual=near)
    return tuple(at for at in found if at + timedelta(minutes=talk.minutes) <= until)


def _moments(mentorship: Mentorship, pair: Pair) -> Iterator[datetime]:
    if not mentorship.is_open:
        return
    yield mentorship.looked_at + LOOKED_AT_EVERY
    if mentorship.state == "paused":
        yield mentorship.back_at or mentorship.looked_at
        return
    yield from _unasked_moments(mentorship, pair)
    if mentorship.state == "agreeing":
        yield mentorship.made_at + AGREE_ENDS
        return
    if mentorship.talk and mentorship.talk.times:
        yield max(mentorship.talk.times)
    yield from filter(None, (_announced_at(mentorship), _over_at(mentorship, pair), _given_up_at(mentorship)))
    yield from filter(None, (silent_at(mentorship), _silence_ends_at(mentorship)))
    yield from _check_moments(mentorship)
    if mentorship.ends_at:
        yield mentorship.ends_at


def _unasked_moments(mentorship: Mentorship, pair: Pair) -> Iterator[datetime]:
    for _, question, who in _waiting(mentorship):
        yield _ask_at(mentorship, pair, question, who)


def _waiting(mentorship: Mentorship) -> Iterator[tuple[str, AppQuestion, PersonId]]:
    for key, question in mentorship.questions.items():
        for who in question.waits_for():
            is_settled = question.about == "agree" and who in mentorship.agreed
            is_settled = is_settled or who in mentorship.reported_by
            if not is_settled and (question.about == "agree") == (mentorship.state == "agreeing"):
                yield key, question, who


def _ask_at(mentorship: Mentorship, pair: Pair, question: AppQuestion, who: PersonId) -> datetime:
    """When somebody can be asked: at work, back again; what is overdue waits for that, too."""
    late = (mentorship.looked_at, mentorship.put_off.get(who), pair.of(who).vacation_until)
    return pair.opens(who, max(filter(None, (question.due_at, *late))))


def _announced_at(mentorship: Mentorship) -> datetime | None:
    """When the talk ahead is announced: the day before."""
    talk = mentorship.talk
    return talk.at - DAY_BEFORE if talk and talk.at and not talk.is_announced else None


def _over_at(mentorship: Mentorship, pair: Pair) -> datetime | None:
    """When it is asked whether the talk took place: right after it, or, late, once one of both is at work."""
    talk = mentorship.talk
    if talk is None or talk.ends_at is None or talk.asked_at:
        return None
    at, seen = talk.ends_at + OVER, mentorship.looked_at
    return at if seen <= at + LATE else min(pair.opens(who, seen) for who in mentorship.both)


def _given_up_at(mentorship: Mentorship) -> datetime | None:
    talk = mentorship.talk
    return talk.asked_at + ASKED_FOR if talk and talk.asked_at else None


def silent_at(mentorship: Mentorship) -> datetime | None:
    """When it is asked why nothing is heard: never while a talk lies ahead, nor before one is due."""
    is_booked = mentorship.talk is not None and mentorship.talk.at is not None
    if is_booked or "silence" in mentorship.questions:
        return None
    rhythm = timedelta(weeks=mentorship.agreement.every_weeks)
    return mentorship.stirred_at + max(SILENT_AFTER, rhythm + OVERDUE)


def _silence_ends_at(mentorship: Mentorship) -> datetime | None:
    silence = mentorship.questions.get("silence")
    return min(silence.asked.values()) + SILENCE_ENDS if silence and silence.asked else None


def _check_moments(mentorship: Mentorship) -> Iterator[datetime]:
    yield from (at for _, at in _checks(mentorship))
    if mentorship.ends_at and f"ending:{mentorship.extended}" not in mentorship.questions:
        yield mentorship.ends_at - END_REMINDER


def _checks(mentorship: Mentorship) -> Iterator[tuple[str, datetime]]:
    if mentorship.began_at and mentorship.ends_at:
        for number, at in enumerate(check_times(mentorship.began_at, mentorship.ends_at), 1):
            if f"quality:{number}" not in mentorship.questions:
                yield f"quality:{number}", at


def _ended(
    state: AdvancedMentorship, pair: Pair, full: Mapping[PersonId, datetime], now: datetime
) -> AdvancedMentorship:
    """End what was never agreed on, what nobody answers for, and what has come to its time."""
    it = state.mentorship
    silence = _silence_ends_at(it)
    if it.state == "agreeing":
        end = it.close("never_agreed", now) if now >= it.made_at + AGREE_ENDS else it
    elif it.ends_at and now >= it.ends_at:
        end = it.close("finished", now)
    else:
        end = it.close("silent", now) if silence and now >= silence else it
    return replace(state, mentorship=end)


def _talked(
    state: AdvancedMentorship, pair: Pair, full: Mapping[PersonId, datetime], now: datetime
) -> AdvancedMentorship:
    """Announce the talk ahead, and ask whether it took place; nobody says: look for the next."""
    it = state.mentorship
    talk, given_up, over, announced = it.talk, _given_up_at(it), _over_at(it, pair), _announced_at(it)
    if talk is None or not it.is_open:
        return state
    if given_up and now >= given_up:
        it = it.unanswered()
    elif over and now >= over:
        it = it.with_talk(talk.model_copy(update={"asked_at": now, "is_announced": True}))
        it = it.knock("after", *it.to_ask)
    elif announced and now >= announced:
        is_news = talk.at is not None and now < talk.at
        it = it.with_talk(talk.model_copy(update={"is_announced": True}))
        it = it.knock("talk", *it.both) if is_news else it
    return replace(state, mentorship=it)


def _looked_for(
    state: AdvancedMentorship, pair: Pair, full: Mapping[PersonId, datetime], now: datetime
) -> AdvancedMentorship:
    """Offer times anew where those offered have passed."""
    return replace(state, mentorship=with_times(state.mentorship, pair, now))


def _questioned(
    state: AdvancedMentorship, pair: Pair, full: Mapping[PersonId, datetime], now: datetime
) -> AdvancedMentorship:
    """Have those questions ready that are due."""
    it = state.mentorship
    if it.state != "going":
        return state
    silent = silent_at(it)
    if silent and now >= silent:
        it = it.ask("silence", AppQuestion(about="silence", due_at=now, who=it.both))
    due = [(key, at) for key, at in _checks(it) if at <= now]
    for key, _ in due:
        # After a break only the latest is asked.
        who = it.both if key == due[-1][0] else ()
        it = it.ask(key, AppQuestion(about="quality", due_at=now, who=who))
    ending = f"ending:{it.extended}"
    if it.ends_at and now >= it.ends_at - END_REMINDER and ending not in it.questions:
        it = it.ask(ending, AppQuestion(about="ending", due_at=now, who=it.both))
    return replace(state, mentorship=it)


def _asked(
    state: AdvancedMentorship, pair: Pair, full: Mapping[PersonId, datetime], now: datetime
) -> AdvancedMentorship:
    """Ask whoever is at work and has room; whose week is full is put off."""
    it, unasked = state.mentorship, set(state.unasked)
    for key, question, who in list(_waiting(it)):
        if not it.is_open or _ask_at(it, pair, question, who) > now:
            continue
        if who in full and who not in unasked:
            it = it.model_copy(update={"put_off": {**it.put_off, who: full[who]}})
        else:
            it, unasked = it.asked(key, who, now), unasked | {who}
    return AdvancedMentorship(it, frozenset(unasked))


_Step = Callable[[AdvancedMentorship, Pair, Mapping[PersonId, datetime], datetime], AdvancedMentorship]
_STEPS: Mapping[str, tuple[_Step, ...]] = {
    "agreeing": (_ended, _asked),
    "going": (_ended, _talked, _looked_for, _questioned, _asked),
    "paused": (),
    "ended": (),
}

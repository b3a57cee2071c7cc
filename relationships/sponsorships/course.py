"""What a sponsorship does by itself, and when: the next moment when anything is due, and what is done. Pure.

What is asked unasked comes in each one's own working hours, after a pause or vacation, and only where their
week has room.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.values import PersonId
from relationships.mentorships.pair import Pair
from relationships.sponsorships.sponsorship import UNANSWERED, Sponsorship

MONTH = timedelta(days=30)
SILENCE_ENDS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AdvancedSponsorship:
    """A sponsorship after what was due, and who was written to unasked."""

    sponsorship: Sponsorship
    unasked: frozenset[PersonId] = frozenset()


def next_moment(it: Sponsorship, pair: Pair, now: datetime) -> datetime | None:
    """When something is due next; None once it has ended."""
    return min(_moments(it, pair, now), default=None)


def advance(
    it: Sponsorship, pair: Pair, full_until: Mapping[PersonId, datetime], now: datetime
) -> AdvancedSponsorship:
    """Do all that is due by now. Whose week is full, until when says *full_until*, is asked after that."""
    if it.state == "asked" and it.answer_by and it.answer_by <= now:
        return AdvancedSponsorship(it.lapse(now))
    ends = finished_at(it)
    if ends and ends <= now:
        return AdvancedSponsorship(it.close("silent", now))
    state = AdvancedSponsorship(it)
    for due_at, who, ask in _questions(it, pair, now):
        if due_at <= now:
            state = _asked(state, who, ask, full_until, now)
    return state


def finished_at(it: Sponsorship) -> datetime | None:
    """When it is finished since nothing was heard; None as long as the sponsor answers."""
    is_silent = it.state == "going" and it.unanswered >= UNANSWERED and it.question_at
    return it.question_at + SILENCE_ENDS if is_silent and it.question_at else None


def _moments(it: Sponsorship, pair: Pair, now: datetime) -> Iterator[datetime]:
    if it.state == "asked" and it.answer_by:
        yield it.answer_by
    if ends := finished_at(it):
        yield ends
    yield from (due_at for due_at, _, _ in _questions(it, pair, now))


_Ask = Callable[[Sponsorship, datetime], Sponsorship]


def _questions(it: Sponsorship, pair: Pair, now: datetime) -> Iterator[tuple[datetime, PersonId, _Ask]]:
    """Yield what is to be asked of whom, and when: what was done this month, and what came of it."""
    if it.state != "going":
        return
    if it.unanswered < UNANSWERED and it.sponsor_id not in it.reported_by:
        month = max(it.stirred_at, it.question_at or it.stirred_at) + MONTH
        yield _at(it, pair, it.sponsor_id, max(month, now)), it.sponsor_id, Sponsorship.ask_sponsor
    due = min((act.ask_at for act in it.acts if act.ask_at), default=None)
    if due and it.protege_id not in it.reported_by:
        yield _at(it, pair, it.protege_id, max(due, now)), it.protege_id, Sponsorship.ask_outcomes


def _at(it: Sponsorship, pair: Pair, who: PersonId, due: datetime) -> datetime:
    """When somebody can be asked what is due: at work, back again, with room in their week."""
    return pair.opens(who, max(filter(None, (due, it.put_off.get(who), pair.of(who).back_at))))


def _asked(
    state: AdvancedSponsorship,
    who: PersonId,
    ask: _Ask,
    full_until: Mapping[PersonId, datetime],
    now: datetime,
) -> AdvancedSponsorship:
    it = state.sponsorship
    if who in full_until:
        later = it.model_copy(update={"put_off": {**it.put_off, who: full_until[who]}})
        return AdvancedSponsorship(later, state.unasked)
    return AdvancedSponsorship(ask(it, now), state.unasked | {who})

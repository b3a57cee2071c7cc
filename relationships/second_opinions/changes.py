"""Everything that goes with a change of a second opinion: loads, agenda and cards."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from kernel.policy import Policy
from kernel.store import Changes, Later, Never, Show, Snapshot
from kernel.values import SessionId
from mentoring.model.load import Load, Reply, load_of
from mentoring.model.person import only_here
from mentoring.routing.acceptance import freeing
from relationships.second_opinions.second_opinion import (
    ASK_OUTCOME,
    CLOSE_OUTCOME,
    FILL_SEATS,
    FORGET_SECOND_OPINION,
    MINUTES,
    VIEW,
    VIEWS_DUE,
    Seat,
    SeatState,
    SecondOpinion,
    seat_id,
)

OUTCOME_AFTER, OUTCOME_OPEN = timedelta(days=7), timedelta(days=14)
_REPLIES: dict[SeatState, Reply] = {"answered": "yes", "declined": "no", "expired": "none"}
_TIMERS = (FILL_SEATS, VIEWS_DUE, ASK_OUTCOME, CLOSE_OUTCOME)


def changed(
    read: Snapshot, before: SecondOpinion, after: SecondOpinion, policy: Policy, now: datetime
) -> Changes:
    """What goes with a change: who was asked carries it, who answered gave minutes, all see it."""
    seats = {it.number: it for it in before.seats}
    moved = [(seats.get(it.number), it) for it in after.seats if it != seats.get(it.number)]
    loads = [_carried(load_of(read, seat.person_id), was, seat, after, now) for was, seat in moved]
    if before.state == "gathering" != after.state:
        loads.append(load_of(read, after.asker_id).without_opinion(after.id))
    freed = [freeing(load, now) for load in loads if load.next_forgotten_at()]
    return Changes(
        put=[after, *loads],
        later=[*_agenda(before, after, policy, now), *freed],
        show=only_here(read, _shows(before, after)),
    )


def _carried(load: Load, was: Seat | None, seat: Seat, of: SecondOpinion, now: datetime) -> Load:
    """What somebody carries as their seat stands now; asking checks the limits where it is decided."""
    id = seat_id(of.id, seat.person_id)
    if was is None:
        return load.with_seat(id, now)
    if was.state != "asked":
        return load
    told = load.without_seat(id).with_reply(_REPLIES.get(seat.state))
    return told.give(SessionId(id), MINUTES, now) if seat.state == "answered" else told


def _agenda(
    before: SecondOpinion, after: SecondOpinion, policy: Policy, now: datetime
) -> Iterator[Later | Never]:
    if after.state == "gathering":
        yield from _search(before, after, now)
    if before.state == after.state:
        return
    if after.is_ended:
        yield from (Never(kind, after.id) for kind in _TIMERS)
        yield Later(FORGET_SECOND_OPINION, after.id, now + timedelta(days=policy.retention.request_days))
        return
    yield Never(FILL_SEATS, after.id)
    if after.state == "asked_back":
        yield Later(CLOSE_OUTCOME, after.id, now + OUTCOME_OPEN)
    else:
        yield Later(ASK_OUTCOME, after.id, now + OUTCOME_AFTER)


def _search(before: SecondOpinion, after: SecondOpinion, now: datetime) -> Iterator[Later | Never]:
    """Yield when the next is asked: at once where a seat came free, else when somebody is at work."""
    if after.free_seats > before.free_seats:
        yield Later(FILL_SEATS, after.id, now)
    elif after.seeks_at:
        yield Later(FILL_SEATS, after.id, after.seeks_at)


def _shows(before: SecondOpinion, after: SecondOpinion) -> Iterator[Show]:
    """Yield who sees the change: the asker, whose seat it is, and of a new state everyone who answered."""
    yield Show(after.thing, to=after.asker_id)
    for seat in after.seats:
        is_news = after.state != before.state and seat.state == "answered"
        if seat not in before.seats or is_news:
            yield Show(VIEW.of(after.id), to=seat.person_id)

"""What follows where a second opinion is reported: by who asked, or by somebody who was asked for a view."""

from kernel.store import NONE, Changes, Snapshot
from kernel.values import PersonId
from mentoring.admins.reports import Bond, Reported
from relationships.second_opinions.changes import changed
from relationships.second_opinions.second_opinion import SecondOpinion


def _others(it: SecondOpinion, me: PersonId) -> tuple[PersonId, ...]:
    """Of the asker whose views they read, of anybody else the asker."""
    if me != it.asker_id:
        return (it.asker_id,) if any(seat.person_id == me for seat in it.seats) else ()
    is_read = it.state not in ("gathering", "unanswered", "withdrawn")
    return tuple(seat.person_id for seat in it.answered) if is_read else ()


def _key(it: SecondOpinion, who: PersonId) -> str:
    """The number of a seat, which says nothing of whose it is."""
    return next((str(seat.number) for seat in it.seats if seat.person_id == who), "asker")


def _can_end(it: SecondOpinion, me: PersonId) -> bool:
    return not it.is_ended if me == it.asker_id else it.seat_of(me).state == "asked"


def _follows(read: Snapshot, before: SecondOpinion, said: Reported) -> Changes:
    after = before.report(said.by)
    if said.ends:
        after = after.end(said.now) if said.by == before.asker_id else after.release(said.by)
    return NONE if after == before else changed(read, before, after, said.policy, said.now)


BOND = Bond(
    document=SecondOpinion,
    others=_others,
    can_end=_can_end,
    follows=_follows,
    is_hidden=lambda it: it.anonymous,
    key=_key,
)

"""What people do who are asked for their view: give it, change it, have no time; and what time does."""

from collections.abc import Callable
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import Ended, Invalid
from kernel.store import NONE, Changes, Due, Key, Snapshot
from kernel.values import PersonId
from mentoring.model.load import Load
from mentoring.model.person import Person, check_member, stranger
from mentoring.people.managers import are_in_line
from relationships.second_opinions.changes import changed
from relationships.second_opinions.second_opinion import LONGEST, SecondOpinion


async def answer(desk: Desk, opinion_id: str, me: PersonId, now: datetime, *, text: str) -> SecondOpinion:
    """Give one's view, or change it while none is shown; the second one shows them to the asker.

    Where the asker wishes to be kept apart since, or one now reports to the other, the seat goes to somebody
    else instead, and Ended is raised.
    """
    view = checked("view", text)
    if not view:
        raise Invalid("view", "empty")

    def decide(read: Snapshot) -> tuple[SecondOpinion | None, Changes]:
        before = read.get(SecondOpinion, opinion_id)
        seat, person = before.seat_of(me), check_member(read.find(Person, me) or stranger(me, now))
        if seat.state == "asked" and _are_parted(read, before, person, now):
            return None, _freed(read, before, before.release(me), desk, now)
        after = before.answer(me, view, now)
        return after, changed(read, before, after, desk.policy, now)

    after = await desk.store.commit(decide, load=_keys(opinion_id, me))
    if after is None:
        raise Ended
    return after


async def decline(desk: Desk, opinion_id: str, me: PersonId, now: datetime) -> SecondOpinion:
    """Have no time, without a reason; somebody else is asked at once."""
    return await _change(desk, opinion_id, me, now, lambda opinion: opinion.decline(me))


async def release(desk: Desk, opinion_id: str, person_id: PersonId, now: datetime) -> SecondOpinion:
    """Free somebody from answering, who has paused, stopped helping, left or is to be kept apart."""
    return await _change(desk, opinion_id, person_id, now, lambda opinion: opinion.release(person_id))


async def close(desk: Desk, opinion_id: str, now: datetime, due: Due | None = None) -> None:
    """Wait for nobody any more: the time is over."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(SecondOpinion, opinion_id)
        if before is None or now < before.closes_at:
            return None, NONE
        return None, changed(read, before, before.close("time", now), desk.policy, now)

    await desk.store.commit(decide, load=[Key(SecondOpinion, opinion_id)], due=due)


def checked(field: str, text: str) -> str:
    """A text trimmed, or refuse one that is too long."""
    trimmed = text.strip()
    if len(trimmed) > LONGEST:
        raise Invalid(field, "too_long", limit=LONGEST, length=len(trimmed))
    return trimmed


async def _change(
    desk: Desk,
    opinion_id: str,
    person_id: PersonId,
    now: datetime,
    change: Callable[[SecondOpinion], SecondOpinion],
) -> SecondOpinion:
    def decide(read: Snapshot) -> tuple[SecondOpinion, Changes]:
        before = read.get(SecondOpinion, opinion_id)
        after = change(before)
        return after, NONE if after == before else _freed(read, before, after, desk, now)

    return await desk.store.commit(decide, load=_keys(opinion_id, person_id))


def _freed(read: Snapshot, before: SecondOpinion, after: SecondOpinion, desk: Desk, now: datetime) -> Changes:
    """What goes with a seat that came free; where nobody else may be asked, what there is is shown."""
    settled = after.close("nobody", now) if after.is_stuck else after
    return changed(read, before, settled, desk.policy, now)


def _are_parted(read: Snapshot, opinion: SecondOpinion, person: Person, now: datetime) -> bool:
    """Whether the asker wishes to be kept apart, or one reports to the other.

    The other's own wish is left out: else somebody could find out who asks without a name by changing it.
    """
    asker = read.find(Person, opinion.asker_id) or stranger(opinion.asker_id, now)
    return person.id in asker.do_not_match or are_in_line(read, asker, person)


def _keys(opinion_id: str, person_id: PersonId) -> list[Key]:
    return [Key(SecondOpinion, opinion_id), Key(Person, person_id), Key(Load, person_id)]

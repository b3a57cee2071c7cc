"""What happens in a circle; each is one commit. Its mentor promises minutes of every week once it begins.

With each it is looked at who may still be in it: whom the line of managers puts out goes, and whoever
wishes to be kept apart from somebody is asked, alone, whether they stay.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.errors import CannotHelp, NotAMember
from kernel.policy import Policy
from kernel.store import NONE, Changes, Due, Key, Later, Never, Snapshot
from kernel.values import PersonId
from mentoring.model.load import load_of
from mentoring.model.person import Person, check_can_help, check_member, only_here, working_hour
from mentoring.people.managers import are_in_line, check_apart, managers_of
from relationships.circles.circle import CIRCLE_DUE, FEWEST, FORGET_CIRCLE, OPEN_CIRCLE_ROOM, Circle, terms
from relationships.mentorships.capacity import check_place
from relationships.mentorships.record import PairingReason

FEW = "few"


@dataclass(frozen=True, slots=True)
class CircleOffer:
    """A circle that is to be put to its people, for a programme; *reasons* say why each mentee is in it."""

    id: str
    programme: str
    mentor_id: PersonId
    mentee_ids: tuple[PersonId, ...]
    reasons: Mapping[PersonId, tuple[PairingReason, ...]] = field(default_factory=dict)


async def propose(desk: Desk, offer: CircleOffer, now: datetime) -> dict[PersonId, str]:
    """Propose a circle; return who can't be in it, and why, by short codes: with too few left, everyone.

    Refused where the mentor can't. Of two mentees who are kept apart the later one is left out.
    """

    def decide(read: Snapshot) -> tuple[dict[PersonId, str], Changes]:
        if read.find(Circle, offer.id) is not None:
            return {}, NONE
        agreement, mentees = terms(offer.programme), offer.mentee_ids
        mentor = _known(read, offer.mentor_id)
        check_member(mentor)
        check_place(read, mentor, offer.id, agreement.weekly_minutes, desk.policy)
        out = _left_out(read, mentor, mentees, now)
        there = tuple(it for it in mentees if it not in out)
        if len(there) < FEWEST:
            return {it: out.get(it, FEW) for it in mentees}, NONE
        made = Circle(
            id=offer.id,
            mentor_id=mentor.id,
            mentee_ids=there,
            agreement=agreement,
            reasons={id: why for id, why in offer.reasons.items() if id in there and why},
            made_at=now,
        )
        return out, changed(read, None, made, desk.policy, now)

    return await desk.store.commit(decide, load=[Key(Circle, offer.id), Key(Person, offer.mentor_id)])


async def answer(desk: Desk, id: str, me: PersonId, now: datetime, *, yes: bool) -> Circle:
    """Say yes or no to a circle; a mentor needs a place and minutes for it."""

    def move(read: Snapshot, it: Circle) -> Circle:
        after = it.answer(me, now, yes=yes)
        if yes and me == it.mentor_id:
            check_place(read, _known(read, me), id, it.agreement.weekly_minutes, desk.policy)
        return after

    return await _change(desk, id, now, move)


async def leave(desk: Desk, id: str, me: PersonId, now: datetime) -> Circle:
    """Go, without a reason."""
    return await _change(desk, id, now, lambda _, it: it.leave(me, now))


async def stay(desk: Desk, id: str, me: PersonId, now: datetime) -> Circle:
    """Stay, though one wishes to be kept apart from somebody in it; nobody hears of it."""
    return await _change(desk, id, now, lambda _, it: it.stay(me))


async def take_back(desk: Desk, id: str, now: datetime) -> None:
    """Take a circle back that hasn't begun."""
    await _change(desk, id, now, lambda _, it: it.close("taken_back", now) if it.state == "gathering" else it)


async def go_on(desk: Desk, id: str, now: datetime, due: Due | None = None) -> None:
    """Begin it, call for the next talk or end it, as is due."""

    def move(read: Snapshot, it: Circle) -> Circle:
        opens = working_hour(read.find(Person, it.mentor_id), now, desk.policy)
        return it.go_on(now, opens).model_copy(update={"looked_at": now})

    await _change(desk, id, now, move, due)


async def opened_room(desk: Desk, id: str, channel: str | None, now: datetime, due: Due) -> None:
    """Note the conversation that they share, or that there can be none."""
    await _change(desk, id, now, lambda _, it: it.in_room(channel), due)


def changed(read: Snapshot, before: Circle | None, after: Circle, policy: Policy, now: datetime) -> Changes:
    """What goes with a circle as it is now: its mentor's minutes, what is due, its cards, its room."""
    if after == before:
        return NONE
    load = load_of(read, after.mentor_id)
    minutes = after.agreement.weekly_minutes
    wanted = load.promise(after.id, minutes) if after.has_its_mentor else load.keep_promise_no_more(after.id)
    at = after.due_at
    later: list[Later | Never] = [Later(CIRCLE_DUE, after.id, at) if at else Never(CIRCLE_DUE, after.id)]
    if after.state == "going" and (before is None or before.state != "going"):
        later.append(Later(OPEN_CIRCLE_ROOM, after.id, now))
    if after.ended_at:
        kept = timedelta(days=policy.retention.relationship_days)
        later.append(Later(FORGET_CIRCLE, after.id, after.ended_at + kept))
    put = [after, *([wanted] if wanted != load else [])]
    is_new_to_see = before is None or after != before.model_copy(update={"looked_at": after.looked_at})
    return Changes(put=put, later=later, show=only_here(read, after.shows()) if is_new_to_see else [])


def _left_out(
    read: Snapshot, mentor: Person, mentees: Sequence[PersonId], now: datetime
) -> dict[PersonId, str]:
    out: dict[PersonId, str] = {}
    there: list[Person] = []
    for id in mentees:
        person = _known(read, id)
        try:
            check_member(person)
            check_can_help(person, mentor, now)
            check_apart(read, person, mentor)
        except (NotAMember, CannotHelp) as no:
            out[id] = no.why
            continue
        if any(person.is_kept_from(it) or are_in_line(read, person, it) for it in there):
            out[id] = "asked"
        else:
            there.append(person)
    return out


def _known(read: Snapshot, id: PersonId) -> Person:
    """Somebody as they are known, or as a member who was never met."""
    person = read.get(Person, id)
    return person.assumed_active() if person.standing == "unknown" else person


def _kept_apart(read: Snapshot, it: Circle, now: datetime) -> Circle:
    """Have those go whom the line of managers puts out, and note who wishes to be kept apart from whom."""
    if not it.is_open:
        return it
    people = {id: _known(read, id) for id in it.everyone if it.is_in(id)}
    for who in _out_of_line(read, it.mentor_id, people):
        it = it.go_out_of_line(who, now)
    there = {id for id in people if it.is_in(id)}
    for id in sorted(there):
        it = it.tear(id, len(people[id].do_not_match & (there - {id})))
    return it


def _out_of_line(read: Snapshot, mentor_id: PersonId, people: Mapping[PersonId, Person]) -> list[PersonId]:
    """Whom the line of managers puts out: a mentee in line with the mentor, and of two mentees the leader."""
    above = {id: managers_of(read, person) for id, person in people.items()}
    mentees = [id for id in people if id != mentor_id]
    with_mentor = {it for it in mentees if mentor_id in above[it] or it in above.get(mentor_id, ())}
    rest = [it for it in mentees if it not in with_mentor]
    leaders = {it for it in rest if any(it in above[other] for other in rest)}
    return sorted(with_mentor | leaders)


async def _change(
    desk: Desk, id: str, now: datetime, move: Callable[[Snapshot, Circle], Circle], due: Due | None = None
) -> Circle:
    def decide(read: Snapshot) -> tuple[Circle, Changes]:
        before = read.get(Circle, id)
        after = move(read, _kept_apart(read, before, now))
        return after, changed(read, before, after, desk.policy, now)

    return await desk.store.commit(decide, load=[Key(Circle, id)], due=due)

"""A programme's pairs put to the people, or taken back, a few at a time; who stays without one hears why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from kernel.desk import Desk
from kernel.errors import CannotHelp, Invalid, NotAMember, Refusal
from kernel.store import NONE, Changes, Key, Snapshot
from kernel.values import PersonId, TopicId
from matching.pairing.values import TOPICS, Ground, GroundKind, Two
from mentoring.model.person import only_here
from relationships.circles import circles
from relationships.circles.circle import Circle
from relationships.circles.circles import CircleOffer
from relationships.cohorts import participants, proposals
from relationships.cohorts.programme import LeftOut, Programme, ProposedPair
from relationships.cohorts.programmes import EVERYONE, changed
from relationships.cohorts.result import Matched
from relationships.cohorts.sign_up import MENTEES, MENTORS, Outcome, SignUp, sign_up_id
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import PairingReason

AT_ONCE = 20


async def propose_some(desk: Desk, programme: Programme, now: datetime) -> Programme | None:
    """Propose the next pairs, note which, and return how things stand; None where all were.

    Doing it twice, or in two processes, changes nothing.
    """
    tried = {(it.mentee_id, it.mentor_id) for it in programme.left_out}
    waiting = [it for it in programme.unsent if it.two not in tried]
    if not waiting:
        return None
    in_circles = programme.form == "circles"
    some = [it for it in waiting if it.mentor_id == waiting[0].mentor_id] if in_circles else waiting[:AT_ONCE]
    why_not = await (_proposed_circle if in_circles else _proposed_pairs)(desk, programme, some, now)
    done = [it for it in some if it.two not in why_not]
    left_out = [
        LeftOut(mentee_id=it.mentee_id, mentor_id=it.mentor_id, why=why_not[it.two])
        for it in some
        if it.two in why_not
    ]
    return await _noted(desk, programme.id, now, lambda it: it.sent(done, left_out, now))


async def take_back(desk: Desk, programme: Programme, now: datetime) -> None:
    """Take back all that not both have agreed to; what one of them said no to stays so. Twice is once."""
    latest = [it for it in programme.proposed if it.round == programme.round]
    if programme.form == "circles":
        gone = await _circles_taken_back(desk, programme, latest, now)
    else:
        for it in latest:
            await proposals.take_back(desk, programme.proposal_of(it), now)
        ids = {programme.proposal_of(it).id: it for it in latest}
        ended = await desk.store.look(lambda read: read.all(Mentorship, list(ids)))
        gone = [ids[it.id] for it in ended if it.end == "never_agreed"]
    await _noted(desk, programme.id, now, lambda it: it.taken_back(gone))


async def _circles_taken_back(
    desk: Desk, programme: Programme, latest: Sequence[ProposedPair], now: datetime
) -> list[ProposedPair]:
    """Take back the circles that haven't begun; who said no to one keeps that."""
    ids = {it.two: programme.circle_id(it.mentor_id, it.round) for it in latest}
    for id in sorted(set(ids.values())):
        await circles.take_back(desk, id, now)
    found = await desk.store.look(
        lambda read: {it.id: it for it in read.all(Circle, sorted(set(ids.values())))}
    )
    back = {id: it for id, it in found.items() if it.end == "taken_back"}
    return [it for it in latest if (one := back.get(ids[it.two])) and one.answers.get(it.mentee_id, True)]


async def tell_the_others(desk: Desk, programme: Programme, now: datetime) -> None:
    """Tell who put themselves forward and is in no pair: mentees why, mentors that nobody is theirs."""
    result = programme.result
    if result is None:
        return
    taken = {it.mentor_id for it in programme.proposed}
    alone = {it.mentee_id: it for it in result.alone}
    free = [id for id in result.free if id not in taken]
    people = sorted({*alone, *free})
    for some in _chunks(people):
        outcomes = {id: Outcome(alone=alone.get(id), is_free=id in free, at=now) for id in some}
        await _tell(desk, programme.id, some, partial(_outcome_of, outcomes))


async def hold(desk: Desk, programme: Programme) -> None:
    """Say to whom something was told of a pairing that its pairs are being changed."""
    ids = {
        it
        for side in (MENTEES, MENTORS)
        for it in await desk.store.ids(side.of(programme.id), limit=EVERYONE)
    }
    told = await desk.store.look(lambda read: [it for it in read.all(SignUp, sorted(ids)) if it.outcome])
    for some in _chunks([it.person_id for it in told]):
        await _tell(desk, programme.id, some, _held)


def _outcome_of(outcomes: Mapping[PersonId, Outcome], it: SignUp) -> Outcome | None:
    return outcomes[it.person_id]


def _held(it: SignUp) -> Outcome | None:
    return it.outcome.model_copy(update={"is_on_hold": True}) if it.outcome else None


async def _proposed_pairs(
    desk: Desk, programme: Programme, pairs: Sequence[Matched], now: datetime
) -> dict[Two, str]:
    """Propose pairs one by one; return why which can't be."""
    why_them = {it.two: it.grounds for it in await participants.with_grounds(desk, programme, pairs, now)}
    found = {it.two: await _proposed(desk, programme, it, why_them[it.two], now) for it in pairs}
    return {two: why for two, why in found.items() if why is not None}


async def _proposed_circle(
    desk: Desk, programme: Programme, pairs: Sequence[Matched], now: datetime
) -> dict[Two, str]:
    """Propose one mentor's circle; return who can't be in it, and why."""
    mentor = pairs[0].mentor_id
    here = [it for it in pairs if await _are_in(desk, programme, it)]
    out = {it.two: "withdrew" for it in pairs if it not in here}
    try:
        id, people = programme.circle_id(mentor, programme.round), tuple(it.mentee_id for it in here)
        why_not = await circles.propose(desk, CircleOffer(id, programme.name, mentor, people), now)
    except Refusal as no:
        return {it.two: out.get(it.two, _why(no)) for it in pairs}
    return out | {it.two: why_not[it.mentee_id] for it in here if it.mentee_id in why_not}


async def _are_in(desk: Desk, programme: Programme, pair: Matched) -> bool:
    ids = [sign_up_id(programme.id, it) for it in (pair.mentee_id, pair.mentor_id)]
    return len(await desk.store.look(lambda read: read.all(SignUp, ids))) == len(ids)


async def _proposed(
    desk: Desk, programme: Programme, pair: Matched, grounds: Sequence[Ground], now: datetime
) -> str | None:
    """Propose one pair; return why it can't be, or None."""
    if not await _are_in(desk, programme, pair):
        return "withdrew"
    bare = programme.proposal(pair.mentee_id, pair.mentor_id, programme.round)
    proposal = replace(bare, reasons=tuple(_reasons(grounds)))
    try:
        if await proposals.propose(desk, proposal, now):
            return None
    except Refusal as no:
        return _why(no)
    return None if await desk.find(Mentorship, proposal.id) else "already"


def _reasons(grounds: Sequence[Ground]) -> Iterator[PairingReason]:
    """Yield what both may read: that one asked for the other, and which wanted topics the mentor knows."""
    for it in grounds:
        if it.kind in (GroundKind.WISH, GroundKind.THEIR_WISH):
            yield PairingReason(kind="wish" if it.kind is GroundKind.WISH else "their_wish")
        elif it.kind in (GroundKind.NEED, GroundKind.WANT) and it.trait and it.trait.column == TOPICS:
            yield PairingReason(kind="knows", topic=TopicId(it.trait.value), depth=it.amount)


def _why(no: Refusal) -> str:
    match no:
        case NotAMember() | CannotHelp():
            return no.why
        case Invalid():
            return no.problem
    return "asked"


async def _noted(
    desk: Desk, id: str, now: datetime, change: Callable[[Programme], Programme]
) -> Programme | None:
    def decide(read: Snapshot) -> tuple[Programme | None, Changes]:
        before = read.find(Programme, id)
        if before is None:
            return None, NONE
        after = change(before)
        return after, changed(read, after, desk.policy, now)

    return await desk.store.commit(decide, load=[Key(Programme, id)])


async def _tell(
    desk: Desk, id: str, people: Sequence[PersonId], outcome: Callable[[SignUp], Outcome | None]
) -> None:
    """Tell people; who was put there by an admin didn't ask, and hears of a pair alone."""
    ids = [sign_up_id(id, it) for it in people]

    def decide(read: Snapshot) -> tuple[None, Changes]:
        told = [it.told(outcome(it)) for it in read.all(SignUp, ids) if it.added_by is None]
        return None, Changes(put=told, show=only_here(read, [show for it in told for show in it.shows()]))

    await desk.store.commit(decide, load=[Key(SignUp, it) for it in ids])


def _chunks(people: Sequence[PersonId]) -> list[Sequence[PersonId]]:
    return [people[begin : begin + AT_ONCE] for begin in range(0, len(people), AT_ONCE)]

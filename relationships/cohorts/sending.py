"""A programme's pairs put to the people, or taken back, a few at a time; who stays without one hears why."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from kernel.changes import NONE
from kernel.desk import Desk
from kernel.errors import CannotHelp, Invalid, NotAMember, Refusal
from kernel.store import Changes, Key, Snapshot
from kernel.values import PersonId
from mentoring.model.person import only_here
from relationships.cohorts import proposals
from relationships.cohorts.programme import LeftOut, Matched, Programme
from relationships.cohorts.programmes import EVERYONE, changed
from relationships.cohorts.sign_up import MENTEES, MENTORS, Outcome, SignUp, sign_up_id
from relationships.mentorships.mentorship import Mentorship

AT_ONCE = 20


async def propose_some(desk: Desk, programme: Programme, now: datetime) -> Programme | None:
    """Propose the next pairs, note which, and return how things stand; None where all were.

    Doing it twice, or in two processes, changes nothing.
    """
    tried = {(it.mentee_id, it.mentor_id) for it in programme.left_out}
    some = [it for it in programme.unsent if it.two not in tried][:AT_ONCE]
    if not some:
        return None
    done: list[Matched] = []
    left_out: list[LeftOut] = []
    for pair in some:
        why = await _proposed(desk, programme, pair, now)
        if why is None:
            done.append(pair)
        else:
            left_out.append(LeftOut(mentee_id=pair.mentee_id, mentor_id=pair.mentor_id, why=why))
    return await _noted(desk, programme.id, now, lambda it: it.sent(done, left_out, now))


async def take_back(desk: Desk, programme: Programme, now: datetime) -> None:
    """Take back all that not both have agreed to; what one of them said no to stays so. Twice is once."""
    latest = [it for it in programme.proposed if it.round == programme.round]
    for it in latest:
        await proposals.take_back(desk, programme.proposal_of(it), now)
    ids = {programme.proposal_of(it).id: it for it in latest}
    ended = await desk.store.look(lambda read: read.all(Mentorship, list(ids)))
    gone = [ids[it.id] for it in ended if it.end == "never_agreed"]
    await _noted(desk, programme.id, now, lambda it: it.taken_back(gone))


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


async def _proposed(desk: Desk, programme: Programme, pair: Matched, now: datetime) -> str | None:
    """Propose one pair; return why it can't be, or None."""
    ids = [sign_up_id(programme.id, it) for it in (pair.mentee_id, pair.mentor_id)]
    if len(await desk.store.look(lambda read: read.all(SignUp, ids))) < len(ids):
        return "withdrew"
    proposal = programme.proposal(pair.mentee_id, pair.mentor_id, programme.round)
    try:
        if await proposals.propose(desk, proposal, now):
            return None
    except (NotAMember, CannotHelp) as no:
        return no.why
    except Invalid as no:
        return no.problem
    except Refusal:
        return "asked"
    return None if await desk.find(Mentorship, proposal.id) else "already"


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

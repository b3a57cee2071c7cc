"""A pair of a cohort, proposed: each of the two has the agreement to say yes to, or *Call it off*."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.policy import Policy
from kernel.store import NONE, Changes, Key, Snapshot
from mentoring.model.load import load_of
from mentoring.model.person import Person, check_can_help, check_member
from mentoring.people.managers import check_apart
from relationships.cohorts.proposal import UNDO_FOR, Proposal
from relationships.mentorships.capacity import most_of
from relationships.mentorships.changes import changed
from relationships.mentorships.mentorship import Mentorship, begun
from relationships.mentorships.pair import Pair, have_one, pair_of
from relationships.mentorships.record import OPEN_MENTORSHIPS

MOST = 50


async def is_new(desk: Desk, proposal: Proposal, now: datetime, besides: Sequence[Proposal] = ()) -> bool:
    """Whether a proposal would be made, or refuse it, as `propose` does; nothing is written.

    *besides* are others that would be made before it: they take places, too.
    """
    mine = await desk.store.ids(OPEN_MENTORSHIPS.of(proposal.mentee_id), limit=MOST)
    return await desk.store.look(
        lambda read: _fresh(read, proposal, mine, desk, now, besides=besides) is not None
    )


async def propose(desk: Desk, proposal: Proposal, now: datetime) -> bool:
    """Propose a pair to both; return False where it was before, or they have a mentorship already.

    Refused where either is no member, the mentor is paused or has no place left, one stands above the other,
    or they are kept apart.
    """
    mine = await desk.store.ids(OPEN_MENTORSHIPS.of(proposal.mentee_id), limit=MOST)

    def decide(read: Snapshot) -> tuple[bool, Changes]:
        made = _fresh(read, proposal, mine, desk, now)
        return (False, NONE) if made is None else (True, changed(read, None, *made, now))

    return await desk.store.commit(decide, load=[Key(Mentorship, proposal.id)])


async def take_back(desk: Desk, proposal: Proposal, now: datetime) -> bool:
    """Take a proposal back, of which both hear; return False if both have agreed, or 24 hours are over."""

    def decide(read: Snapshot) -> tuple[bool, Changes]:
        before = read.find(Mentorship, proposal.id)
        if before is None or before.state != "agreeing" or now > before.made_at + UNDO_FOR:
            return False, NONE
        pair = pair_of(read, before, desk.policy, now)
        gone = before.close("never_agreed", now).model_copy(update={"is_taken_back": True})
        return True, changed(read, before, gone, pair, now)

    return await desk.store.commit(decide, load=[Key(Mentorship, proposal.id)])


def _fresh(
    read: Snapshot,
    proposal: Proposal,
    mine: Sequence[str],
    desk: Desk,
    now: datetime,
    *,
    besides: Sequence[Proposal] = (),
) -> tuple[Mentorship, Pair] | None:
    """The mentorship to be agreed on; None where there is one, whatever became of it."""
    mentee_id, mentor_id = proposal.mentee_id, proposal.mentor_id
    if have_one(read, mentor_id, mentee_id, mine) or read.find(Mentorship, proposal.id) is not None:
        return None
    told = (mentor_id, mentee_id)
    asked = begun(proposal.id, mentor_id, mentee_id, proposal.agreement, now, told=told)
    fresh = asked.model_copy(update={"is_proposed": True, "reasons": proposal.reasons})
    pair = pair_of(read, fresh, desk.policy, now)
    check_member(_here(pair.mentee))
    check_can_help(pair.mentee, _here(pair.mentor), now)
    check_apart(read, pair.mentee, pair.mentor)
    _check_place(read, pair.mentor, proposal, besides, desk.policy)
    return fresh, pair


def _check_place(
    read: Snapshot, mentor: Person, proposal: Proposal, besides: Iterable[Proposal], policy: Policy
) -> None:
    """Refuse a mentor who has no place, or no minutes, when they have all that is proposed besides."""
    minutes = proposal.agreement.weekly_minutes
    load, most = load_of(read, mentor.id), most_of(read, mentor.id, policy)
    for other in besides:
        if other.mentor_id == mentor.id:
            load = load.promise(other.id, other.agreement.weekly_minutes)
    if not load.can_promise(proposal.id, minutes, most, mentor.limits(policy.limits)):
        raise Invalid("places", "full" if len(load.promised) >= most else "no_minutes")


def _here(person: Person) -> Person:
    """Somebody as they are known, or as a member who was never met: Slack was asked before."""
    return person.assumed_active() if person.standing == "unknown" else person

"""What goes with a sponsorship as it stands: its entry of the agenda, its cards, when it is dropped. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kernel.policy import Policy
from kernel.store import Changes, Later, Never, Show, Snapshot
from mentoring.model.person import Person, only_here, stranger
from mentoring.model.undo import undo_over
from relationships.mentorships.pair import Pair, parted
from relationships.sponsorships.course import next_moment
from relationships.sponsorships.sponsorship import FORGET_SPONSORSHIP, SPONSORSHIP_DUE, End, Sponsorship

_PARTED: Mapping[str, End] = {"left": "left", "line": "line", "apart": "apart"}


def pair_of(read: Snapshot, it: Sponsorship, policy: Policy, now: datetime) -> Pair:
    """Its two people: the sponsor stands where a mentor does, the protégé where a mentee does."""
    sponsor, protege = (read.find(Person, each) or stranger(each, now) for each in it.both)
    return Pair(sponsor, protege, policy)


def end_of(read: Snapshot, pair: Pair) -> End | None:
    """Why two people can't go on, or None."""
    return _PARTED.get(parted(read, pair) or "")


def changed(read: Snapshot, it: Sponsorship, pair: Pair, now: datetime) -> Changes:
    """What goes with a sponsorship that has changed."""
    at = next_moment(it, pair, now)
    kept = timedelta(days=pair.policy.retention.relationship_days)
    said = sorted(act.said_at for act in it.just_said(now) if act.said_at)
    return Changes(
        put=[it],
        later=[
            Later(SPONSORSHIP_DUE, it.id, at) if at else Never(SPONSORSHIP_DUE, it.id),
            Later(FORGET_SPONSORSHIP, it.id, it.ended_at + kept)
            if it.ended_at
            else Never(FORGET_SPONSORSHIP, it.id),
            *(undo_over(Show(it.thing, to=it.protege_id), at) for at in said[-1:]),
        ],
        show=only_here(read, it.shows()),
    )

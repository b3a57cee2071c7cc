"""Who could give a view: ranked as helpers are, lane by lane; of the best, whoever stands farthest apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import CannotHelp
from kernel.policy import Policy
from kernel.presence import UNKNOWN
from kernel.store import Snapshot
from kernel.values import PersonId
from matching.ranking.ranking import rank
from matching.values import LANES, Ask, Lane, Match, Urgency
from mentoring.model.load import load_of
from mentoring.model.person import Person, check_can_help
from mentoring.people.managers import check_apart
from mentoring.routing.deadlines import held_for
from mentoring.routing.shortlist import model_of
from relationships.second_opinions.second_opinion import MINUTES, SecondOpinion

RANKED = 10
# What two people share, the worst first: of one team they think alike, of one site they only meet.
ARENAS: Mapping[str, int] = {"team": 4, "function": 2, "site": 1}


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best of each lane, at work or not, and the best of those at work."""

    here: Mapping[Lane, Sequence[Match]]
    anyone: Mapping[Lane, Sequence[Match]]


@dataclass(frozen=True, slots=True)
class Room:
    """What one choice of people reads: *who* may be asked has to fit beside those who sit already."""

    read: Snapshot
    asker: Person
    policy: Policy
    now: datetime


async def candidates(desk: Desk, opinion: SecondOpinion, asker: Person, now: datetime) -> Candidates:
    """The best in each lane, without whoever was asked already, stands in line, or is kept apart."""
    # The model first: the index must not be awaited away from between here and the ranking.
    model = await model_of(desk, now)
    index = await desk.directory.index()
    index.keep_free(desk.policy.holidays)
    asked = {seat.person_id for seat in opinion.seats}
    barred = {asker.id, *asked, *asker.do_not_match, *asker.managers} | index.lines.around(asker.id)
    ask = Ask(
        id=opinion.id,
        asker_id=asker.id,
        asker_level=asker.level,
        topics=opinion.topics,
        urgency=Urgency.THIS_WEEK,
        minutes=MINUTES,
        excluded=frozenset(barred),
        text=opinion.question,
    )

    def best(lane: Lane, at_work: bool) -> Sequence[Match]:
        of_lane = replace(ask, lanes=(lane,), at_work=at_work)
        limits = replace(desk.policy.limits, open_offers=None)  # an answer in writing waits beside a question
        return rank(of_lane, index, now, RANKED, tree=desk.topics.tree, limits=limits, model=model)

    is_kept = not desk.policy.offers_outside_hours
    return Candidates(
        here={lane: best(lane, is_kept) for lane in LANES},
        anyone={lane: best(lane, False) for lane in LANES},
    )


def farthest(room: Room, opinion: SecondOpinion, matches: Iterable[Match]) -> Match | None:
    """Who shares least with the asker and those who sit already, of equals the best; or None.

    Only who can be asked this moment counts.
    """
    near = [room.asker, *room.read.all(Person, [seat.person_id for seat in opinion.taken])]
    fits = [(match, helper) for match in matches if (helper := _fitting(room, opinion, match))]
    here = [(match, helper) for match, helper in fits if opens_at(room, helper) == room.now]
    return min(here, key=lambda it: shared(it[1], near), default=(None, None))[0]


def first_opening(room: Room, opinion: SecondOpinion, matches: Iterable[Match]) -> datetime | None:
    """When the first of those who can be asked is at work, in time for an answer; None: nobody is."""
    fits = [helper for match in matches if (helper := _fitting(room, opinion, match))]
    opens = [at for helper in fits if (at := opens_at(room, helper)) and room.now < at < opinion.closes_at]
    return min(opens, default=None)


def shared(one: Person, others: Iterable[Person]) -> int:
    """How much somebody has in common with the nearest of others: nothing that is known is 0."""
    return max((_in_common(one, other) for other in others), default=0)


def opens_at(room: Room, helper: Person) -> datetime | None:
    """From when on somebody can be asked; None where that is never."""
    held = held_for(helper, UNKNOWN, room.policy, room.now)
    if held is None:
        return room.now
    return held.until if held.until > room.now else None


def _in_common(one: Person, other: Person) -> int:
    def is_same(arena: str) -> bool:
        mine = getattr(one, arena)
        return bool(mine) and mine == getattr(other, arena)

    return sum(weight for arena, weight in ARENAS.items() if is_same(arena))


def _fitting(room: Room, opinion: SecondOpinion, match: Match) -> Person | None:
    """Who can be asked as things are stored: the ranking is advice."""
    helper = room.read.find(Person, PersonId(match.helper_id))
    if helper is None or not helper.is_helper or helper.id in {it.person_id for it in opinion.seats}:
        return None
    load, limits = load_of(room.read, helper.id), helper.limits(room.policy.limits)
    try:
        check_can_help(room.asker, helper, room.now)
        check_apart(room.read, room.asker, helper)
    except CannotHelp:
        return None
    can_sit = load.can_sit(limits, room.now) and load.has_room(MINUTES, limits, room.now)
    return helper if can_sit else None

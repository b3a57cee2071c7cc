"""Who could be asked next: ranked by what was declared and learned, then by who is reachable now."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from matching.exploring import explore
from matching.prior import DECLARED
from matching.ranking import rank
from matching.values import Ask, Lane, Match, Urgency
from mentoring.desk import UNKNOWN, Desk, Seen
from mentoring.person import Person
from mentoring.request import Request
from mentoring.values import PersonId

RANKED = 25
LOOKED_UP = 8
NEARNESS: Mapping[Seen, int] = {"active": 0, "unknown": 1, "away": 2, "dnd": 3}


async def shortlist(desk: Desk, request: Request, asker: Person, now: datetime) -> list[Match]:
    """Return who could be asked, best first. If it is urgent, presence is looked up for the few best."""
    ranked = await _ranked(desk, as_ask(request, asker, desk), now)
    match request.urgency:
        case Urgency.NOW:
            return await _awake(desk, ranked)
        case Urgency.TODAY:
            seen = await _look(desk, ranked[:LOOKED_UP])
            return [
                *sorted(ranked[:LOOKED_UP], key=lambda it: seen[it.helper_id] == "dnd"),
                *ranked[LOOKED_UP:],
            ]
        case Urgency.THIS_WEEK:
            return ranked


async def _ranked(desk: Desk, ask: Ask, now: datetime) -> list[Match]:
    """Return the best by what was learned; now and then, by a draw of the ask's own, a newcomer first."""
    # The model first: the index must not be awaited away from between here and the ranking.
    model = await desk.experience.model(desk, now) if desk.policy.learning.enabled else DECLARED
    index = await desk.directory.index()
    tree, limits = desk.topics.tree, desk.policy.limits
    ranked = rank(ask, index, now, RANKED, tree=tree, limits=limits, model=model)
    # As long as profiles alone decide, everybody is new.
    return ranked if model is DECLARED else explore(ranked, ask.id, desk.policy.learning.explore)


async def _awake(desk: Desk, ranked: Sequence[Match]) -> list[Match]:
    """Return those out of do-not-disturb, the nearest of each few first, until a pool is full."""
    awake: list[Match] = []
    for start in range(0, len(ranked), LOOKED_UP):
        few = ranked[start : start + LOOKED_UP]
        seen = await _look(desk, few)
        near = sorted(few, key=lambda it: NEARNESS[seen[it.helper_id]])
        awake += [match for match in near if seen[match.helper_id] != "dnd"]
        if len(awake) >= max(desk.policy.pool, 1):
            break
    return awake


async def _look(desk: Desk, matches: Sequence[Match]) -> Mapping[str, Seen]:
    ids = [PersonId(match.helper_id) for match in matches]
    seen = await desk.presence.look(ids) if ids else {}
    return {id: seen.get(id, UNKNOWN).state for id in ids}


def as_ask(request: Request, asker: Person, desk: Desk) -> Ask:
    """Return what a ranking needs to know of a request."""
    lanes = desk.topics.lanes(request.topics) if request.lane == "any" else (Lane(request.lane),)
    excluded = request.not_again | asker.do_not_match | set(asker.managers)
    return Ask(
        id=request.id,
        asker_id=asker.id,
        asker_level=asker.level,
        topics=request.topics,
        lanes=lanes,
        urgency=request.urgency,
        minutes=request.minutes,
        excluded=frozenset(excluded),
        wanted=frozenset({request.prefer} if request.prefer else ()),
        text=request.question,
    )

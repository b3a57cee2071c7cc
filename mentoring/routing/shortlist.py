"""Who could be asked next: ranked by what was declared and learned, then by who is reachable now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from kernel.desk import UNKNOWN, Desk, Seen
from kernel.values import PersonId
from matching.ranking.exploration import explore, promising
from matching.ranking.priors import DECLARED
from matching.ranking.ranking import RankingModel, rank
from matching.values import Match, Reason, ReasonKind, Urgency
from mentoring.model.ask import as_ask
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.routing.lane_statistics import by_outcomes
from mentoring.routing.peer_pairing import complementary, partners

RANKED, PROFILES = 25, 10
LOOKED_UP = 8
# The log of how much likelier an answer in time is than from someone of whom nothing is known: by judgement.
THERE: Mapping[Urgency, Mapping[Seen, float]] = {
    Urgency.NOW: {"active": 0.4, "away": -1.2},
    Urgency.TODAY: {"active": 0.1, "away": -0.1, "dnd": -2.0},
}


async def shortlist(desk: Desk, request: Request, asker: Person, now: datetime) -> list[Match]:
    """Return who could be asked, best first; now and then, by a draw of the request's own, a newcomer."""
    ask = await by_outcomes(desk, as_ask(request, asker, desk))
    if request.way == "peer_coaching":
        ask = replace(ask, excluded=ask.excluded | await partners(desk, asker.id))
    # The model first: the index must not be awaited away from between here and the ranking.
    model = await model_of(desk, now)
    index = await desk.directory.index()
    index.keep_free(desk.policy.holidays)
    ask = replace(ask, excluded=ask.excluded | index.lines.around(asker.id))
    tree, limits = desk.topics.tree, desk.policy.limits
    ranked = rank(ask, index, now, RANKED, tree=tree, limits=limits, model=model)
    # As long as profiles alone decide, everybody is new; and who needs help now is no experiment.
    is_open = request.way == "help" and model is not DECLARED and request.urgency is not Urgency.NOW
    profiles = rank(ask, index, now, PROFILES, tree=tree, limits=limits) if is_open else ()
    newcomers = promising(profiles, model.knows)
    there = await _there(desk, ranked, request.urgency)
    if request.way == "peer_coaching":
        return await complementary(desk, asker, there)
    if not is_open:
        return there
    return explore(there, newcomers, ask.id, desk.policy.learning.explore)


async def _there(desk: Desk, ranked: list[Match], urgency: Urgency) -> list[Match]:
    """Return them with what presence adds to the score; if it is urgent, the few best are looked up."""
    match urgency:
        case Urgency.NOW:
            return await _awake(desk, ranked)
        case Urgency.TODAY:
            few = ranked[:LOOKED_UP]
            return [*_nearest(few, await _look(desk, few), urgency), *ranked[LOOKED_UP:]]
        case Urgency.THIS_WEEK:
            return ranked


async def _awake(desk: Desk, ranked: Sequence[Match]) -> list[Match]:
    """Return those out of do-not-disturb, of each few the likeliest first, until a pool is full."""
    awake: list[Match] = []
    for start in range(0, len(ranked), LOOKED_UP):
        few = ranked[start : start + LOOKED_UP]
        seen = await _look(desk, few)
        some = [match for match in few if seen[match.helper_id] != "dnd"]
        awake += _nearest(some, seen, Urgency.NOW)
        if len(awake) >= max(desk.policy.pool, 1):
            break
    return awake


def _nearest(matches: Sequence[Match], seen: Mapping[str, Seen], urgency: Urgency) -> list[Match]:
    """Return matches with what their presence adds to the score, the best first."""
    told = [match.also(_presence(seen[match.helper_id], urgency)) for match in matches]
    return sorted(told, key=lambda match: -match.score)


def _presence(seen: Seen, urgency: Urgency) -> Reason:
    return Reason(ReasonKind.PRESENCE, THERE[urgency].get(seen, 0.0), {"seen": seen})


async def _look(desk: Desk, matches: Sequence[Match]) -> Mapping[str, Seen]:
    ids = [PersonId(match.helper_id) for match in matches]
    seen = await desk.presence.look(ids) if ids else {}
    return {id: seen.get(id, UNKNOWN).state for id in ids}


async def model_of(desk: Desk, now: datetime) -> RankingModel:
    """Return how to rank here: by what was learned, if the policy lets it, or by declared profiles."""
    learned = desk.experience if desk.policy.learning.enabled else None
    return await learned.model(desk, now) if learned else DECLARED

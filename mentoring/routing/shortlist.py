"""Who could be asked next: ranked by what was declared and learned, then by who is reachable now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from kernel.desk import Desk
from kernel.policy import Policy
from kernel.presence import UNKNOWN, Available, Seen
from kernel.store import Key
from kernel.values import PersonId
from matching.ranking.exploration import explore, promising
from matching.ranking.index import HelperIndex
from matching.ranking.priors import DECLARED
from matching.ranking.ranking import RankingModel, rank
from matching.values import ANYTHING, Ask, Match, Reason, ReasonKind, Urgency
from mentoring.model.ask import as_ask, reaching, widened
from mentoring.model.person import Person, stranger
from mentoring.model.request import Request
from mentoring.routing.lane_statistics import by_outcomes
from mentoring.routing.peer_pairing import complementary, partners
from sensing.text.language import ANOTHER, language

RANKED, PROFILES = 25, 10
LOOKED_UP = 8
# More than from knowing a topic a little to knowing it in depth: by judgement, no past has told.
SPOKEN = 1.5
# The log of how much likelier an answer in time is than from someone of whom nothing is known. How far active
# and away are apart was fitted to real activity (docs/matching.md).
THERE: Mapping[Urgency, Mapping[Seen, float]] = {
    Urgency.NOW: {"active": 0.4, "away": -1.2},
    Urgency.TODAY: {"active": 0.25, "away": -0.25},
    Urgency.THIS_WEEK: {"active": 0.2, "away": -0.2},
}


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Who could be asked, best first: those at work, those who will be, those with a question before them.

    *seen* is who was looked up. *beyond* are those in a lane that was not wished, or that they don't
    take: looked for where nobody is free, and asked where nobody else can be.
    """

    matches: Sequence[Match] = ()
    seen: Mapping[str, Available] = field(default_factory=dict)
    beyond: Sequence[Match] = ()


async def shortlist(desk: Desk, request: Request, asker: Person, now: datetime) -> Shortlist:
    """Who could be asked; now and then, by a draw of the request's own, a newcomer comes first."""
    ask = reaching(await by_outcomes(desk, as_ask(request, asker, desk)))
    if request.way == "peer_coaching":
        ask = replace(ask, excluded=ask.excluded | await partners(desk, asker.id))
    # The model first: the index must not be awaited away from between here and the ranking.
    model = await model_of(desk, now)
    index = await desk.directory.index()
    index.keep_free(desk.policy.holidays)
    ask = replace(ask, excluded=ask.excluded | index.lines.around(asker.id))
    best = partial(rank, index=index, now=now, tree=desk.topics.tree, limits=desk.policy.limits)
    here, later = _by_hours(desk.policy, ask, index, now, partial(best, k=RANKED, model=model))
    # As long as profiles alone decide, everybody is new; and who needs help now is no experiment.
    is_open = request.way == "help" and model is not DECLARED and request.urgency is not Urgency.NOW
    profiles = best(_here(ask, desk.policy), k=PROFILES) if is_open else ()
    newcomers = promising(profiles, model.knows)
    here, later = await _spoken(desk, request, here), await _spoken(desk, request, later)
    there, quiet, seen = await _there(desk, here, request.urgency)
    if request.way == "peer_coaching":
        there, later = await complementary(desk, asker, there), await complementary(desk, asker, later)
    elif is_open:
        there = explore(there, newcomers, ask.id, desk.policy.learning.explore)
    known = {match.helper_id for match in there}
    rest = [match for match in (*quiet, *later) if match.helper_id not in known]
    if there:
        return Shortlist([*there, *rest], seen)
    # The index as it is now: while presence was looked up, it may have been awaited away from.
    best = partial(best, index=await desk.directory.index(), k=RANKED, model=model)
    busy = _busy(ask, rest, best, desk.policy)
    beyond = _beyond(request, ask, [*rest, *busy], best)
    return Shortlist([*rest, *busy], {**seen, **await _look(desk, beyond[:LOOKED_UP])}, beyond)


def _busy(ask: Ask, known: Sequence[Match], best: Callable[..., list[Match]], policy: Policy) -> list[Match]:
    """The best of those who have another question before them, and would be listed but for that."""
    listed = frozenset(match.helper_id for match in known)
    later = Urgency.TODAY if ask.urgency is Urgency.NOW else ask.urgency
    anyone = replace(ask, urgency=later, excluded=ask.excluded | listed)
    return best(anyone, limits=replace(policy.limits, open_offers=None))


async def is_known_by_words(desk: Desk, me: PersonId, text: str, now: datetime) -> bool:
    """Whether a question without any topic would find somebody: who helped with questions like it."""
    asker = await desk.find(Person, me) or stranger(me, now)
    model = await model_of(desk, now)
    index = await desk.directory.index()
    kept_apart = asker.do_not_match | set(asker.managers) | index.lines.around(me)
    ask = Ask("", me, asker.level, (ANYTHING,), urgency=Urgency.THIS_WEEK, excluded=kept_apart, text=text)
    anyone = replace(desk.policy.limits, open_offers=None)  # who has another question now is free before long
    best = rank(ask, index, now, PROFILES, limits=anyone, model=model)
    alike = (reason for match in best for reason in match.reasons if reason.kind is ReasonKind.SIMILAR)
    return model is not DECLARED and any(reason.value > 0 for reason in alike)


def _beyond(
    request: Request, ask: Ask, known: Sequence[Match], best: Callable[..., list[Match]]
) -> list[Match]:
    """The best in lanes that were not wished, then those who don't take theirs, each once."""
    if request.way != "help":
        return []
    found = {match.helper_id: match for match in known}
    more = [match for wider in widened(ask, request.lane) for match in best(wider)]
    return [match for match in more if found.setdefault(match.helper_id, match) is match]


async def _spoken(desk: Desk, request: Request, matches: list[Match]) -> list[Match]:
    """Matches with what it adds that somebody speaks the language of a question, the best first."""
    written = language(request.question)
    if written is None or written == ANOTHER:
        return matches
    ids = [PersonId(match.helper_id) for match in matches]
    people = await desk.store.look(lambda read: read.all(Person, ids), load=[Key(Person, id) for id in ids])
    speak = {person.id for person in people if person.speaks(written)}
    spoken = Reason(ReasonKind.LANGUAGE, SPOKEN, {"language": written})
    told = [match.also(spoken) if match.helper_id in speak else match for match in matches]
    return sorted(told, key=lambda match: -match.score)


def _by_hours(
    policy: Policy, ask: Ask, index: HelperIndex, now: datetime, best: Callable[[Ask], list[Match]]
) -> tuple[list[Match], list[Match]]:
    """The best who are at work, and the best of those who are not yet."""
    if policy.offers_outside_hours:
        return best(ask), []
    # When somebody is at work next is worth knowing of what is needed now, too.
    anyone = best(replace(ask, urgency=Urgency.TODAY) if ask.urgency is Urgency.NOW else ask)
    at_work = index.at_work((match.helper_id for match in anyone), now)
    here = [match for match in anyone if match.helper_id in at_work]
    later = [match for match in anyone if match.helper_id not in at_work]
    # Behind so many better ones who sleep, others may be at work.
    if len(anyone) == RANKED and len(here) < max(policy.pool, LOOKED_UP):
        here = best(_here(ask, policy))
    return here, later


def _here(ask: Ask, policy: Policy) -> Ask:
    return replace(ask, at_work=not policy.offers_outside_hours)


async def _there(
    desk: Desk, ranked: Sequence[Match], urgency: Urgency
) -> tuple[list[Match], list[Match], Mapping[str, Available]]:
    """Those out of do-not-disturb, of each few the likeliest first, those in it, and who was seen.

    So many are looked up that a pool is full.
    """
    there: list[Match] = []
    quiet: list[Match] = []
    seen: dict[str, Available] = {}
    for start in range(0, len(ranked), LOOKED_UP):
        few = ranked[start : start + LOOKED_UP]
        if len(there) >= max(desk.policy.pool, 1):
            there += few
            continue
        found = await _look(desk, few)
        seen |= found
        states = {id: available.state for id, available in found.items()}
        there += _nearest([match for match in few if states[match.helper_id] != "dnd"], states, urgency)
        quiet += [match for match in few if states[match.helper_id] == "dnd"]
    return there, quiet, seen


def _nearest(matches: Sequence[Match], seen: Mapping[str, Seen], urgency: Urgency) -> list[Match]:
    """Matches with what their presence adds to the score, the best first."""
    told = [match.also(_presence(seen[match.helper_id], urgency)) for match in matches]
    return sorted(told, key=lambda match: -match.score)


def _presence(seen: Seen, urgency: Urgency) -> Reason:
    return Reason(ReasonKind.PRESENCE, THERE[urgency].get(seen, 0.0), {"seen": seen})


async def _look(desk: Desk, matches: Sequence[Match]) -> Mapping[str, Available]:
    ids = [PersonId(match.helper_id) for match in matches]
    seen = await desk.presence.look(ids) if ids else {}
    return {id: seen.get(id, UNKNOWN) for id in ids}


async def model_of(desk: Desk, now: datetime) -> RankingModel:
    """How to rank here: by what was learned, if the policy lets it, or by declared profiles."""
    learned = desk.experience if desk.policy.learning.enabled else None
    return await learned.model(desk, now) if learned else DECLARED

"""Why a request went to whom, in figures: for admins, who see no word of what was asked.

While the asker is anonymous, nothing is said that would tell who they are, as to helpers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from kernel.desk import Desk
from kernel.errors import NotFound
from kernel.store import Key, Snapshot
from kernel.values import PersonId, RequestId
from matching.ranking.counterfactuals import Counterfactual, changes
from matching.ranking.priors import DECLARED
from matching.ranking.ranking import rank
from matching.values import TELLS_WHO, Ask, Lane, Match, Reason, ReasonKind
from mentoring.learning.request_history import Approached, PastRequest, past_requests
from mentoring.model.ask import reaching
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.requests.completion import pending
from mentoring.routing.lane_statistics import by_outcomes
from mentoring.routing.shortlist import model_of

__all__ = ["PRIVATE", "Explained", "Placed", "explain"]

LISTED = 10
# They would tell of a no, of silence, or of what was said of someone's help: told in one sum only.
PRIVATE = frozenset({ReasonKind.IN_TIME, ReasonKind.RELIABLE, ReasonKind.STANDING})
# They would tell who asks: how many levels apart, who helped this asker before.


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody's place in the ranking. *private* sums up what is told of nobody; all of it is the score.

    *lane* is None where it would tell who asks.
    """

    helper_id: PersonId
    name: str
    lane: Lane | None
    score: float
    reasons: tuple[Reason, ...]
    private: float


@dataclass(frozen=True, slots=True)
class Explained:
    """The ranking of a request as things stand now, and who was asked so far.

    Whoever was asked before is ranked with the rest. Each of *changes* alone would put the second first;
    *in_line* are those who would stand in the ranking, were they not above or below the asker in the line of
    managers. An anonymous request has none of either.
    """

    request_id: RequestId
    ask: Ask
    asked_at: datetime
    is_learned: bool
    ranked: tuple[Placed, ...]
    approached: tuple[Approached, ...]
    names: Mapping[str, str]
    helper_id: PersonId | None
    changes: tuple[Counterfactual, ...]
    is_anonymous: bool
    in_line: tuple[PersonId, ...] = ()


async def explain(desk: Desk, request_id: RequestId, now: datetime) -> Explained:
    """The best ten for a request with every share of their scores, or raise NotFound."""
    past = next(iter(await past_requests(desk, [request_id])), None)
    if past is None:
        raise NotFound("request", request_id)
    request = await desk.get(Request, request_id)
    holders = await desk.store.look(lambda read: [offer.helper_id for offer in pending(read, request)])
    ask = replace(await by_outcomes(desk, past.ask), holders=frozenset(holders))
    model = await model_of(desk, now)
    index = await desk.directory.index()
    index.keep_free(desk.policy.holidays)
    best = partial(rank, tree=desk.topics.tree, limits=desk.policy.limits, model=model)
    asked, around = reaching(ask), index.lines.around(ask.asker_id)
    matches = best(asked, index, now, LISTED)
    anyone = best(replace(asked, excluded=ask.excluded - around), index, now, LISTED) if around else matches
    in_line = tuple(PersonId(match.helper_id) for match in anyone if match.helper_id in around)
    people = [
        *in_line,
        *(match.helper_id for match in matches),
        *(approach.helper_id for approach in past.approached),
    ]
    names = await _names(desk, people)
    explained = _explained(replace(past, ask=ask), matches, names, is_learned=model is not DECLARED)
    explained = replace(explained, in_line=in_line)
    return _without_asker(explained) if request.anonymous else explained


def _explained(
    past: PastRequest, matches: Sequence[Match], names: Mapping[str, str], *, is_learned: bool
) -> Explained:
    return Explained(
        request_id=RequestId(past.ask.id),
        ask=past.ask,
        asked_at=past.asked_at,
        is_learned=is_learned,
        ranked=tuple(_placed(match, names) for match in matches),
        approached=past.approached,
        names=names,
        helper_id=past.helper_id,
        changes=_changes(past, matches),
        is_anonymous=False,
    )


def _without_asker(found: Explained) -> Explained:
    placed = tuple(map(_unrelated, found.ranked))
    return replace(found, ranked=placed, changes=(), in_line=(), is_anonymous=True)


def _unrelated(placed: Placed) -> Placed:
    """A place with what would tell who asks summed up with what is told of nobody."""
    hidden = sum(reason.value for reason in placed.reasons if reason.kind in TELLS_WHO)
    told = tuple(reason for reason in placed.reasons if reason.kind not in TELLS_WHO)
    return replace(placed, lane=None, reasons=told, private=placed.private + hidden)


def _changes(past: PastRequest, matches: Sequence[Match]) -> tuple[Counterfactual, ...]:
    if len(matches) < 2:
        return ()
    return tuple(changes(past.ask, matches[0], matches[1]))


def _placed(match: Match, names: Mapping[str, str]) -> Placed:
    hidden = sum(reason.value for reason in match.reasons if reason.kind in PRIVATE)
    told = tuple(reason for reason in match.reasons if reason.kind not in PRIVATE)
    id = PersonId(match.helper_id)
    return Placed(id, names.get(id, id), match.lane, match.score, told, hidden)


async def _names(desk: Desk, ids: Sequence[str]) -> dict[str, str]:
    def found(read: Snapshot) -> dict[str, str]:
        return dict(_named(read, ids))

    return await desk.store.look(found, load=[Key(Person, id) for id in dict.fromkeys(ids)])


def _named(read: Snapshot, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for id in ids:
        person = read.find(Person, id)
        yield id, person.name if person and person.name else id

"""Why a request went to whom, in figures: for admins, who see no word of what was asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matching.prior import DECLARED
from matching.ranking import Model, rank
from matching.values import Ask, Lane, Match, Reason, ReasonKind
from matching.what_if import Change, changes
from mentoring.desk import Desk
from mentoring.errors import NotFound
from mentoring.lane_record import by_outcomes
from mentoring.person import Person
from mentoring.store import Key, Snapshot
from mentoring.trail import Approached, PastRequest, past_requests
from mentoring.values import PersonId, RequestId

__all__ = ["PRIVATE", "Explained", "Placed", "explain"]

LISTED = 10
# They would tell of a no, of silence, or of what was said of someone's help: told in one sum only.
PRIVATE = frozenset({ReasonKind.IN_TIME, ReasonKind.RELIABLE, ReasonKind.STANDING})


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody's place in the ranking. *private* sums up what is told of nobody; all of it is the score."""

    helper_id: PersonId
    name: str
    lane: Lane
    score: float
    reasons: tuple[Reason, ...]
    private: float


@dataclass(frozen=True, slots=True)
class Explained:
    """The ranking of a request as things stand now, and who was asked so far.

    Whoever was asked before is ranked with the rest. Each of *changes* alone would put the second first.
    """

    request_id: RequestId
    ask: Ask
    asked_at: datetime
    is_learned: bool
    ranked: tuple[Placed, ...]
    approached: tuple[Approached, ...]
    names: Mapping[str, str]
    helper_id: PersonId | None
    changes: tuple[Change, ...]


async def explain(desk: Desk, request_id: RequestId, now: datetime) -> Explained:
    """Return the best ten for a request with every share of their scores, or raise NotFound."""
    past = next(iter(await past_requests(desk, [request_id])), None)
    if past is None:
        raise NotFound("request", request_id)
    ask = await by_outcomes(desk, past.ask)
    model: Model = await desk.experience.model(desk, now) if desk.policy.learning.enabled else DECLARED
    index = await desk.directory.index()
    limits, tree = desk.policy.limits, desk.topics.tree
    matches = rank(ask, index, now, LISTED, tree=tree, limits=limits, model=model)
    people = [*(match.helper_id for match in matches), *(it.helper_id for it in past.approached)]
    names = await _names(desk, people)
    return _explained(replace(past, ask=ask), matches, names, is_learned=model is not DECLARED)


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
    )


def _changes(past: PastRequest, matches: Sequence[Match]) -> tuple[Change, ...]:
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

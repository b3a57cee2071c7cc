"""What other topics or another policy would have done to past requests. Pure but for reading the past."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.desk import Desk
from kernel.policy import Policy
from kernel.topics import Catalogue
from kernel.values import PersonId, RequestId, TopicId
from matching.ranking.index import HelperIndex
from matching.ranking.ranking import rank
from matching.topics.tagging import sure
from matching.values import NOTHING, Ask
from mentoring.learning.request_history import PastRequest, trail
from mentoring.model.ask import reaching
from mentoring.model.new_request import MOST_TOPICS

__all__ = ["Outlook", "Placement", "Replay", "Replayed", "Steering", "gini", "replay"]


@dataclass(frozen=True, slots=True)
class Steering:
    """What an edit of the manifest can change about routing."""

    topics: Catalogue
    policy: Policy


@dataclass(frozen=True, slots=True)
class Placement:
    """The topics that a request has or would have had, and who would be asked first: None is nobody."""

    topics: tuple[TopicId, ...]
    first: PersonId | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """One past request under what is in force, and under the edit."""

    id: RequestId
    asked_at: datetime
    before: Placement
    after: Placement

    @property
    def is_changed(self) -> bool:
        """Whether the edit makes any difference to it."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Outlook:
    """All requests under one steering: how many reach somebody, and how unevenly first offers fall."""

    routed: int
    unroutable: int
    gini: float


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it, the oldest request first."""

    requests: tuple[Replayed, ...]
    before: Outlook
    after: Outlook

    @property
    def retagged(self) -> int:
        """How many requests would have had other topics."""
        return sum(each.before.topics != each.after.topics for each in self.requests)

    @property
    def redirected(self) -> int:
        """How many would have gone to somebody else first."""
        return sum(each.before.first != each.after.first for each in self.requests)

    @property
    def gained(self) -> int:
        """How many would have reached somebody, and reach nobody now."""
        return sum(each.before.first is None and each.after.first is not None for each in self.requests)

    @property
    def lost(self) -> int:
        """How many would have reached nobody, and reach somebody now."""
        return sum(each.before.first is not None and each.after.first is None for each in self.requests)


async def replay(
    desk: Desk,
    edit: Steering,
    now: datetime,
    *,
    most: int,
    told: Callable[[int], object] = lambda _requests: None,
) -> Replay:
    """What an edit would have done to the latest *most* requests before *now*.

    Profiles are today's, and decide alone; load and pauses are left out, as nobody knows what they were, and
    hours are those of the moment of asking. *told* hears of each request.
    """
    index, found = unburdened(await desk.directory.index()), []
    here = Steering(desk.topics, desk.policy)
    async for past in trail(desk, until=now, most=most):
        found.append(replayed(past, here, edit, index))
        told(1)
    firsts = [[each.before.first for each in found], [each.after.first for each in found]]
    before, after = (_outlook(some, index) for some in firsts)
    return Replay(tuple(found), before, after)


def replayed(past: PastRequest, here: Steering, edit: Steering, index: HelperIndex) -> Replayed:
    """One request under both."""
    topics = here.topics.known(past.ask.topics)
    after = retagged(topics, past.ask.text, here.topics, edit.topics)
    wishes_lane = past.ask.lanes != here.topics.lanes(past.ask.topics)
    asks = [
        replace(past.ask, topics=some, lanes=past.ask.lanes if wishes_lane else steering.topics.lanes(some))
        for some, steering in ((topics, here), (after, edit))
    ]
    return Replayed(
        RequestId(past.ask.id),
        past.asked_at,
        Placement(topics, _first(asks[0], past.asked_at, here, index)),
        Placement(after, _first(asks[1], past.asked_at, edit, index)),
    )


def retagged(
    topics: Sequence[TopicId], text: str, before: Catalogue, after: Catalogue
) -> tuple[TopicId, ...]:
    """What topics a request would have had: what its words say otherwise now, the rest as it was.

    A topic that the asker chose, though no word names it, stays as long as it exists.
    """
    old, new = sure(before.tagger.suggest(text)), sure(after.tagger.suggest(text))
    kept = [topic for topic in topics if topic not in old or topic in new]
    return after.known([*kept, *(topic for topic in new if topic not in old)])[:MOST_TOPICS]


def unburdened(index: HelperIndex) -> HelperIndex:
    """Everyone as if they carried nothing, had helped nobody and had no pause."""
    people = (helper for id in index if (helper := index.get(id)) is not None)
    free = {"minutes_booked": 0, "open_sessions": 0, "open_offers": 0, "helped": NOTHING}
    never = {
        "is_available": True,
        "paused_until": None,
        "last_helped_at": None,
        "offers_ended": 0,
        "offers_answered": 0.0,
    }
    return HelperIndex(replace(helper, **free, **never) for helper in people)  # type: ignore[arg-type]


def _first(ask: Ask, at: datetime, steering: Steering, index: HelperIndex) -> PersonId | None:
    limits, tree = steering.policy.limits, steering.topics.tree
    found = rank(reaching(ask), index, at, 1, tree=tree, limits=limits)
    return PersonId(found[0].helper_id) if found else None


def _outlook(firsts: Sequence[PersonId | None], index: HelperIndex) -> Outlook:
    given = Counter(first for first in firsts if first is not None)
    routed = sum(given.values())
    return Outlook(routed, len(firsts) - routed, gini([given[PersonId(id)] for id in index]))


def gini(loads: Sequence[float]) -> float:
    """The Gini coefficient: 0 where all carry the same or nothing, near 1 where one carries all."""
    total, count = sum(loads), len(loads)
    if not total:
        return 0.0
    ranked = sum((2 * place - count - 1) * load for place, load in enumerate(sorted(loads), 1))
    return ranked / (count * total)

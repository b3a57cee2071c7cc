"""What a declared profile says for and against a helper: fixed weights, until better ones were learned."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matching.ranking import answer_chance
from matching.ranking.index import NO_TIME, HelperIndex, Rows
from matching.ranking.index_arrays import NEVER
from matching.ranking.pool import Facts, Pool, Share, pool_of
from matching.ranking.reach import NO_ROWS, Reach, reach_of
from matching.topic_tree import TopicTree
from matching.values import LANES, Ask, Limits, ReasonKind, Urgency

Floats = NDArray[np.float64]
MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE
MOST, MARGIN = 32, 1e-6
TO_BEGIN = 16  # people looked at first for each that is wanted, so that a second look is seldom needed
URGENT: Mapping[Urgency, float] = {Urgency.NOW: 1.0, Urgency.TODAY: 1.0, Urgency.THIS_WEEK: 0.25}


@dataclass(frozen=True, slots=True)
class Prior:
    """The weights of a declared profile, in logits: .7 doubles the odds that this helper is the right one.

    An asked topic counts *topic* by own level (1 knows, 2 works with it, 3 teaches it); through a parent or
    a child the `TopicTree` share of that. A lane counts by its place among the wished ones, *in_time* weighs
    the log of someone's chance to answer; everything else only subtracts. *first* is how many people are
    looked at to begin with; it changes no result.
    """

    topic: tuple[float, float, float] = (1.0, 1.6, 2.0)
    lane: tuple[float, float, float] = (0.5, 0.25, 0.0)
    closed: float = 0.8
    booked: float = 0.8
    open_session: float = 0.3
    open_offer: float = 0.2
    repeat: float = 0.15
    recent: float = 0.3
    in_time: float = 1.0
    first: int = 250

    def __post_init__(self) -> None:
        weights = (*self.lane, self.closed, self.booked, self.open_session, self.open_offer, self.repeat)
        rises = list(self.topic) == sorted(self.topic)
        if min(*self.topic, *weights, self.recent, self.in_time) < 0 or not rises:
            raise ValueError("weights are zero or more, and a higher own level is worth no less")

    def judge(
        self, ask: Ask, index: HelperIndex, now: datetime, tree: TopicTree, limits: Limits, *, k: int
    ) -> tuple[Pool, list[Share]]:
        """Who may be among the best *k*, and the shares of their scores."""
        return self.shortlist(ask, self.reach(ask, index, tree), now, limits, k=k)

    def reach(self, ask: Ask, index: HelperIndex, tree: TopicTree, also: Rows = NO_ROWS) -> Reach:
        """Who declares something of an ask, and *also*, with the most that they can be worth."""
        return reach_of(ask, index, tree, topic=self.topic, lane=self.lane, prompt=self.most, also=also)

    def shortlist(
        self, ask: Ask, reach: Reach, now: datetime, limits: Limits, *, k: int
    ) -> tuple[Pool, list[Share]]:
        """All in reach whose score is among the best *k*, some of the others, and all of `Reach.also`.

        Only those are looked at whom their bound lets be among the best: all that a score has beyond it
        subtracts. The result is that of looking at everyone.
        """
        looked_at = max(self.first, TO_BEGIN * k)
        steps = reach.best(looked_at)
        while True:
            pool = pool_of(ask, reach.above(steps), now, limits)
            shares = self.shares(pool)
            scores = np.sum([share.values for share in shares], axis=0)[pool.is_stranger(reach.also)]
            needed = reach.steps_of(_kth(scores, k) - MARGIN)
            if steps <= needed:
                return pool, shares
            looked_at *= min(MOST, 2 + 2 * k // (1 + len(scores)))
            steps = needed or reach.best(looked_at)

    def knows(self, helper_id: str) -> bool:
        """Nothing but profiles is known."""
        return False

    def shares(self, pool: Pool) -> list[Share]:
        """Each reason's contribution for every row of the pool; they add up to the scores."""
        return [
            *(self._topic(pool, topic) for topic in pool.held),
            self._lane(pool),
            self._hours(pool),
            self._load(pool),
            self._repeat(pool),
            self._recent(pool),
            self._in_time(pool),
        ]

    @property
    def most(self) -> float:
        """The most that anything but topics and lane adds: for always answering in time."""
        return self.in_time * answer_chance.MOST

    def value_of(self, levels: NDArray[np.int32]) -> Floats:
        """The worth of own levels 0 to 3, level by level; 0 is worth nothing."""
        return np.array((0.0, *self.topic))[levels]

    def _topic(self, pool: Pool, topic: str) -> Share:
        values = np.zeros(len(pool.rows))
        for held in pool.held[topic]:
            better = np.maximum(values[held.at], held.share * self.value_of(held.levels))
            values[held.at] = better
        return Share(values, lambda at: self._topic_facts(pool, topic, at), is_topic=True)

    def _topic_facts(self, pool: Pool, topic: str, at: int) -> Facts:
        levels = pool.topics_at(at)
        kin = pool.tree.kin(topic)
        related = max(
            levels.keys() & kin.keys(), key=lambda t: (kin[t] * self.topic[levels[t] - 1], t == topic, t)
        )
        if related == topic:
            return ReasonKind.TOPIC, {"topic": topic, "level": levels[topic]}
        return ReasonKind.RELATED_TOPIC, {"topic": topic, "related": related, "level": levels[related]}

    def _lane(self, pool: Pool) -> Share:
        wished = pool.ask.lanes
        worth = [self.lane[wished.index(lane)] if lane in wished else 0.0 for lane in LANES]
        return Share(np.array(worth)[pool.lanes], lambda at: (ReasonKind.LANE, _lane_facts(pool, at)))

    def _hours(self, pool: Pool) -> Share:
        waits = np.maximum(pool.opens - pool.now, 0) / DAY
        values = -self.closed * URGENT[pool.ask.urgency] * np.minimum(waits, 1.0)
        return Share(values, lambda at: (ReasonKind.HOURS, _wait_facts(pool, at)))

    def _load(self, pool: Pool) -> Share:
        load = pool.columns
        values = (
            self.booked * load["minutes_booked"] / np.maximum(pool.allowance, 1)
            + self.open_session * load["open_sessions"]
            + self.open_offer * load["open_offers"]
        )
        return Share(-values, lambda at: (ReasonKind.LOAD, _load_facts(pool, at)))

    def _repeat(self, pool: Pool) -> Share:
        times = pool.repeats()
        return Share(
            -self.repeat * np.minimum(times, 4), lambda at: (ReasonKind.REPEAT, {"times": int(times[at])})
        )

    def _recent(self, pool: Pool) -> Share:
        last = pool.columns["last_helped_at"]
        days = np.where(last == NO_TIME, np.inf, np.maximum(pool.now - last, 0) / DAY)
        return Share(
            -self.recent * np.exp2(-days / 7),
            lambda at: (ReasonKind.RECENT, {"days": int(days[at])}),
        )

    def _in_time(self, pool: Pool) -> Share:
        ended, answered = pool.columns["offers_ended"], pool.columns["offer_halves"] / 2
        return Share(
            self.in_time * answer_chance.favour(ended, answered),
            lambda at: (
                ReasonKind.IN_TIME,
                {"usually": int(answer_chance.is_usual(ended[at], answered[at]))},
            ),
        )


def _kth(scores: Floats, k: int) -> float:
    """The *k*-th best score, minus infinity where there are fewer."""
    return float(np.sort(scores)[-k]) if len(scores) >= k > 0 else -math.inf


def _lane_facts(pool: Pool, at: int) -> Mapping[str, str | int | float]:
    lane = LANES[pool.lanes[at]]
    facts = {"lane": lane.value, "levels_apart": int(pool.columns["level"][at]) - pool.ask.asker_level}
    return {**facts, "proven_with": pool.ask.topics[0]} if lane is pool.ask.proven else facts


def _wait_facts(pool: Pool, at: int) -> Mapping[str, str | int | float]:
    opens = int(pool.opens[at])
    if opens == NEVER:
        return {"open_now": 0}
    wait = max(0, opens - pool.now) // MINUTE
    return {"open_now": int(opens <= pool.now), "opens_in_minutes": wait}


def _load_facts(pool: Pool, at: int) -> Mapping[str, str | int | float]:
    booked = int(pool.columns["minutes_booked"][at])
    return {
        "minutes_booked": booked,
        "minutes_left": int(pool.allowance[at]) - booked,
        "open_sessions": int(pool.columns["open_sessions"][at]),
        "open_offers": int(pool.columns["open_offers"][at]),
    }


DECLARED = Prior()

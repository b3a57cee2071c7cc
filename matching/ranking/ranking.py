"""Who should be asked first, and why. The one entry is `rank`."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.ranking.index import HelperIndex, key_of
from matching.ranking.pool import Facts, Pool, Share
from matching.ranking.priors import DECLARED
from matching.topic_tree import TopicTree
from matching.values import LANES, Ask, Limits, Match, Reason, in_strength

NO_KIN = TopicTree({})
PLACES = 9


class RankingModel(Protocol):
    """Anything that can say who may be asked and, as shares that add up, how well each of them fits."""

    def judge(
        self, ask: Ask, index: HelperIndex, now: datetime, tree: TopicTree, limits: Limits, *, k: int
    ) -> tuple[Pool, Sequence[Share]]:
        """Candidates for an ask, the best *k* among them, and each reason's share of their scores."""
        ...

    def knows(self, helper_id: str) -> bool:
        """Whether anything but a profile tells of someone."""
        ...


def rank(
    ask: Ask,
    index: HelperIndex,
    now: datetime,
    k: int = 5,
    *,
    tree: TopicTree = NO_KIN,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
    model: RankingModel = DECLARED,
) -> list[Match]:
    """Up to *k* helpers for an ask, best first, each with its reasons.

    Nobody is listed who is the asker, excluded, unavailable, paused, full, unwilling in the only lane that
    fits, out of hours for an ask that needs help now, or who declares none of the asked topics nor a parent
    or child of one. Order: score, higher first; equal scores are drawn by a hash of ask and helper, the
    same everywhere.
    """
    pool, shares = model.judge(ask, index, now, tree, limits, k=k)
    return [_match(pool, shares, at) for at in _order(pool, shares, k)]


def order(
    ask: Ask,
    index: HelperIndex,
    now: datetime,
    k: int,
    *,
    tree: TopicTree = NO_KIN,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
    model: RankingModel = DECLARED,
) -> list[str]:
    """The ids that `rank` would list, without their reasons."""
    return listed(*model.judge(ask, index, now, tree, limits, k=k), k)


def listed(pool: Pool, shares: Sequence[Share], k: int) -> list[str]:
    """The ids of the best *k* of a pool, in the order of `rank`."""
    return [pool.index.id_of(int(pool.rows[at])) for at in _order(pool, shares, k)]


def _order(pool: Pool, shares: Sequence[Share], k: int) -> list[int]:
    scores = np.round(sum((share.values for share in shares), start=np.zeros(len(pool))), PLACES)
    best: list[int] = _best(scores, _lots(pool), k).tolist()
    return best


def _lots(pool: Pool) -> NDArray[np.uint64]:
    """The number that each person draws for this ask; the least wins a tie."""
    mixed = (pool.columns["key"] ^ np.uint64(key_of(pool.ask.id))) * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(29))


def _best(scores: NDArray[np.float64], lots: NDArray[np.uint64], k: int) -> NDArray[np.intp]:
    if len(scores) > k > 0:
        close = np.flatnonzero(scores >= np.partition(scores, -k)[-k])
        return close[np.lexsort((lots[close], -scores[close]))[:k]]
    return np.lexsort((lots, -scores))[: max(k, 0)]


def _match(pool: Pool, shares: Sequence[Share], at: int) -> Match:
    reasons = in_strength(Reason(kind, value, facts) for value, (kind, facts) in _spoken(shares, at))
    score = math.fsum(reason.value for reason in reasons)
    return Match(pool.index.id_of(int(pool.rows[at])), LANES[pool.lanes[at]], score, reasons)


def _spoken(shares: Sequence[Share], at: int) -> list[tuple[float, Facts]]:
    return [(float(share.values[at]), share.facts(at)) for share in shares if share.values[at]]

"""Whoever declares something of an ask, and the most each can be worth: a bound before a closer look.

Worth is counted in whole steps, rounded up, so that sums of small integers tell who can't be among the best.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.ranking.index import AVAILABLE_BIT, KINDS, LANE_BITS, PROMPT_BIT, HelperIndex, Rows
from matching.ranking.lanes import lane_table
from matching.topic_tree import TopicTree
from matching.values import LANES, Ask

NO_ROWS: Rows = np.empty(0, dtype=np.intp)
STEPS = 30_000
ALWAYS = 1 << 15
FEW = 20
OUT = -(1 << 17)
ANYONE = AVAILABLE_BIT - 1


@dataclass(frozen=True, slots=True)
class Part:
    """The rows that declare a topic which counts for an asked one, and with which own levels."""

    topic: str
    share: float
    rows: Rows
    levels: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Reach:
    """The parts of one ask; *steps* bounds, per part and row, what topics, lane and promptness are worth,
    in *step*s.

    Below zero stands who has no lane or is unavailable. The rows of *also* are within reach whatever they
    declare.
    """

    index: HelperIndex
    tree: TopicTree
    parts: Sequence[Part]
    also: Rows
    steps: Sequence[NDArray[np.int32]]
    step: float

    def best(self, count: int) -> int:
        """A bound that about *count* entries reach, fewer where very many are equal; 0 for all."""
        found = np.sort(np.concatenate(self.steps)) if self.steps else NO_ROWS
        if len(found) <= count or found[-count] <= 0:
            return 0
        bound = int(found[-count])
        reached, more = len(found) - np.searchsorted(found, (bound, bound + 1))
        return bound + 1 if reached > 2 * count and more >= FEW else bound

    def steps_of(self, worth: float) -> int:
        """The least bound of anyone who is worth this much."""
        return 0 if worth <= 0 else math.ceil(worth / self.step)

    def above(self, steps: int) -> "Reach":
        """Only those whose bound is at least this; *also* stay."""
        kept = [np.flatnonzero(each >= steps) for each in self.steps]
        parts = [_some(part, at) for part, at in zip(self.parts, kept, strict=True)]
        return replace(self, parts=parts, steps=[each[at] for each, at in zip(self.steps, kept, strict=True)])


def reach_of(
    ask: Ask,
    index: HelperIndex,
    tree: TopicTree,
    *,
    topic: Sequence[float],
    lane: Sequence[float],
    prompt: float,
    also: Rows = NO_ROWS,
) -> Reach:
    """Who declares an asked topic or its kin.

    *topic* is what own levels 1, 2 and 3 are worth, *lane* the first, second and third wished lane, *prompt*
    the most that answering offers more than usual adds.
    """
    parts = [
        Part(asked, share, *index.holders(kin))
        for asked in dict.fromkeys(ask.topics)
        for kin, share in tree.kin(asked).items()
    ]
    levels = np.array((0.0, *topic))
    step = (sum(part.share for part in parts) * float(levels.max()) + max(lane) + prompt) / STEPS or 1.0
    counts = [np.ceil(part.share * levels / step).astype(np.uint16).take(part.levels) for part in parts]
    marks = np.full(len(also), ALWAYS, dtype=np.uint16)
    joined = [(part.rows, each) for part, each in zip(parts, counts, strict=True)]
    *sums, _ = index.sums([*joined, (also, marks)])
    by_kind = _kind_steps(ask, lane, prompt, step)
    steps = [by_kind.take(index.kinds(rows)) + each for (rows, _), each in zip(joined, sums, strict=True)]
    return Reach(index, tree, parts, also, steps, step)


def _kind_steps(ask: Ask, lane: Sequence[float], prompt: float, step: float) -> NDArray[np.int32]:
    """What each kind of person is worth in steps but for topics, OUT where there is no lane."""
    worth = [math.ceil(lane[ask.lanes.index(each)] / step) if each in ask.lanes else 0 for each in LANES]
    kinds = np.arange(KINDS)
    willing = ANYONE if ask.unwilling else kinds & ANYONE
    lanes = lane_table(ask.asker_level, ask.lanes)[kinds % PROMPT_BIT >> LANE_BITS, willing]
    more = math.ceil(prompt / step) * (kinds >= PROMPT_BIT)
    out = (lanes < 0) | (kinds & AVAILABLE_BIT == 0)
    return np.where(out, OUT, np.array(worth)[lanes] + more).astype(np.int32)


def _some(part: Part, at: Rows) -> Part:
    return replace(part, rows=part.rows[at], levels=part.levels[at])

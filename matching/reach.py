"""Whoever declares something of an ask, and the most their topics can be worth: a bound before a closer look.

Worth is counted in whole steps, rounded up, so that sums of small integers tell who can't be among the best.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.index import HelperIndex, Rows
from matching.topic_tree import TopicTree
from matching.values import Ask

NO_ROWS: Rows = np.empty(0, dtype=np.intp)
STEPS = 30_000
ALWAYS = 1 << 15
FEW = 20


@dataclass(frozen=True, slots=True)
class Part:
    """The rows that declare a topic which counts for an asked one, and with which own levels."""

    topic: str
    share: float
    rows: Rows
    levels: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Reach:
    """The parts of one ask; *steps* bounds, per part and row, what all its topics are worth, in *step*s.

    The rows of *also* are within reach whatever they declare.
    """

    index: HelperIndex
    tree: TopicTree
    parts: Sequence[Part]
    also: Rows
    steps: Sequence[NDArray[np.uint16]]
    step: float

    def best(self, count: int) -> int:
        """Return a bound that about *count* people reach, fewer where very many are equal; 0 for all."""
        found = np.sort(np.concatenate(self.steps)) if self.steps else NO_ROWS
        if len(found) <= count:
            return 0
        bound = int(found[-count])
        reached, more = len(found) - np.searchsorted(found, (bound, bound + 1))
        return bound + 1 if reached > 2 * count and more >= FEW else bound

    def steps_of(self, worth: float) -> int:
        """Return the least bound of anyone whose topics are worth this much."""
        return 0 if worth <= 0 else math.ceil(worth / self.step)

    def above(self, steps: int) -> "Reach":
        """Return only those whose bound is at least this; *also* stay."""
        if steps <= 0:
            return self
        kept = [np.flatnonzero(each >= steps) for each in self.steps]
        parts = [_some(part, at) for part, at in zip(self.parts, kept, strict=True)]
        return replace(self, parts=parts, steps=[each[at] for each, at in zip(self.steps, kept, strict=True)])


def reach_of(
    ask: Ask, index: HelperIndex, tree: TopicTree, worth: Sequence[float], also: Rows = NO_ROWS
) -> Reach:
    """Return who declares an asked topic or its kin; *worth* is what own levels 1, 2 and 3 count."""
    parts = [
        Part(topic, share, *index.holders(kin))
        for topic in dict.fromkeys(ask.topics)
        for kin, share in tree.kin(topic).items()
    ]
    levels = np.array((0.0, *worth))
    step = sum(part.share for part in parts) * float(levels.max()) / STEPS or 1.0
    counts = [np.ceil(part.share * levels / step).astype(np.uint16).take(part.levels) for part in parts]
    marks = np.full(len(also), ALWAYS, dtype=np.uint16)
    joined = [(part.rows, each) for part, each in zip(parts, counts, strict=True)]
    *steps, _ = index.sums([*joined, (also, marks)])
    return Reach(index, tree, parts, also, steps, step)


def _some(part: Part, at: Rows) -> Part:
    return replace(part, rows=part.rows[at], levels=part.levels[at])

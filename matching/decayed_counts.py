"""Counts that fade: for each of many keys, how much lately, at several half-lives at once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.columns import Column

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]
NEVER = -math.inf
REBASE_AT = 30.0


@dataclass(frozen=True, slots=True)
class TallyArrays:
    """A tally as plain arrays: a row of cells and a last day for each key, in the order of *keys*."""

    rates: Floats
    keys: Numbers
    cells: Floats
    last: Floats
    base: float
    totals: Floats


class Tally:
    """Weights by key, each halved every *halves* days (infinity keeps all), and when the last was added.

    Instead of fading every cell, an addition is written larger by the time since a common base. The first
    cell stays empty and stands for every unknown key.
    """

    __slots__ = ("_at", "_base", "_cells", "_keys", "_last", "_order", "_rates", "_sorted", "totals")

    def __init__(self, halves: Sequence[float]) -> None:
        self._rates = np.array([math.log(2) / half for half in halves])
        self._at: dict[int, int] = {}
        self._keys = Column(np.intp)
        self._order: Numbers = np.empty(0, dtype=np.intp)
        self._sorted: Numbers = self._order
        self._cells: Floats = np.zeros((2, len(halves)))
        self._last: Floats = np.full(2, NEVER)
        self._base = 0.0
        self.totals: Floats = np.zeros(len(halves))

    @classmethod
    def restored(cls, written: TallyArrays) -> Self:
        """The tally that was written."""
        tally, size = cls((1.0,) * len(written.rates)), len(written.keys)
        tally._rates = written.rates
        tally._at = dict(zip(written.keys.tolist(), range(1, size + 1), strict=True))
        tally._keys = Column.holding(written.keys)
        tally._cells = np.concatenate([tally._cells[:1], written.cells, tally._cells[:1]])
        tally._last = np.concatenate([tally._last[:1], written.last, tally._last[:1]])
        tally._base, tally.totals = written.base, written.totals
        return tally

    def __len__(self) -> int:
        return len(self._at)

    @property
    def written(self) -> TallyArrays:
        """All that it holds, not a copy."""
        rows = slice(1, len(self) + 1)
        return TallyArrays(
            self._rates, self.keys, self._cells[rows], self._last[rows], self._base, self.totals
        )

    @property
    def keys(self) -> Numbers:
        """The keys in order of their first addition, which is the order of `cells`."""
        keys: Numbers = self._keys.values
        return keys

    def add(self, key: int, day: float, weight: float | Floats = 1.0) -> None:
        """Count *weight*, or one a half-life, for a key on a day; days may come a little out of order."""
        if not self._at:
            self._base = day
        if (day - self._base) * self._rates.max() > REBASE_AT:
            self._rebase(day)
        at = self._at.get(key) or self._new(key)
        grown = weight * np.exp(self._rates * (day - self._base))
        self._cells[at] += grown
        self.totals += grown
        self._last[at] = max(self._last[at], day)

    def faded(self, keys: Numbers, day: float) -> tuple[Floats, Floats]:
        """Per key the counts as of a day, one column a half-life, and the last day (−inf: never)."""
        at = self._find(keys)
        return self._cells.take(at, axis=0) * self.fade(day), self._last.take(at)

    def lately(self, keys: Numbers, day: float, column: int) -> Floats:
        """Per key the count as of a day at one of the half-lives: a column of what `faded` gives."""
        counts: Floats = self._cells[:, column].take(self._find(keys)) * self.fade(day)[column]
        return counts

    def told(self, key: int) -> tuple[int, float]:
        """The count of one key at the last half-life, which has to be infinity, and its last day."""
        at = self._at.get(key, 0)
        return round(float(self._cells[at, -1])), float(self._last[at])

    def cells(self, day: float) -> Floats:
        """The counts of all keys in the order of `keys`, as of a day."""
        return self._cells[1 : len(self._at) + 1] * self.fade(day)

    def fade(self, day: float) -> Floats:
        """What the written numbers are worth on a day, per half-life."""
        return np.exp(-self._rates * (day - self._base))

    def _find(self, keys: Numbers) -> Numbers:
        """The cells of keys by a binary search over the sorted ones, sorted anew after a new key."""
        if not self._at:
            return np.zeros(len(keys), dtype=np.intp)
        if len(self._order) < len(self._at):
            self._order = np.argsort(self.keys)
            self._sorted = self.keys[self._order]
        place = self._sorted.searchsorted(keys)
        is_there = self._sorted.take(place, mode="clip") == keys
        cells: Numbers = (self._order.take(place, mode="clip") + 1) * is_there
        return cells

    def _new(self, key: int) -> int:
        at = self._at[key] = len(self._at) + 1
        self._keys.append(key)
        if at == len(self._cells):
            self._cells = np.concatenate([self._cells, np.zeros_like(self._cells)])
            self._last = np.concatenate([self._last, np.full_like(self._last, NEVER)])
        return at

    def _rebase(self, day: float) -> None:
        fade = self.fade(day)
        self._cells *= fade
        self.totals *= fade
        self._base = day

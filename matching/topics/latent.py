"""What texts are about beneath their words: latent semantic analysis (Deerwester et al. 1990) of past asks.

Two texts that share no word can still be alike, since their words stand together elsewhere. A lens is made of
many texts at once (`latent_fit.py`, apart, since it loads scipy), and then looks at any text in microseconds.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.columns import Column

Vectors = NDArray[np.float32]
Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]
DIMENSIONS = 40
UNKNOWN = -1
HALF = 365.0


@dataclass(frozen=True, slots=True)
class Lens:
    """Where each word points: one row a word, its rarity included."""

    words: Mapping[str, int]
    rows: Vectors

    def of(self, words: Mapping[str, int]) -> Vectors:
        """Where a text points, of length one; zeros for one of unknown words alone."""
        known = [(row, count) for word, count in words.items() if (row := self.words.get(word)) is not None]
        if not known:
            return np.zeros(self.rows.shape[1], dtype=np.float32)
        weights = np.array([1 + math.log(count) for _, count in known], dtype=np.float32)
        pointed: Vectors = weights @ self.rows[[row for row, _ in known]]
        length = float(np.linalg.norm(pointed))
        return pointed / np.float32(length) if length > 0 else pointed


BLIND = Lens({}, np.zeros((0, DIMENSIONS), dtype=np.float32))


class Profiles:
    """What each person's answers were about: the sum of where those asks point, halved every year.

    Person −1 stands for everyone unknown, and is about nothing.
    """

    def __init__(self) -> None:
        self.sums: Vectors = np.zeros((16, DIMENSIONS), dtype=np.float32)
        self._worths, self._days = Column(np.float64), Column(np.float64)

    @classmethod
    def restored(cls, sums: Vectors, worths: Floats, days: Floats) -> Self:
        """The profiles that were written."""
        profiles = cls()
        profiles.sums = np.concatenate([sums, np.zeros((1, DIMENSIONS), dtype=np.float32)])
        profiles._worths, profiles._days = Column.holding(worths), Column.holding(days)
        return profiles

    @property
    def written(self) -> tuple[Vectors, Floats, Floats]:
        """Sums, worths and the days as of which they are, a row a person."""
        size = len(self._days)
        return self.sums[:size], self._worths.values, self._days.values

    def add(self, person: int, vector: Vectors, worth: float, day: float) -> None:
        """Count one answer to an ask that points there."""
        self._grow(person + 1)
        worths, days = self._worths.values, self._days.values
        fade = 2.0 ** ((days[person] - day) / HALF)
        self.sums[person] = self.sums[person] * np.float32(fade) + np.float32(worth) * vector
        worths[person] = worths[person] * fade + worth
        days[person] = day

    def compare(self, vector: Vectors, people: Numbers, day: float) -> list[Floats]:
        """Per person how like their answers an ask is: on average, in direction, and in all (log)."""
        known = np.where(people < len(self._days), people, UNKNOWN)
        places = np.where(known == UNKNOWN, 0, known)
        fade = np.where(known == UNKNOWN, 0.0, np.exp2((self._at(self._days, places) - day) / HALF))
        dots = (self.sums[places] @ vector) * fade
        lengths = np.linalg.norm(self.sums[places], axis=1) * fade
        worths = self._at(self._worths, places) * fade
        return [dots / (worths + 3), dots / (lengths + 2), np.log1p(3 * np.maximum(dots, 0))]

    def _at(self, column: Column, places: Numbers) -> Floats:
        values: Floats = column.values
        return values[places] if len(values) else np.zeros(len(places))

    def _grow(self, size: int) -> None:
        for _ in range(len(self._days), size):
            self._worths.append(0.0)
            self._days.append(0.0)
        if size > len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros((size, DIMENSIONS), dtype=np.float32)])

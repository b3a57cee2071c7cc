"""A choice model: how much each piece of evidence says about who of several people was the one who helped.

Conditional logit (McFadden 1974): softmax over the candidates of one ask, fitted by Newton's method with a
ridge around given weights, so that little data leaves them where they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.learning.history import Floats

ROUNDS = 15
TINY = 1e-3
CLOSE_ENOUGH = 1e-5


@dataclass(frozen=True, slots=True)
class Lesson:
    """The evidence on the candidates of one ask, a row each, and which of them it turned out to be.

    *day* is that of the ask, in days since 1970.
    """

    rows: NDArray[np.float32]
    chosen: int
    day: float = 0.0


def lesson(rows: Floats, chosen: int, most: int, seed: int, day: float = 0.0) -> Lesson:
    """A lesson that keeps the chosen row and at most *most* others, drawn by *seed*.

    A uniform draw of the others leaves the fitted weights consistent.
    """
    others = np.delete(np.arange(len(rows)), chosen)
    if len(others) > most:
        others = np.sort(np.random.default_rng(seed).choice(others, most, replace=False))
    return Lesson(rows[np.append(others, chosen)].astype(np.float32), len(others), day)


def fit(lessons: Sequence[Lesson], centre: Floats, ridge: float, unsigned: Sequence[int] = ()) -> Floats:
    """Weights for columns as given, drawn to *centre* with *ridge* in units of each column's spread.

    Columns in *unsigned* never get a weight below zero. Without lessons the weights are the centre.
    """
    if not lessons:
        return centre.copy()
    stacked = np.concatenate([each.rows for each in lessons]).astype(np.float64)
    spread = stacked.std(axis=0) + 1e-3
    choices = Choices(stacked / spread, lessons)
    free = np.ones(len(centre), dtype=bool)
    weights = choices.newton(centre * spread, free, ridge)
    barred = [column for column in unsigned if weights[column] < 0]
    if barred:
        free[barred] = False
        start = centre * spread
        start[barred] = 0.0
        weights = choices.newton(start, free, ridge)
    found: Floats = weights / spread
    return found


def likelihood(lessons: Sequence[Lesson], weights: Floats) -> float:
    """The mean log chance that these weights gave to the ones who were chosen; 0 without lessons."""
    if not lessons:
        return 0.0
    return Choices(np.concatenate([each.rows for each in lessons]).astype(np.float64), lessons).mean_log(
        weights
    )


class Choices:
    """Lessons stacked into one matrix, with where each begins."""

    def __init__(self, rows: Floats, lessons: Sequence[Lesson]) -> None:
        sizes = [len(each.rows) for each in lessons]
        self._rows = rows
        self._starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self._lesson_of = np.repeat(np.arange(len(sizes)), sizes)
        self._chosen = self._starts + np.array([each.chosen for each in lessons])

    def newton(self, centre: Floats, free: NDArray[np.bool_], ridge: float) -> Floats:
        """The weights of the highest penalised likelihood; those not free stay at the centre."""
        weights = centre.copy()
        loss = self._loss(weights, centre, ridge)
        for _ in range(ROUNDS):
            step, before = self._step(weights, centre, ridge, free), loss
            while (loss := self._loss(weights - step, centre, ridge)) > before and abs(step).max() > TINY:
                step /= 2
            weights = weights - step
            if before - loss < CLOSE_ENOUGH * before:
                break
        return weights

    def mean_log(self, weights: Floats) -> float:
        """The mean log chance of the chosen rows."""
        return float(self._chances(weights)[1].mean())

    def _chances(self, weights: Floats) -> tuple[Floats, Floats]:
        """Each row's chance within its lesson, and the log chances of the chosen ones."""
        utility = self._rows @ weights
        utility -= np.maximum.reduceat(utility, self._starts)[self._lesson_of]
        grown = np.exp(utility)
        total = np.add.reduceat(grown, self._starts)
        return grown / total[self._lesson_of], utility[self._chosen] - np.log(total)

    def _loss(self, weights: Floats, centre: Floats, ridge: float) -> float:
        logs = self._chances(weights)[1]
        return float(-logs.sum() + ridge / 2 * ((weights - centre) ** 2).sum())

    def _step(self, weights: Floats, centre: Floats, ridge: float, free: NDArray[np.bool_]) -> Floats:
        chances = self._chances(weights)[0][:, None]
        weighted = self._rows * chances
        means = np.add.reduceat(weighted, self._starts)
        slope = means.sum(axis=0) - self._rows[self._chosen].sum(axis=0) + ridge * (weights - centre)
        curve = weighted.T @ self._rows - means.T @ means + ridge * np.eye(len(weights))
        step = np.zeros(len(weights))
        step[free] = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
        return step

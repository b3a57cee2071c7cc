"""What a place of each mentor is worth, so that a market of many clears; and what that proves of a matching.

With prices every mentee goes where points minus price are most. That is the dual of the assignment problem:
whatever the prices, what mentees would have left and what all places cost are together at least what the best
matching has.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.pairing.values import Floats, Ints

Narrow: TypeAlias = NDArray[np.float32]
ROUNDS, ROWS = 20, 64
HOTTEST, COOLEST, TINY = 1 / 4, 1 / 60, 1e-6
NEARLY = 1e-9
ALONE = -1


def clearing_prices(fit: Floats, places: Ints) -> Floats:
    """Prices at which about as many want each mentor as have a place there.

    *fit* is mentees × mentors in points, -inf where two can't be a pair; going without is worth 0. In each
    round all spread over the mentors by softmax, ever more decided, and each price follows the demand.
    """
    prices = np.zeros(fit.shape[1], dtype=np.float32)
    possible = np.isfinite(fit)
    if not possible.any():
        return prices.astype(np.float64)
    points, spread = fit.astype(np.float32), max(float(np.ptp(fit[possible])), 1.0)
    for heat in np.geomspace(spread * HOTTEST, spread * COOLEST, ROUNDS, dtype=np.float32):
        demand = np.maximum(_demand(points, prices, heat), TINY)
        prices = np.maximum(prices + heat * np.log(demand / places), 0, dtype=np.float32)
    return prices.astype(np.float64)


def _demand(points: Narrow, prices: Narrow, heat: np.float32) -> Narrow:
    """How many mentees each mentor draws at this heat; by blocks that fit into a processor's cache."""
    demand = np.zeros_like(prices)
    block = np.empty((ROWS, len(prices)), dtype=np.float32)
    for start in range(0, len(points), ROWS):
        some = points[start : start + ROWS]
        left = np.subtract(some, prices, out=block[: len(some)])
        left /= heat
        best = np.maximum(left.max(axis=1, keepdims=True), 0)
        np.exp(np.subtract(left, best, out=left), out=left)
        demand += (1 / (left.sum(axis=1) + np.exp(-best[:, 0]))) @ left
    return demand


def least_prices(mentor_of: Ints, rows: Ints, columns: Ints, points: Floats, size: int) -> Floats:
    """The least prices at which nobody would rather be elsewhere, along the given edges.

    *mentor_of* gives each mentee's mentor, or -1; an edge is a row (mentee), a column (mentor, of *size*) and
    its points. They exist if the matching is the best along these edges. By longest paths (Bellman, Ford).
    """
    at = mentor_of[rows]
    own = np.zeros(len(mentor_of))
    is_own = at == columns
    own[rows[is_own]] = points[is_own]
    steps = points - own[rows]
    prices = np.zeros(size)
    np.maximum.at(prices, columns[at == ALONE], points[at == ALONE])
    moves = (at != ALONE) & ~is_own
    order = np.argsort(columns[moves], kind="stable")
    start, end, gain = at[moves][order], columns[moves][order], steps[moves][order]
    if not len(end):
        return prices
    heads, firsts = np.unique(end, return_index=True)
    for _ in range(size + 1):
        reached = np.maximum.reduceat(prices[start] + gain, firsts)
        if (reached <= prices[heads] + NEARLY).all():
            break
        prices[heads] = np.maximum(prices[heads], reached)
    return prices


def ceiling(fit: Floats, places: Ints, prices: Floats) -> float:
    """What no matching can exceed, whatever the prices are, as long as none is below 0."""
    return float(np.maximum((fit - prices).max(axis=1, initial=0.0), 0).sum() + places @ prices)

"""The best matching of mentees with the places of mentors; exact, without looking at every pair in earnest.

Prices tell which pairs may matter: the few that are best for each side once prices are paid. Among these a
sparse exact solver finds the best matching. The prices that belong to it then show whether any pair that was
left out could better it; if so these come in, and it is solved anew. So pruning never costs anything: the
best thirty of each mentee alone would strand nine of ten where everybody wants the same mentors.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.pairing.prices import ALONE, ceiling, clearing_prices, least_prices
from matching.pairing.values import Flags, Floats, Ints

ADDED, MANY = 12, 4
EXACT, PRECISION = 1e-6, 1e-13  # in points, and as a share of all points, which floats can tell apart


@dataclass(frozen=True, slots=True)
class Pruning:
    """How many edges each side begins with, and how often others may come in before it is left at a bound."""

    kept: int = 30
    passes: int = 40


THOROUGH = Pruning()


@dataclass(frozen=True, slots=True)
class Assigned:
    """Each mentee's mentor as a column, or -1. No other matching has more than *slack* points more."""

    mentor_of: Ints
    slack: float


def assign(
    fit: Floats, places: Ints, told: Callable[[], object] = lambda: None, pruning: Pruning = THOROUGH
) -> Assigned:
    """The matching with the most points; going without is worth 0.

    *fit* is mentees × mentors, -inf where two can't be a pair; each mentor has so many *places*. *told* is
    called after each pass.
    """
    if not fit.size or not (open_to := places > 0).any():
        return Assigned(np.full(len(fit), ALONE, dtype=np.intp), 0.0)
    columns = np.flatnonzero(open_to)
    some = np.ascontiguousarray(fit[:, columns])
    found = _solved(some, np.minimum(places[columns], len(fit)), told, pruning)
    mentor_of = np.where(found.mentor_of == ALONE, ALONE, columns[found.mentor_of])
    return Assigned(mentor_of, found.slack)


def _solved(fit: Floats, places: Ints, told: Callable[[], object], pruning: Pruning) -> Assigned:
    edges = _promising(fit, places, clearing_prices(fit, places), pruning.kept)
    told()
    best = Assigned(np.full(len(fit), ALONE, dtype=np.intp), np.inf)
    for _ in range(pruning.passes):
        mentor_of = _matched(fit, places, edges)
        rows, columns = edges.nonzero()
        prices = least_prices(mentor_of, rows, columns, fit[rows, columns], len(places))
        most = ceiling(fit, places, prices)
        slack = most - worth(fit, mentor_of)
        best = min(best, Assigned(mentor_of, max(slack, 0.0)), key=lambda found: found.slack)
        told()
        if slack <= max(EXACT, PRECISION * most):
            return Assigned(mentor_of, 0.0)
        edges |= _missed(fit, prices, edges)
    return best


def worth(fit: Floats, mentor_of: Ints) -> float:
    """The points of a matching."""
    paired = np.flatnonzero(mentor_of != ALONE)
    return float(fit[paired, mentor_of[paired]].sum())


def _promising(fit: Floats, places: Ints, prices: Floats, kept: int) -> Flags:
    """For each side its best edges after prices; a mentor with many places has more."""
    left = fit - prices
    edges = _best(left, kept)
    edges |= _best(np.ascontiguousarray(left.T), kept * min(int(places.max()), MANY)).T
    edges &= np.isfinite(fit)
    return edges


def _best(values: Floats, count: int) -> Flags:
    """Where the so many largest of each row are."""
    if count >= values.shape[1]:
        return np.ones(values.shape, dtype=bool)
    found = np.zeros(values.shape, dtype=bool)
    np.put_along_axis(found, np.argpartition(values, -count, axis=1)[:, -count:], True, axis=1)
    return found


def _missed(fit: Floats, prices: Floats, edges: Flags) -> Flags:
    """The edges outside that would better somebody at these prices, the best few of each mentee."""
    left = fit - prices
    has = np.maximum(np.where(edges, left, -np.inf).max(axis=1), 0)
    missed: Flags = _best(left, ADDED) & (left > has[:, None] + EXACT / len(fit))
    return missed


def _matched(fit: Floats, places: Ints, edges: Flags) -> Ints:
    """The best matching along some edges, each place a column, and one more for each to go without."""
    rows, mentors = edges.nonzero()
    places = np.minimum(places, edges.sum(axis=0))
    copies = places[mentors]
    first = np.concatenate([[0], np.cumsum(places)])
    each = np.repeat(np.arange(len(rows)), copies)
    nth = np.arange(len(each)) - np.repeat(np.cumsum(copies) - copies, copies)
    size = len(fit)
    points = np.concatenate([fit[rows, mentors][each], np.zeros(size)])
    row = np.concatenate([rows[each], np.arange(size)])
    column = np.concatenate([first[mentors[each]] + nth, first[-1] + np.arange(size)])
    # A cost of 0 would be no edge at all.
    costs = points.max() + 1.0 - points
    graph = csr_array((costs, (row, column)), shape=(size, int(first[-1]) + size))
    taken_rows, taken = min_weight_full_bipartite_matching(graph)
    mentor_of = np.full(size, ALONE, dtype=np.intp)
    mentor_of[taken_rows] = np.searchsorted(first, taken, side="right") - 1
    mentor_of[mentor_of == len(places)] = ALONE
    return mentor_of

"""Matching where a mentor takes none rather than too few: circles of one mentor and 3 to 7 mentees."""

from collections.abc import Callable

import numpy as np

from matching.pairing.assignment import Assigned, assign, worth
from matching.pairing.prices import ALONE
from matching.pairing.values import Flags, Floats, Ints

FILLED = 4.0  # times the most that a pair can be worth


def settle(
    fit: Floats, places: Ints, fewest: Ints, must: Flags, told: Callable[[], object] = lambda: None
) -> Assigned:
    """Return a matching in which every mentor has at least *fewest* mentees or none; else as `assign`.

    Circles that *must* be stay open, whether they are filled or not. Which others open, no method finds that
    is exact and fast: the emptier half of those that stay too small is closed, the others are filled first,
    and it is matched anew, until none is too small. The slack is against a matching with circles of any size.
    """
    places = np.where(places < fewest, np.where(must, places, 0), places)
    found = assign(fit, places, told)
    most = worth(fit, found.mentor_of) + found.slack
    is_filled = False
    while (small := _small(found.mentor_of, fewest, must)).any():
        closing = _emptier_half(small & ~must, _sizes(found.mentor_of, len(places)))
        if is_filled and not len(closing):
            break
        places[closing] = 0
        found, is_filled = _filled_first(fit, places, fewest, told), True
    return Assigned(found.mentor_of, max(most - worth(fit, found.mentor_of), 0.0))


def _small(mentor_of: Ints, fewest: Ints, must: Flags) -> Flags:
    sizes = _sizes(mentor_of, len(fewest))
    small: Flags = ((sizes > 0) | must) & (sizes < fewest)
    return small


def _emptier_half(small: Flags, sizes: Ints) -> Ints:
    columns = np.flatnonzero(small)
    return columns[np.argsort(sizes[columns], kind="stable")][: (len(columns) + 1) // 2]


def _sizes(mentor_of: Ints, count: int) -> Ints:
    return np.bincount(mentor_of[mentor_of != ALONE], minlength=count)


def _filled_first(fit: Floats, places: Ints, fewest: Ints, told: Callable[[], object]) -> Assigned:
    """Match with each circle in two parts, the first worth so much that it is filled before all."""
    first = np.minimum(fewest, places)
    bonus = FILLED * (1.0 + np.abs(fit[np.isfinite(fit)]).max(initial=0.0)) * (first > 0)
    found = assign(np.hstack([fit + bonus, fit]), np.concatenate([first, places - first]), told)
    both = np.where(found.mentor_of == ALONE, ALONE, found.mentor_of % len(places))
    return Assigned(both, found.slack)

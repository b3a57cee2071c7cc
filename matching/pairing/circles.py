"""Matching where a mentor takes none rather than too few: circles of one mentor and 3 to 7 mentees."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np

from matching.pairing.assignment import EXACT, Assigned, assign, worth
from matching.pairing.prices import ALONE
from matching.pairing.values import Flags, Floats, Ints

FILLED = 4.0  # times the most that a pair can be worth
MOST_TRIES, SMALL = 120, 20_000_000  # and as many times the pairs of a market as can be tried in seconds


def settle(
    fit: Floats, places: Ints, fewest: Ints, must: Flags, told: Callable[[], object] = lambda: None
) -> Assigned:
    """A matching in which every mentor has at least *fewest* mentees or none; else as `assign`.

    Circles that *must* be stay open, whether they are filled or not. Which others open, no method finds that
    is exact and fast: the emptier half of those that stay too small is closed, the others are filled first,
    and it is matched anew, until none is too small. Where the market is small, opening and closing one more
    is tried as long as that betters it. The slack is against a matching with circles of any size.
    """
    places = np.where(places < fewest, np.where(must, places, 0), places)
    found = assign(fit, places, told)
    most = worth(fit, found.mentor_of) + found.slack
    if _small(found.mentor_of, fewest, must).any():
        circles = _Circles(fit, places, fewest, must, told)
        found = circles.bettered(circles.closed(found))
    return Assigned(found.mentor_of, max(most - worth(fit, found.mentor_of), 0.0))


@dataclass(frozen=True, slots=True)
class _Circles:
    """A market of circles of which some stay closed."""

    fit: Floats
    places: Ints
    fewest: Ints
    must: Flags
    told: Callable[[], object]

    def closed(self, found: Assigned) -> Assigned:
        """Close circles until none is too small, beginning with the matching of all."""
        places, is_filled = self.places.copy(), False
        while (small := _small(found.mentor_of, self.fewest, self.must)).any():
            closing = _emptier_half(small & ~self.must, _sizes(found.mentor_of, len(places)))
            if is_filled and not len(closing):
                break
            places[closing] = 0
            found, is_filled = self._filled_first(places), True
            self.told()
        return found

    def bettered(self, found: Assigned) -> Assigned:
        """Open or close one circle after another, and keep what is better, until nothing is any more."""
        tries = min(MOST_TRIES, SMALL // max(self.fit.size, 1))
        toggles = [
            int(column) for column in np.flatnonzero((self.places > 0) & (self.fewest > 0) & ~self.must)
        ]
        is_open = _sizes(found.mentor_of, len(self.places)) > 0
        left = len(toggles)
        for column in islice(cycle(toggles), tries):
            if left == 0:
                break
            other = is_open ^ (np.arange(len(is_open)) == column)
            trial = self._filled_first(np.where(other | self.must | (self.fewest == 0), self.places, 0))
            is_fine = not _small(trial.mentor_of, self.fewest, self.must).any()
            left -= 1
            if is_fine and worth(self.fit, trial.mentor_of) > worth(self.fit, found.mentor_of) + EXACT:
                found, is_open, left = trial, other, len(toggles)
        return found

    def _filled_first(self, places: Ints) -> Assigned:
        """Match with each circle in two parts, the first worth so much that it is filled before all."""
        first = np.minimum(self.fewest, places)
        highest = np.abs(self.fit[np.isfinite(self.fit)]).max(initial=0.0)
        bonus = FILLED * (1.0 + highest) * (first > 0)
        found = assign(np.hstack([self.fit + bonus, self.fit]), np.concatenate([first, places - first]))
        both = np.where(found.mentor_of == ALONE, ALONE, found.mentor_of % len(places))
        return Assigned(both, found.slack)


def _small(mentor_of: Ints, fewest: Ints, must: Flags) -> Flags:
    sizes = _sizes(mentor_of, len(fewest))
    small: Flags = ((sizes > 0) | must) & (sizes < fewest)
    return small


def _emptier_half(small: Flags, sizes: Ints) -> Ints:
    columns = np.flatnonzero(small)
    return columns[np.argsort(sizes[columns], kind="stable")][: (len(columns) + 1) // 2]


def _sizes(mentor_of: Ints, count: int) -> Ints:
    return np.bincount(mentor_of[mentor_of != ALONE], minlength=count)

"""Pairs a cohort: the best pairing by the priority asked for, why each pair, and why not the others."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from matching.pairing.circles import settle
from matching.pairing.fit import chance, fit
from matching.pairing.grounds import fit_of, grounds
from matching.pairing.obstacles import FREE, KINDS, Codes, obstacles
from matching.pairing.prices import ALONE
from matching.pairing.unpaired import PairingOutcome, why_unpaired
from matching.pairing.values import (
    BadPin,
    Cohort,
    Flags,
    Floats,
    Ints,
    MatchedPair,
    Obstacle,
    Pairing,
    Priority,
    Two,
)

PROVED = 0.5  # two pairings differ by at least so many points, if at all
OVERRULED = (Obstacle.NEEDS, Obstacle.THEIR_NEEDS)


@dataclass(frozen=True)
class _Table:
    """A cohort as arrays, in which whoever is pinned has left the market, and so has their place.

    *points* are what the matching goes by; in them each pair has *lift* more, so that a pair comes before
    all.
    """

    cohort: Cohort
    codes: Codes
    points: Floats
    lift: float
    places: Ints
    fewest: Ints
    pins: dict[int, int]

    @property
    def is_pinned(self) -> Flags:
        """Which mentees are pinned."""
        return np.isin(np.arange(len(self.cohort.mentees)), list(self.pins))

    @property
    def must(self) -> Flags:
        """Which mentors have somebody pinned."""
        return np.isin(np.arange(len(self.cohort.mentors)), list(self.pins.values()))


def pair(cohort: Cohort, told: Callable[[], object] = lambda: None) -> Pairing:
    """The pairing of a cohort, or raise BadPin. *told* is called after each step: some four."""
    cohort = cohort.in_order()
    table = _table(cohort)
    told()
    found = settle(table.points, table.places, table.fewest, table.must, told)
    sizes = np.bincount(found.mentor_of[found.mentor_of != ALONE], minlength=len(table.places))
    _check_circles(table, sizes)
    outcome = PairingOutcome(
        cohort=cohort,
        codes=table.codes,
        possible=np.isfinite(table.points) & (table.points > 0),
        mentor_of=found.mentor_of,
        places=table.places,
        is_open=sizes >= table.fewest,
        is_pinned=table.is_pinned,
    )
    pairs = tuple(_pairs(table, found.mentor_of))
    more, slack = _bounds(table, found.slack)
    unpaired, points = tuple(why_unpaired(outcome)), sum(each.fit for each in pairs)
    return Pairing(pairs, unpaired, points, slack, more, _free(cohort, pairs))


def _table(cohort: Cohort) -> _Table:
    codes, points = obstacles(cohort), fit(cohort) + chance(cohort)
    lift = 0.0
    if cohort.priority is Priority.MOST_PAIRED and points.size:
        # One more in a pair is worth more than all that the others could lose by it.
        lift = (len(cohort.mentees) + 1) * (_spread(points) + 1.0)
    points[codes != FREE] = -np.inf
    points += lift
    places = np.array([mentor.places for mentor in cohort.mentors], dtype=np.intp)
    fewest = np.array([mentor.fewest for mentor in cohort.mentors], dtype=np.intp)
    pins = dict(_pins(cohort, codes))
    for row, column in pins.items():
        points[row] = -np.inf
        places[column] -= 1
        fewest[column] = max(fewest[column] - 1, 0)
    return _Table(cohort, codes, points, lift, places, fewest, pins)


def _spread(points: Floats) -> float:
    """How far points are apart, none at all included."""
    return float(max(points.max(), 0.0) - min(points.min(), 0.0))


def _pins(cohort: Cohort, codes: Codes) -> Iterator[tuple[int, int]]:
    """Yield the pins as places; of all obstacles they overrule needs alone."""
    rows = {mentee.id: row for row, mentee in enumerate(cohort.mentees)}
    columns = {mentor.id: column for column, mentor in enumerate(cohort.mentors)}
    pinned = Counter(two.mentor_id for two in cohort.pins)
    once = Counter(two.mentee_id for two in cohort.pins)
    for two in sorted(cohort.pins):
        row, column = rows.get(two.mentee_id), columns.get(two.mentor_id)
        if row is None or column is None or once[two.mentee_id] > 1:
            raise BadPin(two)
        code = codes[row, column]
        if code != FREE and KINDS[code] not in OVERRULED:
            raise BadPin(two, KINDS[code])
        if pinned[two.mentor_id] > cohort.mentors[column].places:
            raise BadPin(two, pinned=pinned[two.mentor_id], places=cohort.mentors[column].places)
        yield row, column


def _check_circles(table: _Table, sizes: Ints) -> None:
    """Raise BadPin where somebody is pinned to a circle that stays too small."""
    for row, column in table.pins.items():
        if sizes[column] < table.fewest[column]:
            mentee, mentor = table.cohort.mentees[row], table.cohort.mentors[column]
            size = int(sizes[column]) + list(table.pins.values()).count(column)
            raise BadPin(Two(mentee.id, mentor.id), pinned=size, fewest=mentor.fewest)


def _bounds(table: _Table, slack: float) -> tuple[int, float]:
    """How many more could be in a pair at most, and how many more points there could be at most."""
    if table.lift:
        possible = table.points[np.isfinite(table.points)] - table.lift
        others = len(table.cohort.mentees) * _spread(possible) if possible.size else 0.0
        if more := int((slack + others) // table.lift):
            return more, 0.0
    return 0, 0.0 if slack < PROVED else slack


def _pairs(table: _Table, mentor_of: Ints) -> Iterator[MatchedPair]:
    cohort = table.cohort
    for row, mentee in enumerate(cohort.mentees):
        column = table.pins.get(row, int(mentor_of[row]))
        if column != ALONE:
            mentor = cohort.mentors[column]
            why, is_pinned = grounds(mentee, mentor), row in table.pins
            yield MatchedPair(mentee.id, mentor.id, fit_of(mentee, mentor), why, is_pinned)


def _free(cohort: Cohort, pairs: Iterable[MatchedPair]) -> dict[str, int]:
    taken = Counter(pair.mentor_id for pair in pairs)
    left = {mentor.id: mentor.places - taken[mentor.id] for mentor in cohort.mentors}
    return {id: places for id, places in left.items() if places}

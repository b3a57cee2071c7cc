"""Why somebody stays without a mentor: the one thing that binds, with its figures."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from matching.pairing.obstacles import FREE, KINDS, Codes
from matching.pairing.prices import ALONE
from matching.pairing.values import Bind, Cohort, Flags, Ints, Obstacle, Participant, Trait, Unpaired

NAMED = 3


@dataclass(frozen=True)
class PairingOutcome:
    """What a pairing has come to, people in the order of their ids.

    *possible* are the pairs that could be and are better than none; *mentor_of* and *places* are without
    those who are pinned; *is_open* is false for circles that have not come about.
    """

    cohort: Cohort
    codes: Codes
    possible: Flags
    mentor_of: Ints
    places: Ints
    is_open: Flags
    is_pinned: Flags

    @cached_property
    def crowded(self) -> Flags:
        """The mentors who are full, and none of whose mentees could move on to a free place."""
        taken = np.bincount(self.mentor_of[self.mentor_of != ALONE], minlength=len(self.places))
        leads = (taken < self.places) & self.is_open
        paired = np.flatnonzero(self.mentor_of != ALONE)
        count = -1
        while count < leads.sum():
            count = leads.sum()
            could_move = paired[(self.possible[paired] & leads).any(axis=1)]
            leads[self.mentor_of[could_move]] = True
        return ~leads & self.is_open

    @cached_property
    def groups(self) -> tuple[Ints, Ints]:
        """A number for each mentee and each mentor: equal where they compete for the same places."""
        size, mentors = self.possible.shape
        has_way_out = (self.possible & self.is_open & ~self.crowded).any(axis=1) | self.is_pinned
        rows, columns = np.nonzero(self.possible & self.crowded & ~has_way_out[:, None])
        ends = (np.ones(len(rows), dtype=np.int8), (rows, size + columns))
        _, found = connected_components(csr_array(ends, shape=(size + mentors,) * 2), directed=False)
        return found[:size], found[size:]

    @cached_property
    def demand(self) -> Counter[Trait]:
        """How many need each trait; whoever is pinned does not count."""
        people = zip(self.cohort.mentees, self.is_pinned, strict=True)
        return Counter(trait for mentee, pinned in people if not pinned for trait in mentee.needs)

    @cached_property
    def supply(self) -> Counter[Trait]:
        """How many places there are with each needed trait."""
        found: Counter[Trait] = Counter(dict.fromkeys(self.demand, 0))
        for mentor, places, is_open in zip(self.cohort.mentors, self.places, self.is_open, strict=True):
            found.update(dict.fromkeys(mentor.has & self.demand.keys(), int(places) if is_open else 0))
        return found


def why_unpaired(outcome: PairingOutcome) -> Iterator[Unpaired]:
    """Yield everyone who has no mentor."""
    for row in np.flatnonzero((outcome.mentor_of == ALONE) & ~outcome.is_pinned):
        yield _why(outcome, int(row))


def _why(outcome: PairingOutcome, row: int) -> Unpaired:
    mentee, codes, possible = outcome.cohort.mentees[row], outcome.codes[row], outcome.possible[row]
    if not (codes == FREE).any():
        return _impossible(outcome.cohort, mentee, codes)
    if not possible.any():
        return Unpaired(mentee.id, Bind.NOTHING_FOR)
    if not outcome.is_open[possible].any():
        fewest = min(outcome.cohort.mentors[column].fewest for column in np.flatnonzero(possible))
        return Unpaired(mentee.id, Bind.SMALL_CIRCLE, people=fewest)
    if not outcome.crowded[possible & outcome.is_open].all():
        return Unpaired(mentee.id, Bind.OTHERS_FIRST)
    return _few_places(outcome, row, mentee)


def _impossible(cohort: Cohort, mentee: Participant, codes: Codes) -> Unpaired:
    """Say which need nobody meets, or why those who meet it are out of the question."""
    fitting = [place for place, mentor in enumerate(cohort.mentors) if mentee.needs <= mentor.has]
    needs = tuple(sorted(mentee.needs))
    if not fitting:
        missing = [need for need in needs if not any(need in mentor.has for mentor in cohort.mentors)]
        return Unpaired(mentee.id, Bind.NOBODY_HAS, tuple(missing) or needs)
    out: Counter[Obstacle] = Counter(KINDS[codes[place]] for place in fitting)
    return Unpaired(mentee.id, Bind.RULED_OUT, needs, obstacles=dict(sorted(out.items())))


def _few_places(outcome: PairingOutcome, row: int, mentee: Participant) -> Unpaired:
    """Say how many there are for how many places: of a need if that explains it, else of all who compete."""
    demand, supply = outcome.demand, outcome.supply
    lacking = max(sorted(mentee.needs), key=lambda it: demand[it] - supply[it], default=None)
    if lacking and demand[lacking] > supply[lacking]:
        few = (demand[lacking], supply[lacking])
        return Unpaired(mentee.id, Bind.FEW_PLACES, (lacking,), *few)
    ours, theirs = outcome.groups
    columns = np.flatnonzero((theirs == ours[row]) & outcome.is_open)
    people = int(((ours == ours[row]) & ~outcome.is_pinned).sum())
    names = tuple(outcome.cohort.mentors[column].id for column in columns)
    return Unpaired(
        mentee.id,
        Bind.FEW_PLACES,
        people=people,
        places=int(outcome.places[columns].sum()),
        mentors=names if len(names) <= NAMED else (),
    )

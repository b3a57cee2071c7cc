"""Which two can't be a pair, and why: needs, bans, and everyone above or below in the line of managers."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.pairing.values import Cohort, Flags, Obstacle, Participant, Trait
from matching.ranking.reporting_lines import ReportingLines

Codes: TypeAlias = NDArray[np.int8]
FREE = -1
CODES = {obstacle: code for code, obstacle in enumerate(Obstacle)}
KINDS = tuple(Obstacle)


def obstacles(cohort: Cohort) -> Codes:
    """The strongest obstacle between each mentee and mentor, as its place in KINDS, or FREE."""
    mentees, mentors = cohort.mentees, cohort.mentors
    found: Codes = np.full((len(mentees), len(mentors)), FREE, dtype=np.int8)
    found[~meets(mentors, mentees).T] = CODES[Obstacle.THEIR_NEEDS]
    found[~meets(mentees, mentors)] = CODES[Obstacle.NEEDS]
    rows = {mentee.id: row for row, mentee in enumerate(mentees)}
    columns = {mentor.id: column for column, mentor in enumerate(mentors)}
    for obstacle, mentee_id, mentor_id in _named(cohort):
        if mentee_id in rows and mentor_id in columns:
            found[rows[mentee_id], columns[mentor_id]] = CODES[obstacle]
    return found


def _named(cohort: Cohort) -> Iterable[tuple[Obstacle, str, str]]:
    """Yield what stands between two people, the weakest obstacle first."""
    for mentee_id, mentor_id in cohort.bans:
        yield Obstacle.BANNED, mentee_id, mentor_id
    for mentee in cohort.mentees:
        yield from ((Obstacle.NEVER, mentee.id, id) for id in mentee.never)
    for mentor in cohort.mentors:
        yield from ((Obstacle.NEVER, id, mentor.id) for id in mentor.never)
    lines = ReportingLines()
    for person, managers in cohort.managers.items():
        lines.put(person, managers)
    for mentee in cohort.mentees:
        yield from ((Obstacle.LINE, mentee.id, id) for id in lines.around(mentee.id))
    for mentee in cohort.mentees:
        yield Obstacle.ONESELF, mentee.id, mentee.id


def meets(asking: Sequence[Participant], asked: Sequence[Participant]) -> Flags:
    """Which of *asked* have all that each of *asking* needs."""
    traits = {trait for person in asking for trait in person.needs}
    needed = incidence([dict.fromkeys(person.needs, 1.0) for person in asking], traits)
    there = incidence([dict.fromkeys(person.has & traits, 1.0) for person in asked], traits)
    wanted = np.array([len(person.needs) for person in asking])
    met: Flags = (needed @ there.T).toarray() == wanted[:, None]
    return met


def incidence(rows: Sequence[dict[Trait, float]], traits: Iterable[Trait]) -> csr_array:
    """What each row says of each trait, as a sparse array; the traits in order."""
    places = {trait: place for place, trait in enumerate(sorted(traits))}
    cells = [
        (row, places[trait], value) for row, values in enumerate(rows) for trait, value in values.items()
    ]
    at, column, value = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_array((np.array(value, float), (at, column)), shape=(len(rows), len(places)))

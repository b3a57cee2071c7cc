"""The points of all pairs at once: the same that `grounds.fit_of` says of each, as an array."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from matching.pairing import grounds
from matching.pairing.obstacles import incidence
from matching.pairing.values import Cohort, Floats, Participant

TIES = 0.1  # all that chance adds to a pairing together: less than the least difference in points


def fit(cohort: Cohort) -> Floats:
    """Mentees × mentors in points, whether they can be a pair or not."""
    points = np.full((len(cohort.mentees), len(cohort.mentors)), grounds.ALLOWED)
    _add_wishes(points, cohort)
    _add_wants(points, cohort)
    gap = (
        np.array([_level(mentor) for mentor in cohort.mentors])
        - np.array([_level(mentee) for mentee in cohort.mentees])[:, None]
    )
    with np.errstate(invalid="ignore"):
        points[gap < 0] += grounds.BELOW
        points[(gap > 0) & (gap <= grounds.FAR_ABOVE)] += grounds.ABOVE
    return points


def chance(cohort: Cohort) -> Floats:
    """A little below 0 for each pair, by the seed and the two ids: it decides between equals alone."""
    ours, theirs = (_drawn(cohort.seed, side) for side in (cohort.mentees, cohort.mentors))
    mixed = ours[:, None] ^ theirs
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    share: Floats = mixed / 2.0**64
    share *= -TIES / (len(cohort.mentees) + 1)
    return share


def _drawn(seed: int, side: tuple[Participant, ...]) -> NDArray[np.uint64]:
    drawn = [blake2b(f"{seed} {person.id}".encode(), digest_size=8).digest() for person in side]
    return np.frombuffer(b"".join(drawn), dtype="<u8").astype(np.uint64)


def _add_wishes(points: Floats, cohort: Cohort) -> None:
    rows = {mentee.id: row for row, mentee in enumerate(cohort.mentees)}
    columns = {mentor.id: column for column, mentor in enumerate(cohort.mentors)}
    for row, mentee in enumerate(cohort.mentees):
        for place, id in enumerate(mentee.wishes, 1):
            if id in columns:
                points[row, columns[id]] += grounds.wish_points(place)
    for column, mentor in enumerate(cohort.mentors):
        for place, id in enumerate(mentor.wishes, 1):
            if id in rows:
                points[rows[id], column] += grounds.THEIR_SHARE * grounds.wish_points(place)


def _add_wants(points: Floats, cohort: Cohort) -> None:
    mentees, mentors = cohort.mentees, cohort.mentors
    wanted = {trait for mentee in mentees for trait in mentee.wants}
    ours = incidence([dict.fromkeys(mentee.wants, 1.0) for mentee in mentees], wanted)
    worth = [
        {topic: grounds.want_points(topic, mentor) for topic in mentor.has & wanted} for mentor in mentors
    ]
    points += (ours @ incidence(worth, wanted).T).toarray()
    theirs = {trait for mentor in mentors for trait in mentor.wants}
    have = incidence([dict.fromkeys(mentee.has & theirs, grounds.THEIR_WANT) for mentee in mentees], theirs)
    points += (have @ incidence([dict.fromkeys(mentor.wants, 1.0) for mentor in mentors], theirs).T).toarray()
    teams = {trait for mentee in mentees for trait in grounds.teams(mentee.has)}
    own = incidence([dict.fromkeys(grounds.teams(mentee.has), 1.0) for mentee in mentees], teams)
    same = own @ incidence([dict.fromkeys(mentor.has & teams, 1.0) for mentor in mentors], teams).T
    points += np.where(same.toarray() > 0, grounds.SAME_TEAM, 0.0)


def _level(person: Participant) -> float:
    return np.nan if person.level is None else float(person.level)

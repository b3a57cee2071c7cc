"""What an edit changes: who gets another mentor, and by how much that is better or worse for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matching.pairing.grounds import fit_of, grounds
from matching.pairing.values import Cohort, Ground, Pairing, Two


@dataclass(frozen=True, slots=True)
class Move:
    """A mentee who has another mentor than before, or none any more, or one for the first time.

    *gained* are the points after less those before. *lost* and *won* are the grounds in which the two differ.
    """

    mentee_id: str
    before: str | None
    after: str | None
    gained: float
    lost: tuple[Ground, ...] = ()
    won: tuple[Ground, ...] = ()


def moves(cohort: Cohort, before: Mapping[str, str], after: Pairing) -> Iterator[Move]:
    """Yield who moves, in the order of ids. *before* is each mentee's mentor; only who takes part counts."""
    mentees = {mentee.id: mentee for mentee in cohort.mentees}
    mentors = {mentor.id: mentor for mentor in cohort.mentors}
    now = {pair.mentee_id: pair for pair in after.pairs}
    for id in sorted(mentees):
        old, new = mentors.get(before.get(id, "")), now.get(id)
        if (old.id if old else None) == (new.mentor_id if new else None):
            continue
        had = grounds(mentees[id], old) if old else ()
        has = new.grounds if new else ()
        gained = (new.fit if new else 0.0) - (fit_of(mentees[id], old) if old else 0.0)
        lost, won = (
            tuple(pair for pair in one if pair not in other) for one, other in ((had, has), (has, had))
        )
        yield Move(id, old.id if old else None, new.mentor_id if new else None, gained, lost, won)


def swapped(before: Mapping[str, str], one: str, other: str) -> frozenset[Two]:
    """The pins by which two mentees exchange their mentors; both must have one."""
    return frozenset({Two(one, before[other]), Two(other, before[one])})

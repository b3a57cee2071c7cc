"""The line of managers in what is stored: nobody is brought together with anyone above or below them.

A ranking reads the same from the index, where it costs no look-up.
"""

from kernel.desk import Desk
from kernel.errors import CannotHelp
from kernel.store import EVERY, Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person, reports_list


def managers_of(read: Snapshot, person: Person) -> frozenset[PersonId]:
    """Everyone above a person, a step at a time; a circle ends where it closes."""
    found: set[PersonId] = set()
    edge = set(person.managers)
    while edge:
        found |= edge
        above = read.all(Person, sorted(edge))
        edge = {manager for each in above for manager in each.managers} - found
    return frozenset(found - {person.id})


def are_in_line(read: Snapshot, one: Person, other: Person) -> bool:
    """Whether one of the two stands above the other."""
    return other.id in managers_of(read, one) or one.id in managers_of(read, other)


def check_apart(read: Snapshot, asker: Person, helper: Person) -> None:
    """Refuse two of whom one stands above the other; the refusal tells nobody which of all reasons it is."""
    if are_in_line(read, asker, helper):
        raise CannotHelp(helper.id, "asked")


async def everyone_below(desk: Desk, who: PersonId) -> list[PersonId]:
    """A person, then all below them, step by step; a circle ends where it closes."""
    found = {who: None}
    edge = [who]
    while edge:
        below = [id for each in edge for id in await desk.store.ids(reports_list(each), limit=EVERY)]
        edge = [id for id in map(PersonId, dict.fromkeys(below)) if id not in found]
        found |= dict.fromkeys(edge)
    return list(found)

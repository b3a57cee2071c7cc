"""Who reports to whom, so that nobody is matched with anyone above or below them, however far away."""

from collections.abc import Iterable, Mapping, Set

NOBODY: frozenset[str] = frozenset()
MANY = 1_000


class ReportingLines:
    """Each person's managers, kept edit by edit. A person may have several, and circles are borne.

    Whoever leads very many is found once, and again after the next edit.
    """

    def __init__(self) -> None:
        self._managers: dict[str, frozenset[str]] = {}
        self._reports: dict[str, set[str]] = {}
        self._crowds: dict[str, frozenset[str]] = {}

    def put(self, person_id: str, managers: Iterable[str]) -> None:
        """Say who all of somebody's managers are; with none, nothing is kept."""
        before, after = self._managers.pop(person_id, NOBODY), frozenset(managers) - {person_id}
        if before != after:
            self._crowds.clear()
        for manager in before - after:
            self._reports[manager].discard(person_id)
        for manager in after - before:
            self._reports.setdefault(manager, set()).add(person_id)
        if after:
            self._managers[person_id] = after

    def around(self, person_id: str) -> frozenset[str]:
        """Everyone above and everyone below a person, through people of whom nothing else is known."""
        if person_id in self._crowds:
            return self._crowds[person_id]
        found = (_reached(person_id, self._managers) | _reached(person_id, self._reports)) - {person_id}
        if len(found) > MANY:
            self._crowds[person_id] = found
        return found


def _reached(start: str, step: Mapping[str, Set[str]]) -> frozenset[str]:
    found: set[str] = set()
    edge: Set[str] = {start}
    while edge:
        edge = set().union(*filter(None, map(step.get, edge))) - found
        found |= edge
    return frozenset(found)

"""Who is who over several lists, and how the columns of a list and their values are spelt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from matching.pairing.values import Trait
from slackapp.pairing.sheets import SheetPerson
from slackapp.people_import.cells import LONGEST_SHOWN, SLACK_ID, cut
from slackapp.people_import.columns import squashed
from slackapp.people_import.sheet import Row

NEARLY = 0.75


class Everyone:
    """One id for each person, whichever list they stand in and by whatever."""

    def __init__(self, rows: Iterable[SheetPerson | Row]) -> None:
        self._ids = {row.email: row.slack_id for row in rows if row.slack_id and row.email}

    def id_of(self, ref: str) -> str:
        """The id of whom a Slack id or an address names."""
        ref = ref if SLACK_ID.fullmatch(ref) else ref.lower()
        return self._ids.get(ref, ref)

    def of(self, row: SheetPerson | Row) -> str:
        """The id of whom a row is about."""
        return row.slack_id or self.id_of(row.email or "")


class Side:
    """The people of one list, as the other list and decisions name them: by Slack id, address or name."""

    def __init__(self, file: str, rows: Sequence[SheetPerson], everyone: Everyone) -> None:
        self.file, self._everyone = file, everyone
        self._rows = rows
        self.entries = {everyone.of(entry): entry for entry in reversed(rows)}
        self.spelling = Spelling(rows)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for id, entry in self.entries.items():
            if entry.name:
                self._by_name[squashed(entry.name)].append(id)

    def doubles(self) -> Iterator[tuple[int, str, str]]:
        """Yield line, column and sentence of rows about people who have one already, by another name."""
        for row in self._rows:
            first = self.entries[self._everyone.of(row)]
            is_told = any(one and one == other for one, other in zip(_who(row), _who(first), strict=True))
            if first.line != row.line and not is_told:
                column, ref = ("slack_id", row.slack_id) if row.slack_id else ("email", row.email)
                yield row.line, column, f"{cut(ref or '')} is the same person as in line {first.line}."

    def name(self, id: str) -> str:
        """What somebody here is called."""
        return self.entries[id].name or self.entries[id].email or id

    def find(self, ref: str) -> str | None:
        """The id of whom a word names, if that is one person here."""
        if (id := self._everyone.id_of(ref)) in self.entries:
            return id
        named = self._by_name.get(squashed(ref), [])
        return named[0] if len(named) == 1 else None

    def why_not(self, ref: str) -> str:
        """In words why a word names nobody, and what to do."""
        if squashed(ref) in self._by_name:
            return f"several people in {self.file} are called “{cut(ref)}”: write an e-mail address instead."
        near = self.near(ref)
        cure = f"did you mean {near}?" if near else "add them there, or take them out here."
        return f"nobody in {self.file} is “{cut(ref)}”: {cure}"

    def near(self, ref: str) -> str:
        """What nearly is that word, if somebody here is called so."""
        known = [
            word
            for entry in self.entries.values()
            for word in (entry.email, entry.name, entry.slack_id)
            if word
        ]
        return _nearest(ref, known)

    def is_elsewhere(self, ref: str) -> bool:
        """Whether a word is an id or address that nobody here has, or nearly has."""
        return bool(SLACK_ID.fullmatch(ref) or "@" in ref) and not self.near(ref)


class Spelling:
    """How columns and values are spelt in a list, without regard to case, and to signs in columns."""

    def __init__(self, entries: Iterable[SheetPerson]) -> None:
        self._columns: dict[str, str] = {}
        self._values: dict[str, dict[str, str]] = defaultdict(dict)
        for entry in entries:
            for column, values in entry.traits.items():
                self._columns.setdefault(squashed(column), column)
                for value in values:
                    self._values[squashed(column)].setdefault(_folded(value), value)

    def of(self, trait: Trait) -> Trait:
        """A trait as it is spelt here; what nobody here has stays as it is."""
        column = squashed(trait.column)
        values = self._values.get(column, {})
        return Trait(self._columns.get(column, trait.column), values.get(_folded(trait.value), trait.value))

    def has_column(self, trait: Trait) -> bool:
        """Whether the list has that column."""
        return squashed(trait.column) in self._columns

    def has(self, trait: Trait) -> bool:
        """Whether anybody here has it."""
        return _folded(trait.value) in self._values.get(squashed(trait.column), {})

    def near_column(self, trait: Trait) -> str:
        """The column that is nearly called so, if there is one."""
        return _nearest(trait.column, list(self._columns.values()))

    def near_value(self, trait: Trait) -> str:
        """The value of its column that is nearly that of the trait, if there is one."""
        return _nearest(trait.value, list(self._values.get(squashed(trait.column), {}).values()))


def _who(row: SheetPerson) -> tuple[str | None, str | None]:
    return row.slack_id, row.email


def _folded(value: str) -> str:
    """A value without case: of signs one may be all that two differ in, as C++ and C#."""
    return " ".join(value.casefold().split())


def _nearest(word: str, known: Sequence[str]) -> str:
    if len(word) > LONGEST_SHOWN:
        return ""
    folded = {each.casefold(): each for each in known}
    if part := next((full_name for full_name in folded if word.casefold() in full_name.split()), None):
        return folded[part]
    close = get_close_matches(word.casefold(), list(folded), n=1, cutoff=NEARLY)
    return folded[close[0]] if close else ""

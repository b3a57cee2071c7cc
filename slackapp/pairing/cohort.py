"""Makes a cohort of what lists say, and of what was decided: every mistake with its file, line and cure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from matching.pairing.values import CIRCLE, TOPICS, Cohort, Participant, Trait, Two
from matching.ranking.reporting_lines import ReportingLines
from slackapp.pairing.people import Everyone, Side
from slackapp.pairing.sheets import Decided, SheetPerson
from slackapp.people_import.cells import cut
from slackapp.people_import.sheet import Row
from slackapp.people_import.table import CellProblem

MOST_PAIRS = 20_000_000


@dataclass(frozen=True, slots=True)
class NamedSheet:
    """The rows of a list, under the name of its file."""

    file: str
    rows: Sequence[SheetPerson]


@dataclass(frozen=True, slots=True)
class PairEdit:
    """What is wanted of two people: `pin`, `ban` or `free` a mentee and a mentor; `swap` two mentees."""

    verb: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided before, and the mentor whom each mentee had."""

    pins: frozenset[Two] = frozenset()
    bans: frozenset[Two] = frozenset()
    mentors: Mapping[str, str] | None = None


class Assembly:
    """Two lists on their way to a cohort. *problems* and *notes* grow with what is taken in.

    *lines* are further people with their managers; in *circles* a mentor takes three to seven mentees, or
    none.
    """

    def __init__(
        self, mentees: NamedSheet, mentors: NamedSheet, lines: Sequence[Row] = (), *, circles: bool = False
    ) -> None:
        self._rows: tuple[SheetPerson | Row, ...] = (*mentees.rows, *mentors.rows, *lines)
        self._everyone = Everyone(self._rows)
        self.mentees = Side(mentees.file, mentees.rows, self._everyone)
        self.mentors = Side(mentors.file, mentors.rows, self._everyone)
        self._circles = circles
        self.problems: list[tuple[str, CellProblem]] = []
        self.notes: list[str] = []

    def names(self) -> dict[str, str]:
        """What each person is called; of several with one name, with what tells them apart."""
        names = {id: side.name(id) for side in (self.mentors, self.mentees) for id in side.entries}
        often = Counter(names.values())
        return {id: name if often[name] == 1 else f"{name} ({id})" for id, name in names.items()}

    def cohort(self) -> Cohort:
        """Everyone with what they ask of each other; nothing is decided in it."""
        for side in (self.mentees, self.mentors):
            if not side.entries:
                nobody = "there is nobody below the heading: add a row for each person."
                self._add(side.file, 1, "heading", nobody)
            for line, column, sentence in side.doubles():
                self._add(side.file, line, column, sentence)
        size = len(self.mentees.entries) * len(self.mentors.entries)
        if size > MOST_PAIRS:
            sentence = (
                f"with {self.mentors.file} these are {size:,} possible pairs, and {MOST_PAIRS:,} go at once: "
            )
            self._add(self.mentees.file, 1, "heading", f"{sentence}split the cohort, by site for one.")
        mentees = [self._participant(id, self.mentees, self.mentors) for id in self.mentees.entries]
        mentors = [self._participant(id, self.mentors, self.mentees) for id in self.mentors.entries]
        managers = self._managers()
        self._note_wishes(mentees, managers)
        return Cohort(tuple(mentees), tuple(map(self._with_places, mentors)), managers)

    def decided(self, file: str, rows: Iterable[Decided]) -> Decisions:
        """What a list of pairs says. Who takes no part any more matters only where it was decided."""
        twos: dict[str | None, set[Two]] = defaultdict(set)
        for row in rows:
            if row.mentee and row.mentor and (row.decision or self._are_here(row.mentee, row.mentor)):
                twos[row.decision] |= set(self._two(file, row.line, row.mentee, row.mentor))
            elif row.decision:
                self._add(file, row.line, "mentor", f"a {row.decision} is for two: name the mentor, too.")
        mentors = {two.mentee_id: two.mentor_id for two in sorted(twos[None] | twos["pin"])}
        for two in sorted(twos["pin"] & twos["ban"]):
            names = f"{self.mentees.name(two.mentee_id)} and {self.mentors.name(two.mentor_id)}"
            self._add(file, 1, "decision", f"{names} are pinned and banned: leave one of the two.")
        return Decisions(frozenset(twos["pin"]), frozenset(twos["ban"]), mentors)

    def edited(self, before: Decisions, edits: Iterable[PairEdit]) -> Decisions:
        """Decisions after edits, each in its turn; a later one replaces what it contradicts."""
        for edit in edits:
            if edit.verb == "swap":
                before = self._swapped(before, edit)
            else:
                for two in self._two(f"--{edit.verb}", 0, edit.one, edit.other):
                    before = _with(before, two, edit.verb)
        return before

    def _swapped(self, before: Decisions, edit: PairEdit) -> Decisions:
        ids = [self.mentees.find(ref) for ref in (edit.one, edit.other)]
        had = [(before.mentors or {}).get(id or "") for id in ids]
        for ref, id, mentor in zip((edit.one, edit.other), ids, had, strict=True):
            if id is None:
                self._add("--swap", 0, "mentee", self.mentees.why_not(ref))
            elif mentor is None:
                self._add(
                    "--swap",
                    0,
                    "mentee",
                    f"{cut(ref)} has no mentor yet: only pairs of --pairs can be swapped.",
                )
        (one, other), (first, second) = ids, had
        if one and other and first and second:
            before = _with(_with(before, Two(one, second), "pin"), Two(other, first), "pin")
        return before

    def _participant(self, id: str, side: Side, other: Side) -> Participant:
        entry = side.entries[id]
        topics = {Trait(TOPICS, topic) for topic in entry.topics}
        traits = {
            side.spelling.of(Trait(column, value)) for column, its in entry.traits.items() for value in its
        }
        return Participant(
            id,
            entry.level,
            has=frozenset(topics | traits),
            depths={str(topic): depth for topic, depth in entry.topics.items()},
            needs=frozenset(self._asked("needs", entry.needs, entry, side, other)),
            wants=frozenset(self._asked("wants", entry.wants, entry, side, other)),
            wishes=tuple(dict.fromkeys(self._found("wishes", entry.wishes, entry, side, other))),
            never=frozenset(self._found("never", entry.never, entry, side, other)),
        )

    def _with_places(self, mentor: Participant) -> Participant:
        low, high = CIRCLE if self._circles else (0, 1)
        places = self.mentors.entries[mentor.id].places
        return replace(mentor, places=high if places is None else places, fewest=low)

    def _asked(
        self, column: str, traits: Iterable[Trait], entry: SheetPerson, side: Side, other: Side
    ) -> Iterator[Trait]:
        """Yield traits as the other list spells them. A column it lacks is a mistake; a value may be one."""
        for trait in traits:
            if trait.column != TOPICS and not other.spelling.has_column(trait):
                near = other.spelling.near_column(trait)
                cure = f"did you mean {near}?" if near else f"add it there, or take it out of {column}."
                sentence = f"{other.file} has no column “{cut(trait.column)}”: {cure}"
                self._add(side.file, entry.line, column, sentence)
            elif trait.column != TOPICS and not other.spelling.has(trait):
                near = other.spelling.near_value(trait)
                meant = f" (did you mean {near}?)" if near else ""
                what = f"nobody in {other.file} has {cut(trait.column)}={cut(trait.value)}{meant}."
                self.notes.append(f"{side.file}, line {entry.line}, {column}: {what}")
            yield trait if trait.column == TOPICS else other.spelling.of(trait)

    def _found(
        self, column: str, refs: Iterable[str], entry: SheetPerson, side: Side, other: Side
    ) -> Iterator[str]:
        """Yield who is named. Who takes no part can be wished for by mistake only, and shunned in earnest."""
        for ref in refs:
            named = [other.find(each) for each in ([ref] if other.find(ref) else ref.split(","))]
            if all(named):
                yield from filter(None, named)
            elif column != "never" or not other.is_elsewhere(ref):
                self._add(side.file, entry.line, column, other.why_not(ref))

    def _managers(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._rows:
            found[self._everyone.of(row)] += [self._everyone.id_of(ref) for ref in row.managers or ()]
        return {id: tuple(dict.fromkeys(named)) for id, named in found.items() if named}

    def _note_wishes(self, mentees: Iterable[Participant], managers: Mapping[str, Sequence[str]]) -> None:
        """Note the wishes that can't be met, as nobody is paired along the line of managers."""
        lines = ReportingLines()
        for id, above in managers.items():
            lines.put(id, above)
        for mentee in mentees:
            for id in sorted(lines.around(mentee.id) & set(mentee.wishes)):
                line, who = self.mentees.entries[mentee.id].line, self.mentors.name(id)
                what = f"{who} is above or below {self.mentees.name(mentee.id)} in the line of managers"
                self.notes.append(f"{self.mentees.file}, line {line}, wishes: {what}, so that can't be.")

    def _are_here(self, mentee: str, mentor: str) -> bool:
        return bool(self.mentees.find(mentee) and self.mentors.find(mentor))

    def _two(self, file: str, line: int, mentee: str, mentor: str) -> list[Two]:
        """The two who are named as a list of one; of none, where somebody is not there."""
        one, other = self.mentees.find(mentee), self.mentors.find(mentor)
        if one and other:
            return [Two(one, other)]
        if not one:
            self._add(file, line, "mentee", self.mentees.why_not(mentee))
        if not other:
            self._add(file, line, "mentor", self.mentors.why_not(mentor))
        return []

    def _add(self, file: str, line: int, column: str, sentence: str) -> None:
        self.problems.append((file, CellProblem(line, column, sentence)))


def _with(before: Decisions, two: Two, verb: str) -> Decisions:
    """Decisions in which two people are pinned, banned or free; one mentee has one pin."""
    pins = {pin for pin in before.pins if pin != two and (verb != "pin" or pin.mentee_id != two.mentee_id)}
    bans = before.bans - {two}
    pins |= {two} if verb == "pin" else set()
    bans |= {two} if verb == "ban" else set()
    return replace(before, pins=frozenset(pins), bans=bans)

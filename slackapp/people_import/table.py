"""Reads a list that some program wrote, whatever its columns; all mistakes at once, with line and column.

Commas, semicolons, tabs and bars may part the cells. What the columns are, how each is read and what a row
becomes is for the kind of list to say.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from slackapp.people_import.cells import Wrong, cut
from slackapp.people_import.columns import Also, Heading, heading_of, recognized
from slackapp.people_import.file import LINE_END, seen, text_of
from slackapp.process.errors import MalformedCsv, UnreadableText

MAX_ROWS = 100_000
LISTED = 20
LONGEST_LINE = 100_000
SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
TOLD = re.compile(r'"?sep=(.)"?[;,\t|]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
UNCLOSED = "a quote opens here and is never closed."
PLAINLY = (
    ("unexpected end", UNCLOSED),
    ("field larger", f"this cell has more than {csv.field_size_limit():,} characters: is a quote left open?"),
    ("expected after", "text follows a closing quote: write a quote inside a cell twice."),
)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell. *line* counts from 1, the heading included; it is counted as its *kind*."""

    line: int
    column: str
    sentence: str
    kind: str = "other"

    def __str__(self) -> str:
        """The problem as one line for a terminal."""
        return f"line {self.line}, {self.column}: {self.sentence}"


class Lined(Protocol):
    """What a row becomes: it knows its line."""

    @property
    def line(self) -> int:
        """The first line of the row, from 1."""


R = TypeVar("R", bound=Lined)


@dataclass(frozen=True, slots=True)
class ListKind(Generic[R]):
    """What a kind of list has.

    *also* are its columns and how each may be headed, the better headings first; *readers* read a cell, or
    raise Wrong. Of each group of *needed* columns one has to be there, in the heading and in every row. What
    stands in a column of *once* stands in one row only. *extra* reads the cells of all other columns.
    """

    also: Also
    readers: Mapping[str, Callable[[str], Any]]
    row: Callable[[int, Mapping[str, Any]], R]
    needed: tuple[tuple[str, ...], ...]
    once: tuple[str, ...] = ()
    extra: Callable[[str], Any] | None = None


@dataclass(frozen=True, slots=True)
class Sheet(Generic[R]):
    """The rows that are right, those that are not as far as they can be read, and what is wrong.

    *problems* are the first mistakes, *more* says how many there are besides, *kinds* how many of each kind.
    """

    rows: tuple[R, ...]
    problems: tuple[CellProblem, ...]
    more: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    flawed: tuple[R, ...] = ()


class _Reading(Generic[R]):
    """What was read so far: rows, mistakes by kind, and the first of them in words."""

    def __init__(self) -> None:
        self.rows: list[R] = []
        self.flawed: list[R] = []
        self.listed: list[CellProblem] = []
        self.kinds: Counter[str] = Counter()

    def add(self, line: int, column: str, wrong: Wrong) -> None:
        self.kinds[wrong.kind] += 1
        if len(self.listed) < LISTED:
            self.listed.append(CellProblem(line, column, wrong.told(), wrong.kind))

    def sheet(self, notes: Iterable[str]) -> Sheet[R]:
        said = list(notes)
        if not (self.rows or self.flawed or self.listed):
            said.append("There is nobody in the list: it has no row below its heading.")
        more = self.kinds.total() - len(self.listed)
        listed = tuple(sorted(self.listed, key=lambda problem: problem.line))
        return Sheet(tuple(self.rows), listed, more, dict(self.kinds), tuple(said), tuple(self.flawed))


@dataclass(frozen=True, slots=True)
class _Table:
    """Text in cells. *skipped* are the lines before the heading."""

    text: str
    separator: str
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class _Layout(Generic[R]):
    """What the cells of a row are."""

    kind: ListKind[R]
    heading: Heading
    separator: str


def read_bytes(content: bytes, kind: ListKind[R]) -> Sheet[R]:
    """What a file says; one that cannot be read at all has that as its only problem."""
    try:
        found = text_of(content)
    except UnreadableText as error:
        return _unread(error)
    return _read(found.text, kind, found.notes)


def read(text: str, kind: ListKind[R]) -> Sheet[R]:
    """What a sheet says. A wrong heading is the only problem then; else each wrong cell is one."""
    try:
        return _read(seen(text), kind)
    except UnreadableText as error:
        return _unread(error)


def _unread(error: UnreadableText) -> Sheet[Any]:
    kind = "not a list that can be read"
    problem = CellProblem(error.line, f"column {error.column}", error.sentence, kind)
    return Sheet((), (problem,), kinds={kind: 1})


def _read(text: str, kind: ListKind[R], notes: Sequence[str] = ()) -> Sheet[R]:
    reading: _Reading[R] = _Reading()
    table, heading = _table_of(text, kind.also), Heading(())
    names: Sequence[str] = ()
    rows = _cells(table)
    try:
        line, names = next(((line, cells) for line, cells in rows if any(map(str.strip, cells))), (1, []))
        heading = heading_of(names, kind.also, takes_more=kind.extra is not None)
        _check_heading(line, heading, kind, reading)
        if not reading.listed:
            _take(rows, _Layout(kind, heading, table.separator), reading)
    except MalformedCsv as error:
        reading.add(
            error.line, _column(heading, error.cell), Wrong("not a CSV from there on", error.sentence)
        )
    _check_doubles([*reading.rows, *reading.flawed], kind.once, reading)
    return reading.sheet([*notes, *heading.notes])


def _table_of(text: str, also: Also) -> _Table:
    """A text with what parts its cells: as its first line says, else as fits the heading best."""
    told = TOLD.match(text)
    if told:
        return _Table(text[told.end() :], told[1], skipped=1)
    head = next((line for line in _lines(text[:LONGEST_LINE]) if line.strip()), "")
    known = {separator: next(csv.reader([head], delimiter=separator), []) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: (recognized(known[separator], also), len(known[separator])))
    return _Table(text, best)


def _cells(table: _Table) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its first line; raise Malformed where it is no CSV any more."""
    found = csv.reader(_lines(table.text, table), strict=True, delimiter=table.separator)
    line = 1 + table.skipped
    try:
        for cells in found:
            yield line, cells
            line = found.line_num + 1 + table.skipped
    except csv.Error as error:
        ends = [0, *(end.end() for end in islice(LINE_END.finditer(table.text), line - 1 - table.skipped))]
        raise _malformed(table, line, table.text[ends[-1] :], str(error)) from error


def _malformed(table: _Table, line: int, row: str, error: str) -> MalformedCsv:
    """What is wrong at the first cell that breaks, with the line in which that cell begins."""
    cell, began, ended = _broken_cell(row, table.separator)
    sentence = next((said for sign, said in PLAINLY if sign in error), f"{error}.")
    if "expected after" in error and LINE_END.search(row[began:ended].strip()):
        sentence = UNCLOSED
    return MalformedCsv(line + len(LINE_END.findall(row[:began])), cell, sentence)


def _lines(text: str, table: _Table | None = None) -> Iterator[str]:
    """Yield the lines; raise Malformed at one in which a million cells may be."""
    skipped, separator = (table.skipped, table.separator) if table else (0, ",")
    for number, line in enumerate(io.StringIO(text, newline=""), 1 + skipped):
        if len(line) > LONGEST_LINE:
            sentence = f"this line has more than {LONGEST_LINE:,} characters."
            raise MalformedCsv(number, _broken_cell(line[:LONGEST_LINE], separator)[0], sentence)
        yield line


def _broken_cell(row: str, separator: str) -> tuple[int, int, int]:
    """Which cell of a row is the first too long, not closed, or going on behind its quote.

    That is its number from 0, where it begins, and how far it could be read.
    """
    cell, began, is_quoted, was_quoted, at = 0, 0, False, False, 0
    ends = frozenset((separator, '"', "\r", "\n"))
    for at, char in enumerate(row):
        if at - began > csv.field_size_limit() or (was_quoted and not is_quoted and char not in ends):
            break
        if char == '"':
            is_quoted, was_quoted = not is_quoted, True
        elif char == separator and not is_quoted:
            cell, began, was_quoted = cell + 1, at + 1, False
    return cell, began, at


def _column(heading: Heading, cell: int) -> str:
    named = heading.columns[cell] if cell < len(heading.columns) else None
    return named or f"cell {cell + 1}"


def _check_heading(line: int, heading: Heading, kind: ListKind[R], reading: _Reading[R]) -> None:
    for column in heading.doubles:
        reading.add(line, column, Wrong("a column that stands twice", "this column stands here twice."))
    for needed in kind.needed:
        if not set(needed) & set(heading.columns):
            found = "".join(f" ({note[:-1]})" for note in heading.notes)
            columns = ", ".join(kind.also)
            sentence = f"a column {' or '.join(needed)} is needed{found}; the columns are {columns}."
            reading.add(line, "heading", Wrong("a heading without a needed column", sentence))


def _take(rows: Iterator[tuple[int, list[str]]], layout: _Layout[R], reading: _Reading[R]) -> None:
    """Take in every row, right or not."""
    for number, (line, cells) in enumerate(rows, 1):
        if number > MAX_ROWS:
            sentence = f"there are more than {MAX_ROWS:,} rows: split the list."
            first = next(filter(None, layout.heading.columns))
            return reading.add(line, first, Wrong("too many rows", sentence))
        if any(cell.strip() for cell in cells):
            mistakes = reading.kinds.total()
            row = layout.kind.row(line, _values(line, cells, layout, reading))
            for column, wrong in _row_mistakes(cells, layout):
                reading.add(line, column, wrong)
            is_right = reading.kinds.total() == mistakes
            (reading.rows if is_right else reading.flawed).append(row)
    return None


def _values(line: int, cells: Sequence[str], layout: _Layout[R], reading: _Reading[R]) -> Mapping[str, Any]:
    values: dict[str, Any] = {}
    for column, cell in zip(layout.heading.columns, cells, strict=False):
        if column and cell.strip():
            try:
                values[column] = _value(column, cell.strip(), layout)
            except Wrong as wrong:
                reading.add(line, column, wrong)
    return values


def _value(column: str, cell: str, layout: _Layout[R]) -> Any:
    """What a cell says; one into which further rows have run is a quote left open."""
    try:
        return (layout.kind.readers.get(column) or layout.kind.extra or str)(cell)
    except Wrong as error:
        ran_on = LINE_END.split(cell, maxsplit=1)[1:]
        if ran_on and ran_on[0].count(layout.separator) > 1:
            raise Wrong("not a CSV from there on", UNCLOSED) from error
        raise


def _row_mistakes(cells: Sequence[str], layout: _Layout[R]) -> Iterator[tuple[str, Wrong]]:
    """Yield what is wrong with a row as a whole."""
    columns = layout.heading.columns
    given = {column for column, cell in zip(columns, cells, strict=False) if column and cell.strip()}
    for needed in layout.kind.needed:
        if not given & set(needed):
            column = next(column for column in needed if column in columns)
            named = " or ".join(f"{'an' if column[0] in 'aeiou' else 'a'} {column}" for column in needed)
            yield column, Wrong("nobody named", f"give {named}.")
    if any(cell.strip() for cell in cells[len(columns) :]):
        sign = SEPARATORS.get(layout.separator, f"“{layout.separator}”")
        sentence = f"the heading has {len(columns)} columns: put a cell that holds {sign} in quotes."
        yield f"cell {len(columns) + 1}", Wrong("too many cells", sentence)


def _check_doubles(rows: Iterable[R], once: Sequence[str], reading: _Reading[R]) -> None:
    first: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: row.line):
        for column in once:
            value = getattr(row, column)
            if value and first.setdefault(value, row.line) != row.line:
                sentence = f"{cut(value)} stands in line {first[value]} already."
                reading.add(row.line, column, Wrong("the same person twice", sentence))

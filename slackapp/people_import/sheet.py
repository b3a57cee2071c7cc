"""Reads people from a list: who they are, what they help with and when, and who their managers are.

slack_id,email,level,topics,minutes_per_week,hours,lanes,manager,team,function,site
U012ABC,,4,python:3;sql:2,60,mon-fri 09:00-17:00,peer;senior,boss@example.com,Platform,Engineering,Berlin

Every row needs a slack_id or an email; any other cell may be empty, which leaves things as they are. Commas,
semicolons, tabs and bars may part the cells. All mistakes are found at once, each with its line and column.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from kernel.topics import Catalogue
from kernel.values import TopicId
from kernel.working_hours import Hours
from matching.values import Lane
from slackapp.people_import.cells import Wrong, cut, readers
from slackapp.people_import.columns import COLUMNS, Heading, heading_of, recognized
from slackapp.people_import.file import LINE_END, MAX_BYTES, UnreadableText, seen, text_of

__all__ = ["COLUMNS", "LISTED", "MAX_BYTES", "MAX_ROWS", "CellProblem", "Row", "Sheet", "read", "read_bytes"]

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
        """Return the problem as one line for a terminal."""
        return f"line {self.line}, {self.column}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the sheet gives them; None where a cell is empty. *managers* are ids and addresses."""

    line: int
    slack_id: str | None
    email: str | None
    level: int | None
    topics: Mapping[TopicId, int] | None
    minutes: int | None
    hours: Hours | None
    lanes: frozenset[Lane] | None
    managers: tuple[str, ...] | None = None
    team: str | None = None
    function: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that are right, those that are not as far as they can be read, and what is wrong.

    *problems* are the first mistakes, *more* says how many there are besides, *kinds* how many of each kind.
    """

    rows: tuple[Row, ...]
    problems: tuple[CellProblem, ...]
    more: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    flawed: tuple[Row, ...] = ()


class MalformedCsv(Exception):
    """This is no CSV from here on."""

    def __init__(self, line: int, cell: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.cell, self.sentence = line, cell, sentence


class _Reading:
    """What was read so far: rows, mistakes by kind, and the first of them in words."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.flawed: list[Row] = []
        self.listed: list[CellProblem] = []
        self.kinds: Counter[str] = Counter()

    def add(self, line: int, column: str, wrong: Wrong) -> None:
        self.kinds[wrong.kind] += 1
        if len(self.listed) < LISTED:
            self.listed.append(CellProblem(line, column, wrong.told(), wrong.kind))

    def sheet(self, notes: Iterable[str]) -> Sheet:
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
class _Layout:
    """What the cells of a row are, and how each is read."""

    heading: Heading
    separator: str
    readers: Mapping[str, Callable[[str], Any]]


def read_bytes(content: bytes, catalogue: Catalogue) -> Sheet:
    """Return what a file says; one that cannot be read at all has that as its only problem."""
    try:
        found = text_of(content)
    except UnreadableText as error:
        return _unread(error)
    return _read(found.text, catalogue, found.notes)


def read(text: str, catalogue: Catalogue) -> Sheet:
    """Return what a sheet says. A wrong heading is the only problem then; else each wrong cell is one."""
    try:
        return _read(seen(text), catalogue)
    except UnreadableText as error:
        return _unread(error)


def _unread(error: UnreadableText) -> Sheet:
    kind = "not a list that can be read"
    problem = CellProblem(error.line, f"column {error.column}", error.sentence, kind)
    return Sheet((), (problem,), kinds={kind: 1})


def _read(text: str, catalogue: Catalogue, notes: Sequence[str] = ()) -> Sheet:
    reading, table, heading = _Reading(), _table_of(text), Heading(())
    names: Sequence[str] = ()
    rows = _cells(table)
    try:
        line, names = next(((line, cells) for line, cells in rows if any(map(str.strip, cells))), (1, []))
        heading = heading_of(names)
        _check_heading(line, heading, reading)
        if not reading.listed:
            _take(rows, _Layout(heading, table.separator, readers(catalogue)), reading)
    except MalformedCsv as error:
        reading.add(
            error.line, _column(heading, error.cell), Wrong("not a CSV from there on", error.sentence)
        )
    _check_doubles([*reading.rows, *reading.flawed], reading)
    return reading.sheet([*notes, *heading.notes])


def _table_of(text: str) -> _Table:
    """Return a text with what parts its cells: as its first line says, else as fits the heading best."""
    told = TOLD.match(text)
    if told:
        return _Table(text[told.end() :], told[1], skipped=1)
    head = next((line for line in _lines(text[:LONGEST_LINE]) if line.strip()), "")
    known = {separator: next(csv.reader([head], delimiter=separator), []) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: (recognized(known[separator]), len(known[separator])))
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
    """Return what is wrong at the first cell that breaks, with the line in which that cell begins."""
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
    """Return which cell of a row is the first too long, not closed, or going on behind its quote.

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


def _check_heading(line: int, heading: Heading, reading: _Reading) -> None:
    for column in heading.doubles:
        reading.add(line, column, Wrong("a column that stands twice", "this column stands here twice."))
    if not {"slack_id", "email"} & set(heading.columns):
        found = "".join(f" ({note[:-1]})" for note in heading.notes)
        columns = ", ".join(COLUMNS)
        sentence = f"a column slack_id or email is needed{found}; the columns are {columns}."
        reading.add(line, "heading", Wrong("a heading without a needed column", sentence))


def _take(rows: Iterator[tuple[int, list[str]]], layout: _Layout, reading: _Reading) -> None:
    """Take in every row, right or not."""
    for number, (line, cells) in enumerate(rows, 1):
        if number > MAX_ROWS:
            sentence = f"there are more than {MAX_ROWS:,} rows: split the list."
            first = next(filter(None, layout.heading.columns))
            return reading.add(line, first, Wrong("too many rows", sentence))
        if any(cell.strip() for cell in cells):
            mistakes = reading.kinds.total()
            row = _row(line, _values(line, cells, layout, reading))
            for column, wrong in _row_mistakes(cells, layout):
                reading.add(line, column, wrong)
            is_right = reading.kinds.total() == mistakes
            (reading.rows if is_right else reading.flawed).append(row)
    return None


def _values(line: int, cells: Sequence[str], layout: _Layout, reading: _Reading) -> Mapping[str, Any]:
    values: dict[str, Any] = dict.fromkeys(COLUMNS)
    for column, cell in zip(layout.heading.columns, cells, strict=False):
        if column and cell.strip():
            try:
                values[column] = _value(column, cell.strip(), layout)
            except Wrong as wrong:
                reading.add(line, column, wrong)
    return values


def _value(column: str, cell: str, layout: _Layout) -> Any:
    """Return what a cell says; one into which further rows have run is a quote left open."""
    try:
        return layout.readers[column](cell)
    except Wrong as error:
        ran_on = LINE_END.split(cell, maxsplit=1)[1:]
        if ran_on and ran_on[0].count(layout.separator) > 1:
            raise Wrong("not a CSV from there on", UNCLOSED) from error
        raise


def _row_mistakes(cells: Sequence[str], layout: _Layout) -> Iterator[tuple[str, Wrong]]:
    """Yield what is wrong with a row as a whole."""
    columns = layout.heading.columns
    given = {column for column, cell in zip(columns, cells, strict=False) if column and cell.strip()}
    if not given & {"slack_id", "email"}:
        column = "slack_id" if "slack_id" in columns else "email"
        yield column, Wrong("nobody named", "give a slack_id or an email.")
    if any(cell.strip() for cell in cells[len(columns) :]):
        sign = SEPARATORS.get(layout.separator, f"“{layout.separator}”")
        sentence = f"the heading has {len(columns)} columns: put a cell that holds {sign} in quotes."
        yield f"cell {len(columns) + 1}", Wrong("too many cells", sentence)


def _row(line: int, values: Mapping[str, Any]) -> Row:
    named = {"minutes_per_week": "minutes", "manager": "managers"}
    return Row(line, **{named.get(column, column): value for column, value in values.items()})


def _check_doubles(rows: Iterable[Row], reading: _Reading) -> None:
    first: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: row.line):
        for column, value in (("slack_id", row.slack_id), ("email", row.email)):
            if value and first.setdefault(value, row.line) != row.line:
                sentence = f"{cut(value)} stands in line {first[value]} already."
                reading.add(row.line, column, Wrong("the same person twice", sentence))

"""Reads people from a CSV: who they are, what they help with, and when.

slack_id,email,level,topics,minutes_per_week,hours,lanes
U012ABC,,4,python:3;sql:2,60,mon-fri 09:00-17:00,peer;senior

Every row needs a slack_id or an email; any other cell may be empty, which leaves things as they are. All
mistakes are found at once, each with its line and column.
"""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from matching.values import Lane
from mentoring.errors import Invalid
from mentoring.hours import Hours, parse_hours
from mentoring.topics import Catalogue
from mentoring.values import TopicId

COLUMNS = ("slack_id", "email", "level", "topics", "minutes_per_week", "hours", "lanes")
MAX_BYTES = 20 * 1024**2
MAX_ROWS = 100_000
LISTED = 100
LONGEST_LINE = 100_000
LONGEST_EMAIL = 254
LONGEST_SHOWN = 60
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
LINE_END = re.compile("\r\n|\r|\n")
SAVE_AS = "save the file as “CSV UTF-8”."
PLAINLY = (
    ("unexpected end", "a quote opens here and is never closed."),
    ("field larger", f"this cell has more than {csv.field_size_limit():,} characters: is a quote left open?"),
    ("expected after", "text follows a closing quote: write a quote inside a cell twice."),
)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell. *line* counts from 1, the heading included."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        """Return the problem as one line for a terminal."""
        return f"line {self.line}, {self.column}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the sheet gives them; None where a cell is empty."""

    line: int
    slack_id: str | None
    email: str | None
    level: int | None
    topics: Mapping[TopicId, int] | None
    minutes: int | None
    hours: Hours | None
    lanes: frozenset[Lane] | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that are right, the first of what is not, and how many more mistakes there are."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    more: int = 0


class Wrong(Exception):
    """A cell cannot be read. *known* are the words of which one may have been meant by *word*."""

    def __init__(self, sentence: str, word: str = "", known: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self._sentence, self._word, self._known = sentence, word, known

    def told(self) -> str:
        """Return the sentence, with what was meant: to find that takes long, so nothing else does it."""
        return self._sentence + (_near(self._word, self._known) if self._known else "")


class Malformed(Exception):
    """This is no CSV from here on."""

    def __init__(self, line: int, cell: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.cell, self.sentence = line, cell, sentence


class _Mistakes:
    """Counts mistakes, and puts the first of them into words."""

    def __init__(self) -> None:
        self.listed: list[Problem] = []
        self.more = 0

    def add(self, line: int, column: str, wrong: Wrong) -> None:
        if len(self.listed) < LISTED:
            self.listed.append(Problem(line, column, wrong.told()))
        else:
            self.more += 1

    def sheet(self, rows: Sequence[Row] = ()) -> Sheet:
        return Sheet(tuple(rows), tuple(self.listed), self.more)


def read_bytes(content: bytes, catalogue: Catalogue) -> Sheet:
    """Return what a file says; one that is too large or in another encoding has that as its only problem."""
    if len(content) > MAX_BYTES:
        return _unread(1, 1, f"the file is larger than {MAX_BYTES // 1024**2} MB: split it.")
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _unread(1, 1, f"this is UTF-16: {SAVE_AS}")
    content = content.removeprefix(BOM_UTF8)
    try:
        return read(content.decode(), catalogue)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        return _unread(*_place(before), f"this is not UTF-8: {SAVE_AS}")


def read(text: str, catalogue: Catalogue) -> Sheet:
    """Return what a sheet says. A wrong heading is the only problem then; else each wrong cell is one."""
    text = text.removeprefix("\ufeff")
    if found := CONTROL.search(text):
        code = f"U+{ord(found.group()):04X}"
        return _unread(*_place(text[: found.start()]), f"no list should hold the character {code}: {SAVE_AS}")
    mistakes, rows, heading = _Mistakes(), list[Row](), list[str]()
    table = _table(text)
    try:
        _, cells = next(table, (1, []))
        heading = [cell.strip().lower() for cell in cells]
        _check_heading(heading, mistakes)
        if not mistakes.listed:
            rows = list(_rows(table, heading, catalogue, mistakes))
    except Malformed as error:
        column = heading[error.cell] if error.cell < len(heading) else f"cell {error.cell + 1}"
        mistakes.add(error.line, column, Wrong(error.sentence))
    _check_doubles(rows, mistakes)
    return mistakes.sheet(rows)


def _unread(line: int, column: int, sentence: str) -> Sheet:
    return Sheet((), (Problem(line, f"column {column}", sentence),))


def _place(before: str) -> tuple[int, int]:
    """Return the line and column of what comes after *before*, both from 1."""
    ends = [0, *(found.end() for found in LINE_END.finditer(before))]
    return len(ends), len(before) - ends[-1] + 1


def _table(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its first line; raise Malformed where it is no CSV any more."""
    table = csv.reader(_lines(text), strict=True)
    line = 1
    try:
        for cells in table:
            yield line, cells
            line = table.line_num + 1
    except csv.Error as error:
        sentence = next((said for sign, said in PLAINLY if sign in str(error)), f"{error}.")
        ends = [0, *(found.end() for found in islice(LINE_END.finditer(text), line - 1))]
        raise Malformed(line, _broken_cell(text[ends[-1] :]), sentence) from error


def _lines(text: str) -> Iterator[str]:
    """Yield the lines; raise Malformed at one in which a million cells may be."""
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if len(line) > LONGEST_LINE:
            sentence = f"this line has more than {LONGEST_LINE:,} characters."
            raise Malformed(number, _broken_cell(line[:LONGEST_LINE]), sentence)
        yield line


def _broken_cell(row: str) -> int:
    """Return which cell of a row, from 0, is the first too long, not closed, or going on behind its quote."""
    cell, began, is_quoted, was_quoted = 0, 0, False, False
    for at, char in enumerate(row):
        if at - began > csv.field_size_limit() or (was_quoted and not is_quoted and char not in ',"\r\n'):
            break
        if char == '"':
            is_quoted, was_quoted = not is_quoted, True
        elif char == "," and not is_quoted:
            cell, began, was_quoted = cell + 1, at, False
    return cell


def _check_heading(heading: list[str], mistakes: _Mistakes) -> None:
    for number, name in enumerate(heading):
        if name not in COLUMNS:
            mistakes.add(1, _cut(name) or "heading", Wrong("there is no such column", name, COLUMNS))
        elif number >= len(COLUMNS) or name in heading[:number]:
            mistakes.add(1, name, Wrong("this column stands here twice."))
    if not {"slack_id", "email"} & set(heading):
        columns = ", ".join(COLUMNS)
        mistakes.add(1, "heading", Wrong(f"a column slack_id or email is needed; the columns are {columns}."))


def _rows(
    table: Iterator[tuple[int, list[str]]], heading: list[str], catalogue: Catalogue, mistakes: _Mistakes
) -> Iterator[Row]:
    """Yield the rows without a mistake."""
    readers = _readers(catalogue)
    for number, (line, cells) in enumerate(table, 1):
        if number > MAX_ROWS:
            mistakes.add(line, heading[0], Wrong(f"there are more than {MAX_ROWS:,} rows: split the list."))
            return
        if not any(cell.strip() for cell in cells):
            continue
        before = len(mistakes.listed) + mistakes.more
        row = _row(line, heading, cells, readers, mistakes)
        if len(mistakes.listed) + mistakes.more == before:
            yield row


def _row(
    line: int,
    heading: list[str],
    cells: list[str],
    readers: Mapping[str, Callable[[str], Any]],
    mistakes: _Mistakes,
) -> Row:
    values: dict[str, Any] = dict.fromkeys(COLUMNS)
    given = {column: cell.strip() for column, cell in zip(heading, cells, strict=False) if cell.strip()}
    for column, cell in given.items():
        try:
            values[column] = readers[column](cell)
        except Wrong as wrong:
            mistakes.add(line, column, wrong)
    if not given.keys() & {"slack_id", "email"}:
        mistakes.add(line, "slack_id", Wrong("give a slack_id or an email."))
    if any(cell.strip() for cell in cells[len(heading) :]):
        sentence = f"the heading has {len(heading)} columns: put a cell that holds a comma in quotes."
        mistakes.add(line, f"cell {len(heading) + 1}", Wrong(sentence))
    values["minutes"] = values.pop("minutes_per_week")
    return Row(line, **values)


def _check_doubles(rows: list[Row], mistakes: _Mistakes) -> None:
    first: dict[str, int] = {}
    for row in rows:
        for column, value in (("slack_id", row.slack_id), ("email", row.email)):
            if value and first.setdefault(value, row.line) != row.line:
                mistakes.add(row.line, column, Wrong(f"{value} stands in line {first[value]} already."))


def _readers(catalogue: Catalogue) -> Mapping[str, Callable[[str], Any]]:
    known = [topic.id for topic in catalogue.all]
    return {
        "slack_id": _slack_id,
        "email": _email,
        "level": lambda cell: _number(cell, 1, 7),
        "topics": lambda cell: _topics(cell, catalogue, known),
        "minutes_per_week": lambda cell: _number(cell, 0, 600),
        "hours": _hours,
        "lanes": _lanes,
    }


def _slack_id(cell: str) -> str:
    if not re.fullmatch("[UW][A-Z0-9]{1,20}", cell):
        how = "it looks like U012AB3CD (in Slack: profile, ⋮, Copy member ID)."
        raise Wrong(f"“{_cut(cell)}” is not a Slack id: {how}")
    return cell


def _email(cell: str) -> str:
    is_short = len(cell) <= LONGEST_EMAIL
    if not is_short or cell.count("@") != 1 or cell.startswith("@") or "." not in cell.partition("@")[2]:
        raise Wrong(f"“{_cut(cell)}” is not an e-mail address.")
    return cell.lower()


def _number(cell: str, low: int, high: int) -> int:
    # Python reads no number of thousands of digits.
    if not cell.isdecimal() or len(cell) > len(str(high)) or not low <= int(cell) <= high:
        raise Wrong(f"“{_cut(cell)}” should be a whole number from {low} to {high}.")
    return int(cell)


def _topics(cell: str, catalogue: Catalogue, known: Sequence[str]) -> Mapping[TopicId, int]:
    topics: dict[TopicId, int] = {}
    for part in filter(None, (part.strip() for part in cell.split(";"))):
        name, _, level = part.partition(":")
        id = name.strip().lower()
        if id not in catalogue:
            raise Wrong(f"there is no topic “{_cut(name.strip())}”", id, known)
        topics[TopicId(id)] = _number(level.strip() or "2", 1, 3)
    return topics


def _hours(cell: str) -> Hours:
    try:
        return _understood(cell)
    except Invalid as error:
        word = error.facts.get("word", cell)
        hint = error.facts.get("suggestion")
        meant = f" (did you mean {hint}?)" if hint else ""
        raise Wrong(
            f"“{_cut(str(word))}” is not clear{meant}; write hours like mon-fri 09:00-17:00."
        ) from error


@lru_cache
def _understood(hours: str) -> Hours:
    """Read hours once: in a list of thousands most people have the same."""
    return parse_hours(hours)


def _lanes(cell: str) -> frozenset[Lane]:
    lanes = [part.strip().lower() for part in cell.split(";") if part.strip()]
    for lane in lanes:
        if lane not in list(Lane):
            raise Wrong(f"“{_cut(lane)}” is not a lane", lane, list(Lane))
    return frozenset(map(Lane, lanes))


def _cut(word: str) -> str:
    """Return a word short enough to be read in a sentence."""
    return word if len(word) <= LONGEST_SHOWN else f"{word[:LONGEST_SHOWN]}…"


def _near(word: str, known: Sequence[str]) -> str:
    """Return the end of a sentence about an unknown word: what was meant, or what there is."""
    close = get_close_matches(word, known, n=1) if len(word) <= LONGEST_SHOWN else []
    if close:
        return f": did you mean {close[0]}?"
    return f": choose from {', '.join(known)}." if len(known) <= 12 else "."

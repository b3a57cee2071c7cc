"""Reads people from a CSV: who they are, what they help with, and when.

slack_id,email,level,topics,minutes_per_week,hours,lanes
U012ABC,,4,python:3;sql:2,60,mon-fri 09:00-17:00,peer;senior

Every row needs a slack_id or an email; any other cell may be empty, which leaves things as they are. All
mistakes are found at once, each with its line and column.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

from matching.values import Lane
from mentoring.errors import Invalid
from mentoring.hours import Hours, parse_hours
from mentoring.topics import Catalogue
from mentoring.values import TopicId

COLUMNS = ("slack_id", "email", "level", "topics", "minutes_per_week", "hours", "lanes")
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
    """The rows that are right, and everything that is not."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


class Wrong(Exception):
    """A cell cannot be read; carries the sentence about it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read(text: str, catalogue: Catalogue) -> Sheet:
    """Return what a sheet says. A wrong heading is the only problem then; else each wrong cell is one."""
    table = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    heading = [cell.strip().lower() for cell in next(table, [])]
    if flaws := list(_heading_flaws(heading)):
        return Sheet((), tuple(flaws))
    readers = _readers(catalogue)
    rows: list[Row] = []
    problems: list[Problem] = []
    for cells in table:
        if any(cell.strip() for cell in cells):
            row, wrong = _row(table.line_num, dict(zip(heading, cells, strict=False)), readers)
            problems += wrong
            rows += [] if wrong else [row]
    return Sheet(tuple(rows), (*problems, *_doubles(rows)))


def _heading_flaws(heading: list[str]) -> Iterator[Problem]:
    for name in heading:
        if name not in COLUMNS:
            yield Problem(1, name or "heading", f"there is no such column{_near(name, COLUMNS)}")
    if not {"slack_id", "email"} & set(heading):
        yield Problem(
            1, "heading", f"a column slack_id or email is needed; the columns are {', '.join(COLUMNS)}."
        )


def _row(
    line: int, cells: Mapping[str, str], readers: Mapping[str, Callable[[str], Any]]
) -> tuple[Row, list[Problem]]:
    values: dict[str, Any] = dict.fromkeys(COLUMNS)
    problems: list[Problem] = []
    for column, cell in cells.items():
        if not cell.strip():
            continue
        try:
            values[column] = readers[column](cell.strip())
        except Wrong as wrong:
            problems.append(Problem(line, column, wrong.sentence))
    if not (cells.get("slack_id", "").strip() or cells.get("email", "").strip()):
        problems.append(Problem(line, "slack_id", "give a slack_id or an email."))
    values["minutes"] = values.pop("minutes_per_week")
    return Row(line, **values), problems


def _doubles(rows: list[Row]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in rows:
        for column, value in (("slack_id", row.slack_id), ("email", row.email)):
            if value and first.setdefault(value, row.line) != row.line:
                yield Problem(row.line, column, f"{value} stands in line {first[value]} already.")


def _readers(catalogue: Catalogue) -> Mapping[str, Callable[[str], Any]]:
    return {
        "slack_id": _slack_id,
        "email": _email,
        "level": lambda cell: _number(cell, 1, 7),
        "topics": lambda cell: _topics(cell, catalogue),
        "minutes_per_week": lambda cell: _number(cell, 0, 600),
        "hours": _hours,
        "lanes": _lanes,
    }


def _slack_id(cell: str) -> str:
    if not (cell[:1] in "UW" and cell.isalnum() and cell.isupper()):
        raise Wrong(
            f"“{cell}” is not a Slack id: it looks like U012AB3CD (in Slack: profile, ⋮, Copy member ID)."
        )
    return cell


def _email(cell: str) -> str:
    if cell.count("@") != 1 or cell.startswith("@") or "." not in cell.partition("@")[2]:
        raise Wrong(f"“{cell}” is not an e-mail address.")
    return cell.lower()


def _number(cell: str, low: int, high: int) -> int:
    if not cell.isdecimal() or not low <= int(cell) <= high:
        raise Wrong(f"“{cell}” should be a whole number from {low} to {high}.")
    return int(cell)


def _topics(cell: str, catalogue: Catalogue) -> Mapping[TopicId, int]:
    topics: dict[TopicId, int] = {}
    for part in filter(None, (part.strip() for part in cell.split(";"))):
        name, _, level = part.partition(":")
        id = name.strip().lower()
        if id not in catalogue:
            raise Wrong(
                f"there is no topic “{name.strip()}”{_near(id, [topic.id for topic in catalogue.all])}"
            )
        topics[TopicId(id)] = _number(level.strip() or "2", 1, 3)
    return topics


def _hours(cell: str) -> Hours:
    try:
        return parse_hours(cell)
    except Invalid as error:
        word = error.facts.get("word", cell)
        hint = error.facts.get("suggestion")
        meant = f" (did you mean {hint}?)" if hint else ""
        raise Wrong(f"“{word}” is not clear{meant}; write hours like mon-fri 09:00-17:00.") from error


def _lanes(cell: str) -> frozenset[Lane]:
    lanes = [part.strip().lower() for part in cell.split(";") if part.strip()]
    for lane in lanes:
        if lane not in list(Lane):
            raise Wrong(f"“{lane}” is not a lane{_near(lane, list(Lane))}")
    return frozenset(map(Lane, lanes))


def _near(word: str, known: list[str] | tuple[str, ...]) -> str:
    """Return the end of a sentence about an unknown word: what was meant, or what there is."""
    close = get_close_matches(word, known, n=1)
    if close:
        return f": did you mean {close[0]}?"
    return f": choose from {', '.join(known)}." if len(known) <= 12 else "."

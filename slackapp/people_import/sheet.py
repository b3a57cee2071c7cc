"""Reads people from a list: who they are, what they help with and when, and who their managers are.

slack_id,email,level,topics,minutes_per_week,hours,lanes,manager,team,function,site
U012ABC,,4,python:3;sql:2,60,mon-fri 09:00-17:00,peer;senior,boss@example.com,Platform,Engineering,Berlin

and, where wished, questions_per_week (0: any number) and anything (yes or no).

Every row needs a slack_id or an email; any other cell may be empty, which leaves things as they are. Commas,
semicolons, tabs and bars may part the cells. All mistakes are found at once, each with its line and column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from kernel.topics import Catalogue
from kernel.values import TopicId
from kernel.working_hours import Hours
from matching.values import Lane
from slackapp.people_import import table
from slackapp.people_import.cells import readers
from slackapp.people_import.columns import ALSO, COLUMNS
from slackapp.people_import.file import MAX_BYTES
from slackapp.people_import.table import LISTED, MAX_ROWS, CellProblem, ListKind

__all__ = ["COLUMNS", "LISTED", "MAX_BYTES", "MAX_ROWS", "CellProblem", "Row", "Sheet", "read", "read_bytes"]

NAMED = {"minutes_per_week": "minutes", "manager": "managers"}


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
    questions_per_week: int | None = None
    anything: bool | None = None


Sheet: TypeAlias = table.Sheet[Row]


def read_bytes(content: bytes, catalogue: Catalogue) -> Sheet:
    """What a file says; one that cannot be read at all has that as its only problem."""
    return table.read_bytes(content, _kind(catalogue))


def read(text: str, catalogue: Catalogue) -> Sheet:
    """What a sheet says. A wrong heading is the only problem then; else each wrong cell is one."""
    return table.read(text, _kind(catalogue))


def _kind(catalogue: Catalogue) -> ListKind[Row]:
    who = ("slack_id", "email")
    return ListKind(ALSO, readers(catalogue), _row, needed=(who,), once=who)


def _row(line: int, values: Mapping[str, Any]) -> Row:
    return Row(line, **{NAMED.get(column, column): values.get(column) for column in COLUMNS})

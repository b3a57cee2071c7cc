"""Which columns a list of people may have, and how Slack and HR systems head them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from handlers.block_kit.counts import counted

# Each column, and how it may be headed.
Also: TypeAlias = Mapping[str, tuple[str, ...]]
COLUMNS = (
    "slack_id",
    "email",
    "level",
    "topics",
    "minutes_per_week",
    "hours",
    "lanes",
    "manager",
    "team",
    "function",
    "site",
    "questions_per_week",
    "anything",
)
# The better ones first: of several in one heading the first that is there counts. Written as `squashed`.
ALSO: Also = {
    "slack_id": ("slackid", "slackuserid", "slackmemberid", "memberid", "slackuser", "slack", "userid"),
    "email": (
        *("email", "emailaddress", "workemail", "workemailaddress", "emailwork", "emailprimarywork"),
        *("primaryemail", "primaryemailaddress", "primaryworkemail", "companyemail", "corporateemail"),
        *("businessemail", "businessemailaddress", "officialemail", "useremail", "employeeemail"),
        *("emailaddressrequired", "workcontactworkemail", "userprincipalname", "mail"),
    ),
    "level": ("level", "careerlevel"),
    "topics": ("topics", "topic"),
    "minutes_per_week": ("minutesperweek", "minutes", "weeklyminutes", "minutesaweek"),
    "hours": ("hours", "workinghours", "workhours"),
    "lanes": ("lanes", "lane"),
    "manager": (
        *("manageremail", "managersemail", "manageremailaddress", "managerworkemail", "manageremailwork"),
        *("emailofmanager", "manageremailid", "managerslackid", "managerslackuserid"),
        *("supervisoremail", "supervisorsemail", "supervisoremailaddress", "supervisorworkemail"),
        *("linemanageremail", "linemanageremailaddress", "directmanageremail", "directmanageremailaddress"),
        *("reportingmanageremail", "reportstoemail", "reportstoemailaddress", "bossemail"),
        *(
            "manager",
            "managers",
            "linemanager",
            "directmanager",
            "reportingmanager",
            "supervisor",
            "reportsto",
        ),
    ),
    "team": ("team", "teamname", "squad", "workteam", "supervisoryorganization", "subdepartment"),
    "function": (
        *("function", "jobfunction", "businessfunction", "department", "departmentname", "dept"),
        *("departmentdescription", "division", "divisionname", "jobfamily", "jobfamilygroup"),
    ),
    "site": (
        *("site", "sitename", "location", "locationname", "worklocation", "worksite", "workplace", "office"),
        *("officelocation", "officename", "primarylocation", "worklocationname", "locationdescription"),
        *("physicaldeliveryofficename", "branch", "city"),
    ),
    "questions_per_week": ("questionsperweek", "questions", "weeklyquestions", "questionsaweek"),
    "anything": ("anything", "anyquestion", "takesanything"),
}
LONGEST_NAME, MOST_NAMED, MOST_MORE = 40, 12, 40


@dataclass(frozen=True, slots=True)
class Heading:
    """What each cell of a row is, by place; None where a column is skipped. *notes* say which were."""

    columns: tuple[str | None, ...]
    notes: tuple[str, ...] = ()
    doubles: tuple[str, ...] = ()


def recognized(cells: Sequence[str], also: Also = ALSO) -> int:
    """How many cells of a heading are known columns."""
    names = _names(also)
    return sum(squashed(cell) in names for cell in cells)


def heading_of(cells: Sequence[str], also: Also = ALSO, *, takes_more: bool = False) -> Heading:
    """What a heading means. *doubles* are columns that stand in it twice by the same name.

    With *takes_more* the first columns that have no known name are taken by the name that they have.
    """
    found, names = [squashed(cell) for cell in cells], _names(also)
    chosen = {
        column: next(name for name in others if name in found)
        for column, others in also.items()
        if any(name in found for name in others)
    }
    columns = [names[name] if name in chosen.values() else None for name in found]
    doubles = [names[name] for name in chosen.values() if found.count(name) > 1]
    if takes_more:
        unknown = [place for place, name in enumerate(found) if name and name not in names][:MOST_MORE]
        for place in unknown:
            columns[place] = " ".join(cells[place].split())[:LONGEST_NAME]
        doubles += [str(columns[place]) for place in unknown if found.index(found[place]) < place]
    skipped = [cell for cell, column in zip(cells, columns, strict=True) if column is None and cell.strip()]
    return Heading(tuple(columns), _skipped(skipped, chosen, also), tuple(doubles))


def _names(also: Also) -> Mapping[str, str]:
    return {name: column for column, others in also.items() for name in others}


def squashed(cell: str) -> str:
    """A heading without case, spaces and signs: `Manager E-Mail` and `manager_email` are one."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", cell).casefold())


def _skipped(cells: Sequence[str], chosen: Mapping[str, str], also: Also) -> tuple[str, ...]:
    if not cells:
        return ()
    named = [_named(cell, chosen, also) for cell in cells[:MOST_NAMED]]
    more = [f"{len(cells) - MOST_NAMED} more"] if len(cells) > MOST_NAMED else []
    count = counted(len(cells), "column was", "columns were")
    return (f"{count} skipped: {', '.join(named + more)}.",)


def _named(cell: str, chosen: Mapping[str, str], also: Also) -> str:
    """A skipped column's name, with the column that was meant if it looks like one not given."""
    name = " ".join(cell.split())
    shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    missing = [column for column in also if column not in chosen]
    close = get_close_matches(name.casefold()[:LONGEST_NAME], missing, n=1, cutoff=0.75)
    return f"{shown} (did you mean {close[0]}?)" if close else shown

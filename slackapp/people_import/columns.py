"""Which columns a list of people may have, and how Slack and HR systems head them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

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
)
# The better ones first: of several in one heading the first that is there counts. Written as `_squashed`.
ALSO: Mapping[str, tuple[str, ...]] = {
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
}
NAMES = {also: column for column, others in ALSO.items() for also in others}
LONGEST_NAME, MOST_NAMED = 40, 12


@dataclass(frozen=True, slots=True)
class Heading:
    """What each cell of a row is, by place; None where a column is skipped. *notes* say which were."""

    columns: tuple[str | None, ...]
    notes: tuple[str, ...] = ()
    doubles: tuple[str, ...] = ()


def recognized(cells: Sequence[str]) -> int:
    """Return how many cells of a heading are known columns."""
    return sum(_squashed(cell) in NAMES for cell in cells)


def heading_of(cells: Sequence[str]) -> Heading:
    """Return what a heading means. *doubles* are columns that stand in it twice by the same name."""
    squashed = [_squashed(cell) for cell in cells]
    chosen = {
        column: next(name for name in others if name in squashed)
        for column, others in ALSO.items()
        if any(name in squashed for name in others)
    }
    columns = [NAMES.get(name) if name in chosen.values() else None for name in squashed]
    doubles = [name for name in chosen.values() if squashed.count(name) > 1]
    skipped = [cell for cell, column in zip(cells, columns, strict=True) if column is None and cell.strip()]
    return Heading(tuple(columns), _skipped(skipped, chosen), tuple(NAMES[name] for name in doubles))


def _squashed(cell: str) -> str:
    """Return a heading without case, spaces and signs: `Manager E-Mail` and `manager_email` are one."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", cell).casefold())


def _skipped(cells: Sequence[str], chosen: Mapping[str, str]) -> tuple[str, ...]:
    if not cells:
        return ()
    named = [_named(cell, chosen) for cell in cells[:MOST_NAMED]]
    more = [f"{len(cells) - MOST_NAMED} more"] if len(cells) > MOST_NAMED else []
    count = "1 column was" if len(cells) == 1 else f"{len(cells)} columns were"
    return (f"{count} skipped: {', '.join(named + more)}.",)


def _named(cell: str, chosen: Mapping[str, str]) -> str:
    """Return a skipped column's name, with the column that was meant if it looks like one not given."""
    name = " ".join(cell.split())
    shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    missing = [column for column in COLUMNS if column not in chosen]
    close = get_close_matches(name.casefold()[:LONGEST_NAME], missing, n=1, cutoff=0.75)
    return f"{shown} (did you mean {close[0]}?)" if close else shown

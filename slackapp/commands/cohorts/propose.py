"""`waymark propose`: the pairs of a list put to the people themselves, who both say yes or not."""

import asyncio
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from handlers.block_kit.counts import counted
from handlers.pairing import pairs_list
from kernel.errors import CannotHelp, Invalid, NotAMember, Refusal
from kernel.topics import Catalogue
from kernel.values import PersonId
from mentoring.people import people
from relationships.cohorts import proposals
from relationships.cohorts.proposal import Proposal
from relationships.mentorships.agreement import LONGEST
from relationships.mentorships.record import PairingReason
from slackapp.bootstrap.manifests import open_manifest
from slackapp.commands.cohorts import pair_report
from slackapp.commands.stored_data import place_in_slack
from slackapp.commands.terminal import bar, content, say, workspace_option
from slackapp.pairing import sheets
from slackapp.pairing.sheets import Decided
from slackapp.people_import import importing, table
from slackapp.people_import.cells import SLACK_ID, cut
from slackapp.people_import.importing import Found
from slackapp.people_import.sheet import Row
from slackapp.people_import.table import CellProblem
from slackapp.process import logs, settings
from slackapp.process.clock import Clock
from slackapp.workspaces.workspaces import Place

NO_PLACE: Mapping[str, str] = {
    "full": "has as many mentees as they take on: choose another mentor, or have them take on more.",
    "no_minutes": "has no minutes left in a week for one more: choose another mentor.",
}
WHY_NOT: Mapping[str, str] = {
    "paused": "has paused helping: wait for their return, or choose another mentor.",
    "self": "would be their own mentor: name somebody else.",
    "asked": "can't be matched with this mentee: choose another mentor.",
}
NO_MEMBER = "is no member who can take part: take the row out."
NO_REASON = "“{}” says nothing of these two: pair again, or empty the cell."
UNSENT = "nothing was sent"


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rows of a file that are to be proposed for a programme, or taken back, or only looked at."""

    file: str
    rows: Sequence[Decided]
    programme: str
    send: bool
    undo: bool
    as_json: bool


@click.command(epilog='Example: waymark propose pairs.csv --programme "Mentoring 2027" --send')
@click.argument("pairs", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--programme", required=True, help="What the pairs are for; both people read it.")
@click.option("--send", is_flag=True, help="Do it; without this it only says what would be done.")
@click.option("--undo", is_flag=True, help="Take back, within 24 hours, what not both have agreed to yet.")
@workspace_option("The workspace's id, where the app serves many.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def propose(
    *, pairs: Path, programme: str, send: bool, undo: bool, workspace: str | None, as_json: bool
) -> None:
    """Propose the PAIRS that `waymark pair` has written.

    Each of the two gets the agreement in Slack: both say yes, or one says no. Doing it twice changes nothing.
    With --undo, only --send takes anything back.
    """
    purpose = " ".join(programme.split())
    if not purpose or len(purpose) > LONGEST:
        raise click.BadParameter(f"give a name of up to {LONGEST} characters", param_hint="--programme")
    given = settings.take(os.environ)
    logs.configure("error")
    sheet = table.read_bytes(content(pairs), sheets.of_pairs())
    _refuse(str(pairs), sheet.problems, as_json, sheet.more)
    rows = [row for row in sheet.rows if row.mentor and row.decision != "ban"]
    asyncio.run(_run(given, workspace, _Asked(str(pairs), rows, purpose, send, undo, as_json)))


async def _run(given: settings.Settings, workspace: str | None, asked: _Asked) -> None:
    clock, manifest, as_json = Clock(), open_manifest(given.manifest), asked.as_json
    named, wrong = _named(asked.rows)
    reasons, untrue = _reasons(asked.rows, manifest.manifest.topics)
    _refuse(asked.file, sorted([*wrong, *untrue], key=lambda it: it.line), as_json)
    async with place_in_slack(given, workspace, manifest, clock) as place:
        with bar("Reading the workspace", 0, as_json) as shown:
            found = await importing.find(place, named, shown.update)
        _refuse(asked.file, found.problems, as_json)
        wanted = _proposals(asked, found, reasons)
        if asked.undo:
            done = await _taken_back(place, wanted, clock.now()) if asked.send else len(wanted)
        else:
            fresh = await _checked(place, asked, wanted, clock.now())
            done = await _sent(place, found, fresh, clock.now(), as_json) if asked.send else len(fresh)
    _tell(asked, done, len(wanted) - done)


def _named(rows: Sequence[Decided]) -> tuple[list[Row], list[CellProblem]]:
    """Everybody who is named, once each, and whoever is named by something else than id or address."""
    found: dict[str, Row] = {}
    wrong = []
    for row in rows:
        for column, ref in (("mentee", row.mentee or ""), ("mentor", row.mentor or "")):
            if SLACK_ID.fullmatch(ref) or "@" in ref:
                found.setdefault(ref.lower(), _row(row.line, ref))
            else:
                said = f"“{cut(ref)}” is neither a Slack id nor an e-mail address: write one of them."
                wrong.append(CellProblem(row.line, column, said))
    return list(found.values()), wrong


def _row(line: int, ref: str) -> Row:
    by_id, by_email = (None, ref.lower()) if "@" in ref else (ref, None)
    return Row(line, by_id, by_email, *[None] * 6)


def _reasons(
    rows: Sequence[Decided], topics: Catalogue
) -> tuple[dict[int, tuple[PairingReason, ...]], list[CellProblem]]:
    """What both of each pair may read of why they are one, by the line; and what says nothing of the two."""
    found, wrong = dict[int, tuple[PairingReason, ...]](), list[CellProblem]()
    for row in rows:
        try:
            found[row.line] = pairs_list.why(row.why or "", row.mentee or "", row.mentor or "", topics)
        except Invalid as no:
            wrong.append(CellProblem(row.line, "why", NO_REASON.format(cut(str(no.facts["part"])))))
    return found, wrong


def _proposals(
    asked: _Asked, found: Found, reasons: Mapping[int, tuple[PairingReason, ...]]
) -> list[tuple[Decided, Proposal]]:
    ids = {(row.slack_id or row.email or "").lower(): facts.id for row, facts in found.rows}
    return [
        (row, Proposal(asked.programme, *_two(row, ids), reasons=reasons[row.line])) for row in asked.rows
    ]


def _two(row: Decided, ids: Mapping[str, PersonId]) -> tuple[PersonId, PersonId]:
    return ids[(row.mentee or "").lower()], ids[(row.mentor or "").lower()]


async def _checked(
    place: Place, asked: _Asked, wanted: Sequence[tuple[Decided, Proposal]], now: datetime
) -> list[Proposal]:
    """Those that are new; end with all that can't be, before anything is sent."""
    fresh: list[Proposal] = []
    wrong = list[CellProblem]()
    for row, proposal in wanted:
        try:
            if await proposals.is_new(place.desk, proposal, now, besides=fresh):
                fresh.append(proposal)
        except Refusal as no:
            wrong.append(CellProblem(row.line, *_why(row, no)))
    _refuse(asked.file, wrong, asked.as_json)
    return fresh


def _why(row: Decided, no: Refusal) -> tuple[str, str]:
    """The column and the sentence of a refusal; of two kept apart it tells nobody why."""
    match no:
        case NotAMember():
            return "mentee", f"{cut(row.mentee or '')} {NO_MEMBER}"
        case CannotHelp():
            return "mentor", f"{cut(row.mentor or '')} {WHY_NOT.get(no.why, NO_MEMBER)}"
        case Invalid():
            return "mentor", f"{cut(row.mentor or '')} {NO_PLACE.get(no.problem, NO_PLACE['full'])}"
    raise no


async def _sent(place: Place, found: Found, fresh: Sequence[Proposal], now: datetime, as_json: bool) -> int:
    """Propose, and return how many; what has come between meanwhile is left."""
    done = 0
    with bar("Proposing", len(found.rows) + len(fresh), as_json) as shown:
        for _, facts in found.rows:
            await people.meet(place.desk, facts, now)
            shown.update(1)
        for proposal in fresh:
            with suppress(Refusal):
                done += await proposals.propose(place.desk, proposal, now)
            shown.update(1)
    return done


async def _taken_back(place: Place, wanted: Sequence[tuple[Decided, Proposal]], now: datetime) -> int:
    return sum([await proposals.take_back(place.desk, proposal, now) for _, proposal in wanted])


def _tell(asked: _Asked, count: int, others: int) -> None:
    """Say how many were proposed or taken back, and how many were left as they are."""
    verb = "taken back" if asked.undo else "proposed"
    if asked.as_json:
        return say(json.dumps({verb.replace(" ", "_"): count, "left": others, "dry_run": not asked.send}))
    pairs = counted(count, "pair")
    did = ("is" if count == 1 else "are") if asked.send else "would be"
    say(f"{pairs} {did} {verb}." + ("" if asked.send else " Nothing was sent: that takes --send."))
    if others:
        say(f"{others:,} left as {'it is' if others == 1 else 'they are'}.")
    return None


def _refuse(file: str, problems: Iterable[CellProblem], as_json: bool, more: int = 0) -> None:
    """End with all that is wrong, when anything is."""
    pair_report.refuse([(file, it) for it in problems], more, as_json, so=UNSENT)

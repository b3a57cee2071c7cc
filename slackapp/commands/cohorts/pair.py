"""`waymark pair`: a cohort from two lists, paired at once; nothing is written unless that is asked for."""

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import click

from handlers.pairing.words import CohortWords
from kernel.topics import Catalogue
from matching.pairing.moves import moves
from matching.pairing.values import BadPin, Cohort, Priority
from slackapp.bootstrap.manifests import open_manifest
from slackapp.commands.cohorts import pair_report
from slackapp.commands.cohorts.pair_report import Paired
from slackapp.commands.terminal import bar, content, say, show
from slackapp.pairing import pairs_file, sheets
from slackapp.pairing.cohort import Assembly, Decisions, NamedSheet, PairEdit
from slackapp.pairing.solving import STEPS, solved
from slackapp.people_import import sheet as people_csv
from slackapp.people_import import table
from slackapp.people_import.table import Lined, ListKind, Sheet
from slackapp.process import logs, settings
from slackapp.process.clock import Clock
from slackapp.process.errors import BadFile

R = TypeVar("R", bound=Lined)
LIST = click.Path(path_type=Path, dir_okay=False)
VERBS = ("pin", "ban", "free", "swap")


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of one run, and what to make of them."""

    mentees: Path
    mentors: Path
    people: Path | None
    pairs: Path | None
    edits: tuple[PairEdit, ...]
    priority: Priority
    in_circles: bool
    seed: int


class _Two(click.ParamType[tuple[str, str]]):
    """Two people, with = between them."""

    name = "A=B"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The two as they are called."""
        if isinstance(value, tuple):
            return value
        one, _, other = (part.strip() for part in value.partition("="))
        if not one or not other:
            self.fail(f"“{value}” should name two people, as maya@example.com=priya@example.com.", param, ctx)
        return one, other


def _edits(verb: str, help: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(f"--{verb}", verb, type=_Two(), multiple=True, help=help)


@click.command(epilog="Example: waymark pair mentees.csv mentors.csv --pairs pairs.csv --write")
@click.argument("mentees", type=LIST, required=False)
@click.argument("mentors", type=LIST, required=False)
@click.option(
    "--priority",
    type=click.Choice([str(each) for each in Priority]),
    default=str(Priority.MOST_PAIRED),
    show_default=True,
    help="What counts first: how many are paired, or how well the pairs fit.",
)
@click.option("--circles", is_flag=True, help="Three to seven mentees for each mentor, or none.")
@click.option("--people", type=LIST, help="A list of everyone with their managers, so that no line has gaps.")
@click.option("--pairs", type=LIST, help="The pairs so far; what was decided there counts.")
@_edits("pin", "A mentee and a mentor who shall be a pair.")
@_edits("ban", "A mentee and a mentor who shall not.")
@_edits("free", "A mentee and a mentor of whom nothing is decided any more.")
@_edits("swap", "Two mentees who change places.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Decides between equals.")
@click.option("--write", is_flag=True, help="Write the pairs to the file of --pairs.")
@click.option("--undo", is_flag=True, help="Put back what the file of --pairs held before, within 24 hours.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def pair(
    *,
    mentees: Path | None,
    mentors: Path | None,
    priority: str,
    circles: bool,
    people: Path | None,
    pairs: Path | None,
    seed: int,
    write: bool,
    undo: bool,
    as_json: bool,
    **edits: tuple[tuple[str, str], ...],
) -> None:
    """Pair the people of a list of MENTEES with those of a list of MENTORS.

    \b
    Columns: slack_id,email,name,level,topics,manager,team,function,site,wishes,needs,wants,never
    and for mentors places. For example, of a mentee:
    ,maya@example.com,Maya Lindqvist,3,,boss@example.com,,,,priya@example.com;Jonas Weber,python,site=Berlin,

    Nothing is written without --write. Nobody is paired with anyone above or below them in the line of
    managers, nor with anybody of never; all that one needs, the other has. See docs/pairing.md.
    """
    if (write or undo) and pairs is None:
        raise click.UsageError("--write and --undo need the file of pairs: add --pairs pairs.csv.")
    if undo and pairs:
        pairs_file.undo(pairs, Clock().now())
        say(f"{pairs} is as it was before. To take that back: the same command once more.")
        return
    if mentees is None or mentors is None:
        raise click.UsageError("Two lists are needed: waymark pair mentees.csv mentors.csv")
    wanted = tuple(PairEdit(verb, *two) for verb in VERBS for two in edits[verb])
    lists = _Lists(mentees, mentors, people, pairs, wanted, Priority(priority), circles, seed)
    given = settings.read_partly(os.environ)
    logs.configure("error")
    catalogue = open_manifest(given.manifest).manifest.topics
    asyncio.run(_pair(lists, catalogue, write, as_json))


async def _pair(lists: _Lists, catalogue: Catalogue, write: bool, as_json: bool) -> None:
    cohort, before, names, notes = _assembled(lists, catalogue, as_json)
    words = CohortWords(lambda id: names.get(id, id), catalogue.label, lists.priority)
    try:
        with bar("Pairing", STEPS, as_json) as shown:
            pairing = await solved(cohort, lambda: shown.update(1))
    except BadPin as no:
        raise BadFile(words.bad_pin(no)) from no
    moved = tuple(moves(cohort, before, pairing)) if before is not None else ()
    written = lists.pairs if write else None
    if written:
        pairs_file.write(written, cohort, pairing, words, Clock().now())
    done = Paired(cohort, pairing, moved, notes, written, lists.in_circles)
    if as_json:
        return show(json.dumps(pair_report.facts(done, words), ensure_ascii=False, indent=2))
    pair_report.tell_notes(notes)
    for line in pair_report.lines(done, words):
        say(line)
    return None


def _assembled(
    lists: _Lists, catalogue: Catalogue, as_json: bool
) -> tuple[Cohort, dict[str, str] | None, dict[str, str], tuple[str, ...]]:
    """The cohort with its decisions, the mentors before, names and notes; or end with all mistakes."""
    mentees = _read(lists.mentees, sheets.of_mentees(catalogue))
    mentors = _read(lists.mentors, sheets.of_mentors(catalogue, in_circles=lists.in_circles))
    people = people_csv.read_bytes(content(lists.people), catalogue) if lists.people else None
    pairs = _read(lists.pairs, sheets.of_pairs()) if lists.pairs and lists.pairs.exists() else None
    named = ((lists.mentees, mentees), (lists.mentors, mentors), (lists.people, people), (lists.pairs, pairs))
    read = [(str(file), sheet) for file, sheet in named if sheet is not None]
    found = [(file, problem) for file, sheet in read for problem in sheet.problems]
    notes = [f"{file}: {note}" for file, sheet in read for note in sheet.notes]
    work = Assembly(
        NamedSheet(str(lists.mentees), (*mentees.rows, *mentees.flawed)),
        NamedSheet(str(lists.mentors), (*mentors.rows, *mentors.flawed)),
        people.rows if people else (),
        circles=lists.in_circles,
    )
    decided = Decisions()
    if not found:
        cohort = work.cohort()
        if pairs:
            decided = work.decided(str(lists.pairs), pairs.rows)
        decided = work.edited(decided, lists.edits)
    more = sum(sheet.more for _, sheet in read)
    pair_report.refuse([*found, *work.problems], more, as_json)
    return (
        replace(cohort, pins=decided.pins, bans=decided.bans, priority=lists.priority, seed=lists.seed),
        dict(decided.mentors) if decided.mentors is not None else None,
        work.names(),
        (*notes, *work.notes),
    )


def _read(file: Path, kind: ListKind[R]) -> Sheet[R]:
    return table.read_bytes(content(file), kind)

"""What `waymark people import` says: the mistakes of a list, notes on it, and how many were enrolled."""

import json
from collections import Counter
from collections.abc import Mapping

from handlers.block_kit.counts import counted
from slackapp.commands.terminal import say
from slackapp.people_import.importing import Found
from slackapp.people_import.sheet import LISTED, Sheet
from slackapp.process.errors import BadFile


def refuse_import(sheet: Sheet, found: Found | None, as_json: bool) -> None:
    """Print what is wrong and end, when there is anything: nothing is taken over by halves."""
    in_slack = found.problems if found else ()
    kinds = Counter(sheet.kinds) + Counter(problem.kind for problem in in_slack)
    if not kinds:
        return
    listed = sorted([*sheet.problems, *in_slack], key=lambda problem: problem.line)[:LISTED]
    for problem in listed:
        facts = {"line": problem.line, "column": problem.column, "problem": problem.sentence}
        say(json.dumps(facts) if as_json else str(problem), err=not as_json)
    count = kinds.total()
    if count > len(listed):
        say(f"and {count - len(listed):,} more; in all {_counted(kinds)}.", err=True)
    _tell_notes(sheet, found)
    raise BadFile(f"{counted(count, 'mistake')} in the file, so nothing was changed.")


def finish_import(sheet: Sheet, found: Found, dry_run: bool, as_json: bool) -> None:
    """Say how many were enrolled, and of how many others something was taken over."""
    helpers = found.enrolled
    others = len(found.rows) - helpers
    if as_json:
        notes = [*sheet.notes, *found.notes]
        also = {"only_updated": others, "notes": notes}
        done = {"people": len(found.rows), "dry_run": dry_run}
        return say(json.dumps(done | {name: value for name, value in also.items() if value}))
    _tell_notes(sheet, found)
    if helpers or not others:
        say(f"{_people(helpers)} {_verb(helpers, dry_run)} enrolled.")
    if others:
        named = _people(others) if not helpers else f"{others:,} more"
        say(f"{named} {_verb(others, dry_run)} updated, and not enrolled by this list.")
    return None


def _tell_notes(sheet: Sheet, found: Found | None) -> None:
    for note in (*sheet.notes, *(found.notes if found else ())):
        say(f"Note: {note}", err=True)


def _counted(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} × {kind}" for kind, count in Counter(kinds).most_common())


def _people(count: int) -> str:
    return counted(count, "person", "people")


def _verb(count: int, dry_run: bool) -> str:
    return "would be" if dry_run else "is" if count == 1 else "are"

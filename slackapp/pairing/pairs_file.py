"""The list of pairs as a file, written whole or not at all; the one before is kept, to be put back.

mentee,mentee_name,mentor,mentor_name,decision,for,against,why_not
maya@example.com,Maya Lindqvist,priya@example.com,Priya Nair,pin,Maya's first wish,same team (Platform),

A ban is a row of its own. Writing `pin` or `ban` into the column decision and pairing anew is all that an
edit needs.
"""

import csv
import io
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from handlers.pairing.words import Words
from matching.pairing.values import Cohort, Pairing
from slackapp.pairing.sheets import PAIRS
from slackapp.process.errors import Stop

UNDO_FOR = timedelta(hours=24)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def kept_at(path: Path) -> Path:
    """Return where the list before this one is kept."""
    return path.with_name(f"{path.stem}.before{path.suffix}")


def write(path: Path, cohort: Cohort, pairing: Pairing, words: Words, now: datetime) -> None:
    """Write the pairs; what the file held before is kept beside it."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(PAIRS)
    for row in rows(cohort, pairing, words):
        table.writerow([_harmless(cell) for cell in row])
    new = path.with_name(f".{path.name}.new")
    # With its mark, so that Excel takes it for UTF-8.
    new.write_text(text.getvalue(), "utf-8-sig", newline="")
    if path.exists():
        _keep(path, now)
    new.replace(path)


def rows(cohort: Cohort, pairing: Pairing, words: Words) -> Iterator[tuple[str, ...]]:
    """Yield a row for each mentee, and one for each ban."""
    for pair in pairing.pairs:
        names = (words.name(pair.mentee_id), pair.mentor_id, words.name(pair.mentor_id))
        said = ("; ".join(words.speaks_for(pair)), "; ".join(words.speaks_against(pair)), "")
        yield (pair.mentee_id, *names, "pin" if pair.is_pinned else "", *said)
    for alone in pairing.unpaired:
        yield (alone.mentee_id, words.name(alone.mentee_id), "", "", "", "", "", words.why_unpaired(alone))
    for ban in sorted(cohort.bans):
        yield (
            ban.mentee_id,
            words.name(ban.mentee_id),
            ban.mentor_id,
            words.name(ban.mentor_id),
            "ban",
            "",
            "",
            "",
        )


def undo(path: Path, now: datetime) -> None:
    """Put back the list before, and keep this one in turn: undone twice, nothing has changed."""
    kept = kept_at(path)
    if not kept.exists():
        raise Stop(f"There is nothing to undo: {kept} is not there.")
    since = now.timestamp() - kept.stat().st_mtime
    if since > UNDO_FOR.total_seconds():
        raise Stop(f"{path} was written more than 24 hours ago. The pairs before are still in {kept}.")
    aside = path.with_name(f".{path.name}.aside")
    if path.exists():
        path.replace(aside)
    kept.replace(path)
    if aside.exists():
        aside.replace(kept)
        _stamp(kept, now)


def _keep(path: Path, now: datetime) -> None:
    kept = kept_at(path)
    kept.write_bytes(path.read_bytes())
    _stamp(kept, now)


def _stamp(kept: Path, now: datetime) -> None:
    """Note when this list was replaced."""
    os.utime(kept, (now.timestamp(), now.timestamp()))


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell

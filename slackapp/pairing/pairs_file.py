"""The list of pairs as a file, written whole or not at all; the one before is kept, to be put back.

mentee,mentee_name,mentor,mentor_name,decision,for,against,why_not
maya@example.com,Maya Lindqvist,priya@example.com,Priya Nair,pin,Maya's first wish,same team (Platform),

A ban is a row of its own. Writing `pin` or `ban` into the column decision and pairing anew is all that an
edit needs.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from handlers.pairing import pairs_list
from handlers.pairing.words import CohortWords
from matching.pairing.values import Cohort, Pairing
from slackapp.process.errors import Stop

UNDO_FOR = timedelta(hours=24)


def kept_at(path: Path) -> Path:
    """Where the list before this one is kept."""
    return path.with_name(f"{path.stem}.before{path.suffix}")


def write(path: Path, cohort: Cohort, pairing: Pairing, words: CohortWords, now: datetime) -> None:
    """Write the pairs; what the file held before is kept beside it."""
    rows = pairs_list.rows(pairing.pairs, pairing.unpaired, cohort.bans, words)
    new = path.with_name(f".{path.name}.new")
    # With its mark, so that Excel takes it for UTF-8.
    new.write_text(pairs_list.text(rows), "utf-8-sig", newline="")
    if path.exists():
        _keep(path, now)
    new.replace(path)


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

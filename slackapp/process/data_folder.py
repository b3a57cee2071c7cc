"""Keeps a data folder to its owner: what people write lies there as plain text."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from slackapp.process.errors import Stop

ANYONE_WRITES, ANYONE = stat.S_IWGRP | stat.S_IWOTH, stat.S_IRWXG | stat.S_IRWXO
FILES = (
    "address",
    "app.log",
    "clock",
    "demo.lock",
    "playground.log",
    "playground.pid",
    "slack-manifest.json",
)
PLAYGROUND = "playground"


@dataclass(frozen=True, slots=True)
class Exposure:
    """A folder that others can read, or even change."""

    can_change: bool
    sentence: str


def make_private(folder: Path) -> list[str]:
    """Make the demo's folder and files readable to their owner alone; return what was open, as sentences.

    Raise Stop where something is not the owner's to change, and OSError where the system refuses it. Links
    are never followed.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return list(_closed(folder))


def exposure(folder: Path) -> Exposure | None:
    """How others on this machine can reach into a folder; None where they cannot, or it is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    if not stat.S_ISDIR(found.st_mode):
        return None
    if found.st_uid != os.geteuid():
        return Exposure(
            True, f"The data folder {folder} belongs to another user of this machine: use one of your own."
        )
    if not found.st_mode & ANYONE:
        return None
    can_change = bool(found.st_mode & ANYONE_WRITES)
    can, mend = "change" if can_change else "read", f"run `chmod 700 {folder}` to keep it to you"
    return Exposure(can_change, f"Others on this machine can {can} what is in {folder}: {mend}.")


def _closed(folder: Path) -> Iterator[str]:
    """Take everybody else's rights from a folder and what the demo keeps in it; the rest is not ours."""
    was = _take_rights(folder, stat.S_IFDIR)
    if was & ANYONE:
        can = "change" if was & ANYONE_WRITES else "read"
        yield f"Others on this machine could {can} what is in {folder}; now only you can."
    for path in filter(os.path.lexists, (folder / name for name in FILES)):
        _take_rights(path, stat.S_IFREG)
    if os.path.lexists(folder / PLAYGROUND):
        _take_rights(folder / PLAYGROUND, stat.S_IFDIR)
        for path in (folder / PLAYGROUND).iterdir():
            _take_rights(path, stat.S_IFREG)


def _take_rights(path: Path, kind: int) -> int:
    """Keep only the owner's rights, and return the mode that was; Stop where it is not ours, or a link."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise Stop(f"{path} is a symbolic link: give the folder itself, or move the link away.")
    if stat.S_IFMT(found.st_mode) != kind:
        raise Stop(f"{path} is neither a file nor a folder: move it away.")
    # What was looked at is what is changed, though somebody may put another thing in its place meanwhile.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        found = os.fstat(handle)
        if found.st_uid != os.geteuid():
            raise Stop(f"{path} belongs to another user of this machine: use a folder of your own.")
        if found.st_mode & ANYONE:
            os.fchmod(handle, stat.S_IMODE(found.st_mode) & ~ANYONE)
    finally:
        os.close(handle)
    return found.st_mode

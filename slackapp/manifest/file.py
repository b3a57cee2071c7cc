"""Keeps up with edits of manifest.yml while the app runs; what cannot be used changes nothing."""

import asyncio
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kernel.policy import Policy
from slackapp.manifest.manifest import Manifest, ManifestReading, content_of, read_bytes
from slackapp.manifest.problems import ManifestProblem

YOUNG = 3.0
Adapt = Callable[[Manifest], Manifest]


@dataclass(frozen=True)
class ManifestEdited:
    """A good edit is in force. Warnings did not keep it from being taken over."""

    manifest: Manifest
    warnings: tuple[ManifestProblem, ...] = ()


@dataclass(frozen=True)
class BadEdit:
    """An edit cannot be used; what was in force stays in force."""

    problems: tuple[ManifestProblem, ...]


class ManifestFile:
    """The manifest in force, and the file that it is read from. One loop polls it.

    *adapt* may change what was read before it is in force. Its policy knows the rules that the first one did.
    """

    def __init__(self, path: Path, manifest: Manifest, adapt: Adapt = lambda read: read) -> None:
        self.path, self.rules, self._adapt = path, type(manifest.policy), adapt
        self._manifest = adapt(manifest)
        self._signature: tuple[int, ...] = ()
        self._settled = ""
        self._pending = ""
        self._reading = ManifestReading(manifest)
        self._is_bad = False

    @property
    def manifest(self) -> Manifest:
        """The manifest in force: the last good one."""
        return self._manifest

    async def poll(self, wall: float) -> ManifestEdited | BadEdit | None:
        """What an edit came to, once for each; *wall* is the time in seconds since 1970.

        An edit counts when two polls in a row saw the same content, so that a file that is still being
        written is not taken for a bad one. Between edits a poll is one `stat`. Raises OSError where the file
        cannot be read for no fault of its own: nothing has changed then, and the next poll looks again.
        """
        signature = _signature(self.path)
        is_young = not signature or wall - signature[0] / 1e9 < YOUNG
        if signature == self._signature and not self._pending and not is_young:
            return None
        content = await asyncio.to_thread(content_of, self.path)
        self._signature = signature
        digest = _digest(content)
        if digest == self._settled:
            self._pending = ""
            return None
        if digest != self._pending:
            self._pending = digest
            self._reading = await asyncio.to_thread(_read, content, str(self.path), self.rules)
            return None
        self._settled, self._pending = digest, ""
        return self._take_over(self._reading)

    def _take_over(self, reading: ManifestReading) -> ManifestEdited | BadEdit | None:
        was_bad, self._is_bad = self._is_bad, reading.manifest is None
        if reading.manifest is None:
            return BadEdit(reading.problems)
        adapted = self._adapt(reading.manifest)
        if adapted == self._manifest and not was_bad:
            return None
        self._manifest = adapted
        return ManifestEdited(adapted, reading.problems)


def _read(content: bytes | ManifestReading, name: str, rules: type[Policy]) -> ManifestReading:
    return content if isinstance(content, ManifestReading) else read_bytes(content, name, rules)


def _digest(content: bytes | ManifestReading) -> str:
    """Name a content; a file that cannot be read is told apart by why."""
    if isinstance(content, ManifestReading):
        return "; ".join(str(problem) for problem in content.problems)
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _signature(path: Path) -> tuple[int, ...]:
    """What changes when a file is edited, the time of the last change first; () without a file."""
    try:
        stat = os.stat(path)
    except OSError:
        return ()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_dev

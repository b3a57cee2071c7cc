"""The playground's two clocks: `wall` cannot be moved, `now` can be skipped ahead.

The offset between them lives in a text file that the app may read too.
"""

import asyncio
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from math import nan
from pathlib import Path

from playground.foundation.errors import Damaged, NotPossible

FARTHEST = timedelta(days=36_525)


class PlaygroundClock:
    """The time of the workspace. *file* keeps the offset in seconds; without one it lives in memory."""

    def __init__(self, file: Path | None = None, start: datetime | None = None) -> None:
        self._file = file
        self._moved = asyncio.Event()
        self._last_stamp = 0
        self.offset = _read(file)
        if start is not None:
            self._set((start - self.wall()).total_seconds())

    def wall(self) -> datetime:
        """The real time: signatures and trigger ids live by it."""
        return datetime.now(UTC)

    def now(self) -> datetime:
        """The time as the people of the playground see it."""
        return self.wall() + timedelta(seconds=self.offset)

    def stamp(self) -> str:
        """A Slack timestamp of now, greater than every one before."""
        self._last_stamp = max(self._last_stamp + 1, round(self.now().timestamp() * 1_000_000))
        return f"{self._last_stamp // 1_000_000}.{self._last_stamp % 1_000_000:06d}"

    def skip(self, by: timedelta) -> None:
        """Move now ahead, and wake everything that waits for a later time."""
        if by < timedelta(0):
            raise NotPossible("The clock only moves forward.")
        if timedelta(seconds=self.offset) + by > FARTHEST:
            raise NotPossible("The clock moves a hundred years ahead at most.")
        self._set(self.offset + by.total_seconds())

    async def reach(self, moment: datetime) -> None:
        """Wait until now is *moment*, by waiting or by skipping."""
        while (left := (moment - self.now()).total_seconds()) > 0:
            # Not wait_for: it would swallow a cancellation that comes together with a skip.
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._moved.wait()

    def _set(self, offset: float) -> None:
        self.offset = offset
        if self._file is not None:
            # Written beside and renamed: the app, which reads the file at any time, never sees half of it.
            fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            fresh.write_text(f"{offset:.3f}\n")
            fresh.replace(self._file)
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()


def _read(file: Path | None) -> float:
    if file is None or not file.exists():
        return 0.0
    try:
        offset = float(file.read_text().strip() or 0)
    except ValueError:
        offset = nan
    if not abs(offset) <= FARTHEST.total_seconds():
        raise Damaged(f"{file} does not hold by how many seconds the clock is ahead: delete it.")
    return offset

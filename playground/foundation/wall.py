"""Real time, as Slack's own patience goes by it: skipping the playground's clock does not touch it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Wall:
    """Seconds that pass by themselves."""

    def now(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """Raise TimeoutError when the block takes longer than *seconds*."""
        async with asyncio.timeout(seconds):
            yield


class StillWall(Wall):
    """Seconds that pass only when they are told to, so that nothing expires because a machine is busy."""

    def __init__(self) -> None:
        self._now = 0.0
        self._limits: dict[asyncio.Timeout, float] = {}

    def now(self) -> float:
        """The seconds that were let pass."""
        return self._now

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """Raise TimeoutError when more than *seconds* are let pass before the block ends."""
        async with asyncio.timeout(None) as limit:
            self._limits[limit] = self._now + seconds
            try:
                yield
            finally:
                del self._limits[limit]

    def let_pass(self, seconds: float) -> None:
        """Let that much time go by at once."""
        self._now += seconds
        for limit, ends in self._limits.items():
            if ends <= self._now:
                limit.reschedule(asyncio.get_running_loop().time())

"""Who is told when something changes: the pages that watch live, and tests that wait."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Feed:
    """Changes as dictionaries with a `type`, for everyone or for one person."""

    def __init__(self) -> None:
        self._watchers: dict[asyncio.Queue[dict[str, Any]], str] = {}
        self._changed = asyncio.Event()

    def publish(self, change: dict[str, Any], *users: str) -> None:
        """Tell the watchers among *users*, or every watcher when none is named."""
        for queue, user in self._watchers.items():
            if not users or user in users:
                queue.put_nowait(change)
        self.wake()

    def wake(self) -> None:
        """Let everything that waits look again."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    @contextmanager
    def watch(self, user: str) -> Iterator[asyncio.Queue[dict[str, Any]]]:
        """Give the queue of what *user* may see, for as long as the block lasts."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._watchers[queue] = user
        try:
            yield queue
        finally:
            del self._watchers[queue]

    @property
    def watched(self) -> bool:
        """Whether any page looks on."""
        return bool(self._watchers)

    async def until(self, sought: Callable[[], T | None], within: float) -> T:
        """What *sought* finds, looked for after each change; TimeoutError after *within* seconds."""
        async with asyncio.timeout(within):
            while not (found := sought()):
                await self._changed.wait()
        return found

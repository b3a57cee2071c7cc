"""Takes work from a durable queue and does it, a bounded number of pieces at once.

A pump looks into the shards that its own process has just written to, and into all of them at each heartbeat.
A piece for which storage was away is begun again in a moment; what is not finished then stays in the queue
and goes to the next worker.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

import structlog

from storage.connection.errors import StorageAway
from storage.connection.keys import ALL_SHARDS, ShardKeys
from storage.queues.wakeup import Wake

log = structlog.get_logger()
W = TypeVar("W")
R = TypeVar("R")

WAIT = 3600.0
PAUSES = 0.1, 0.5, 1.0, 2.0, 4.0


class Pump(Generic[W]):
    """Moves pieces of work from *take* (how many, of which shards) to *work*."""

    def __init__(
        self,
        name: str,
        take: Callable[[int, Sequence[ShardKeys]], Awaitable[Sequence[W]]],
        work: Callable[[W], Awaitable[None]],
        wake: Wake,
        *,
        at_once: int,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._name, self._take, self._work, self._wake, self._at_once = name, take, work, wake, at_once
        self._pauses = pauses
        self._filling = asyncio.Lock()
        self._running: set[asyncio.Task[None]] = set()
        self._backlog: set[ShardKeys] = set()
        self._is_away = False
        self._done = 0

    async def run(self) -> None:
        """Follow what this process writes, until cancelled. Pieces under way are left: see *finish*."""
        while True:
            if shards := await self._wake.wait(WAIT):
                await self.fill(shards)

    async def fill(self, shards: Sequence[ShardKeys] = ALL_SHARDS) -> int:
        """Start what there is to do, as far as there is room, and return how many pieces were started.

        Where pieces end sooner than more are taken, the rest comes with the next wake: a stop, and the other
        queues of a beat, do not wait for all of it.
        """
        started = 0
        async with self._filling:
            while started < self._at_once and (room := self._at_once - len(self._running)) > 0:
                pieces = await self._taken(room, shards)
                for piece in pieces:
                    self._start(piece)
                started += len(pieces)
                if len(pieces) < room:
                    return started
            self._backlog.update(shards)
            return started

    async def quiet(self, shards: Sequence[ShardKeys] = ALL_SHARDS) -> int:
        """Work until nothing is left to take and nothing is under way; return how many pieces that was."""
        total, is_busy = 0, True
        while is_busy:
            before = self._done
            started = await self.fill(shards)
            # What ended while there was a look for more may have left more behind.
            is_busy = bool(started or self._running or self._done > before)
            total += started
            await self.finish()
        return total

    async def finish(self, within: float | None = None) -> bool:
        """Wait for what is under way, and say whether all of it was done *within* so many seconds."""
        if not self._running:
            return True
        _, late = await asyncio.wait(self._running, timeout=within)
        return not late

    async def _taken(self, room: int, shards: Sequence[ShardKeys]) -> Sequence[W]:
        try:
            pieces = await self._take(room, shards)
        except StorageAway as error:
            if not self._is_away:
                log.warning("storage away", loop=self._name, exc_info=error)
            self._is_away = True
            return []
        if self._is_away:
            log.info("storage back", loop=self._name)
        self._is_away = False
        return pieces

    def _start(self, piece: W) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(self._guarded(piece))
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def _guarded(self, piece: W) -> None:
        try:
            await patiently(lambda: self._work(piece), self._pauses)
        except StorageAway as error:
            log.warning("left for later", loop=self._name, exc_info=error)
        except Exception as error:  # the outermost edge of background work: the piece stays in the queue
            log.error("work failed", loop=self._name, exc_info=error)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        self._done += 1
        for shard in self._backlog:
            self._wake.touch(shard.shard)
        self._backlog.clear()


async def patiently(write: Callable[[], Awaitable[R]], pauses: Sequence[float] = PAUSES) -> R:
    """What *write* returns, trying again after each pause while storage is away."""
    for pause in pauses:
        try:
            return await write()
        except StorageAway:
            await asyncio.sleep(pause)
    return await write()


async def ended(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Cancel until all have ended: on Python 3.11 a cancellation can get lost while redis-py sends."""
    while any(not task.done() for task in tasks):
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=0.1)

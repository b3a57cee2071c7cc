"""Workers whose every round trip to Redis waits at a gate: a test says who moves next, and who dies."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from enum import Enum, auto
from typing import Any, TypeVar

from make_storage import ROSTER, SECRET, Burden, Member

from storage import StorageAway, Stores
from storage.connection.scripts import Script
from storage.connection.wire import Command, Wire, Word, connect

T = TypeVar("T")
AnyStores = Stores[Member, Burden]


class Order(Enum):
    """What happens to the round trip that waits at a gate."""

    GO = auto()
    LOSE_QUESTION = auto()
    LOSE_ANSWER = auto()


class Gate:
    """Where one worker waits before each round trip."""

    def __init__(self) -> None:
        self.is_open = False
        self.is_reached = asyncio.Event()
        self.orders: asyncio.Queue[Order] = asyncio.Queue()

    async def through(self, trip: Callable[[], Awaitable[T]]) -> T:
        """Wait for an order, and carry it out on this round trip."""
        if self.is_open:
            return await trip()
        self.is_reached.set()
        order = await self.orders.get()
        if order is Order.LOSE_QUESTION:
            raise StorageAway("lost on the way there")
        answer = await trip()
        if order is Order.LOSE_ANSWER:
            raise StorageAway("lost on the way back")
        return answer


class GatedWire:
    """A line to Redis with a gate in front of it."""

    def __init__(self, wire: Wire, gate: Gate) -> None:
        self.wire, self.gate = wire, gate

    async def call(self, *command: Word) -> Any:
        return await self.gate.through(lambda: self.wire.call(*command))

    async def calls(self, commands: Sequence[Command]) -> list[Any]:
        return await self.gate.through(lambda: self.wire.calls(commands))

    async def run(self, script: Script, keys: Sequence[str], words: Sequence[Word]) -> Any:
        return await self.gate.through(lambda: self.wire.run(script, keys, words))

    async def find(self, pattern: str, near: str | None = None) -> set[str]:
        return await self.gate.through(lambda: self.wire.find(pattern, near))

    def pages(self, pattern: str, near: str | None = None) -> AsyncIterator[set[str]]:
        return self.wire.pages(pattern, near)

    async def close(self) -> None:
        await self.wire.close()


async def at_once(_attempt: int) -> None:
    """Begin the next attempt without a pause."""


class Worker:
    """One worker with stores of its own; it does one job at a time, a round trip at a time."""

    def __init__(self, name: str, wire: Wire, wall: Callable[[], float]) -> None:
        self.name = name
        self.gate = Gate()
        self.stores = Stores(
            GatedWire(wire, self.gate), ROSTER, secret=SECRET, wall=wall, patience=3600, pause=at_once
        )
        self.stores.agenda.queue.idle_seconds = self.stores.notices.queue.idle_seconds = 0
        self.task: asyncio.Task[None] | None = None

    async def begin(self, job: Coroutine[Any, Any, None]) -> None:
        """Begin a job, and go as far as its first round trip."""
        self.task = asyncio.create_task(job)
        await self._until_it_waits()

    async def move(self, order: Order = Order.GO) -> None:
        """Let one round trip through, if one waits, and go as far as the next."""
        if self.task is None:
            return
        self.gate.is_reached.clear()
        self.gate.orders.put_nowait(order)
        await self._until_it_waits()

    async def die(self) -> None:
        """Stop where it is, and never go on."""
        if self.task:
            self.task.cancel()
            await asyncio.wait([self.task])
            self.task = None

    async def _until_it_waits(self) -> None:
        assert self.task
        waits = asyncio.create_task(self.gate.is_reached.wait())
        await asyncio.wait([self.task, waits], return_when=asyncio.FIRST_COMPLETED)
        waits.cancel()
        if self.task.done():
            task, self.task = self.task, None
            task.result()


class Crew:
    """Workers on one Redis, on a loop that runs only while one of them moves, and an observer."""

    def __init__(self, url: str, size: int = 2) -> None:
        self.wall = 1_000_000.0
        self._loop = asyncio.new_event_loop()
        self._wire = connect(url, timeout=30)
        self._born = 0
        self.observer = Stores(
            self._wire, ROSTER, secret=SECRET, wall=self.clock, patience=3600, pause=at_once
        )
        self.observer.agenda.queue.idle_seconds = self.observer.notices.queue.idle_seconds = 0
        self.workers = [self._born_worker() for _ in range(size)]

    def clock(self) -> float:
        """The wall clock, which only the test moves."""
        return self.wall

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run some work to its end."""
        return self._loop.run_until_complete(work)

    def kill(self, index: int) -> None:
        """Let a worker die where it is; another takes its place."""
        self.do(self.workers[index].die())
        self.workers[index] = self._born_worker()

    def as_worker(self) -> Worker:
        """A worker whose gate stands open."""
        worker = self._born_worker()
        worker.gate.is_open = True
        return worker

    def finish(self, worker: Worker) -> None:
        """Let a worker finish what it does."""
        while worker.task:
            self.do(worker.move())

    def close(self) -> None:
        """Let everyone die and give the connections back."""
        for worker in self.workers:
            self.do(worker.die())
        self.do(self._wire.close())
        self._loop.close()

    def _born_worker(self) -> Worker:
        self._born += 1
        return Worker(f"w{self._born}", self._wire, self.clock)

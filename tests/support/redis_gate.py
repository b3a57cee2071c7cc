"""A door in front of Redis that a test can shut: connections break, and new ones are refused."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Self


class Gate:
    """Passes bytes on to the unix socket of a Redis while it is open."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._path = Path(mkdtemp(prefix="gate-")) / "redis.sock"
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()
        self._flows = asyncio.Event()
        self._flows.set()

    @classmethod
    @asynccontextmanager
    async def to(cls, redis_url: str) -> AsyncIterator[Self]:
        """Open a gate until the block ends."""
        gate = cls(redis_url.removeprefix("unix://"))
        await gate.open()
        try:
            yield gate
        finally:
            await gate.shut()

    @property
    def url(self) -> str:
        """The address that leads through the gate."""
        return f"unix://{self._path}"

    def hold(self) -> None:
        """Let nothing through for a while, without breaking a connection."""
        self._flows.clear()

    def release(self) -> None:
        """Let through what was held."""
        self._flows.set()

    async def open(self) -> None:
        """Let connections through."""
        if self._server is None:
            self._server = await asyncio.start_unix_server(self._connect, self._path)

    async def shut(self) -> None:
        """Break every connection and refuse new ones."""
        server, self._server = self._server, None
        if server is None:
            return
        # Nobody finds it any more; whoever is at the door is let in first, since Python up to 3.11 leaves a
        # connection open for good that it accepts as its server closes.
        self._path.unlink(missing_ok=True)
        await _rounds()
        server.close()
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()
        await _rounds()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        if (task := asyncio.current_task()) is not None:
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)
        there_reader, there_writer = await asyncio.open_unix_connection(self._target)
        self._writers.add(there_writer)
        if self._server is None:
            return
        for source, sink in ((reader, there_writer), (there_reader, writer)):
            task = asyncio.create_task(self._pass(source, sink))
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            while data := await source.read(65536):
                await self._flows.wait()
                sink.write(data)
                await sink.drain()
        sink.close()


async def _rounds() -> None:
    """Let the loop do what it has begun with connections that were just made or broken."""
    for _ in range(10):
        await asyncio.sleep(0)

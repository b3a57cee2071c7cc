"""What goes on beside long work: an entry of the agenda is held, and how far it is is shown.

Nothing is cancelled for it: a library may swallow a cancellation that comes with its answer, and then what
was to end goes on for ever.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from kernel.store import Due
from slackapp.workspaces.worker import Worker
from storage.connection.errors import StorageAway


@asynccontextmanager
async def meanwhile(do: Callable[[], Awaitable[object]], seconds: float) -> AsyncIterator[None]:
    """Do something every so many seconds as long as the block lasts; what is begun is finished."""
    over = asyncio.Event()
    doing = asyncio.create_task(_again(do, seconds, over))
    try:
        yield
    finally:
        over.set()
        await doing


@asynccontextmanager
async def held(worker: Worker, due: Due) -> AsyncIterator[None]:
    """Keep an entry of the agenda from being taken over as long as the block lasts."""
    agenda = worker.stores.agenda
    async with meanwhile(lambda: agenda.hold(due, worker.name), agenda.queue.idle_seconds / 3):
        yield


async def _again(do: Callable[[], Awaitable[object]], seconds: float, over: asyncio.Event) -> None:
    while not over.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await over.wait()
        if not over.is_set():
            with suppress(StorageAway):
                await do()

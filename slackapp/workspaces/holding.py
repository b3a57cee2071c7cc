"""Keeps an entry of the agenda from being taken over while it is being done, where that takes long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from kernel.store import Due
from slackapp.workspaces.worker import Worker
from storage.connection.errors import StorageAway


@asynccontextmanager
async def held(worker: Worker, due: Due) -> AsyncIterator[None]:
    """Hold an entry as long as the block lasts."""
    holding = asyncio.create_task(_hold(worker, due))
    try:
        yield
    finally:
        holding.cancel()
        with suppress(asyncio.CancelledError):
            await holding


async def _hold(worker: Worker, due: Due) -> None:
    agenda = worker.stores.agenda
    while True:
        await asyncio.sleep(agenda.queue.idle_seconds / 3)
        with suppress(StorageAway):
            await agenda.hold(due, worker.name)

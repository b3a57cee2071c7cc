"""Once a day, by one of all processes: what ends by no commit of its own is ended."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog

from kernel.errors import NotInstalled
from kernel.store import Changes, Later, Store
from mentoring.model.alert import FORGET_ALERT, Alert
from slackapp.workspaces.worker import Worker
from storage.connection.errors import StorageAway
from storage.documents.tidying import is_due, tidy, unplanned

log = structlog.get_logger()

FIRST, EVERY = 600.0, 3600.0  # seconds


async def keep_house(worker: Worker, first: float = FIRST, every: float = EVERY) -> None:
    """Look so often whether it is time, until cancelled."""
    await asyncio.sleep(first)
    while True:
        try:
            if await is_due(worker.stores.wire):
                await clean(worker)
        except StorageAway as error:
            log.warning("storage away", loop="housekeeping", exc_info=error)
        await asyncio.sleep(every)


async def clean(worker: Worker) -> None:
    """End what is over, and give an end to alerts that an earlier release left without one."""
    stores, now = worker.stores, worker.clock.now()
    done = await tidy(stores.wire, stores.owners, worker.clock.wall())
    endless = await unplanned(stores.wire, Alert.kind, FORGET_ALERT)
    for workspace, ids in endless.items():
        with suppress(NotInstalled):
            await _plan(stores.of(workspace), [Later(FORGET_ALERT, id, now) for id in ids])
    log.info("tidied", consumers=done.consumers, orphans=done.orphans)


async def _plan(store: Store, later: Sequence[Later]) -> None:
    await store.commit(lambda _: (None, Changes(later=later)))

"""Keeps the loops of a process going, and at the end finishes what is under way."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog

from slackapp.background.pump import Pump, ended
from slackapp.background.scheduler import heartbeat

log = structlog.get_logger()

Loop = Callable[[], Coroutine[Any, Any, None]]
LAST_SECONDS = 4.0


@asynccontextmanager
async def looping(
    pumps: Sequence[Pump[Any]], others: Sequence[Loop], beat_seconds: float
) -> AsyncIterator[None]:
    """Work, and keep the other loops going, until the block ends; then only finish what is under way."""
    beating = asyncio.Lock()

    async def beat() -> None:
        async with beating:
            for pump in pumps:
                await pump.fill()

    heart = heartbeat(beat, beat_seconds)
    tasks = [asyncio.create_task(_kept_going(loop)) for loop in (*(pump.run for pump in pumps), *others)]
    heart.start()
    try:
        yield
    finally:
        heart.remove_all_jobs()
        async with beating:
            heart.shutdown(wait=False)
        await ended(tasks)
        finished = await asyncio.gather(*(pump.finish(LAST_SECONDS) for pump in pumps))
        if not all(finished):
            log.warning("stopped with work under way; another worker takes it over")


async def _kept_going(loop: Loop) -> None:
    while True:
        try:
            await loop()
        except Exception as error:  # the outermost edge of a loop that must not end
            log.error("loop failed", exc_info=error)
            await asyncio.sleep(1.0)

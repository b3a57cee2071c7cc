"""Tells the loops of this process which shards it has just given work to, so that they need not poll."""

import asyncio
from dataclasses import dataclass, field

from storage.connection.keys import ShardKeys


@dataclass(slots=True)
class Wake:
    """Shards with new work from this process; for one loop to wait on."""

    _event: asyncio.Event = field(default_factory=asyncio.Event)
    _shards: set[int] = field(default_factory=set)

    def touch(self, shard: int) -> None:
        """Say that a shard has new work."""
        self._shards.add(shard)
        self._event.set()

    async def wait(self, seconds: float) -> list[ShardKeys]:
        """The shards that were touched since the last call; after so many seconds perhaps none."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return []
        self._event.clear()
        shards, self._shards = self._shards, set()
        return [ShardKeys(shard) for shard in sorted(shards)]

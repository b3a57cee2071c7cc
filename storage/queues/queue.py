"""One kind of work as streams over all shards, read by one consumer group; Redis does the queueing.

An entry stays with the consumer that took it until it is acknowledged. When that takes longer than
IDLE_SECONDS, the next consumer takes it over.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from redis.exceptions import ResponseError

from storage.connection.keys import GROUP, ShardKeys
from storage.connection.scripts import script
from storage.connection.wire import Wire, pairs

IDLE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a stream. *deliveries* counts how often it was handed to a consumer, this time included."""

    shard: ShardKeys
    id: str
    fields: Mapping[str, str]
    deliveries: int


@dataclass(slots=True)
class Queue:
    """The streams that *key* names, one per shard."""

    wire: Wire
    key: Callable[[ShardKeys], str]
    idle_seconds: float = IDLE_SECONDS
    _cursors: dict[int, str] = field(default_factory=dict)
    _turn: int = 0

    async def take(self, consumer: str, limit: int, shards: Sequence[ShardKeys]) -> list[Entry]:
        """Up to *limit* entries: new ones first, then those that another consumer left lying."""
        taken: list[Entry] = []
        busy = self._in_turn(await self._busy(shards))
        for fetch in (self._fresh, self._left):
            for shard in busy:
                if len(taken) >= limit:
                    return taken
                taken += await fetch(shard, consumer, limit - len(taken))
        return taken

    async def length(self, shards: Sequence[ShardKeys]) -> int:
        """How many entries wait or are being handled."""
        return sum(await self.wire.calls([("XLEN", self.key(shard)) for shard in shards]))

    async def _busy(self, shards: Sequence[ShardKeys]) -> list[ShardKeys]:
        lengths = await self.wire.calls([("XLEN", self.key(shard)) for shard in shards])
        return [shard for shard, length in zip(shards, lengths, strict=True) if length]

    def _in_turn(self, shards: list[ShardKeys]) -> list[ShardKeys]:
        # Begin with another shard each time, so that a busy one starves nobody.
        self._turn += 1
        start = self._turn % len(shards) if shards else 0
        return shards[start:] + shards[:start]

    async def _fresh(self, shard: ShardKeys, consumer: str, count: int) -> list[Entry]:
        command = ("XREADGROUP", "GROUP", GROUP, consumer, "COUNT", count, "STREAMS", self.key(shard), ">")
        try:
            answer = await self.wire.call(*command)
        except ResponseError as error:
            if not str(error).startswith("NOGROUP"):
                raise
            await self._create_group(shard)
            answer = await self.wire.call(*command)
        return [Entry(shard, id, fields, 1) for _, entries in answer or () for id, fields in entries]

    async def _create_group(self, shard: ShardKeys) -> None:
        try:
            await self.wire.call("XGROUP", "CREATE", self.key(shard), GROUP, "0", "MKSTREAM")
        except ResponseError as error:
            if not str(error).startswith("BUSYGROUP"):
                raise

    async def _left(self, shard: ShardKeys, consumer: str, count: int) -> list[Entry]:
        start = self._cursors.get(shard.shard, "0-0")
        words = (GROUP, consumer, int(self.idle_seconds * 1000), start, count)
        cursor, found = await self.wire.run(script("claim"), [self.key(shard)], words)
        # Go on from there next time: entries in good hands must not hide idle ones behind them.
        self._cursors[shard.shard] = cursor
        return [Entry(shard, id, dict(pairs(words)), deliveries) for id, words, deliveries in found]

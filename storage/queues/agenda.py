"""What is due when. Due entries move into streams; a worker that dies leaves its entries to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kernel.store import Due, Later
from kernel.values import WorkspaceId
from storage.connection.keys import ALL_SHARDS, GROUP, ShardKeys, entry_of, keys_of, parts_of
from storage.connection.scripts import script
from storage.connection.timestamps import micros, moment
from storage.connection.wire import Wire, Word, pairs
from storage.queues.dead_letters import DEAD_KEPT, ERROR_LENGTH, DeadLetter, newest_dead
from storage.queues.queue import Entry, Queue
from storage.queues.wakeup import Wake

BATCH = 256
ATTEMPTS = 8
WAITS = 72 * 60  # a minute each: three days
PER_WAIT = 100  # an entry keeps attempt and waits in one number, as a release that counts no waits reads it
SLICE = 500


def backoff(attempt: int) -> timedelta:
    """How long to wait after a failed attempt: 15 s, four times as long each time, at most 6 hours."""
    return min(timedelta(seconds=15 * 4 ** min(attempt - 1, 10)), timedelta(hours=6))


@dataclass(slots=True)
class Agenda:
    """The agenda of all workspaces. *wake* says which shards this process has just written to."""

    wire: Wire
    queue: Queue
    wake: Wake = field(default_factory=Wake)

    async def tick(self, now: datetime, shards: Sequence[ShardKeys] = ALL_SHARDS) -> int:
        """Move what is due into the streams, a batch of each shard; return how many entries moved."""
        due = micros(now)
        # A plain question first: an idle shard costs no script, and a cluster's pipeline takes no EVALSHA.
        first = await self.wire.calls(
            [("ZRANGEBYSCORE", shard.agenda, "-inf", due, "LIMIT", 0, 1) for shard in shards]
        )
        moved = 0
        for shard, entries in zip(shards, first, strict=True):
            if entries:
                keys = [shard.agenda, shard.lives, shard.due]
                moved += await self.wire.run(script("tick"), keys, [due, BATCH])
        return moved

    async def take(
        self, consumer: str, limit: int = 64, shards: Sequence[ShardKeys] = ALL_SHARDS
    ) -> list[Due]:
        """Entries to handle, each to be ended by a commit with it, `retry` or `done`.

        An entry that was taken over too often, since its workers died, goes to the dead letters here.
        """
        taken = [_due(entry) for entry in await self.queue.take(consumer, limit, shards)]
        for due in taken:
            if due.attempt > ATTEMPTS:
                await self._bury(due, "its workers died")
        return [due for due in taken if due.attempt <= ATTEMPTS]

    async def retry(self, due: Due, now: datetime, error: str) -> bool:
        """Put an entry back for a later attempt, or after the last one into the dead letters.

        Return False when it was replaced or handled meanwhile.
        """
        if due.attempt >= ATTEMPTS:
            return await self._bury(due, error)
        return await self._later(replace(due, attempt=due.attempt + 1), now + backoff(due.attempt))

    async def wait(self, due: Due, until: datetime, error: str) -> bool:
        """Put an entry back until what it needs is there again, which counts as no attempt.

        What waited three days in vain is a dead letter. Return False as *retry* does.
        """
        if due.waits >= WAITS:
            return await self._bury(due, error)
        return await self._later(replace(due, waits=due.waits + 1), until)

    async def done(self, due: Due) -> bool:
        """Take an entry off without any effect; return False when it was replaced or handled meanwhile."""
        return await self._retire(due, "done")

    async def hold(self, due: Due, consumer: str) -> None:
        """Say that an entry is still being handled, so that no other worker takes it over for a while."""
        stream = keys_of(due.workspace).shard.due
        await self.wire.call("XCLAIM", stream, GROUP, consumer, 0, due.entry, "JUSTID")

    async def planned(self, kind: str) -> list[WorkspaceId]:
        """The workspaces in which something of this kind is due some time."""
        named = [parts_of(entry) for shard in ALL_SHARDS for entry in await self._entries(shard, kind)]
        return sorted({workspace for workspace, found, _ in named if found == kind})

    async def upcoming(self, workspace: WorkspaceId, limit: int = 50) -> list[Later]:
        """What is due next in a workspace, soonest first; what is being handled is not in it."""
        found: list[Later] = []
        start = 0
        while len(found) < limit:
            slice = await self._slice(keys_of(workspace).shard, start)
            found += [later for owner, later in slice if owner == workspace]
            start += SLICE
            if len(slice) < SLICE:
                break
        return found[:limit]

    async def dead(self, limit: int = 50) -> list[DeadLetter]:
        """The newest dead letters, those of notices included."""
        return await newest_dead(self.wire, limit)

    async def _entries(self, shard: ShardKeys, kind: str) -> list[str]:
        found: list[str] = []
        cursor = 0
        while True:
            answer = await self.wire.call(
                "HSCAN", shard.lives, cursor, "MATCH", f"* {kind} *", "COUNT", SLICE
            )
            cursor = int(answer[0])
            found += answer[1]
            if cursor == 0:
                return found

    async def _slice(self, shard: ShardKeys, start: int) -> list[tuple[str, Later]]:
        answer = await self.wire.call("ZRANGE", shard.agenda, start, start + SLICE - 1, "WITHSCORES")
        return [_later(entry, float(score)) for entry, score in pairs(answer)]

    async def _later(self, due: Due, at: datetime) -> bool:
        return await self._retire(due, "later", at=micros(at), tries=due.waits * PER_WAIT + due.attempt)

    async def _bury(self, due: Due, error: str) -> bool:
        return await self._retire(due, "dead", error=error, tries=due.waits + due.attempt)

    async def _retire(self, due: Due, fate: str, *, at: int = 0, error: str = "", tries: int = 0) -> bool:
        shard = keys_of(due.workspace).shard
        entry = entry_of(due.workspace, due.kind, due.thing)
        keys = [shard.sequence, shard.agenda, shard.lives, shard.due, shard.dead]
        words: list[Word] = [GROUP, entry, due.generation, due.entry, fate, at]
        words += [tries, error[:ERROR_LENGTH], DEAD_KEPT]
        return bool(await self.wire.run(script("retire"), keys, words))


def _due(entry: Entry) -> Due:
    workspace, kind, thing = parts_of(entry.fields["entry"])
    generation, tries = entry.fields["life"].split(" ")
    waits, attempt = divmod(int(tries), PER_WAIT)
    attempt += entry.deliveries - 1
    return Due(workspace, kind, thing, int(generation), attempt, entry.id, waits)


def _later(entry: str, score: float) -> tuple[str, Later]:
    workspace, kind, thing = parts_of(entry)
    return workspace, Later(kind, thing, moment(int(score)))

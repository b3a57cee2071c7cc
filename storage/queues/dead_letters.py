"""What was given up after many attempts, kept for an administrator to see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel.values import WorkspaceId
from storage.connection.keys import ALL_SHARDS, ShardKeys, parts_of
from storage.connection.timestamps import moment
from storage.connection.wire import Wire

DEAD_KEPT = 1000
EVERY = DEAD_KEPT * len(ALL_SHARDS)
ERROR_LENGTH = 500


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An entry of the agenda or a notice (*source*) that failed for good.

    *kind* is the agenda's kind, or the receiver of a notice; *at* is by the wall clock of Redis. *id* is its
    shard and its entry there.
    """

    id: str
    workspace: WorkspaceId
    source: str
    kind: str
    thing: str
    attempts: int
    error: str
    at: datetime


async def newest_dead(wire: Wire, limit: int) -> list[DeadLetter]:
    """The newest dead letters of all workspaces."""
    answers = await wire.calls([("XREVRANGE", shard.dead, "+", "-", "COUNT", limit) for shard in ALL_SHARDS])
    both = zip(ALL_SHARDS, answers, strict=True)
    letters = [_letter(shard, *entry) for shard, entries in both for entry in entries]
    return sorted(letters, key=lambda letter: letter.at, reverse=True)[:limit]


async def drop_dead(wire: Wire, id: str) -> None:
    """Take a dead letter out; nothing happens where it is gone already."""
    shard, _, entry = id.partition(".")
    await wire.call("XDEL", ALL_SHARDS[int(shard)].dead, entry)


async def count_dead(wire: Wire) -> int:
    """Count the dead letters of all workspaces."""
    return sum(await wire.calls([("XLEN", shard.dead) for shard in ALL_SHARDS]))


def _letter(shard: ShardKeys, entry: str, fields: dict[str, Any]) -> DeadLetter:
    workspace, kind, thing = parts_of(fields["entry"])
    at = moment(int(entry.split("-", maxsplit=1)[0]) * 1000)
    tried, id = int(fields["attempts"]), f"{shard.shard}.{entry}"
    return DeadLetter(id, workspace, fields["source"], kind, thing, tried, fields["error"], at)

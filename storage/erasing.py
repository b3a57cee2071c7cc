"""Takes away everything of one workspace, as after an uninstall."""

from collections.abc import Sequence

from storage.keys import WorkspaceKeys
from storage.wire import Wire

CHUNK = 500


async def erase(wire: Wire, at: WorkspaceKeys) -> int:
    """Delete every key of a workspace and its entries in the shard's keys; return how many keys went.

    What is in the streams stays there without effect: its entry no longer lives, its card is gone.
    """
    shard = at.shard
    for name, command in ((shard.agenda, "ZREM"), (shard.postponed, "ZREM")):
        await _drop(wire, command, name, await _members(wire, "ZSCAN", name, at))
    for name in (shard.lives, shard.failures):
        await _drop(wire, "HDEL", name, await _members(wire, "HSCAN", name, at))
    keys = await _keys(wire, at)
    for start in range(0, len(keys), CHUNK):
        await wire.call("UNLINK", *keys[start : start + CHUNK])
    return len(keys)


async def _keys(wire: Wire, at: WorkspaceKeys) -> list[str]:
    found: set[str] = set()
    cursor = 0
    while True:
        cursor, keys = await wire.scan(at.everything, at.changes, cursor)
        found.update(keys)
        if cursor == 0:
            return sorted(found)


async def _members(wire: Wire, command: str, name: str, at: WorkspaceKeys) -> list[str]:
    found: set[str] = set()
    cursor = 0
    while True:
        answer = await wire.call(command, name, cursor, "MATCH", f"{at.workspace} *", "COUNT", CHUNK)
        cursor = int(answer[0])
        found.update(it[0] if command == "ZSCAN" else it for it in answer[1])
        if cursor == 0:
            return sorted(found)


async def _drop(wire: Wire, command: str, name: str, members: Sequence[str]) -> None:
    for start in range(0, len(members), CHUNK):
        await wire.call(command, name, *members[start : start + CHUNK])

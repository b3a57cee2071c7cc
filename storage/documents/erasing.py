"""Takes away everything of one workspace, as after an uninstall.

Whoever calls has noted before that the app has left, so no script makes a key of the workspace any more. The
order matters: what lets a worker write to the shard's keys (a card, a life) goes before what it writes there.
"""

from collections.abc import Sequence

from storage.connection.keys import WorkspaceKeys
from storage.connection.wire import Wire

CHUNK = 500


async def erase(wire: Wire, at: WorkspaceKeys) -> int:
    """Delete the keys of a workspace and its entries in the shard's keys; return how many keys went.

    What says whether the app is there stays. What is in the streams of work stays there without effect,
    until a worker comes by: its entry no longer lives, its card is gone.
    """
    shard = at.shard
    keys = sorted(await wire.find(at.everything, near=at.changes) - {at.stay, at.installation})
    for start in range(0, len(keys), CHUNK):
        await wire.call("UNLINK", *keys[start : start + CHUNK])
    for name, scan, drop in (
        (shard.lives, "HSCAN", "HDEL"),
        (shard.agenda, "ZSCAN", "ZREM"),
        (shard.postponed, "ZSCAN", "ZREM"),
        (shard.failures, "HSCAN", "HDEL"),
    ):
        await _drop(wire, drop, name, await _members(wire, scan, name, at))
    await _drop(wire, "XDEL", shard.dead, await _dead_letters(wire, at))
    return len(keys)


async def _members(wire: Wire, command: str, name: str, at: WorkspaceKeys) -> list[str]:
    found: set[str] = set()
    cursor = 0
    while True:
        answer = await wire.call(command, name, cursor, "MATCH", f"{at.workspace} *", "COUNT", CHUNK)
        cursor = int(answer[0])
        found.update(member[0] if command == "ZSCAN" else member for member in answer[1])
        if cursor == 0:
            return sorted(found)


async def _dead_letters(wire: Wire, at: WorkspaceKeys) -> list[str]:
    letters = await wire.call("XRANGE", at.shard.dead, "-", "+")
    return [id for id, fields in letters if fields["entry"].startswith(f"{at.workspace} ")]


async def _drop(wire: Wire, command: str, name: str, members: Sequence[str]) -> None:
    for start in range(0, len(members), CHUNK):
        await wire.call(command, name, *members[start : start + CHUNK])

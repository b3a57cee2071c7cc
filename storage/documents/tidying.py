"""What nobody has to wait for: it ends what no commit ends, once a day.

Cards whose document is gone, as an earlier release left them; what was given up long ago; consumers of
workers that are no more. A pass may be cut off anywhere, and the next one does the rest.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.kinds import Owners
from kernel.values import WorkspaceId
from storage.connection.keys import (
    ALL_SHARDS,
    CARD,
    GROUP,
    MESSAGE,
    OWNED,
    WORKSPACE,
    WorkspaceKeys,
    entry_of,
    keys_of,
)
from storage.connection.scripts import script
from storage.connection.wire import Command, Wire, Word
from storage.documents.plan import orphans_of

EVERY = timedelta(hours=20)
IDLE = timedelta(days=1)  # of a consumer that holds nothing
DEAD_KEPT, CHANGES_KEPT = timedelta(days=90), timedelta(days=30)
OURS = re.compile(rf"wm:\{{\d+\}}:({WORKSPACE.pattern}):(.*)", re.DOTALL)
Named = tuple[WorkspaceKeys, str]


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many consumers and sets of cards without their document went."""

    consumers: int
    orphans: int


async def is_due(wire: Wire) -> bool:
    """Whether nobody has tidied up for a day, and note that somebody does now."""
    seconds = int(EVERY.total_seconds())
    return bool(await wire.call("SET", ALL_SHARDS[0].tidied, 1, "NX", "EX", seconds))


async def tidy(wire: Wire, owners: Owners, wall: datetime, idle: timedelta = IDLE) -> Tidied:
    """End what is over by the wall clock; *idle* is how long a consumer must have asked for nothing."""
    await _trim(wire, [shard.dead for shard in ALL_SHARDS], wall - DEAD_KEPT)
    consumers = await _retire(wire, idle)
    async for page in wire.pages("wm:{*}:*:changes"):
        await _trim(wire, sorted(page), wall - CHANGES_KEPT)
    for pattern in (CARD, MESSAGE):
        async for page in wire.pages(f"wm:{{*}}:*:{pattern}*"):
            await _adopt(wire, owners, _ours(page, pattern))
    orphans = 0
    async for page in wire.pages(f"wm:{{*}}:*:{OWNED}*"):
        orphans += await _drop_orphans(wire, _ours(page, OWNED))
    return Tidied(consumers, orphans)


async def unplanned(wire: Wire, document: str, duty: str) -> Mapping[WorkspaceId, Sequence[str]]:
    """The ids of the documents of a kind for which *duty* does not stand on the agenda."""
    found: dict[WorkspaceId, list[str]] = defaultdict(list)
    prefix = f"doc:{document}:"
    async for page in wire.pages(f"wm:{{*}}:*:{prefix}*"):
        ours = [(at, name.removeprefix(prefix)) for at, name in _ours(page, prefix)]
        entries = [(at.shard.lives, entry_of(at.workspace, duty, id)) for at, id in ours]
        planned = await wire.calls([("HEXISTS", *entry) for entry in entries]) if entries else []
        for (at, id), is_planned in zip(ours, planned, strict=True):
            found[at.workspace] += [] if is_planned else [id]
    return {workspace: ids for workspace, ids in found.items() if ids}


def _ours(page: Iterable[str], prefix: str) -> list[Named]:
    """What begins so in its workspace, each with the keys of that workspace."""
    found = [match for key in sorted(page) if (match := OURS.fullmatch(key))]
    return [(keys_of(WorkspaceId(match[1])), match[2]) for match in found if match[2].startswith(prefix)]


async def _trim(wire: Wire, streams: Sequence[str], before: datetime) -> None:
    oldest = int(before.timestamp() * 1000)
    await wire.calls([("XTRIM", stream, "MINID", oldest) for stream in streams])


async def _retire(wire: Wire, idle: timedelta) -> int:
    words: list[Word] = [GROUP, int(idle.total_seconds() * 1000)]
    streams = [stream for shard in ALL_SHARDS for stream in (shard.due, shard.notices)]
    return sum([await wire.run(script("retire_consumers"), [stream], words) for stream in streams])


async def _adopt(wire: Wire, owners: Owners, names: Sequence[Named]) -> None:
    by_workspace: dict[WorkspaceKeys, list[tuple[str, str]]] = defaultdict(list)
    for (at, name), card in zip(names, await _cards(wire, names), strict=True):
        to, _, thing = (card or "").partition(" ")
        if thing:
            by_workspace[at].append((name, owners.of(thing, to)))
    for at, owned in by_workspace.items():
        pairs = [key for name, owner in owned for key in (at.belonging(name), at.belongings(owner))]
        await wire.run(script("adopt"), [at.stay, at.installation, *pairs], [name for name, _ in owned])


async def _cards(wire: Wire, names: Sequence[Named]) -> list[str | None]:
    """Which card each is, or shows: its receiver and its thing."""
    asked: list[Command] = [("GET", at.belonging(name)) for at, name in names if name.startswith(MESSAGE)]
    shown = iter(await wire.calls(asked) if asked else [])
    return [next(shown) if name.startswith(MESSAGE) else name.removeprefix(CARD) for _, name in names]


async def _drop_orphans(wire: Wire, names: Sequence[Named]) -> int:
    owners = [(at, name.removeprefix(OWNED)) for at, name in names]
    there = await wire.calls([("EXISTS", at.named(owner)) for at, owner in owners]) if owners else []
    gone = 0
    for (at, owner), is_there in zip(owners, there, strict=True):
        if not is_there:
            members = await wire.call("SMEMBERS", at.belongings(owner))
            plan = orphans_of(at, owner, members)
            gone += await wire.run(script("commit"), plan.keys, plan.words) == "done"
    return gone

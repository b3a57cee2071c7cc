"""Whether Redis keeps what it is given: what each server says of itself, and a write to see."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.connection.keys import ALL_SHARDS
from storage.connection.scripts import script
from storage.connection.wire import Wire
from storage.server.redis_program import OLDEST, Release

TRIAL_SECONDS = 60
KEEPS_ALL = "noeviction"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a server says of itself; None where it does not tell."""

    release: Release | None
    policy: str | None
    is_primary: bool | None
    is_logged: bool | None
    replicas: int

    @property
    def is_too_old(self) -> bool:
        """Whether the server lacks commands that are sent to it."""
        return self.release is not None and not self.release.reads(OLDEST)

    @property
    def drops_keys(self) -> bool:
        """Whether the server may delete what was saved to make room."""
        return self.policy not in (None, KEEPS_ALL)


async def conditions(wire: Wire) -> Sequence[Condition]:
    """How every server is that may be written to; raise StorageAway."""
    return [condition_of(info) for info in await wire.each("INFO")]


async def try_write(wire: Wire) -> None:
    """Do on every server what storage does, by a key that ends; raise StorageAway where that fails."""
    await wire.calls([("EXISTS", shard.sequence) for shard in ALL_SHARDS])
    await wire.each("SCAN", 0, "COUNT", 1)
    keys = await wire.apart([shard.trial for shard in ALL_SHARDS])
    await asyncio.gather(*(wire.run(script("trial"), [key], [TRIAL_SECONDS]) for key in keys))


def condition_of(info: Mapping[str, Any]) -> Condition:
    """Read what a server answers to INFO; None is what it does not tell."""
    role, logged = info.get("role"), info.get("aof_enabled")
    return Condition(
        release=_release(info),
        policy=info.get("maxmemory_policy"),
        is_primary=None if role is None else role == "master",
        is_logged=None if logged is None else bool(logged),
        replicas=int(info.get("connected_slaves", 0)),
    )


def _release(info: Mapping[str, Any]) -> Release | None:
    if "valkey_version" in info:
        return Release.parse(f"Valkey {info['valkey_version']}")
    return Release.parse(str(info.get("redis_version", "")))

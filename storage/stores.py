"""All of storage behind one object: opened once per process, closed at its end."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Generic, Self, TypeVar

from redis.exceptions import RedisError

from kernel.kinds import Owners
from kernel.store import Changes
from kernel.values import Document, WorkspaceId
from storage.connection.errors import StorageAway
from storage.connection.keys import ALL_SHARDS, keys_of
from storage.connection.troubles import LASTING, refusal_of
from storage.connection.wire import Wire, connect
from storage.documents.directory import Directories, Roster
from storage.documents.erasing import erase
from storage.documents.installations import Installations
from storage.documents.skipped import Skipped
from storage.documents.store import Conduct, Pause, RedisStore, jitter
from storage.queues.agenda import Agenda
from storage.queues.notices import Notices
from storage.queues.queue import Queue

P = TypeVar("P", bound=Document)
L = TypeVar("L", bound=Document)


class Stores(Generic[P, L]):
    """Every workspace's store, the agenda, notices, directory and installations, over one line to Redis.

    *departed* is told of a workspace where a commit was refused, since the app was removed there.
    """

    def __init__(
        self,
        wire: Wire,
        roster: Roster[P, L],
        *,
        secret: str,
        wall: Callable[[], float] = time.time,
        patience: float = 2.5,
        pause: Pause = jitter,
    ) -> None:
        self.wire, self.url = wire, ""
        self.agenda = Agenda(wire, Queue(wire, lambda shard: shard.due))
        self.owners = Owners(roster.cards)
        self.notices = Notices(wire, Queue(wire, lambda shard: shard.notices), wall, owners=self.owners)
        self.skipped = Skipped()
        self.directory = Directories(wire, roster, self.skipped)
        self.installations = Installations(wire, secret)
        self.departed: Callable[[WorkspaceId], None] = lambda _workspace: None
        self._conduct = Conduct(
            roster.kinds, patience, pause, self._committed, self._departed, self.skipped, self.owners
        )

    @classmethod
    async def open(
        cls,
        url: str,
        roster: Roster[P, L],
        *,
        secret: str,
        wall: Callable[[], float] = time.time,
        timeout: float = 1.0,
        within: float = 5.0,
    ) -> Self:
        """Connect to `redis://`, `rediss://`, `unix://` or `redis+cluster://host:port,…`.

        *secret* is the list of keys for stored tokens; *wall* is the time for leases, which nothing may move.
        *timeout* bounds one answer of Redis in seconds; a commit takes at most 2.5 times as long. Raise
        StorageAway when Redis is not reached *within* so many seconds, or at once where waiting is no help.
        """
        stores = cls(connect(url, timeout=timeout), roster, secret=secret, wall=wall, patience=2.5 * timeout)
        stores.url = url
        try:
            await stores._reach(within)
        except BaseException:
            await stores.close()
            raise
        return stores

    def of(self, workspace: WorkspaceId) -> RedisStore:
        """The store of one workspace; costs nothing."""
        return RedisStore(self.wire, keys_of(workspace), self._conduct)

    async def ping(self) -> None:
        """When every shard answers; else raise StorageAway."""
        await self.wire.calls([("EXISTS", shard.sequence) for shard in ALL_SHARDS])

    async def erase(self, workspace: WorkspaceId, left_at: datetime | None = None) -> int:
        """Delete everything of a workspace but that it was left; return how many keys went.

        Raise InstalledSince, and delete nothing, when the app was installed there after *left_at*.
        """
        await self.installations.drop(workspace, left_at)
        return await erase(self.wire, keys_of(workspace))

    async def close(self) -> None:
        """Give all connections back."""
        await self.wire.close()

    async def _reach(self, within: float) -> None:
        deadline = time.monotonic() + within
        while True:
            try:
                return await self.ping()
            except StorageAway as error:
                if error.trouble in LASTING or time.monotonic() > deadline:
                    raise
            except RedisError as error:
                raise StorageAway(str(error), refusal_of(error)) from error
            await asyncio.sleep(0.1)

    def _departed(self, workspace: WorkspaceId) -> None:
        self.departed(workspace)

    def _committed(self, shard: int, changes: Changes) -> None:
        if changes.later:
            self.agenda.wake.touch(shard)
        if changes.show:
            self.notices.wake.touch(shard)

"""One workspace's documents on Redis: read together, decided in Python, written by one atomic script."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from kernel.errors import NotInstalled, Repeated, Superseded
from kernel.kinds import Owners
from kernel.store import Changes, Due, Key, Snapshot
from kernel.values import WorkspaceId
from storage.connection.errors import StorageAway
from storage.connection.keys import WorkspaceKeys, entry_of
from storage.connection.scripts import script
from storage.connection.timestamps import micros
from storage.connection.wire import Command, Wire
from storage.documents.installations import LEFT
from storage.documents.plan import Belongings, CommitPlan, only_guards, plan_of
from storage.documents.reading import Reading, Unread, VersionedDocument
from storage.documents.skipped import Skipped

R = TypeVar("R")

Decide = Callable[[Snapshot], tuple[R, Changes]]
Pause = Callable[[int], Awaitable[None]]

CONFLICTS = 100
REFUSALS = {"repeated": Repeated, "superseded": Superseded}


async def jitter(attempt: int) -> None:
    """Wait a random while before the next attempt, up to 50 ms."""
    await asyncio.sleep(random.uniform(0, min(0.001 * 2**attempt, 0.05)))


@dataclass(frozen=True, slots=True)
class Conduct:
    """How every store of a process behaves.

    *patience* bounds one commit or look, in seconds. *watched* are the kinds that a directory follows.
    *committed* is told the shard of each own commit that wrote to the agenda, or that has notices; *left* of
    a workspace where a commit was refused, since the app was removed there. *skipped* counts documents that
    were left out of a list. *owners* knows which document each card belongs to.
    """

    watched: frozenset[str] = frozenset()
    patience: float = 2.5
    pause: Pause = jitter
    committed: Callable[[int, Changes], None] = lambda _shard, _changes: None
    left: Callable[[WorkspaceId], None] = lambda _workspace: None
    skipped: Skipped = field(default_factory=Skipped)
    owners: Owners = field(default_factory=lambda: Owners({}))


@dataclass(frozen=True, slots=True)
class RedisStore:
    """The documents, lists, agenda and notices of one workspace."""

    wire: Wire
    at: WorkspaceKeys
    conduct: Conduct

    @property
    def workspace(self) -> WorkspaceId:
        """The workspace that every key of this store is inside."""
        return self.at.workspace

    async def commit(
        self,
        decide: Decide[R],
        *,
        load: Iterable[Key] = (),
        once: str | None = None,
        due: Due | None = None,
    ) -> R:
        """Run *decide* and write its changes in one atomic step; decide again when what it read has changed.

        StorageAway leaves open whether the changes were written: do it again, under the same ids.
        """

        def decided(read: Reading) -> tuple[R, Changes]:
            result, changes = decide(read)
            read.need([*(Key(type(document), document.id) for document in changes.put), *changes.drop])
            return result, changes

        async with in_time(self.conduct.patience):
            keys = list(dict.fromkeys(load))
            for attempt in range(CONFLICTS):
                read, (result, changes) = await self._read(decided, keys, once=once, due=due)
                if await self._write(read, changes, once=once, due=due):
                    return result
                await self.conduct.pause(attempt)
        raise StorageAway("too many others write the same documents")

    async def look(self, view: Callable[[Snapshot], R], *, load: Iterable[Key] = ()) -> R:
        """What *view* makes of the documents as they are now, all read at one moment."""
        async with in_time(self.conduct.patience):
            _, answer = await self._read(view, list(dict.fromkeys(load)))
        return answer

    async def ids(
        self, name: str, *, limit: int = 50, before: datetime | None = None, since: datetime | None = None
    ) -> list[str]:
        """The ids in a named list, newest first, those of the same moment in order of id."""
        newest = "-inf" if before is None else f"({-micros(before)}"
        oldest = "+inf" if since is None else -micros(since)
        answer: list[str] = await self.wire.call(
            "ZRANGEBYSCORE", self.at.list(name), newest, oldest, "LIMIT", 0, limit
        )
        return answer

    async def gists(self, names: Sequence[str], *, limit: int, since: datetime) -> dict[str, str]:
        """What stands beside the newest ids of each list; nothing for one that has none yet."""
        if not names:
            return {}
        keys = [key for name in names for key in (self.at.list(name), self.at.gists(name))]
        texts: list[str] = await self.wire.run(script("gists"), keys, [-micros(since), limit])
        lines = (line.partition(" ") for text in texts if text for line in text.split("\n"))
        return {id: gist for id, _, gist in lines}

    async def newest(
        self, limits: Mapping[str, int], counted: Sequence[str]
    ) -> tuple[dict[str, list[str]], dict[str, int]]:
        """The newest ids of several lists, and how many stand in others, in one round trip."""
        ranges = [("ZRANGE", self.at.list(name), 0, most - 1) for name, most in limits.items()]
        answers = await self._ask([*ranges, *(("ZCARD", self.at.list(name)) for name in counted)])
        ids, lengths = answers[: len(ranges)], answers[len(ranges) :]
        return dict(zip(limits, ids, strict=True)), dict(zip(counted, map(int, lengths), strict=True))

    async def count(self, name: str) -> int:
        """How many documents stand in a named list."""
        return int(await self.wire.call("ZCARD", self.at.list(name)))

    async def _read(
        self,
        view: Callable[[Reading], R],
        keys: list[Key],
        *,
        once: str | None = None,
        due: Due | None = None,
    ) -> tuple[Reading, R]:
        """Read *keys*, and add to them until *view* finds all it asks for.

        Each round reads everything, so that what a view sees is of one moment.
        """
        while True:
            held = await self._held(keys, once, due)
            read = Reading(held, partial(self.conduct.skipped.add, self.workspace))
            try:
                return read, view(read)
            except Unread as unread:
                keys.extend(unread.keys)

    async def _held(self, keys: list[Key], once: str | None, due: Due | None) -> dict[Key, VersionedDocument]:
        names = [self.at.document(key.type.kind, key.id) for key in keys]
        commands: list[Command] = []
        if names or once is not None:
            commands.append(["MGET", *names, *([] if once is None else [self.at.once(once)])])
        if due is not None:
            commands.append(["HGET", self.at.shard.lives, entry_of(self.workspace, due.kind, due.thing)])
        answers = await self._ask(commands)
        if due is not None and (answers.pop() or "").split(" ")[0] != str(due.generation):
            await self._run(only_guards(self.at, due))  # raises Superseded, and takes the entry away
        values = answers[0] if answers else []
        if once is not None and values[-1] is not None:
            raise Repeated
        return {key: VersionedDocument.parse(value) for key, value in zip(keys, values, strict=False)}

    async def _ask(self, commands: list[Command]) -> list[Any]:
        if not commands:
            return []
        if len(commands) == 1:
            return [await self.wire.call(*commands[0])]
        return await self.wire.calls(commands)

    async def _write(self, read: Reading, changes: Changes, *, once: str | None, due: Due | None) -> bool:
        if once is None and due is None and not any((changes.put, changes.drop, changes.later, changes.show)):
            return True
        owned = await self._belongings(changes)
        watched, owners = self.conduct.watched, self.conduct.owners
        plan = plan_of(
            self.at, read, changes, once=once, due=due, watched=watched, belongings=owned, owners=owners
        )
        if not await self._run(plan):
            return False
        self.conduct.committed(self.at.shard.shard, changes)
        return True

    async def _belongings(self, changes: Changes) -> Belongings:
        """The cards and messages of what is to be dropped."""
        owners = [f"{key.type.kind}:{key.id}" for key in changes.drop]
        found = await self._ask([("SMEMBERS", self.at.belongings(owner)) for owner in owners])
        return dict(zip(owners, found, strict=True))

    async def _run(self, plan: CommitPlan) -> bool:
        """False on a conflict."""
        answer = await self.wire.run(script("commit"), plan.keys, plan.words)
        if answer == LEFT:
            self.conduct.left(self.workspace)
            raise NotInstalled(self.workspace)
        if answer in REFUSALS:
            raise REFUSALS[answer]
        return bool(answer == "done")


@asynccontextmanager
async def in_time(seconds: float) -> AsyncIterator[None]:
    """Raise StorageAway when the block takes longer than this."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise StorageAway(f"no answer within {seconds} s") from error

"""Who helps with what, in memory: loaded once per workspace, then kept fresh by its stream of changes."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from matching.index import HelperIndex
from matching.values import Helper
from mentoring.errors import Unreadable
from mentoring.store import Key
from mentoring.values import Document, WorkspaceId
from storage.keys import WorkspaceKeys, keys_of
from storage.reading import Held
from storage.skipped import Skipped
from storage.wire import Wire

P = TypeVar("P", bound=Document)
L = TypeVar("L", bound=Document)

SLICE = 500
PAGE = 1000
WORKSPACES = 200


@dataclass(frozen=True, slots=True)
class Roster(Generic[P, L]):
    """How a helper comes out of two documents with one id; None when the person does not help.

    *list* names those to load first; whoever begins to help later is found by the change.
    """

    person: type[P]
    load: type[L]
    as_helper: Callable[[P, L | None], Helper | None]
    list: str = "helpers"

    def helper(self, id: str, person: Held, load: Held) -> Helper | None:
        """Return a helper as the two documents say; raise Unreadable where a newer release wrote one."""
        who, carries = person.document(Key(self.person, id)), load.document(Key(self.load, id))
        return None if who is None else self.as_helper(cast(P, who), cast(L | None, carries))

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of document whose changes matter."""
        return frozenset((self.person.kind, self.load.kind))


@dataclass(slots=True)
class WorkspaceDirectory(Generic[P, L]):
    """The helpers of one workspace. One index, changed in place; read it without awaiting in between."""

    wire: Wire
    at: WorkspaceKeys
    roster: Roster[P, L]
    skipped: Skipped = field(default_factory=Skipped)
    _index: HelperIndex | None = None
    _last: str = ""
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def index(self) -> HelperIndex:
        """Return the helpers as they are now: one round trip where nothing has changed."""
        async with self._lock:
            if self._index is None or not await self._follow(self._index):
                self._index = await self._load()
            return self._index

    async def _follow(self, index: HelperIndex) -> bool:
        """Take over what changed; return False when changes may be missing."""
        while True:
            page = await self.wire.call("XRANGE", self.at.changes, self._last or "-", "+", "COUNT", PAGE)
            if not self._last:
                return not page
            # The last change known is always read again: where it is gone, so may others be.
            if not page or page[0][0] != self._last:
                return False
            names = [fields["name"] for _, fields in page[1:]]
            await self._take_over(index, dict.fromkeys(name.partition(":")[2] for name in names))
            self._last = page[-1][0]
            if len(page) < PAGE:
                return True

    async def _load(self) -> HelperIndex:
        # Taken before the documents are read: what changes meanwhile is then taken over twice, never missed.
        last = await self._last_change()
        index = HelperIndex()
        ids: list[str] = await self.wire.call("ZRANGE", self.at.list(self.roster.list), 0, -1)
        await self._take_over(index, ids)
        self._last = last
        return index

    async def _last_change(self) -> str:
        """Return the id of the newest change, empty where there is none."""
        newest = await self.wire.call("XREVRANGE", self.at.changes, "+", "-", "COUNT", 1)
        return str(newest[0][0]) if newest else ""

    async def _take_over(self, index: HelperIndex, ids: Iterable[str]) -> None:
        everyone = list(ids)
        for start in range(0, len(everyone), SLICE):
            some = everyone[start : start + SLICE]
            for id, helper in zip(some, await self._helpers(some), strict=True):
                if helper is None:
                    index.drop(id)
                else:
                    index.put(helper)

    async def _helpers(self, ids: Sequence[str]) -> list[Helper | None]:
        people = [self.at.document(self.roster.person.kind, id) for id in ids]
        loads = [self.at.document(self.roster.load.kind, id) for id in ids]
        values = await self.wire.call("MGET", *people, *loads)
        held = [Held.parse(value) for value in values]
        return [self._helper(*it) for it in zip(ids, held[: len(ids)], held[len(ids) :], strict=True)]

    def _helper(self, id: str, person: Held, load: Held) -> Helper | None:
        """Return a helper; whoever cannot be read is not asked, and keeps nobody else from being asked."""
        try:
            return self.roster.helper(id, person, load)
        except Unreadable:
            self.skipped.add(self.at.workspace, Key(self.roster.person, id))
            return None


@dataclass(slots=True)
class Directory(Generic[P, L]):
    """The helpers of the workspaces used last; of any other they are loaded when asked for."""

    wire: Wire
    roster: Roster[P, L]
    skipped: Skipped = field(default_factory=Skipped)
    capacity: int = WORKSPACES
    _held: OrderedDict[WorkspaceId, WorkspaceDirectory[P, L]] = field(default_factory=OrderedDict)

    def of(self, workspace: WorkspaceId) -> WorkspaceDirectory[P, L]:
        """Return the directory of one workspace."""
        held = self._held.pop(workspace, None)
        held = held or WorkspaceDirectory(self.wire, keys_of(workspace), self.roster, self.skipped)
        self._held[workspace] = held
        if len(self._held) > self.capacity:
            self._held.popitem(last=False)
        return held

    async def index(self, workspace: WorkspaceId) -> HelperIndex:
        """Return the helpers of a workspace as they are now."""
        return await self.of(workspace).index()

"""Who helps with what, in memory: loaded once per workspace, then kept fresh by its stream of changes."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from kernel.errors import Unreadable
from kernel.kinds import CardKind
from kernel.store import Key
from kernel.values import Document, WorkspaceId
from matching.ranking.index import HelperIndex
from matching.values import Helper
from storage.connection.keys import WorkspaceKeys, keys_of
from storage.connection.wire import Wire
from storage.documents.reading import VersionedDocument
from storage.documents.skipped import Skipped

P = TypeVar("P", bound=Document)
L = TypeVar("L", bound=Document)

SLICE = 500
PAGE = 1000
PEOPLE = 200_000  # of all workspaces together: up to 300 bytes each
EMPTY = 12  # so many people weigh as much as an index without any


@dataclass(frozen=True, slots=True)
class Roster(Generic[P, L]):
    """How a helper comes out of two documents with one id; None when the person does not help.

    *lists* name those to load first; whoever begins to help later is found by the change. *managers* are
    taken from everyone, whether or not they help. *cards* are the kinds of card that are no document's own.
    """

    person: type[P]
    load: type[L]
    as_helper: Callable[[P, L | None], Helper | None]
    managers: Callable[[P], Iterable[str]] = lambda person: getattr(person, "managers", ())
    lists: tuple[str, ...] = ("helpers", "managed")
    cards: Mapping[str, CardKind] = field(default_factory=dict)

    def taken_over(
        self, index: HelperIndex, id: str, person: VersionedDocument, load: VersionedDocument
    ) -> None:
        """Bring what the two documents say into an index; Unreadable where a newer release wrote one."""
        who, carries = person.document(Key(self.person, id)), load.document(Key(self.load, id))
        index.lines.put(id, () if who is None else self.managers(cast(P, who)))
        helper = None if who is None else self.as_helper(cast(P, who), cast(L | None, carries))
        if helper is None:
            index.drop(id)
        else:
            index.put(helper)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of document whose changes matter."""
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

    @property
    def weight(self) -> int:
        """How much memory it takes, in people."""
        return EMPTY + (0 if self._index is None else len(self._index))

    async def index(self) -> HelperIndex:
        """The helpers as they are now: one round trip where nothing has changed."""
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
        lists = [await self.wire.call("ZRANGE", self.at.list(name), 0, -1) for name in self.roster.lists]
        await self._take_over(index, dict.fromkeys(id for ids in lists for id in ids))
        self._last = last
        return index

    async def _last_change(self) -> str:
        """The id of the newest change, empty where there is none."""
        newest = await self.wire.call("XREVRANGE", self.at.changes, "+", "-", "COUNT", 1)
        return str(newest[0][0]) if newest else ""

    async def _take_over(self, index: HelperIndex, ids: Iterable[str]) -> None:
        everyone = list(ids)
        for start in range(0, len(everyone), SLICE):
            some = everyone[start : start + SLICE]
            for id, person, load in await self._held(some):
                try:
                    self.roster.taken_over(index, id, person, load)
                except Unreadable:  # not asked, and keeps nobody else from being asked
                    self.skipped.add(self.at.workspace, Key(self.roster.person, id))
                    index.drop(id)

    async def _held(self, ids: Sequence[str]) -> list[tuple[str, VersionedDocument, VersionedDocument]]:
        people = [self.at.document(self.roster.person.kind, id) for id in ids]
        loads = [self.at.document(self.roster.load.kind, id) for id in ids]
        values = await self.wire.call("MGET", *people, *loads)
        held = [VersionedDocument.parse(value) for value in values]
        return list(zip(ids, held[: len(ids)], held[len(ids) :], strict=True))


@dataclass(slots=True)
class Directories(Generic[P, L]):
    """The helpers of the workspaces used last; of any other they are loaded when asked for.

    How many are kept depends on how many people they have together: small ones are never many.
    """

    wire: Wire
    roster: Roster[P, L]
    skipped: Skipped = field(default_factory=Skipped)
    capacity: int = PEOPLE
    _held: OrderedDict[WorkspaceId, WorkspaceDirectory[P, L]] = field(default_factory=OrderedDict)

    def of(self, workspace: WorkspaceId) -> WorkspaceDirectory[P, L]:
        """The directory of one workspace."""
        held = self._held.get(workspace)
        if held is None:
            self._make_room()
            held = WorkspaceDirectory(self.wire, keys_of(workspace), self.roster, self.skipped)
            self._held[workspace] = held
        self._held.move_to_end(workspace)
        return held

    def _make_room(self) -> None:
        """Let go of those used longest ago, until another workspace fits."""
        weight = EMPTY + sum(held.weight for held in self._held.values())
        while self._held and weight > self.capacity:
            weight -= self._held.popitem(last=False)[1].weight

    async def index(self, workspace: WorkspaceId) -> HelperIndex:
        """The helpers of a workspace as they are now."""
        return await self.of(workspace).index()

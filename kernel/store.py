"""What the domain asks of storage: one way to read, one way to write, inside one workspace.

A decision is a plain function of a Snapshot. It may run several times and has no effect of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Protocol, TypeVar

from kernel.values import Document, WorkspaceId

D = TypeVar("D", bound=Document)
R = TypeVar("R")
EVERY = 100_000  # ids that are read of a list


@dataclass(frozen=True, slots=True)
class Key:
    """Where a document lives: its type and its id."""

    type: type[Document]
    id: str


class Snapshot(Protocol):
    """The documents a decision reads, all checked for change when it is committed.

    A decision may ask for any document. What was not loaded yet is fetched, and the decision runs again.
    """

    def get(self, type: type[D], id: str, /) -> D:
        """A document; raise NotFound, or Unreadable where a newer release wrote it."""

    def find(self, type: type[D], id: str, /) -> D | None:
        """A document, or None; raise Unreadable where a newer release wrote it."""

    def all(self, type: type[D], ids: Iterable[str], /) -> list[D]:
        """Those of the documents that can be read, in the order of *ids*; all are read at once."""

    def need(self, keys: Iterable[Key], /) -> None:
        """Have documents, of several types, read at once; what is asked for afterwards is there."""


@dataclass(frozen=True, slots=True)
class Later:
    """An entry of the agenda: do *kind* for *thing* at a time. Adding it again replaces it."""

    kind: str
    thing: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Never:
    """Take an entry off the agenda again; nothing happens when it is not there."""

    kind: str
    thing: str


@dataclass(frozen=True, slots=True)
class Show:
    """Show a thing (`<kind>:<id>`) to a person or a room: durable, drawn as it is when it is delivered."""

    thing: str
    to: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that one decision changes; all of it is written, or nothing."""

    put: Sequence[Document] = ()
    drop: Sequence[Key] = ()
    later: Sequence[Later | Never] = ()
    show: Sequence[Show] = ()


NONE = Changes()


def together(*parts: Changes) -> Changes:
    """The changes of all parts, in their order."""
    return Changes(
        put=list(chain.from_iterable(part.put for part in parts)),
        drop=list(chain.from_iterable(part.drop for part in parts)),
        later=list(chain.from_iterable(part.later for part in parts)),
        show=list(chain.from_iterable(part.show for part in parts)),
    )


@dataclass(frozen=True, slots=True)
class Due:
    """An entry of the agenda whose time has come, as a worker holds it.

    *attempt* counts from 1; how often it *waits* for what is away is no attempt.
    """

    workspace: WorkspaceId
    kind: str
    thing: str
    generation: int
    attempt: int
    entry: str
    waits: int = 0


class Store(Protocol):
    """The documents, lists, agenda and notices of one workspace."""

    @property
    def workspace(self) -> WorkspaceId:
        """The workspace that every key of this store is inside."""

    async def commit(
        self,
        decide: Callable[[Snapshot], tuple[R, Changes]],
        *,
        load: Iterable[Key] = (),
        once: str | None = None,
        due: Due | None = None,
    ) -> R:
        """Run *decide* and write its changes in one atomic step; decide again when what it read has changed.

        *load* is what it will surely read, fetched in one round trip. With *once*, a second commit under the
        same key within 25 hours writes nothing and raises Repeated. With *due*, the entry is taken off the
        agenda in the same step, and raises Superseded when it was replaced or handled meanwhile. Raises
        NotInstalled, and writes nothing, where the workspace has removed the app.
        """

    async def look(self, view: Callable[[Snapshot], R], *, load: Iterable[Key] = ()) -> R:
        """What *view* makes of the documents as they are now; writes nothing."""

    async def ids(
        self, name: str, *, limit: int = 50, before: datetime | None = None, since: datetime | None = None
    ) -> list[str]:
        """The ids in a named list, newest first, those of the same moment in order of id."""

    async def gists(self, names: Sequence[str], *, limit: int, since: datetime) -> dict[str, str]:
        """The gists of the newest *limit* ids in each of the named lists, read in one round trip.

        A document that was last written before there were gists has an empty one, until it is put again.
        """

    async def newest(
        self, limits: Mapping[str, int], counted: Sequence[str]
    ) -> tuple[dict[str, list[str]], dict[str, int]]:
        """The newest ids of several lists, and how long others are, in one round trip."""

    async def count(self, name: str) -> int:
        """How many documents stand in a named list."""

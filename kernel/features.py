"""What each feature brings to the domain: declared where it is defined, put together at the start."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from kernel.desk import Belongings, Desk
from kernel.errors import Refusal, Superseded
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.store import Due
from kernel.values import Document

K = TypeVar("K", bound=str)
V = TypeVar("V")
# What does an entry of the agenda: at which desk, for which thing, now, and the entry itself.
Handler = Callable[[Desk, Any, datetime, Due], Awaitable[Any]]


class Undeclared(Exception):
    """A feature names what is nowhere, or what another has named already: the program does not start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What a feature stores and does.

    *documents* are its kinds of document, *cards* those of its cards that are no document's own. *agenda*
    says what does each of its entries; those *by_program* need more than a desk, and the running program does
    them. *errors* are the refusals that it alone raises. A person's own are the documents under their id
    (*personal*) and all that stand in their lists of *belongings*: when they have left, these are dropped.
    """

    name: str
    documents: tuple[type[Document], ...] = ()
    cards: tuple[CardKind, ...] = ()
    agenda: Mapping[AgendaKind, Handler] = field(default_factory=dict)
    by_program: tuple[AgendaKind, ...] = ()
    errors: tuple[type[Refusal], ...] = ()
    personal: tuple[type[Document], ...] = ()
    belongings: Mapping[ListName, type[Document]] = field(default_factory=dict)


class Features:
    """All features together; raises Undeclared where two claim the same name, or one is not what it says."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self.all = tuple(features)
        self.documents = once("document", [(it.kind, it) for each in self.all for it in each.documents])
        self.cards: Mapping[str, CardKind] = once(
            "card", [(str(it), it) for each in self.all for it in each.cards]
        )
        self.agenda: Mapping[str, Handler] = once(
            "agenda entry", [(str(kind), do) for each in self.all for kind, do in each.agenda.items()]
        )
        self.by_program: Mapping[str, AgendaKind] = once(
            "agenda entry", [(str(it), it) for each in self.all for it in each.by_program]
        )
        self.errors: Mapping[str, type[Refusal]] = once(
            "refusal", [(full_name(it), it) for each in self.all for it in each.errors]
        )
        self._check()

    @property
    def belongings(self) -> Belongings:
        """Return what is one person's alone."""
        return Belongings(
            tuple(it for each in self.all for it in each.personal),
            {name: kind for each in self.all for name, kind in each.belongings.items()},
        )

    async def perform(self, desk: Desk, due: Due, now: datetime) -> bool:
        """Do what an entry of the agenda asks for, once; return False where no feature knows its kind.

        An entry that was replaced or handled meanwhile has no effect.
        """
        handler = self.agenda.get(due.kind)
        if handler is None:
            return False
        with suppress(Superseded):
            await handler(desk, due.thing, now, due)
        return True

    def _check(self) -> None:
        for kind, handler in (it for each in self.all for it in each.agenda.items()):
            check_done_by(kind, handler)
        if twice := self.agenda.keys() & self.by_program.keys():
            raise Undeclared(f"agenda entry {min(twice)}: done both by a feature and by the program")
        if lost := {it.document for it in self.cards.values()} - self.documents.keys() - {""}:
            raise Undeclared(f"card of a document that no feature has: {min(lost)}")
        if clash := self.cards.keys() & self.documents.keys():
            raise Undeclared(f"card {min(clash)}: there is a document of that name")


def timeless(do: Callable[[Desk, Any, Due], Awaitable[Any]]) -> Handler:
    """Return the handler of an entry that is done alike at any time."""

    @wraps(do)
    async def handler(desk: Desk, thing: Any, now: datetime, due: Due) -> None:
        await do(desk, thing, due)

    return handler


def of_workspace(do: Callable[[Desk, datetime, Due], Awaitable[Any]]) -> Handler:
    """Return the handler of an entry that is about the whole workspace."""

    @wraps(do)
    async def handler(desk: Desk, thing: Any, now: datetime, due: Due) -> None:
        await do(desk, now, due)

    return handler


def once(what: str, named: Iterable[tuple[K, V]]) -> dict[K, V]:
    """Return what is named, by name; raise Undeclared where a name stands for two things."""
    found: dict[K, V] = {}
    for name, it in named:
        if name in found:
            raise Undeclared(f"{what} {name}: declared twice")
        found[name] = it
    return found


def full_name(named: Any) -> str:
    """Return the name of a class or function, with that of its module before it."""
    return f"{named.__module__}.{named.__qualname__}"


def check_done_by(kind: AgendaKind, handler: Callable[..., Any]) -> None:
    """Raise Undeclared where an entry is not done by the function that its kind names."""
    done_by = full_name(handler)
    if kind.done_by != done_by:
        raise Undeclared(f"agenda entry {kind}: {done_by} does it, and its kind says {kind.done_by}")

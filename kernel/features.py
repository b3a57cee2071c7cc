"""What each feature brings to the domain: declared where it is defined, put together at the start."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from kernel.desk import Belongings, Departure, Desk, FirstLook, Separation, TieFinder
from kernel.errors import Refusal, Superseded, Undeclared
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.policy import Policy, Section, with_sections
from kernel.store import EVERY, Due
from kernel.values import Document, PersonId

K = TypeVar("K", bound=str)
V = TypeVar("V")
# What does an entry of the agenda: at which desk, for which thing, now, and the entry itself.
Handler = Callable[[Desk, Any, datetime, Due], Awaitable[Any]]


# Ends what a person takes part in, as far as they could themselves, and drops what came of it.
Parting = Callable[[Desk, PersonId, datetime], Awaitable[None]]
# Finds the ids of the documents that are about a person.
Finder = Callable[[Desk, PersonId], Awaitable[Sequence[str]]]


async def under_own_id(desk: Desk, me: PersonId) -> Sequence[str]:
    """Find the document whose id is the person's."""
    return [me]


def in_lists(*names: ListName) -> Finder:
    """What finds the documents in a person's lists, each once, newest first."""

    async def found(desk: Desk, me: PersonId) -> Sequence[str]:
        lists = [await desk.store.ids(name.of(me), limit=EVERY) for name in names]
        return list(dict.fromkeys(id for ids in lists for id in ids))

    return found


def in_lists_of_each(outer: ListName, inner: ListName) -> Finder:
    """What finds the documents in an *inner* list of each thing in a person's *outer* list."""

    async def found(desk: Desk, me: PersonId) -> Sequence[str]:
        things = await desk.store.ids(outer.of(me), limit=EVERY)
        return [id for thing in things for id in await desk.store.ids(inner.of(thing), limit=EVERY)]

    return found


def _own(document: Any, me: PersonId) -> bool:
    return True


def _no_more(document: Any, me: PersonId) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What of some documents goes into the export of one person's data, under a *name*.

    Of those that are *found* it is the ones that are the person's (*is_own*): whole, or *only* these fields,
    where another person's words or name stand beside them. *also* adds what depends on who the person is.
    """

    name: str
    document: type[Document]
    found: Finder
    only: tuple[str, ...] = ()
    is_own: Callable[[Any, PersonId], bool] = _own
    also: Callable[[Any, PersonId], Mapping[str, Any]] = _no_more

    def part(self, document: Document, me: PersonId) -> dict[str, Any]:
        """What of a document is exported, as JSON has it."""
        shown = document.model_dump(mode="json", include=set(self.only) or None)
        return {**shown, **self.also(document, me)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What a feature stores and does.

    *documents* are its kinds of document, *cards* those of its cards that are no document's own. *agenda*
    says what does each of its entries; those *by_program* need more than a desk, and the running program does
    them. *errors* are the refusals that it alone raises. A person's own are the documents under their id
    (*personal*) and all that stand in their lists of *belongings*: when they have left, these are dropped.
    Before that, who asks to be erased takes part in nothing any more, by *partings*. These documents, and
    *exports*, are in an export of a person's data; *left_out* says of the others why they are not. *policy*
    is its own section of `policy:` in the manifest. *ties* find who was there for a person, for their board.
    *before_search* looks at a request before people are sought for it. *separations* end or free what two
    people have together who are never to be matched now, *departures* what somebody has begun who left.
    """

    name: str
    documents: tuple[type[Document], ...] = ()
    cards: tuple[CardKind, ...] = ()
    agenda: Mapping[AgendaKind, Handler] = field(default_factory=dict)
    by_program: tuple[AgendaKind, ...] = ()
    errors: tuple[type[Refusal], ...] = ()
    personal: tuple[type[Document], ...] = ()
    belongings: Mapping[ListName, type[Document]] = field(default_factory=dict)
    policy: Section[Any] | None = None
    before_search: FirstLook | None = None
    partings: tuple[Parting, ...] = ()
    exports: tuple[Exported, ...] = ()
    left_out: Mapping[type[Document], str] = field(default_factory=dict)
    ties: tuple[TieFinder, ...] = ()
    separations: tuple[Separation, ...] = ()
    departures: tuple[Departure, ...] = ()

    @property
    def exported(self) -> tuple[Exported, ...]:
        """All that it has in an export: what is one person's alone, and the rest."""
        own = (Exported(name=kind.kind, document=kind, found=under_own_id) for kind in self.personal)
        listed = (
            Exported(name=kind.kind, document=kind, found=in_lists(name))
            for name, kind in self.belongings.items()
        )
        return (*own, *listed, *self.exports)


class Features:
    """All features together; raises Undeclared where two claim the same name, or one is not what it says."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self.all = tuple(features)
        self.documents = once("document", [(kind.kind, kind) for each in self.all for kind in each.documents])
        self.cards: Mapping[str, CardKind] = once(
            "card", [(str(card), card) for each in self.all for card in each.cards]
        )
        self.agenda: Mapping[str, Handler] = once(
            "agenda entry", [(str(kind), do) for each in self.all for kind, do in each.agenda.items()]
        )
        self.by_program: Mapping[str, AgendaKind] = once(
            "agenda entry", [(str(kind), kind) for each in self.all for kind in each.by_program]
        )
        self.errors: Mapping[str, type[Refusal]] = once(
            "refusal", [(full_name(error), error) for each in self.all for error in each.errors]
        )
        self.exported: Mapping[str, Exported] = once(
            "export", [(part.name, part) for each in self.all for part in each.exported]
        )
        left_out = [item for each in self.all for item in each.left_out.items()]
        self.left_out: Mapping[str, str] = once(
            "left out of exports", [(kind.kind, why) for kind, why in left_out]
        )
        self.sections: Mapping[str, Section[Any]] = once(
            "section of policy", [(each.policy.name, each.policy) for each in self.all if each.policy]
        )
        self._check()
        self._check_exports()
        self._check_sections()
        self.policy = with_sections(self.sections.values())

    @property
    def unsaid(self) -> frozenset[str]:
        """The documents of which no feature says what of them is in an export, or why they are not."""
        shown = {part.document.kind for part in self.exported.values()}
        return frozenset(self.documents.keys() - shown - self.left_out.keys())

    @property
    def belongings(self) -> Belongings:
        """What is one person's alone."""
        return Belongings(
            tuple(kind for each in self.all for kind in each.personal),
            {name: kind for each in self.all for name, kind in each.belongings.items()},
        )

    @property
    def ties(self) -> tuple[TieFinder, ...]:
        """What finds who was there for a person."""
        return tuple(find for each in self.all for find in each.ties)

    @property
    def first_looks(self) -> tuple[FirstLook, ...]:
        """What looks at a request before people are sought for it."""
        return tuple(each.before_search for each in self.all if each.before_search)

    @property
    def separations(self) -> tuple[Separation, ...]:
        """What ends or frees what two people have together who are to be kept apart."""
        return tuple(end for each in self.all for end in each.separations)

    @property
    def departures(self) -> tuple[Departure, ...]:
        """What ends what somebody has begun who left."""
        return tuple(end for each in self.all for end in each.departures)

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
        for kind, handler in (entry for each in self.all for entry in each.agenda.items()):
            check_done_by(kind, handler)
        if twice := self.agenda.keys() & self.by_program.keys():
            raise Undeclared(f"agenda entry {min(twice)}: done both by a feature and by the program")
        if lost := {card.document for card in self.cards.values()} - self.documents.keys() - {""}:
            raise Undeclared(f"card of a document that no feature has: {min(lost)}")
        if clash := self.cards.keys() & self.documents.keys():
            raise Undeclared(f"card {min(clash)}: there is a document of that name")

    def _check_exports(self) -> None:
        shown = {part.document.kind for part in self.exported.values()}
        if strange := (shown | self.left_out.keys()) - self.documents.keys():
            raise Undeclared(f"export of {min(strange)}: no feature has such a document")
        if both := shown & self.left_out.keys():
            raise Undeclared(f"export of {min(both)}: it is left out, too")
        for part in self.exported.values():
            if unknown := set(part.only) - part.document.model_fields.keys():
                raise Undeclared(f"export {part.name}: {part.document.kind} has no field {min(unknown)}")
        saying = [each for each in self.all if each.exports or each.left_out]
        if unsaid := self.unsaid & {kind.kind for each in saying for kind in each.documents}:
            raise Undeclared(f"document {min(unsaid)}: is it in an export, or left out, and why?")

    def _check_sections(self) -> None:
        if taken := self.sections.keys() & Policy.model_fields.keys():
            raise Undeclared(f"section of policy {min(taken)}: there is a key of that name")
        for section in self.sections.values():
            for name, rule in section.rules.model_fields.items():
                if rule.is_required() or not rule.description:
                    raise Undeclared(f"policy {section.name}.{name}: it needs a default, and its reason")


def timeless(do: Callable[[Desk, Any, Due], Awaitable[Any]]) -> Handler:
    """The handler of an entry that is done alike at any time."""

    @wraps(do)
    async def handler(desk: Desk, thing: Any, now: datetime, due: Due) -> None:
        await do(desk, thing, due)

    return handler


def of_workspace(do: Callable[[Desk, datetime, Due], Awaitable[Any]]) -> Handler:
    """The handler of an entry that is about the whole workspace."""

    @wraps(do)
    async def handler(desk: Desk, thing: Any, now: datetime, due: Due) -> None:
        await do(desk, now, due)

    return handler


def once(what: str, named: Iterable[tuple[K, V]]) -> dict[K, V]:
    """Things by their names, in the order given; raise Undeclared where a name stands for two."""
    found: dict[K, V] = {}
    for name, thing in named:
        if name in found:
            raise Undeclared(f"{what} {name}: declared twice")
        found[name] = thing
    return found


def full_name(named: Any) -> str:
    """The name of a class or function, with that of its module before it."""
    return f"{named.__module__}.{named.__qualname__}"


def check_done_by(kind: AgendaKind, handler: Callable[..., Any]) -> None:
    """Raise Undeclared where an entry is not done by the function that its kind names."""
    done_by = full_name(handler)
    if kind.done_by != done_by:
        raise Undeclared(f"agenda entry {kind}: {done_by} does it, and its kind says {kind.done_by}")

"""The names under which things are stored: each is defined once, beside the document that it is about.

All are words, so that what an earlier release stored is found under them; their values never change.
"""

from collections.abc import Mapping
from typing import Self


class ListName(str):
    """A list in which documents stand, newest first; as a rule one for each person: `SESSIONS.of(me)`."""

    __slots__ = ()

    def of(self, whose: str) -> str:
        """The list of one person or thing."""
        return f"{self}:{whose}"


class AgendaKind(str):
    """What an entry of the agenda asks for; *done_by* is the function that does it, as the start checks."""

    done_by: str

    def __new__(cls, name: str, done_by: str) -> Self:
        """Name a kind and the function that does it, as `package.module.function`."""
        kind = super().__new__(cls, name)
        kind.done_by = done_by
        return kind


class CardKind(str):
    """A kind of card that is no document's own, with the kind of *document* that it is drawn from.

    What is *numbered* ends in `.<number>`. Without a document it is of its reader: it goes with the person
    who sees it, who may not have been met yet.
    """

    document: str
    numbered: bool

    def __new__(cls, name: str, document: str = "", *, numbered: bool = False) -> Self:
        """Name a kind of card and the kind of document that it belongs to."""
        kind = super().__new__(cls, name)
        kind.document, kind.numbered = document, numbered
        return kind

    def of(self, id: str, number: int | None = None) -> str:
        """The thing that is shown, as `Show` takes it."""
        return f"{self}:{id}" if number is None else f"{self}:{id}.{number}"


HOME = CardKind("home")  # the Home tab, which has no id
IN_PARTS = frozenset({"said"})  # a document's own card, of which there may be several: `said:<id>/<number>`


class Owners:
    """Finds the document that a card belongs to: it comes after it and is dropped with it.

    *cards* are those that are no document's own.
    """

    def __init__(self, cards: Mapping[str, CardKind]) -> None:
        self._cards = cards

    def of(self, thing: str, to: str) -> str:
        """`<kind>:<id>` of the document that a card of *thing*, shown to *to*, belongs to."""
        name, _, id = thing.partition(":")
        card = self._cards.get(name)
        if card is None:
            return f"{name}:{id.partition('/')[0] if name in IN_PARTS else id}"
        if not card.document:
            return f"person:{to}"
        return f"{card.document}:{id.rpartition('.')[0] if card.numbered else id}"

    def outlive(self, thing: str) -> bool:
        """Whether a card may be there without its owner, as a Home tab of someone not met yet."""
        card = self._cards.get(thing.partition(":")[0])
        return card is not None and not card.document

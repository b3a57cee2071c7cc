"""The names under which things are stored: each is defined once, beside the document that it is about.

All are words, so that what an earlier release stored is found under them; their values never change.
"""

from typing import Self


class ListName(str):
    """A list in which documents stand, newest first; as a rule one for each person: `SESSIONS.of(me)`."""

    __slots__ = ()

    def of(self, whose: str) -> str:
        """Return the list of one person or thing."""
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
    """A kind of card that is no document's own; *of* is the kind of document that it is drawn from.

    What is *numbered* ends in `.<number>`. One that is of its *reader* is drawn of no document, and goes with
    the person who sees it, who may not have been met yet.
    """

    document: str
    numbered: bool

    def __new__(cls, name: str, document: str, *, numbered: bool = False) -> Self:
        """Name a kind of card and the kind of document that it belongs to."""
        kind = super().__new__(cls, name)
        kind.document, kind.numbered = document, numbered
        return kind

    def of(self, id: str, number: int | None = None) -> str:
        """Return the thing that is shown, as `Show` takes it."""
        return f"{self}:{id}" if number is None else f"{self}:{id}.{number}"

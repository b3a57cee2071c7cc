"""What a decision reads: documents as they were at one moment, each with the version it had."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from mentoring.errors import NotFound
from mentoring.store import Key
from mentoring.values import Document

D = TypeVar("D", bound=Document)


class Unread(BaseException):
    """A decision asks for what was not loaded: fetch it and decide again. Never leaves storage."""

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__()
        self.keys = tuple(keys)


@dataclass(frozen=True, slots=True)
class Held:
    """A document as it was read: version 0 and no text where there is none."""

    version: int
    text: str | None

    @classmethod
    def parse(cls, value: str | None) -> "Held":
        """Return what a stored value holds."""
        if value is None:
            return ABSENT
        version, _, text = value.partition(" ")
        return cls(int(version), text)


ABSENT = Held(0, None)


class Reading:
    """A Snapshot of the documents that were loaded; *used* are those that the decision did read."""

    def __init__(self, held: Mapping[Key, Held]) -> None:
        self.held = held
        self.used: set[Key] = set()
        self._documents: dict[Key, Document | None] = {}

    def get(self, type: type[D], id: str, /) -> D:
        """Return a document, or raise NotFound."""
        found = self.find(type, id)
        if found is None:
            raise NotFound(type.kind, id)
        return found

    def find(self, type: type[D], id: str, /) -> D | None:
        """Return a document, or None."""
        key = Key(type, id)
        if key not in self._documents:
            self._documents[key] = self._document(key)
        return cast(D | None, self._documents[key])

    def all(self, type: type[D], ids: Iterable[str], /) -> list[D]:
        """Return those of the documents that there are, in the order of *ids*; all are read at once."""
        wanted = list(ids)
        self.need(Key(type, id) for id in wanted)
        return [found for id in wanted if (found := self.find(type, id)) is not None]

    def need(self, keys: Iterable[Key]) -> None:
        """Count these as read; raise Unread when one of them was not loaded."""
        wanted = list(keys)
        self.used.update(wanted)
        missing = [key for key in wanted if key not in self.held]
        if missing:
            raise Unread(missing)

    def _document(self, key: Key) -> Document | None:
        self.need([key])
        text = self.held[key].text
        return None if text is None else key.type.model_validate_json(text)

"""What a decision reads: documents as they were at one moment, each with the version it had."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from pydantic import ValidationError

from kernel.errors import NotFound, Unreadable
from kernel.store import Key
from kernel.values import Document

D = TypeVar("D", bound=Document)


class Unread(BaseException):
    """A decision asks for what was not loaded: fetch it and decide again. Never leaves storage."""

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__()
        self.keys = tuple(keys)


@dataclass(frozen=True, slots=True)
class VersionedDocument:
    """A document as it was read: version 0 and no text where there is none."""

    version: int
    text: str | None

    @classmethod
    def parse(cls, value: str | None) -> "VersionedDocument":
        """What a stored value holds."""
        if value is None:
            return ABSENT
        version, _, text = value.partition(" ")
        return cls(int(version), text)

    def document(self, key: Key) -> Document | None:
        """What is stored, None where nothing is; raise Unreadable where this release can't read it."""
        if self.text is None:
            return None
        try:
            return key.type.model_validate_json(self.text)
        except ValidationError as error:
            raise Unreadable(key.type.kind, key.id) from error


ABSENT = VersionedDocument(0, None)


class Reading:
    """A Snapshot of the documents that were loaded; *used* are those that the decision did read.

    *skipped* is told of each that `all` had to leave out, since a newer release wrote it.
    """

    def __init__(
        self, held: Mapping[Key, VersionedDocument], skipped: Callable[[Key], None] = lambda _key: None
    ) -> None:
        self.held = held
        self._skipped = skipped
        self.used: set[Key] = set()
        self._documents: dict[Key, Document | None] = {}

    def get(self, type: type[D], id: str, /) -> D:
        """A document, or raise NotFound, or Unreadable."""
        found = self.find(type, id)
        if found is None:
            raise NotFound(type.kind, id)
        return found

    def find(self, type: type[D], id: str, /) -> D | None:
        """A document, or None; raise Unreadable where a newer release wrote it."""
        key = Key(type, id)
        if key not in self._documents:
            self._documents[key] = self._document(key)
        return cast(D | None, self._documents[key])

    def all(self, type: type[D], ids: Iterable[str], /) -> list[D]:
        """Those of the documents that can be read, in the order of *ids*; all are read at once."""
        wanted = list(ids)
        self.need(Key(type, id) for id in wanted)
        return [found for id in wanted if (found := self._readable(type, id)) is not None]

    def need(self, keys: Iterable[Key]) -> None:
        """Count these as read; raise Unread when one of them was not loaded."""
        wanted = list(keys)
        self.used.update(wanted)
        missing = [key for key in wanted if key not in self.held]
        if missing:
            raise Unread(missing)

    def _readable(self, type: type[D], id: str) -> D | None:
        try:
            return self.find(type, id)
        except Unreadable:
            self._skipped(Key(type, id))
            return None

    def _document(self, key: Key) -> Document | None:
        self.need([key])
        return self.held[key].document(key)

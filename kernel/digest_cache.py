"""Results of reading that are asked for again and again, kept without the words that were read."""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from os import urandom
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """What was made of texts lately, by digest: nobody's words stay in memory. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._key = urandom(16)
        self._made: OrderedDict[bytes, T] = OrderedDict()

    def made_of(self, texts: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what was made of *texts* before, or what *make* returns now; of too many the oldest goes."""
        parts = "\0".join(texts).encode("utf-8", "surrogatepass")
        digest = blake2b(parts, digest_size=16, key=self._key).digest()
        if (found := self._made.get(digest)) is not None:
            return found
        made = self._made[digest] = make()
        if len(self._made) > self._most:
            self._made.popitem(last=False)
        return made

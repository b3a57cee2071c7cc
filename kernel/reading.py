"""Reading what people wrote: beside the event loop, so that everybody else is answered, and once where it is
asked for again and again."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from os import urandom
from typing import Generic, TypeVar

T = TypeVar("T")
SHORT = 400  # characters, which are read in less than 5 ms; a thread would take longer than most of them


async def aside(reading: Callable[..., T], *texts: str, is_quick: bool = True) -> T:
    """What *reading* makes of texts: at once where they are short and it is quick, else in a thread."""
    is_short = sum(map(len, texts)) <= SHORT
    return reading(*texts) if is_short and is_quick else await asyncio.to_thread(reading, *texts)


class Remembered(Generic[T]):
    """What was made of texts lately, by digest: nobody's words stay in memory. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._key = urandom(16)
        self._made: OrderedDict[bytes, T] = OrderedDict()

    def made_of(self, texts: tuple[str, ...], make: Callable[[], T]) -> T:
        """What was made of *texts* before, or what *make* returns now; of too many the oldest goes."""
        parts = "\0".join(texts).encode("utf-8", "surrogatepass")
        digest = blake2b(parts, digest_size=16, key=self._key).digest()
        with suppress(KeyError):
            return self._made[digest]
        made = self._made[digest] = make()
        if len(self._made) > self._most:
            self._made.popitem(last=False)
        return made

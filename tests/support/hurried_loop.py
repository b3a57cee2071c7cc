"""A loop whose time jumps to its next timer: how long somebody would wait is counted, and not waited."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

LEAST = 0.05  # real seconds in which something that is under way may come in first


@contextmanager
def hurried() -> Iterator[Callable[[], float]]:
    """Hurry the running loop until the block ends; yields what says how many seconds would have passed.

    Only waiting counts: what the machine does meanwhile, or how long it is kept from it, does not.
    """
    loop: Any = asyncio.get_running_loop()
    select, began, passed = loop._selector.select, loop.time(), 0.0

    def jump(seconds: float | None) -> Any:
        nonlocal passed
        found = select(min(seconds, LEAST) if seconds else seconds)
        if not found and seconds:
            passed += seconds
        return found

    loop._selector.select, loop.time = jump, lambda: began + passed
    try:
        yield lambda: passed
    finally:
        del loop._selector.select, loop.time

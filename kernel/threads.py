"""Reading beside the event loop: while a long text is read in a thread, everybody else is answered."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
SHORT = 400  # characters, which are read in less than 5 ms; a thread would take longer than most of them


async def aside(reading: Callable[..., T], *texts: str, is_quick: bool = True) -> T:
    """What *reading* makes of texts: at once where they are short and it is quick, else in a thread."""
    is_short = sum(map(len, texts)) <= SHORT
    return reading(*texts) if is_short and is_quick else await asyncio.to_thread(reading, *texts)

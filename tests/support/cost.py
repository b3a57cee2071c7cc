"""What work costs the processor, for tests that compare one cost with another and never with a clock."""

import time
from collections.abc import Callable


def cost(work: Callable[[], object], times: int = 5) -> float:
    """Return the least seconds of the processor of some tries: others may have it meanwhile."""
    return min(_once(work) for _ in range(times))


def stays_below(limit: float, work: Callable[[], object], times: int = 5) -> bool:
    """Return whether work takes less than so many seconds of the processor, at one of some tries."""
    return any(_once(work) < limit for _ in range(times))


def _once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began

"""How what work costs the processor grows: one cost is compared with another, never with a clock."""

import time
from collections.abc import Callable

LEAST = 0.005  # seconds of the processor; below it, what a smaller work costs says nothing
AT_LEAST, AT_MOST = (
    3,
    15,
)  # tries: one slow try of the smaller work excuses nothing, nor does one of the larger


def grows_at_most(times: float, small: Callable[[], object], large: Callable[[], object]) -> bool:
    """Whether the larger work costs at most so many times what the smaller one does.

    The two are tried in turns, and the least of each is compared: what else the machine does weighs on both.
    Where the larger work costs so little that no cost of the smaller one could matter, it is tried alone.
    """
    cheap, dear = float("inf"), _once(large)
    for tried in range(1, AT_MOST + 1):
        if dear <= times * LEAST or (tried > AT_LEAST and dear <= times * cheap):
            return True
        cheap, dear = min(cheap, _once(small)), min(dear, _once(large))
    return False


def _once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began

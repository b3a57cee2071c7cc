"""What came of a study of a workspace's past; apart from how it is done, which takes large libraries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kernel.desk import Desk
from matching.learning.learned import Refit
from matching.learning.memory import Memory

FEWEST_OUTCOMES, FEWEST_ASKS = 20, 50


@dataclass(frozen=True, slots=True)
class Study:
    """What came of it: a memory, from how much, and how the weights fared on the latest outcomes.

    *ranks* and *guesses* say whether there was enough to rank by, and to find topics by.
    """

    memory: Memory
    asks: int = 0
    outcomes: int = 0
    ranks: bool = False
    guesses: bool = False
    refit: Refit | None = None


class Studying(Protocol):
    """Whoever goes through a past: `mentoring.learning.training.study`."""

    async def __call__(
        self, desk: Desk, used: Memory, now: datetime, told: Callable[[int], object], /
    ) -> Study:
        """What the past up to *now* teaches, beginning with the weights in *used*."""

"""How long people wait for someone to accept, counting those who still wait (Kaplan and Meier 1958)."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

ENOUGH = 10
USUALLY = 0.5


@dataclass(frozen=True, slots=True)
class WaitSoFar:
    """The minutes from an ask to its acceptance, or so far where nobody accepted."""

    minutes: float
    is_over: bool


@dataclass(frozen=True, slots=True)
class SurvivalStep:
    """The share still waiting after some minutes."""

    minutes: float
    waiting: float


def curve(waits: Iterable[WaitSoFar]) -> list[SurvivalStep]:
    """The share still waiting after each acceptance; an open ask counts until it was last seen."""
    ordered = sorted(waits, key=lambda wait: wait.minutes)
    left, waiting, steps = len(ordered), 1.0, []
    for minutes, group in groupby(ordered, key=lambda wait: wait.minutes):
        together = list(group)
        over = sum(wait.is_over for wait in together)
        if over:
            waiting *= 1 - over / left
            steps.append(SurvivalStep(minutes, waiting))
        left -= len(together)
    return steps


def expected_wait(waits: Iterable[WaitSoFar], share: float = USUALLY) -> float | None:
    """Within how many minutes *share* of asks are accepted, or None where that would be a guess.

    A guess: fewer than ten acceptances, or fewer of all asks accepted than *share*.
    """
    known = list(waits)
    if sum(wait.is_over for wait in known) < ENOUGH:
        return None
    return next((step.minutes for step in curve(known) if step.waiting <= 1 - share + 1e-9), None)

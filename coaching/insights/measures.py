"""Measures of one's own data, each with its source: intervals and effective numbers, no verdicts. Pure."""

import math
from collections.abc import Collection, Iterable, Sequence

from matching.learning.survival import WaitSoFar, curve

Z95 = 1.959964


def wilson(done: int, of: int, z: float = Z95) -> tuple[float, float]:
    """The interval of a proportion by Wilson (1927), 95 % by default; *of* is at least one."""
    share, square = done / of, z * z
    centre = (share + square / (2 * of)) / (1 + square / of)
    half = z / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, centre - half), min(1.0, centre + half)


def median_time(times: Iterable[tuple[float, bool]]) -> float | None:
    """The Kaplan–Meier (1958) median of times, each with whether it is over; None below half."""
    steps = curve(WaitSoFar(minutes, is_over) for minutes, is_over in times)
    return next((step.minutes for step in steps if step.waiting <= 0.5 + 1e-9), None)


def hill_number(counts: Collection[int]) -> float:
    """How many kinds, all as common as each other, would be as diverse; 0 where nothing is counted.

    exp of Shannon's entropy, the Hill number of order 1 (Hill 1973, Ecology 54:427–432; Jost 2006, Oikos
    113:363–375).
    """
    total = sum(counts)
    return math.exp(-sum(n / total * math.log(n / total) for n in counts if n)) if total else 0.0


def evenness(counts: Sequence[int]) -> float:
    """How evenly kinds are spread, ln of the effective number over ln of the number (Pielou 1966)."""
    kinds = sum(1 for n in counts if n)
    return math.log(hill_number(counts)) / math.log(kinds) if kinds > 1 else 1.0


def herfindahl(counts: Sequence[int]) -> float:
    """The Herfindahl index, the sum of squared shares: 1 where all is with one; 0 of nothing."""
    total = sum(counts)
    return sum((n / total) ** 2 for n in counts) if total else 0.0


def brier(forecasts: Sequence[tuple[float, bool]]) -> float:
    """The mean squared error of chances against what happened (Brier 1950), at least one of them."""
    return sum((chance - happened) ** 2 for chance, happened in forecasts) / len(forecasts)

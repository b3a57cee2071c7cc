"""The formulas behind a person's insights: small samples, so intervals and not verdicts. Pure."""

from collections.abc import Sequence
from math import exp, log, sqrt
from statistics import fmean

Z95 = 1.959964


def wilson(done: int, of: int, z: float = Z95) -> tuple[float, float]:
    """Return the Wilson score interval of a share, 95 % by default (E. B. Wilson, 1927); *of* above 0."""
    share, bend = done / of, z * z / of
    middle = (share + bend / 2) / (1 + bend)
    half = z * sqrt(share * (1 - share) / of + bend / (4 * of)) / (1 + bend)
    return max(0.0, middle - half), min(1.0, middle + half)


def median_time(times: Sequence[tuple[float, bool]]) -> float | None:
    """Return the Kaplan–Meier median of (time, happened) pairs; what has not happened yet is censored.

    None when fewer than half have happened, so that no median can be said (E. L. Kaplan and P. Meier, 1958).
    """
    surviving = 1.0
    for time in sorted({time for time, happened in times if happened}):
        at_risk = sum(other >= time for other, _ in times)
        events = sum(happened and other == time for other, happened in times)
        surviving *= 1 - events / at_risk
        if surviving <= 0.5:
            return time
    return None


def effective_number(counts: Sequence[int]) -> float:
    """Return exp(H), the Hill number of order 1: how many equally common kinds would be as varied."""
    total = sum(counts)
    return exp(-sum(count / total * log(count / total) for count in counts if count))


def evenness(counts: Sequence[int]) -> float:
    """Return H / ln K of the K kinds that occur, from 0 to 1; a single kind is even."""
    kinds = [count for count in counts if count]
    return log(effective_number(kinds)) / log(len(kinds)) if len(kinds) > 1 else 1.0


def herfindahl(counts: Sequence[int]) -> float:
    """Return the Herfindahl index: the sum of squared shares; 1 means all with one."""
    total = sum(counts)
    return sum((count / total) ** 2 for count in counts)


def dependency(asked_by_helper: Sequence[int], solved_alone: int) -> float:
    """Return reliance (asked of asked and solved alone) times concentration on few helpers, from 0 to 1."""
    asked = sum(asked_by_helper)
    return asked / (asked + solved_alone) * herfindahl(asked_by_helper)


def brier(forecasts: Sequence[tuple[float, bool]]) -> float:
    """Return the mean squared error of (chance, happened) forecasts; 0 is perfect (G. W. Brier, 1950)."""
    return fmean((chance - happened) ** 2 for chance, happened in forecasts)


def overconfidence(forecasts: Sequence[tuple[float, bool]]) -> float:
    """Return the mean stated chance less the share that happened: above 0 is too sure."""
    return fmean(chance for chance, _ in forecasts) - fmean(happened for _, happened in forecasts)

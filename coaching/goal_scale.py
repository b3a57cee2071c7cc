"""Goal attainment scaling: a goal in five levels, written before the work, and the T-score of the result.

Source: T. J. Kiresuk and R. E. Sherman, 1968.
"""

from collections.abc import Sequence
from datetime import date
from math import sqrt

from pydantic import Field

from mentoring.values import Value

LOWEST, HIGHEST = -2, 2
RHO = 0.3


class GoalScale(Value):
    """What will be seen, how it is measured, and the five levels from −2 (much less) to +2 (much more)."""

    behaviour: str = Field(min_length=1, max_length=500)
    measure: str = Field(default="", max_length=500)
    baseline: str = Field(default="", max_length=500)
    levels: tuple[str, str, str, str, str]
    by: date | None = None

    def level(self, number: int) -> str:
        """Return the words of a level from −2 to +2."""
        return self.levels[number - LOWEST]


def t_score(levels: Sequence[float], weights: Sequence[float] | None = None, rho: float = RHO) -> float:
    """Return T = 50 + 10·Σwx / √((1−ρ)Σw² + ρ(Σw)²) of the levels reached, each from −2 to +2.

    50 is "as expected"; *rho* is the assumed correlation between scales. Weights are 1 unless given; at least
    one level, and a weight for each, or ValueError.
    """
    weighed = [1.0] * len(levels) if weights is None else list(weights)
    if not levels or len(weighed) != len(levels):
        raise ValueError("a level for each weight, at least one")
    reached = sum(weight * level for weight, level in zip(weighed, levels, strict=True))
    spread = (1 - rho) * sum(weight**2 for weight in weighed) + rho * sum(weighed) ** 2
    return 50 + 10 * reached / sqrt(spread)

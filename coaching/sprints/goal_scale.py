"""A goal scale: five outcomes from −2 to +2, written before the work starts, and the T-score reached.

Goal attainment scaling: T. J. Kiresuk and R. E. Sherman, Community Mental Health Journal 4 (1968).
"""

from collections.abc import Iterable, Mapping
from itertools import combinations
from math import sqrt
from typing import Literal, Self, cast, get_args

from kernel.errors import Invalid
from kernel.values import Kept

Level = Literal[-2, -1, 0, 1, 2]
LEVELS: tuple[Level, ...] = get_args(Level)
NAMES: Mapping[Level, str] = {-2: "much_less", -1: "less", 0: "expected", 1: "more", 2: "much_more"}
RHO = 0.30
LONGEST = 300


class GoalScale(Kept):
    """What would be seen at each level: 0 is what is expected, + is more, − is less.

    *measure* is how it is seen, *baseline* how things stood when it was written.
    """

    much_less: str
    less: str
    expected: str
    more: str
    much_more: str
    measure: str = ""
    baseline: str = ""

    def words(self, level: Level) -> str:
        """What a level says."""
        return cast(str, getattr(self, NAMES[level]))

    def tidied(self) -> Self:
        """A copy without stray blanks."""
        return self.model_copy(update=self._texts())

    def problems(self) -> list[Invalid]:
        """What is empty, too long, or said twice."""
        texts = self._texts()
        long = [Invalid(name, "too_long", limit=LONGEST) for name in texts if len(texts[name]) > LONGEST]
        empty = [Invalid(name, "empty") for name in NAMES.values() if not texts[name]]
        twice = [
            Invalid(second, "same_level")
            for first, second in combinations(NAMES.values(), 2)
            if texts[first] and texts[first].casefold() == texts[second].casefold()
        ]
        return [*long, *empty, *twice]

    def _texts(self) -> dict[str, str]:
        return {
            name: " ".join(getattr(self, name).split()) for name in (*NAMES.values(), "measure", "baseline")
        }


def as_level(number: int) -> Level:
    """A number as a level, or refuse it."""
    found: Level | None = next((level for level in LEVELS if level == number), None)
    if found is None:
        raise Invalid("level", "unknown")
    return found


def t_score(reached: Iterable[tuple[int, float]], rho: float = RHO) -> float | None:
    """T = 50 + 10·Σwx / √((1−ρ)Σw² + ρ(Σw)²) of levels with their weights, or None without any.

    50 is everything as expected. *rho* is the assumed correlation between the goals of one person.
    """
    goals = list(reached)
    total = sum(weight for _, weight in goals)
    if total <= 0:
        return None
    spread = (1 - rho) * sum(weight**2 for _, weight in goals) + rho * total**2
    return 50 + 10 * sum(weight * level for level, weight in goals) / sqrt(spread)

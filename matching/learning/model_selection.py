"""Whether what was learned ranks, or the declared profile alone: the one that foretold outcomes better."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from matching.decayed_counts import Floats

KEEP, DOUBT, LEAD = 0.99, 0.05, 2.0


@dataclass(frozen=True, slots=True)
class Trust:
    """The log odds of what was learned against the declared profile, from whom each gave a chance to help.

    They fade by *KEEP* an outcome, so that about the last hundred count. A share *DOUBT* of every chance is
    spread over all candidates: one surprise alone decides little.
    """

    odds: float = 0.0

    @property
    def is_earned(self) -> bool:
        """Whether what was learned leads seven to one; without outcomes it does not."""
        return self.odds >= LEAD

    def after(self, declared: Floats, learned: Floats, chosen: int) -> Self:
        """Take in which of the candidates it was, who had these scores by each way."""
        gained = _log_chance(learned, chosen) - _log_chance(declared, chosen)
        return type(self)(KEEP * self.odds + gained)


def _log_chance(scores: Floats, chosen: int) -> float:
    grown = np.exp(scores - scores.max())
    return float(np.log((1 - DOUBT) * grown[chosen] / grown.sum() + DOUBT / len(scores)))

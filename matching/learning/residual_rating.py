"""What evidence leaves unsaid about each person, learned one outcome after another, as in an Elo rating."""

from collections.abc import Mapping, Sequence

import numpy as np

from matching.decayed_counts import Floats

PACE, KEEP = 0.07, 0.999


class Standings:
    """A number a person, near zero for thin records.

    Whoever turned out to help gains what the ranking did not expect; the other candidates lose what it did.
    All fade by *keep* an outcome.
    """

    def __init__(
        self, values: Mapping[str, float] | None = None, pace: float = PACE, keep: float = KEEP
    ) -> None:
        self._values = dict(values or {})
        self._pace, self._keep, self._scale = pace, keep, 1.0

    def of(self, people: Sequence[str]) -> Floats:
        """The standings of *people*, in their order; 0 of those of whom nothing is known."""
        known = self._values
        return np.array([known.get(id_, 0.0) for id_ in people], dtype=np.float64) * self._scale

    def settle(self, people: Sequence[str], scores: Floats, chosen: int) -> None:
        """Learn which of the candidates it was, whose scores had been these."""
        grown = np.exp(scores - scores.max())
        surprise = -grown / grown.sum()
        surprise[chosen] += 1
        self._scale *= self._keep
        for id_, gained in zip(people, (self._pace / self._scale * surprise).tolist(), strict=True):
            self._values[id_] = self._values.get(id_, 0.0) + gained

    def values(self) -> dict[str, float]:
        """Every standing, to be kept and begun from again."""
        return {id_: value * self._scale for id_, value in self._values.items()}

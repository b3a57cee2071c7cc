"""How unevenly something is shared out among people."""

from collections.abc import Sequence


def gini(loads: Sequence[float]) -> float:
    """Return the Gini coefficient: 0 where all carry the same or nothing, near 1 where one carries all."""
    total, count = sum(loads), len(loads)
    if not total:
        return 0.0
    ranked = sum((2 * place - count - 1) * load for place, load in enumerate(sorted(loads), 1))
    return ranked / (count * total)

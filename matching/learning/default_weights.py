"""Weights to begin with, fitted once to public records of who answered what.

Fitted on three question-and-answer sites together (docs/matching.md); the first is that of declared topics,
and stays at one: those sites have no profiles. The last is that of standings, where each site begins.
"""

from matching.values import ReasonKind

DECLARED_WEIGHT = STANDING_WEIGHT = 1.0
# fmt: off
WEIGHTS: dict[ReasonKind, tuple[float, ...]] = {
    ReasonKind.ANSWERED: (
        0.010, -0.021, -0.011, -0.003, -0.070, 0.130, 0.024, 0.087, 0.255, 0.073, -0.096, -0.222,
        0.037, 0.120, 0.183,
    ),
    ReasonKind.SIMILAR: (
        0.238, 0.045, 0.219, -0.089, 0.018, -0.243, 0.054, 0.048, -0.007, 0.442, 1.760, 2.395,
        -0.257,
    ),
    ReasonKind.ACTIVE: (
        0.017, 0.114, 0.217, 0.119, -0.007, 0.604, 0.159, -0.196, 0.121, -0.367, -0.285, -0.621,
        0.031, -0.303,
    ),
    ReasonKind.RELIABLE: (
        0.494, 0.086, -0.161,
    ),
    ReasonKind.RHYTHM: (
        0.081, 0.143, 0.217, -0.011, 0.022, 0.022, 0.209, 0.369, 0.152,
    ),
    ReasonKind.PAIR: (
        0.370,
    ),
}
# fmt: on
DEFAULT_WEIGHTS = (
    DECLARED_WEIGHT,
    *(weight for weights in WEIGHTS.values() for weight in weights),
    STANDING_WEIGHT,
)

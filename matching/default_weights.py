"""Weights to begin with, fitted once to public records of who answered what.

Fitted on three question-and-answer sites together (docs/matching.md); the first is that of declared topics,
and stays at one: those sites have no profiles.
"""

from matching.values import ReasonKind

DECLARED_WEIGHT = 1.0
# fmt: off
WEIGHTS: dict[ReasonKind, tuple[float, ...]] = {
    ReasonKind.ANSWERED: (
        0.025, -0.037, -0.016, 0.000, -0.105, 0.126, 0.078, 0.145, 0.157, 0.002, -0.169, -0.320,
        0.045, 0.139, 0.155,
    ),
    ReasonKind.SIMILAR: (
        0.274, 0.069, 0.218, -0.027, 0.180, -0.192, -0.019, 0.077, -0.006, 0.450,
    ),
    ReasonKind.ACTIVE: (
        0.050, 0.107, 0.202, 0.169, -0.078, 0.198, 0.201, -0.149, 0.080, -0.216, -0.323, -0.834,
        -0.013, -0.432,
    ),
    ReasonKind.RELIABLE: (
        0.410, 0.021, -0.088,
    ),
    ReasonKind.RHYTHM: (
        0.036, 0.238, 0.392, -0.021, -0.015, -0.051, 0.207, 0.476, -0.031,
    ),
    ReasonKind.PAIR: (
        0.362,
    ),
}
# fmt: on
DEFAULT_WEIGHTS = (DECLARED_WEIGHT, *(weight for weights in WEIGHTS.values() for weight in weights))

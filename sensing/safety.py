"""Whether somebody who writes needs more than a colleague. Pure; runs before anything else reads the text.

It knows phrases, not people: it will miss some, and never decides alone that all is well. It tells nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from importlib.resources import files
from re import Pattern

from sensing.phrases import lines, plain, said, ways, without


class Tier(IntEnum):
    """What has to happen: nothing; stop at once; go on with care; no advice, a professional."""

    NONE = 0
    STOP = 1
    CARE = 2
    PROFESSIONAL = 3


class Category(StrEnum):
    """What a text speaks of, the gravest first."""

    SELF_HARM = "self_harm"
    DANGER = "danger"
    VIOLENCE = "violence"
    HARASSMENT = "harassment"
    DISCRIMINATION = "discrimination"
    DISTRESS = "distress"
    BURNOUT = "burnout"
    LEGAL = "legal"
    MEDICAL = "medical"
    IMMIGRATION = "immigration"
    PAY = "pay"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Finding:
    """The gravest thing a text speaks of, and the words that say so (for tests; they are never kept)."""

    tier: Tier
    category: Category
    evidence: tuple[str, ...] = ()


TIERS: Mapping[Category, Tier] = {
    Category.SELF_HARM: Tier.STOP,
    Category.DANGER: Tier.STOP,
    Category.VIOLENCE: Tier.CARE,
    Category.HARASSMENT: Tier.CARE,
    Category.DISCRIMINATION: Tier.CARE,
    Category.DISTRESS: Tier.CARE,
    Category.BURNOUT: Tier.CARE,
    Category.LEGAL: Tier.PROFESSIONAL,
    Category.MEDICAL: Tier.PROFESSIONAL,
    Category.IMMIGRATION: Tier.PROFESSIONAL,
    Category.PAY: Tier.PROFESSIONAL,
}
CONFIDENTIAL = frozenset({Category.VIOLENCE, Category.HARASSMENT, Category.DISCRIMINATION})
NOTHING = Finding(Tier.NONE, Category.NONE)


def read(text: str) -> Finding:
    """Return the gravest thing that *text* speaks of; the order of Category decides between several."""
    words = without(_ways("harmless"), plain(text))
    for category, tier in TIERS.items():
        evidence = tuple(dict.fromkeys(said(_ways(category), words)))
        if evidence:
            return Finding(tier, category, evidence)
    return NOTHING


@cache
def _ways(name: str) -> Pattern[str]:
    """Return the pattern of a list of phrases, which lies beside this module."""
    return ways(*lines((files("sensing") / "words" / f"{name}.txt").read_text(encoding="utf-8")))

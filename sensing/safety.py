"""Whether somebody who writes needs more than a colleague. Pure; runs before anything else reads the text.

It knows phrases, not people: it will miss some, and never decides alone that all is well. It tells nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from itertools import islice

from sensing.finder import Finder, quoted
from sensing.phrases import phrases
from sensing.wording import CUT, END, Word, normal, words

SHOWN = 8


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
    normalized = normal(text)
    said = _meant([*words(normalized), Word(END, len(normalized), len(normalized))])
    names = _finder().named(said)
    for category, tier in TIERS.items():
        if category in names:
            hits = islice(_finder().hits(said, name=category), SHOWN)
            return Finding(tier, category, quoted(normalized, said, hits))
    return NOTHING


def _meant(said: list[Word]) -> list[Word]:
    """Return the words without harmless sayings ("kill a process"), over which no phrase reaches."""
    harmless = {place for hit in _harmless().hits(said) for place in range(hit.start, hit.stop)}
    if not harmless:
        return said
    return [word._replace(text=CUT) if place in harmless else word for place, word in enumerate(said)]


@cache
def _finder() -> Finder:
    return Finder({category: phrases(category) for category in TIERS})


@cache
def _harmless() -> Finder:
    return Finder({"harmless": phrases("harmless")})

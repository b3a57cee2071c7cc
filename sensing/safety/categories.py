"""What a text may speak of, and what has to happen then."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum


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

"""What going from one way of helping to the next brings: the questions before a talk, and their card."""

from kernel.features import Feature
from relationships.hybrid import preparations
from relationships.hybrid.preparation import (
    FIRST_WORDS,
    FORGET_PREPARATION,
    PREPARATIONS,
    Preparation,
)

FEATURE = Feature(
    name="hybrid",
    documents=(Preparation,),
    cards=(FIRST_WORDS,),
    agenda={FORGET_PREPARATION: preparations.forget},
    belongings={PREPARATIONS: Preparation},
)

"""What going from one way of helping to the next brings: the questions before a talk, and their card."""

from kernel.features import Exported, Feature, in_lists
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
    partings=(preparations.take_back,),
    exports=(
        # Its id would tell whom a talk without names was with.
        Exported(
            name="preparation",
            document=Preparation,
            found=in_lists(PREPARATIONS),
            only=("answers", "ticked", "made_at", "sent_at"),
        ),
    ),
)

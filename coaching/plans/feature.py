"""What plans for two weeks bring: what is stored, what is done later, and what is their person's alone."""

from coaching.plans import plans
from coaching.plans.two_weeks import (
    FORGET_TWO_WEEKS,
    PLANS,
    TWO_WEEKS_NUDGE,
    TWO_WEEKS_OVER,
    TWO_WEEKS_REMIND,
    TwoWeeks,
)
from kernel.features import Feature, timeless

FEATURE = Feature(
    name="plans",
    documents=(TwoWeeks,),
    cards=(TWO_WEEKS_NUDGE,),
    agenda={
        TWO_WEEKS_REMIND: plans.remind,
        TWO_WEEKS_OVER: plans.finish,
        FORGET_TWO_WEEKS: timeless(plans.forget),
    },
    belongings={PLANS: TwoWeeks},
)

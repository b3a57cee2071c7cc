"""What growth plans bring: what is stored, what is done later, and what is one person's alone."""

from kernel.features import Exported as InExport
from kernel.features import Feature, in_lists
from relationships.growth_plan import look_back, serving, sharing
from relationships.growth_plan.goal import GOAL_DAY, GOAL_DUE, GOALS, Goal
from relationships.growth_plan.growth_plan import (
    EXPORT,
    EXPORTED,
    GATHER,
    LOOK_BACK,
    LOOKED_BACK,
    GrowthPlan,
    TooManyGoals,
)
from relationships.growth_plan.served import SERVED, Served
from relationships.growth_plan.shared_version import (
    FORGET_SHARED,
    SHARED_BY,
    SHARED_OVER,
    SHOWN_TO,
    SharedVersion,
)
from relationships.growth_plan.sharing import CannotRead, NotShared

FEATURE = Feature(
    name="growth plans",
    documents=(Goal, GrowthPlan, Served, SharedVersion),
    cards=(GOAL_DAY, LOOKED_BACK, EXPORTED),
    agenda={
        GATHER: serving.gather_nightly,
        LOOK_BACK: look_back.look_back,
        GOAL_DUE: look_back.ask_on_the_day,
        SHARED_OVER: sharing.close,
        FORGET_SHARED: sharing.forget,
    },
    by_program=(EXPORT,),
    errors=(TooManyGoals, CannotRead, NotShared),
    personal=(GrowthPlan,),
    belongings={GOALS: Goal, SERVED: Served, SHARED_BY: SharedVersion},
    partings=(sharing.step_out,),
    exports=(
        InExport(
            name="goals shared by a colleague",
            document=SharedVersion,
            found=in_lists(SHOWN_TO),
            only=("owner_id", "shared_at", "until", "ended_at", "opened", "times"),
        ),
    ),
)

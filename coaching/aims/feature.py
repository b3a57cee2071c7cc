"""What check-ins on an aim bring: what is stored, what is done later, and what is their person's alone."""

from coaching.aims import aims
from coaching.aims.aim_check_ins import AIM_CHECK_INS, ASK_AIM, FORGET_AIM, AimCheckIns
from kernel.features import Feature, timeless

FEATURE = Feature(
    name="aims",
    documents=(AimCheckIns,),
    agenda={ASK_AIM: aims.ask, FORGET_AIM: timeless(aims.forget)},
    belongings={AIM_CHECK_INS: AimCheckIns},
)

"""What the offer of another angle brings: what is stored, and what is done later."""

from kernel.features import Feature
from mentoring.model.request import LOOK_FOR_ANGLE
from relationships.another_angle import angles
from relationships.another_angle.angle import FORGET_ANGLE, LOOK_AGAIN, Angle
from relationships.another_angle.pattern import RULES

FEATURE = Feature(
    name="another angle",
    policy=RULES,
    documents=(Angle,),
    agenda={
        LOOK_FOR_ANGLE: angles.look,
        LOOK_AGAIN: angles.look_again,
        FORGET_ANGLE: angles.forget,
    },
    personal=(Angle,),
    partings=(angles.step_out,),
)

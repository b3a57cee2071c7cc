"""What reverse mentoring brings beside the mentorship that it is: voices of juniors, and their groups."""

from kernel.features import Exported, Feature, in_lists
from relationships.reverse_mentoring import juniors_group, juniors_voice
from relationships.reverse_mentoring.juniors_group import (
    FORGET_GROUP,
    FORGET_GROUP_WISH,
    GROUPS_OF,
    GroupWish,
    JuniorsGroup,
)
from relationships.reverse_mentoring.juniors_voice import FORGET_VOICE, VOICES_OF, JuniorsVoice

FEATURE = Feature(
    name="reverse mentoring",
    documents=(JuniorsVoice, GroupWish, JuniorsGroup),
    agenda={
        FORGET_VOICE: juniors_voice.forget,
        FORGET_GROUP: juniors_group.forget,
        FORGET_GROUP_WISH: juniors_group.forget_wish,
    },
    personal=(GroupWish,),
    belongings={VOICES_OF: JuniorsVoice},
    partings=(juniors_voice.unsay, juniors_group.step_out),
    exports=(
        # Who else is in it is theirs.
        Exported(
            name="juniors-group", document=JuniorsGroup, found=in_lists(GROUPS_OF), only=("id", "made_at")
        ),
    ),
)

"""Reverse mentoring: the group of juniors, and on Home the way there and what juniors say together."""

from handlers.block_kit import blocks
from handlers.block_kit.blocks import Block
from handlers.interactions.conversation import Conversation, HomePart, Overview, drawn
from handlers.reverse_mentoring import group_card, juniors, words
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import MENTORING_UPWARDS
from relationships.reverse_mentoring.feature import FEATURE
from relationships.reverse_mentoring.juniors_group import GROUP_WISH_OF, GroupWish, JuniorsGroup
from relationships.reverse_mentoring.juniors_voice import VOICES_ABOUT, JuniorsVoice, together

_VOICES = 100  # as many as are read for a senior's Home tab


def _section(overview: Overview) -> list[Block]:
    counts = together(overview.of(VOICES_ABOUT, JuniorsVoice))
    told = [blocks.context(words.told(counts))] if counts else []
    wish = next(iter(overview.of(GROUP_WISH_OF, GroupWish)), None)
    is_junior = bool(overview.of(MENTORING_UPWARDS, Mentorship))
    return [*told, *(group_card.row(wish) if is_junior else [])]


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(juniors.register,),
    painters={
        JuniorsGroup.kind: drawn(JuniorsGroup, lambda group, _read, _reader: group_card.message(group)),
    },
    home=(
        HomePart(
            name="reverse mentoring",
            lists={
                VOICES_ABOUT: JuniorsVoice,
                GROUP_WISH_OF: GroupWish,
                MENTORING_UPWARDS: Mentorship,
            },
            most=_VOICES,
            section=_section,
            stands_at=47,
        ),
    ),
    field_refusals={("impression", "empty"): words.CHOOSE},
)

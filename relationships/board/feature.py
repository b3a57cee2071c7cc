"""What boards bring: what is stored, what is done later, and who was there for whom."""

from kernel.features import Feature
from relationships.board import evidence, leaving, prompts
from relationships.board.board import (
    BOARD_GAP,
    BOARD_IN_WORDS,
    BOARD_LOOK,
    BOARD_PICTURE,
    RULES,
    Board,
)

FEATURE = Feature(
    name="boards",
    policy=RULES,
    documents=(Board,),
    cards=(BOARD_GAP, BOARD_IN_WORDS),
    agenda={BOARD_LOOK: prompts.look},
    by_program=(BOARD_PICTURE,),
    personal=(Board,),
    partings=(leaving.step_out,),
    ties=(evidence.of_talks, evidence.of_opinions, evidence.of_mentorships, evidence.of_partners),
)

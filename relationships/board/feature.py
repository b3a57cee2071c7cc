"""What boards bring: what is stored, what is done later, and who was there for whom."""

from kernel.features import Exported, Feature, under_own_id
from relationships.board import evidence, leaving, prompts
from relationships.board.board import (
    BOARD_GAP,
    BOARD_IN_WORDS,
    BOARD_LOOK,
    BOARD_PICTURE,
    FORGET_OFF_BOARDS,
    RULES,
    Board,
    OffBoards,
)

FEATURE = Feature(
    name="boards",
    policy=RULES,
    documents=(Board, OffBoards),
    cards=(BOARD_GAP, BOARD_IN_WORDS),
    agenda={BOARD_LOOK: prompts.look, FORGET_OFF_BOARDS: leaving.forget},
    by_program=(BOARD_PICTURE,),
    personal=(Board,),
    partings=(leaving.step_out,),
    exports=(Exported(name="off boards", document=OffBoards, found=under_own_id, only=("at",)),),
    ties=(evidence.of_talks, evidence.of_opinions, evidence.of_mentorships, evidence.of_partners),
)

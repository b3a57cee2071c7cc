"""Boards: their cards, their part of the Home tab, and their word of both commands."""

from handlers.block_kit import blocks
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.board import board, card, doors, window, words
from handlers.interactions.conversation import Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.sub_words import SubWord
from kernel.store import Snapshot
from relationships.board import boards
from relationships.board.board import BOARD_GAP, BOARD_IN_WORDS, BOARDS, RULES, Board
from relationships.board.feature import FEATURE


def _gap(it: Board, read: Snapshot, reader: Reader) -> Picture | None:
    if reader.to != it.id:
        return None
    return card.prompt(it, doors.GAPS, reader.desk.policy.of(RULES).ask_every_days)


async def _in_words(reader: Reader) -> Picture | None:
    if reader.id != reader.to:
        return None
    return card.in_words(await boards.look(reader.desk, reader.to, reader.now), reader.now)


def _section(overview: Overview) -> list[Block]:
    """What the board amounts to, as it was last looked at, and the door to it."""
    open = blocks.button(words.MY_BOARD, window.OPEN, "home")
    found = [it for it in overview.of(BOARDS, Board) if it.reading.people]
    if not found:
        return blocks.actions([open], "board")
    return [blocks.section(words.on_home(words.sentence(found[0].reading)), open)]


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(board.register,),
    painters={BOARD_GAP: drawn(Board, _gap), BOARD_IN_WORDS: _in_words},
    home=(HomePart(name="board", lists={BOARDS: Board}, section=_section, stands_at=48),),
    coach_words={"board": SubWord(help=words.COACH_HELP, answer=board.called)},
    ask_words={"board": SubWord(help=words.ASK_HELP, answer=board.called)},
    field_refusals={
        ("colleague", "empty"): words.COLLEAGUE_EMPTY,
        ("colleague", "self"): words.THATS_YOU,
        ("colleague", "too_many"): words.TOO_MANY,
        ("initials", "both"): words.NOT_BOTH,
        ("initials", "no_initials"): words.INITIALS_ALONE,
        ("roles", "empty"): words.TICK_ONE,
        ("closeness", "unknown"): words.CHOOSE_OFFERED,
        ("last_on", "future"): words.STILL_TO_COME,
    },
)

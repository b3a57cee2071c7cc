"""The cards of a board: an empty seat that is brought up, and the whole in words."""

from datetime import datetime

from handlers.block_kit import blocks, labels, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.board import window, words
from relationships.board.board import Board, Gap, Prompt
from relationships.board.boards import Look

NOT_NOW = "board.not_now"
_SHOWN = 40


def prompt(board: Board, doors: frozenset[Gap], every_days: int) -> Picture | None:
    """The card that brings up an empty seat; None where none was."""
    asked = board.prompt
    if asked is None:
        return None
    lead = blocks.section(f"*{words.sentence(board.reading)}*")
    seat = blocks.section(_seat(asked))
    if asked.answer == "not_now":
        return quiet("not_now", [blocks.section(words.NOT_NOW_FINE)])
    ways = [
        window.door(asked.gap, doors, f"prompt {asked.number}"),
        blocks.button(words.MY_BOARD, window.OPEN, f"prompt {asked.number}"),
        blocks.button(labels.NOT_NOW, NOT_NOW, str(asked.number)) if asked.answer is None else None,
    ]
    often = words.once_every(every_days)
    shown = [lead, seat, *blocks.actions(ways), blocks.context(often)]
    return knock(f"asked:{asked.number}", shown, closing=words.MOVED)


def _seat(asked: Prompt) -> str:
    if asked.gap == "arena":
        return words.SEATS["arena"]
    return words.empty_seat(words.ROLES[asked.gap].lower(), _inside(words.SEATS[asked.gap]))


def _inside(text: str) -> str:
    return text[:1].lower() + text[1:]


def in_words(seen: Look, now: datetime) -> Picture:
    """The whole board as a message."""
    rows = [f"{words.who(it)}: {words.plain_facts(it, now, seen.zone)}" for it in seen.there[:_SHOWN]]
    shown: list[Block] = [
        blocks.section(f"*{words.sentence(seen.reading)}*"),
        *(blocks.paragraphs("\n".join(rows)) if rows else []),
        *([blocks.section(words.empty_seats(_empty(seen)))] if seen.empty else []),
        blocks.context(words.as_of(mrkdwn.day(now), _in_picture(seen), words.PRIVATE)),
    ]
    return knock(f"words:{seen.board.pictures}", shown, closing=words.MOVED)


def spoken(seen: Look, now: datetime, limit: int = 1000) -> str:
    """The board in one line, as what is read aloud of its picture."""
    people = [f"{words.plain_who(it)}: {words.plain_facts(it, now, seen.zone)}" for it in seen.there]
    empty = [words.empty_spoken(_empty(seen))] if seen.empty else []
    said = [words.sentence(seen.reading), *(f"{it}." for it in (*people, *empty))]
    return mrkdwn.cut(" ".join(said), limit)


def _in_picture(seen: Look) -> str:
    """What the picture's colours mean, and its numbers, where a name has no letters that it can show."""
    arena = seen.reading.arena
    numbers = "" if all(words.initials(it) for it in seen.there) else f" {words.NUMBERS}"
    return f"{words.coloured(arena) if arena else ''}{numbers}"


def _empty(seen: Look) -> str:
    return mrkdwn.listed([words.ROLES[role].lower() for role in seen.empty])

"""The window of somebody's board: one sentence, who is on it, which seats are empty, and what they ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from handlers.block_kit import blocks, labels, mrkdwn, payload
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
from handlers.board import words
from relationships.another_angle.angle import Angle
from relationships.board.board import Arena, Gap
from relationships.board.boards import Look
from relationships.board.reading import Seated

OPEN = "board.open"
SEAT = "board.seat"
MENU = "board.menu"
ADD = "board.add"
CHANGE = "board.change"
ASK = "board.ask"
TAKE_OFF = "board.take_off"
DRAW = "board.draw"
FILL = "board.fill"

SHOWN = 25


@dataclass(frozen=True, slots=True)
class BoardWindow:
    """What the window is drawn from. *doors* are the seats that a tap can look for.

    *since* is how many questions reached somebody since another angle was offered, and how many the same.
    """

    seen: Look
    now: datetime
    own: Mapping[Arena, str] = field(default_factory=dict)
    doors: frozenset[Gap] = frozenset()
    angle: Angle | None = None
    since: tuple[int, int] | None = None


def board(shown: BoardWindow, note: str = "") -> View:
    """The window; *note* says above it what was just done."""
    seen = shown.seen
    is_unknown = seen.reading.people and seen.reading.arena is None
    body = [
        *([blocks.context(note)] if note else []),
        blocks.section(f"*{words.sentence(seen.reading)}*"),
        *([blocks.context(words.NO_TEAMS)] if is_unknown else []),
        *(_people(shown) or [blocks.section(words.NOBODY)]),
        *_empty(shown),
        *_questions(shown),
        blocks.divider(),
        *blocks.actions(_ways(seen)),
        blocks.context(words.PRIVATE, _filling(seen), *words.small_print(seen.reading)),
    ]
    return blocks.modal("window", words.TITLE, body)


def _people(shown: BoardWindow) -> list[Block]:
    there = shown.seen.there
    rows = [_person(it, shown) for it in there[:SHOWN]]
    more = len(there) - SHOWN
    return [*rows, *([blocks.context(words.and_more(more))] if more > 0 else [])]


def _person(it: Seated, shown: BoardWindow) -> Block:
    options = [
        blocks.option(labels.CHANGE, f"{CHANGE} {it.key}"),
        *([blocks.option(words.ASK_THEM, f"{ASK} {it.key}")] if it.person_id else []),
        blocks.option(words.TAKE_OFF, f"{TAKE_OFF} {it.key}"),
    ]
    said = f"{words.who(it)}\n{words.facts(it, dict(shown.own), shown.now)}"
    return blocks.section(said, blocks.overflow(MENU, options))


def chosen(value: str) -> tuple[str, str]:
    """What is to be done, and with whom."""
    return payload.words(tuple[Id, Id], value)


def _empty(shown: BoardWindow) -> list[Block]:
    seen = shown.seen
    far: list[Gap] = ["arena"] if seen.reading.is_alike else []
    gaps: list[Gap] = [*far, *seen.empty]
    rows = [_seat(gap, shown) for gap in gaps]
    return [blocks.header(words.EMPTY_SEATS), *rows] if rows else []


def _seat(gap: Gap, shown: BoardWindow) -> Block:
    name = words.ANOTHER_CORNER if gap == "arena" else words.ROLES[gap]
    return blocks.section(words.seat_for(name, words.SEATS[gap]), door(gap, shown.doors, "window"))


def door(gap: Gap, doors: frozenset[Gap], place: str) -> Element | None:
    """The button that looks for somebody, if there is a way; *place* is where it stands."""
    return blocks.button(words.LABELS[gap], f"{SEAT}.{gap}", place) if gap in doors else None


def _questions(shown: BoardWindow) -> list[Block]:
    """How often the person asks the same one now, to whom another angle was offered."""
    habit = shown.angle.habit if shown.angle else None
    if habit is None or shown.since is None:
        return []
    asks, to_one = shown.since
    since = words.some_since(to_one, asks) if asks else words.NOBODY_SINCE
    before = words.some_before(habit.to_one, habit.asks)
    said = words.your_questions(mrkdwn.mention(habit.helper_id), before, since)
    return [blocks.section(said)]


def _ways(seen: Look) -> list[Element | None]:
    fills = seen.board.fills
    label = words.DONT_FILL if fills else words.FILL
    return [
        blocks.button(words.ADD_SOMEONE, ADD, "board"),
        blocks.button(words.PICTURE, DRAW, "board") if seen.there else None,
        blocks.button(label, FILL, "off" if fills else "on"),
    ]


def _filling(seen: Look) -> str:
    if seen.board.fills:
        return words.FILLS_ITSELF
    return words.ONLY_BY_HAND

"""The window of somebody's board: one sentence, who is on it, which seats are empty, and what they ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from handlers.block_kit import blocks, mrkdwn, payload
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
from handlers.board import texts as words
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
ON_ITS_WAY = "On its way to your messages with me."
LABELS: dict[Gap, str] = {
    "arena": "Get three views",
    "craft": "Ask someone",
    "advice": "Ask for advice",
    "role_model": "Find a mentor",
    "sponsor": "Ask for a sponsor",
    "peer_coach": "Find a peer coach",
    "reverse": "Ask someone newer",
}
_NOBODY = (
    "Whoever helps, coaches or mentors you here gets a seat automatically. Add others by hand: colleagues, "
    "and people who work elsewhere by their initials."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the window is drawn from. *doors* are the seats that a tap can look for.

    *since* is how many questions reached somebody since another angle was offered, and how many the same.
    """

    seen: Look
    now: datetime
    own: Mapping[Arena, str] = field(default_factory=dict)
    doors: frozenset[Gap] = frozenset()
    angle: Angle | None = None
    since: tuple[int, int] | None = None


def board(shown: Shown, note: str = "") -> View:
    """Return the window; *note* says above it what was just done."""
    seen = shown.seen
    small = words.small_print(seen.reading)
    body = [
        *([blocks.context(note)] if note else []),
        blocks.section(f"*{words.sentence(seen.reading)}*"),
        *([blocks.context(*small)] if small else []),
        *(_people(shown) or [blocks.section(_NOBODY)]),
        *_empty(shown),
        *_questions(shown),
        blocks.divider(),
        *blocks.actions(_ways(seen)),
        blocks.context(words.PRIVATE, _filling(seen)),
    ]
    return blocks.modal("window", "My board", body)


def _people(shown: Shown) -> list[Block]:
    there = shown.seen.there
    rows = [_person(it, shown) for it in there[:SHOWN]]
    more = len(there) - SHOWN
    return [*rows, *([blocks.context(f"and {more} more, in the picture")] if more > 0 else [])]


def _person(it: Seated, shown: Shown) -> Block:
    options = [
        blocks.option("Change", f"{CHANGE} {it.key}"),
        *([blocks.option("Ask them something", f"{ASK} {it.key}")] if it.person_id else []),
        blocks.option("Take off my board", f"{TAKE_OFF} {it.key}"),
    ]
    said = f"{words.who(it)}\n{words.facts(it, dict(shown.own), shown.now)}"
    return blocks.section(said, blocks.overflow(MENU, options))


def chosen(value: str) -> tuple[str, str]:
    """Return what is to be done, and with whom."""
    return payload.words(tuple[Id, Id], value)


def _empty(shown: Shown) -> list[Block]:
    seen = shown.seen
    far: list[Gap] = ["arena"] if seen.reading.is_alike else []
    gaps: list[Gap] = [*far, *seen.empty]
    rows = [_seat(gap, shown) for gap in gaps]
    return [blocks.header("Empty seats"), *rows] if rows else []


def _seat(gap: Gap, shown: Shown) -> Block:
    name = "Another corner" if gap == "arena" else words.ROLES[gap]
    return blocks.section(f"*{name}:* {words.SEATS[gap]}", door(gap, shown.doors, "window"))


def door(gap: Gap, doors: frozenset[Gap], place: str) -> Element | None:
    """Return the button that looks for somebody, if there is a way; *place* is where it stands."""
    return blocks.button(LABELS[gap], f"{SEAT}.{gap}", place) if gap in doors else None


def _questions(shown: Shown) -> list[Block]:
    """Return how often the person asks the same one now, to whom another angle was offered."""
    habit = shown.angle.habit if shown.angle else None
    if habit is None or shown.since is None:
        return []
    asks, to_one = shown.since
    since = f"{to_one} of {asks} since" if asks else "nobody asked by name since"
    before = f"{habit.to_one} of {habit.asks} before"
    said = f"*Your questions to {mrkdwn.mention(habit.helper_id)}:* {before}, {since}."
    return [blocks.section(said)]


def _ways(seen: Look) -> list[Element | None]:
    fills = seen.board.fills
    label = "Don't fill it for me" if fills else "Fill it for me"
    return [
        blocks.button("Add someone", ADD, "board"),
        blocks.button("Picture", DRAW, "board") if seen.there else None,
        blocks.button(label, FILL, "off" if fills else "on"),
    ]


def _filling(seen: Look) -> str:
    if seen.board.fills:
        return "It fills itself from your talks, second opinions, mentorships and sprints of the last year."
    return "It only shows people you've added or said something about."

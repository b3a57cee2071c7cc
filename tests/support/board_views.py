"""Everything that a board and the offer of another angle can show, in states nobody hopes for."""

from collections.abc import Iterator
from typing import Any

from make import ADA, ASKER, DAY, NOW, person

from handlers.another_angle import card as angle_card
from handlers.block_kit.picture import Picture
from handlers.board import card, doors, form, window, words
from handlers.board.window import BoardWindow
from kernel.desk import Desk, Tie
from kernel.values import PersonId, TopicId
from relationships.another_angle.angle import Angle
from relationships.another_angle.pattern import Pattern
from relationships.board.board import ROLES, Board, BoardReading, Gap, Mark
from relationships.board.boards import Look
from relationships.board.reading import empty_seats, reading, seated

MANY = tuple(PersonId(f"U0{number:09}") for number in range(45))


def looks(text: str) -> Iterator[Look]:
    """Yield boards of nobody, of one, of many alike, of people outside only."""
    name = text[:80].strip() or "…"
    people = {
        person_id: person(person_id, real_name=name, team=name, site=f"{number}")
        for number, person_id in enumerate(MANY)
    }
    quiet = [Tie(person_id, role, NOW - 200 * DAY) for person_id in MANY[:3] for role in ROLES]
    all = [
        Tie(person_id, ROLES[number % 6], NOW - number * DAY, number) for number, person_id in enumerate(MANY)
    ]
    outside = {
        f"out-{number}": Mark(initials="ŻÓŁW", roles=ROLES[: number % 6 + 1], last_at=NOW, closeness=3)
        for number in range(15)
    }
    knows = tuple((MANY[0], person_id) for person_id in MANY[1:20])
    said = {"id": ASKER, "begun_at": NOW - DAY}
    for board, ties, own in (
        (Board(**said), (), {}),
        (Board(**said, fills=False), all[:1], {"team": name}),
        (Board(**said), [*all[:2], *quiet], {"team": "Web"}),
        (Board(**said, marks=outside, knows=knows), [*all, *quiet], {"team": name}),
        (Board(**said, marks=outside), (), {}),
    ):
        there = seated(board, ties, people)
        seen = reading(there, board, own)  # type: ignore[arg-type]
        yield Look(board.read_as(seen), there, seen, empty_seats(there, NOW), "Asia/Kathmandu")


def boards(text: str) -> Iterator[Board]:
    """Yield them with each seat brought up, unanswered and answered."""
    gaps: tuple[Gap, ...] = ("arena", *ROLES)
    for look, gap in zip(looks(text), gaps, strict=False):
        asked = look.board.bring_up(gap, NOW, 91)
        yield from (look.board, asked, asked.answer(1, "taken"), asked.answer(1, "not_now"))
    for arena in ("team", "function", "site"):
        for whose in ("own", "other", "outside"):
            said = BoardReading(people=40, biggest=40, arena=arena, whose=whose, alike=1.7)
            yield Board(id=ASKER, begun_at=NOW, reading=said).bring_up("advice", NOW, 91)


def angles() -> Iterator[Angle]:
    """Yield offers new, declined, and looked back on."""
    new = Angle.of(ASKER, Pattern(ADA, TopicId("topic-1"), 6, 4, 3), "R" * 40, NOW)
    yield from (new, new.decline(), new.see(5, 1), new.see(0, 0))
    yield Angle.of(ASKER, Pattern(ADA, TopicId("gone"), 4, 4, 4), "R", NOW)


def pictures(text: str, desk: Desk) -> Iterator[Picture]:
    """Yield every card."""
    for it in boards(text):
        yield from filter(None, [card.prompt(it, doors.GAPS, 91)])
    yield from (card.in_words(look, NOW) for look in looks(text))
    yield from (angle_card.card(angle, desk) for angle in angles())


def views(text: str) -> Iterator[dict[str, Any]]:
    """Yield the window and every form."""
    name = text[:80].strip() or "…"
    yield form.add("c" * 20)
    for seen in looks(text):
        for since in (None, (0, 0), (5, 1)):
            angle = next(angles()) if since else None
            shown = BoardWindow(seen, NOW, {"team": name}, doors.GAPS, angle, since)
            yield window.board(shown, words.ON_ITS_WAY if since else "")
        yield from (form.change(member, seen, "c" * 20) for member in seen.there[:2])

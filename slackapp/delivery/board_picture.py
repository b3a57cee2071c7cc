"""A picture of a board: its owner in the middle, people nearer the closer they are, empty seats dashed.

It shows initials, roles and numbers; names are in the words beside it, for every reader.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw, ImageFont

from handlers.board import words
from kernel.desk import Role
from relationships.board.board import CLOSEST, ROLES
from relationships.board.boards import Look
from relationships.board.reading import Seated

WIDTH, HEIGHT, DOT = 960, 800, 26
CENTRE = (WIDTH / 2, HEIGHT / 2)
NEAR, FAR, NAMES_AT = 120, 290, 370  # from the middle: the closest, the farthest, the names of the roles
INK, GREY, LINE, BACK = "#1d1c1d", "#616061", "#b7d8d1", "#ffffff"
# Of the most common places; the rest are grey. They differ in lightness, too.
COLOURS = ("#0b6e5f", "#c2571a", "#3f51b5", "#8e1c4d", "#7a6a00")
OTHER = "#616061"
SIZE, SMALL = 20, 18
Point = tuple[float, float]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def drawn(seen: Look) -> bytes:
    """The picture as PNG; the same board gives the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), BACK)
    pen, font, small = ImageDraw.Draw(image), ImageFont.load_default(SIZE), ImageFont.load_default(SMALL)
    for step in range(CLOSEST):
        _ring(pen, NEAR + (FAR - NEAR) * step / (CLOSEST - 1))
    colours = _colours(seen)
    for number, role in enumerate(ROLES):
        _role(pen, small, number, role, seen)
        for at, it in _seats(number, role, seen):
            label = words.initials(it) or str(1 + seen.there.index(it))
            _dot(pen, font, at, label, _colour(it, seen, colours))
    _dot(pen, font, CENTRE, "me", INK)
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _colours(seen: Look) -> dict[str, str]:
    """The colour of each place of the arena that the sentence is about, the most common first."""
    arena = seen.reading.arena
    places = (
        Counter(member.arenas[arena] for member in seen.there if arena in member.arenas)
        if arena
        else Counter[str]()
    )
    ordered = sorted(places, key=lambda it: (-places[it], it))
    return dict(zip(ordered, COLOURS, strict=False))


def _ring(pen: ImageDraw.ImageDraw, wide: float) -> None:
    x, y = CENTRE
    pen.ellipse([x - wide, y - wide, x + wide, y + wide], outline=LINE, width=2)


def _at(angle: float, far: float) -> Point:
    return CENTRE[0] + far * sin(angle), CENTRE[1] - far * cos(angle)


def _role(pen: ImageDraw.ImageDraw, font: Font, number: int, role: Role, seen: Look) -> None:
    """Name a sixth of the board, and show its seat as empty where nobody has it."""
    middle = 2 * pi * (number + 0.5) / len(ROLES)
    pen.line([_at(middle - pi / len(ROLES), DOT), _at(middle - pi / len(ROLES), FAR)], fill=LINE, width=2)
    pen.text(_at(middle, NAMES_AT), words.ROLES[role], fill=INK, font=font, anchor="mm")
    if role in seen.empty:
        x, y = _at(middle, (NEAR + FAR) / 2 + 40)
        for part in range(0, 360, 30):
            pen.arc([x - DOT, y - DOT, x + DOT, y + DOT], part, part + 18, fill=GREY, width=3)


def _seats(number: int, role: Role, seen: Look) -> Iterator[tuple[Point, Seated]]:
    """Yield who has a role and where they stand: side by side in its sixth, the closest innermost."""
    there = [member for member in seen.there if role in member.roles]
    for place, it in enumerate(there):
        angle = 2 * pi * (number + (place + 1) / (len(there) + 1)) / len(ROLES)
        yield _at(angle, NEAR + (FAR - NEAR) * (CLOSEST - it.closeness) / (CLOSEST - 1)), it


def _colour(it: Seated, seen: Look, colours: Mapping[str, str]) -> str:
    arena = seen.reading.arena
    return colours.get(it.arenas.get(arena, ""), OTHER) if arena else COLOURS[0]


def _dot(pen: ImageDraw.ImageDraw, font: Font, at: Point, label: str, colour: str) -> None:
    x, y = at
    pen.ellipse([x - DOT, y - DOT, x + DOT, y + DOT], fill=colour, outline=BACK, width=2)
    pen.text(at, label, fill=BACK, font=font, anchor="mm")

"""A picture of a sprint's progress: its check-ins over time against the five levels of its goal scale.

It holds numbers and dates alone, and no word that anyone wrote: those are in the card, for every reader.
"""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from coaching.sprints.goal_scale import LEVELS, Level
from coaching.sprints.sprint import Sprint
from kernel.working_hours import local_day

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 960, 480, 150, 40, 40, 70
INK, GREY, LINE, EXPECTED, BACK = "#1d1c1d", "#616061", "#0b6e5f", "#b7d8d1", "#ffffff"
NAMES = {2: "+2", 1: "+1", 0: "expected", -1: "-1", -2: "-2"}
SIZE, DOT = 22, 8
Point = tuple[float, float]


def drawn(sprint: Sprint) -> bytes:
    """The picture as PNG, the review as a ring at its end; the same sprint gives the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), BACK)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(SIZE)
    for level in LEVELS:
        _level(pen, level, font)
    marks = _marks(sprint)
    points = [(_across(day, marks), _down(level)) for day, level in marks]
    if len(points) > 1:
        pen.line(points, fill=LINE, width=4, joint="curve")
    for point in points:
        _dot(pen, point)
    if sprint.review:
        _ring(pen, points[-1])
    for day in dict.fromkeys((marks[0][0], marks[-1][0])):
        place = (_across(day, marks), HEIGHT - BOTTOM + 24)
        pen.text(place, f"{day.day} {day:%b}", fill=GREY, font=font, anchor="ma")
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _marks(sprint: Sprint) -> list[tuple[date, Level]]:
    """The level on each day of a check-in, and at the review."""
    days = [local_day(each.at, sprint.zone) for each in sprint.check_ins]
    end = [local_day(sprint.ended_at or sprint.ends_at, sprint.zone)] if sprint.review else []
    return list(zip([*days, *end], sprint.levels, strict=True))


def _level(
    pen: ImageDraw.ImageDraw, level: Level, font: ImageFont.FreeTypeFont | ImageFont.ImageFont
) -> None:
    down = _down(level)
    pen.line([(LEFT, down), (WIDTH - RIGHT, down)], fill=EXPECTED, width=4 if level == 0 else 2)
    pen.text((LEFT - 20, down), NAMES[level], fill=INK, font=font, anchor="rm")


def _across(day: date, marks: Sequence[tuple[date, Level]]) -> float:
    first, last = marks[0][0], marks[-1][0]
    inner = WIDTH - LEFT - RIGHT - 40
    return LEFT + 20 + inner * ((day - first).days / max((last - first).days, 1))


def _down(level: Level) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (2 - level) / 4


def _dot(pen: ImageDraw.ImageDraw, at: Point) -> None:
    pen.ellipse([at[0] - DOT, at[1] - DOT, at[0] + DOT, at[1] + DOT], fill=LINE)


def _ring(pen: ImageDraw.ImageDraw, at: Point) -> None:
    wide = DOT + 8
    pen.ellipse([at[0] - wide, at[1] - wide, at[0] + wide, at[1] + wide], outline=LINE, width=4)

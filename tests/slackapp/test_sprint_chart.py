"""A sprint as a picture: what is drawn where, and the same each time."""

from datetime import timedelta
from io import BytesIO

import make_sprint
import pytest
from make import NOW
from PIL import Image

from coaching.sprints.sprint import CheckIn, Review, Sprint
from handlers.sprints.words import chart_in_words
from slackapp.delivery.sprint_chart import BACK, HEIGHT, LINE, WIDTH, drawn

DAY = timedelta(days=1)


def reviewed(*levels: int, end: int = 1) -> Sprint:
    entries = tuple(
        CheckIn(at=NOW + (3 * place + 1) * DAY, level=level) for place, level in enumerate(levels)
    )
    done = {"state": "done", "review": Review(level=end, confidence=8), "ended_at": NOW + 14 * DAY}
    return make_sprint.sprint().model_copy(update={"check_ins": entries, **done})


def inked(sprint: Sprint) -> list[tuple[int, int]]:
    """Where the picture has the colour of the line."""
    image = Image.open(BytesIO(drawn(sprint))).convert("RGB")
    line = tuple(int(LINE[at : at + 2], 16) for at in (1, 3, 5))
    return [(x, y) for x in range(0, WIDTH, 2) for y in range(0, HEIGHT, 2) if image.getpixel((x, y)) == line]


def test_it_is_a_png_of_a_size_that_a_phone_can_show():
    image = Image.open(BytesIO(drawn(reviewed(-1, 0, 1))))

    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    assert image.convert("RGB").getpixel((0, 0)) == tuple(int(BACK[at : at + 2], 16) for at in (1, 3, 5))


def test_better_check_ins_stand_higher_and_later_ones_further_right():
    low, high = inked(reviewed(-2, -2, end=-2)), inked(reviewed(2, 2, end=2))

    assert min(y for _, y in low) > max(y for _, y in high)
    assert max(x for x, _ in high) - min(x for x, _ in high) > WIDTH / 2


@pytest.mark.parametrize("levels", [(), (0,), (1,) * 60])
def test_few_and_many_check_ins_are_drawn(levels: tuple[int, ...]):
    assert inked(reviewed(*levels))


def test_the_same_sprint_gives_the_same_bytes():
    assert drawn(reviewed(-1, 0, 1)) == drawn(reviewed(-1, 0, 1))


def test_the_picture_is_said_in_words():
    said = chart_in_words(reviewed(-1, 0, end=2))

    assert "−1, 0, +2; the last one is the review's." in said

"""The picture of a board: the same board gives the same picture, and an empty seat another one."""

from io import BytesIO

import board_views
from PIL import Image

from slackapp.delivery.board_picture import COLOURS, HEIGHT, WIDTH, drawn


def colours(picture: bytes) -> set[str]:
    found = Image.open(BytesIO(picture)).convert("RGB").getcolors(1 << 20) or []
    return {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in found}  # type: ignore[misc]


def test_each_place_has_its_colour_and_the_same_board_is_drawn_alike():
    nobody, one, *_, outside = board_views.looks("Web")

    assert Image.open(BytesIO(drawn(one))).size == (WIDTH, HEIGHT)
    assert drawn(one) == drawn(one) != drawn(nobody)
    assert COLOURS[0] in colours(drawn(one)) & colours(drawn(outside))
    assert colours(drawn(nobody)).isdisjoint(COLOURS)

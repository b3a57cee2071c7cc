"""The picture of a board: the same board gives the same picture, and an empty seat another one."""

from dataclasses import replace
from io import BytesIO

import board_views
import pytest
from make import NOW
from PIL import Image

from handlers.board import card, words
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


@pytest.mark.parametrize(
    ("called", "shown"),
    [("Maya Lindqvist", "ML"), ("Østen Ångström", "A"), ("Émile Zola", "EZ"), ("王伟", "")],
)
def test_initials_are_letters_that_the_picture_has_and_else_a_place_in_the_list(called: str, shown: str):
    one = [*board_views.looks("Web")][1]
    member = replace(one.there[0], called=called)
    seen = replace(one, there=(member,))

    assert words.initials(member) == shown
    said = str(card.in_words(seen, NOW).blocks)
    assert (words.NUMBERS in said) is (not shown)
    assert drawn(seen) != drawn(replace(one, there=(replace(member, called="Bo Xu"),)))

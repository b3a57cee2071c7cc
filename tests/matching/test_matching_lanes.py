"""Lanes: peer, senior, reverse, and the one-below case that both lanes claim."""

import make_matching as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.lanes import lane_between, lane_mask, lane_table, lanes_of
from matching.values import ALL_LANES, LANES, Lane

LEVEL = st.integers(1, 7)


@pytest.mark.parametrize(
    ("apart", "lane"),
    [(-3, "reverse"), (-2, "reverse"), (-1, "peer"), (0, "peer"), (1, "peer"), (2, "senior")],
)
def test_the_lane_follows_the_distance_in_level(apart: int, lane: str):
    assert lane_between(4, 4 + apart, LANES, ALL_LANES) == lane


def test_one_below_is_reverse_when_the_ask_prefers_it():
    assert lane_between(4, 3, (Lane.REVERSE, Lane.PEER), ALL_LANES) is Lane.REVERSE


def test_one_below_is_reverse_when_the_helper_is_willing_in_no_other_lane():
    assert lane_between(4, 3, LANES, {Lane.REVERSE}) is Lane.REVERSE


def test_a_lane_that_is_not_wished_or_not_willing_is_none():
    assert lane_between(4, 7, (Lane.PEER,), ALL_LANES) is None
    assert lane_between(4, 7, LANES, {Lane.PEER}) is None


@make.calmly
@given(LEVEL, LEVEL, st.lists(st.sampled_from(Lane), unique=True), st.frozensets(st.sampled_from(Lane)))
def test_the_table_says_what_the_rule_says(
    asker: int, helper: int, wished: list[Lane], willing: frozenset[Lane]
):
    place = lane_table(asker, tuple(wished))[helper, lane_mask(willing)]

    assert (LANES[place] if place >= 0 else None) == lane_between(asker, helper, wished, willing)
    assert lanes_of(lane_mask(willing)) == willing

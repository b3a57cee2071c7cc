"""Standings: surprise moves them, and they fade."""

import make_matching as make
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.learning.residual_rating import Standings

PEOPLE = ["U1", "U2", "U3"]
EVEN = np.zeros(3)


def test_whoever_helps_against_expectation_gains_and_the_others_lose_as_much():
    standings = Standings(pace=0.3, keep=1.0)

    standings.settle(PEOPLE, EVEN, 2)

    np.testing.assert_allclose(standings.of([*PEOPLE, "U4"]), [-0.1, -0.1, 0.2, 0.0])


def test_what_was_expected_moves_little():
    standings = Standings(pace=0.3, keep=1.0)

    standings.settle(PEOPLE, np.array([0.0, 0.0, 9.0]), 2)

    assert abs(standings.of(PEOPLE)).max() < 0.001


def test_standing_fades_with_every_outcome():
    standings = Standings({"U9": 1.0}, pace=0.1, keep=0.5)

    standings.settle(PEOPLE, EVEN, 0)
    standings.settle(PEOPLE, EVEN, 0)

    assert standings.of(["U9"])[0] == 0.25


@make.calmly
@given(st.lists(st.integers(0, 2), max_size=30))
def test_kept_standings_go_on_as_if_never_stopped(outcomes: list[int]):
    steady, stopped = Standings(), Standings()
    for chosen in outcomes:
        for standings in (steady, stopped):
            standings.settle(PEOPLE, EVEN, chosen)
        stopped = Standings(stopped.values())

    assert stopped.of(PEOPLE).tolist() == pytest.approx(steady.of(PEOPLE).tolist())

"""Trust: what was learned ranks once it has foretold who helps better than declared profiles did."""

from itertools import repeat

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.learning.model_selection import LEAD, Trust

DECLARED = np.array([1.6, 1.6, 0.0, 0.0])
RIGHT = np.array([1.6, 3.6, 0.0, 0.0])
WRONG = np.array([3.6, 1.6, 0.0, 0.0])


def after(trust: Trust, learned: np.ndarray, times: int) -> Trust:
    for scores in repeat(learned, times):
        trust = trust.after(DECLARED, scores, chosen=1)
    return trust


def test_nothing_is_trusted_before_it_has_foretold_anything():
    assert not Trust().is_earned
    assert not after(Trust(), RIGHT, 1).is_earned


def test_what_foretells_better_than_profiles_is_soon_trusted():
    assert after(Trust(), RIGHT, 10).is_earned


def test_what_misleads_is_not_trusted_and_loses_the_trust_it_had():
    assert not after(Trust(), WRONG, 100).is_earned
    assert not after(after(Trust(), RIGHT, 1000), WRONG, 100).is_earned


def test_trust_that_was_lost_is_won_back():
    assert after(after(Trust(), WRONG, 1000), RIGHT, 300).is_earned


@given(st.lists(st.floats(-30, 30), min_size=2, max_size=30), st.integers(0, 1))
def test_what_says_the_same_as_profiles_is_never_trusted(scores: list[float], chosen: int):
    trust = Trust()

    for _ in range(20):
        trust = trust.after(np.array(scores), np.array(scores), chosen)

    assert trust.odds == 0 < LEAD


@given(st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_one_outcome_alone_moves_trust_by_a_bounded_step(declared: float, learned: float):
    trust = Trust().after(np.array([declared, 0.0]), np.array([learned, 0.0]), chosen=0)

    assert abs(trust.odds) <= np.log(1 / 0.025) + 1e-9

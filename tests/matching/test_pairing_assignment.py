"""The matching of mentees with places is the best there is, and its bound never promises too much."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching.pairing.assignment import EXACT, Pruning, assign, worth
from matching.pairing.circles import settle
from matching.pairing.prices import ALONE, ceiling, clearing_prices
from matching.pairing.values import Floats, Ints


def dense_optimum(fit: Floats, places: Ints) -> float:
    """The most points there are, by the dense solver: one column for each place; none is worth 0."""
    values = np.maximum(np.where(np.isfinite(fit), fit, 0.0), 0.0)[
        :, np.repeat(np.arange(len(places)), places)
    ]
    rows, columns = linear_sum_assignment(values, maximize=True)
    return float(values[rows, columns].sum())


@st.composite
def markets(draw: st.DrawFn) -> tuple[Floats, Ints]:
    """Draw points in few steps, so that there are ties, with holes, losses and mentors without a place."""
    size, mentors = draw(st.integers(0, 9)), draw(st.integers(0, 6))
    cell = st.sampled_from([-np.inf, -2.0, 0.0, 1.0, 2.0, 3.0, 12.0])
    fit = draw(st.lists(st.lists(cell, min_size=mentors, max_size=mentors), min_size=size, max_size=size))
    places = draw(st.lists(st.integers(0, 4), min_size=mentors, max_size=mentors))
    return np.array(fit, dtype=float).reshape(size, mentors), np.array(places, dtype=np.intp)


def contested(size: int, mentors: int, seed: int, share: float = 1.05) -> tuple[Floats, Ints]:
    """A market in which everybody wants the same mentors."""
    draw = np.random.default_rng(seed)
    fame = draw.gumbel(size=mentors) * 3
    fit = np.round(fame + draw.gumbel(size=(size, mentors)), 1) + 20
    fit[draw.random((size, mentors)) < 0.02] = -np.inf
    places = np.bincount(draw.integers(0, mentors, int(size * share)), minlength=mentors)
    return np.maximum(fit, 1), places


@given(markets())
def test_it_is_as_good_as_the_dense_solver_and_says_so(market):
    fit, places = market

    found = assign(fit, places)

    assert worth(fit, found.mentor_of) == pytest.approx(dense_optimum(fit, places), abs=1e-6)
    assert found.slack == 0
    taken = np.bincount(found.mentor_of[found.mentor_of != ALONE], minlength=len(places))
    assert (taken <= places).all()


@pytest.mark.parametrize("share", [0.5, 0.9, 1.05, 2.0])
@pytest.mark.parametrize("lift", [0.0, 1e5])
def test_where_all_want_the_same_mentors_nobody_is_stranded(share, lift):
    fit, places = contested(400, 150, seed=int(share * 10), share=share)

    found = assign(fit + lift, places)

    assert worth(fit + lift, found.mentor_of) == pytest.approx(dense_optimum(fit + lift, places))
    assert (found.mentor_of != ALONE).sum() == min(400, places.sum())
    assert found.slack == 0


def test_what_the_prices_left_out_comes_in_where_it_is_needed():
    fit, places = contested(120, 50, seed=3)
    steps = []

    found = assign(fit, places, lambda: steps.append(1), Pruning(kept=1))

    assert len(steps) > 2
    assert found.slack == 0
    assert worth(fit, found.mentor_of) == pytest.approx(dense_optimum(fit, places))


def test_where_it_has_to_stop_early_the_bound_holds():
    fit, places = contested(120, 50, seed=3)

    found = assign(fit, places, pruning=Pruning(kept=1, passes=1))

    missing = dense_optimum(fit, places) - worth(fit, found.mentor_of)
    assert missing > EXACT
    assert found.slack >= missing


@given(markets(), st.lists(st.floats(0, 20), min_size=6, max_size=6))
def test_no_prices_promise_less_than_there_is(market, prices):
    fit, places = market

    bound = ceiling(fit, places, np.array(prices[: len(places)]))

    assert bound >= dense_optimum(fit, places) - 1e-9
    assert (
        ceiling(fit, places, clearing_prices(fit, np.maximum(places, 1))) >= dense_optimum(fit, places) - 1e-9
    )


# Circles


@given(markets(), st.integers(2, 3))
def test_no_circle_is_too_small_and_the_bound_holds(market, least):
    fit, places = market
    places = places * 2
    fewest = np.full(len(places), least, dtype=np.intp)

    found = settle(fit, places, fewest, np.zeros(len(places), dtype=bool))

    sizes = np.bincount(found.mentor_of[found.mentor_of != ALONE], minlength=len(places))
    assert (((sizes == 0) | (sizes >= fewest)) & (sizes <= places)).all()
    assert worth(fit, found.mentor_of) + found.slack >= best_circles(fit, places, least) - 1e-6


def best_circles(fit: Floats, places: Ints, least: int) -> float:
    """The most points there are, by trying every choice of circles that open."""
    best = 0.0
    for chosen in range(2 ** len(places)):
        is_open = np.array([chosen >> column & 1 for column in range(len(places))], dtype=bool)
        if (places[is_open] < least).any():
            continue
        first, bonus = np.where(is_open, least, 0), 1000.0
        doubled = np.hstack([fit + bonus, fit])
        total = dense_optimum(doubled, np.concatenate([first, np.where(is_open, places, 0) - first]))
        filled = int(total // bonus)
        if filled == first.sum():
            best = max(best, total - filled * bonus)
    return best


def test_a_circle_that_could_be_filled_from_a_larger_one_is():
    # Five like the first and two the second; three circles of two would be none.
    fit = np.array([[5.0, 4.0]] * 5 + [[4.0, 5.0]] * 2)
    fewest = np.array([3, 3])

    found = settle(fit, np.array([7, 7]), fewest, np.array([False, True]))

    assert sorted(np.bincount(found.mentor_of)) == [3, 4]


def test_which_circles_open_comes_near_the_best_choice():
    draw, shares = np.random.default_rng(0), []
    for _ in range(40):
        size, mentors = int(draw.integers(7, 14)), int(draw.integers(3, 6))
        fame = draw.normal(size=mentors) * 2
        fit = np.maximum(np.round(draw.integers(1, 13, (size, mentors)) + fame), 1.0)
        places, fewest = np.full(mentors, 7), np.full(mentors, 3)

        found = settle(fit, places, fewest, np.zeros(mentors, dtype=bool))

        shares.append(worth(fit, found.mentor_of) / best_circles(fit, places, 3))

    assert np.mean(shares) > 0.985

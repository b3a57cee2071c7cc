"""Measures of one's own data against values known from their sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.insights import measures

COUNTS = st.lists(st.integers(1, 50), min_size=1, max_size=8)


def test_three_of_four_may_be_anything_from_a_third_to_nearly_all():
    low, high = measures.wilson(3, 4)

    assert (round(low, 3), round(high, 3)) == (0.301, 0.954)


@given(st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_lies_in_its_interval(pair: tuple[int, int]):
    done, of = pair
    low, high = measures.wilson(done, of)

    assert 0 <= low <= done / of + 1e-12
    assert done / of - 1e-12 <= high <= 1


def test_what_is_not_over_yet_counts_as_long_as_it_waited():
    assert measures.median_time([(1, True), (2, True), (9, False)]) == 2
    assert measures.median_time([(1, True), (5, False), (9, False)]) is None


def test_four_even_kinds_are_four_and_one_kind_is_one():
    assert measures.hill_number([5, 5, 5, 5]) == pytest.approx(4)
    assert measures.hill_number([20]) == pytest.approx(1)
    assert measures.hill_number([]) == 0
    assert measures.evenness([5, 5, 5, 5]) == pytest.approx(1)
    assert measures.evenness([97, 1, 1, 1]) < 0.2


@given(COUNTS)
def test_effective_numbers_lie_between_one_and_all(counts: list[int]):
    assert 1 - 1e-9 <= measures.hill_number(counts) <= len(counts) + 1e-9
    assert 1 / len(counts) - 1e-9 <= measures.herfindahl(counts) <= 1 + 1e-9


def test_a_sure_forecast_that_fails_costs_all_and_an_even_one_a_quarter():
    assert measures.brier([(1.0, False)]) == 1
    assert measures.brier([(0.5, True), (0.5, False)]) == 0.25

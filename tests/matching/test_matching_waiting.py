"""Expected waits: unanswered asks count, and a guess is not shown."""

import make_matching as make
from hypothesis import given
from hypothesis import strategies as st

from matching.learning.survival import SurvivalStep, WaitSoFar, curve, expected_wait

WAITS = st.lists(st.builds(WaitSoFar, st.floats(0, 1000), st.booleans()), max_size=40)


def test_asks_that_still_wait_make_the_wait_longer():
    quick = [WaitSoFar(10.0, True)] * 10

    assert expected_wait(quick) == 10.0
    assert expected_wait([*quick, *[WaitSoFar(5.0, False)] * 5, *[WaitSoFar(60.0, False)] * 9]) == 10.0
    assert expected_wait([*quick, *[WaitSoFar(60.0, False)] * 11]) is None


def test_the_curve_falls_by_those_at_risk():
    steps = curve([WaitSoFar(1.0, True), WaitSoFar(2.0, False), WaitSoFar(3.0, True), WaitSoFar(3.0, False)])

    assert steps == [SurvivalStep(1.0, 0.75), SurvivalStep(3.0, 0.375)]


def test_few_acceptances_are_no_estimate():
    assert expected_wait([WaitSoFar(1.0, True)] * 9) is None


@make.calmly
@given(WAITS)
def test_the_share_that_waits_only_falls(waits: list[WaitSoFar]):
    shares = [step.waiting for step in curve(waits)]

    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share < 1 for share in shares)


@make.calmly
@given(st.lists(st.floats(0, 1000), min_size=10, max_size=40))
def test_without_open_asks_it_is_the_median(minutes: list[float]):
    wait = expected_wait([WaitSoFar(each, True) for each in minutes])

    assert wait == sorted(minutes)[(len(minutes) - 1) // 2]

"""When Slack counts as away, who may try meanwhile, and when everything goes again."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.values import WorkspaceId
from slackapp.delivery.outages import LONGEST_CALL, LONGEST_PAUSE, QUIET, Outages

HERE, THERE = WorkspaceId("T0HERE"), WorkspaceId("T0THERE")


@dataclass
class Time:
    """A clock that a test moves."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def outages(time: Time) -> Outages:
    return Outages(tick=time)


def test_a_call_that_fails_while_others_succeed_is_no_outage(outages: Outages, time: Time):
    outages.answered(HERE)
    time.now += QUIET - 1

    outages.failed(HERE)

    assert not outages.holds(HERE)
    assert outages.pause(HERE) is None


def test_an_outage_begins_when_nothing_was_answered_for_a_while(outages: Outages, time: Time):
    outages.answered(HERE)
    time.now += QUIET

    outages.failed(HERE)

    assert outages.holds(HERE)
    assert not outages.holds(THERE)


def test_one_delivery_at_a_time_may_try(outages: Outages, time: Time):
    outages.failed(HERE)
    time.now += outages.pause(HERE) or 0

    allowed = [not outages.holds(HERE) for _ in range(5)]

    assert allowed == [True, False, False, False, False]


def test_a_try_that_never_ends_makes_room_for_the_next(outages: Outages, time: Time):
    outages.failed(HERE)
    time.now += outages.pause(HERE) or 0
    outages.holds(HERE)

    time.now += LONGEST_CALL

    assert not outages.holds(HERE)


def test_an_answer_ends_the_outage_and_is_told_once(outages: Outages):
    outages.failed(HERE)

    outages.answered(HERE)

    assert not outages.holds(HERE)
    assert [outages.is_over(HERE), outages.is_over(HERE), outages.is_over(THERE)] == [True, False, False]


def test_an_answer_without_an_outage_ends_none(outages: Outages):
    outages.answered(HERE)

    assert not outages.is_over(HERE)


@given(st.lists(st.integers(0, 1000), max_size=40))
def test_slack_is_tried_again_at_least_twice_a_minute(waits: list[int]):
    time = Time()
    outages = Outages(tick=time)

    for wait in waits:
        outages.failed(HERE)
        assert 0 < (outages.pause(HERE) or 0) <= LONGEST_PAUSE
        time.now += wait

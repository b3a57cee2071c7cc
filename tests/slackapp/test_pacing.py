"""Pacing: one moment a second per key, and none while a key is closed."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from slackapp.delivery.pacing import KEPT, Pacer


def test_the_first_message_goes_at_once_and_the_next_waits():
    pacer = Pacer(1.0)

    waits = [pacer.take("C1", now=100.0), pacer.take("C1", now=100.2), pacer.take("C1", now=100.2)]

    assert [round(wait, 6) for wait in waits] == [0.0, 0.8, 1.8]


def test_conversations_do_not_wait_for_each_other():
    pacer = Pacer(1.0)
    pacer.take("C1", now=100.0)
    pacer.close("C1", 60.0, now=100.0)

    assert pacer.take("C2", now=100.0) == 0.0


def test_a_closed_key_waits_as_long_as_slack_said():
    pacer = Pacer(1.0)

    pacer.close("C1", 30.0, now=100.0)

    assert pacer.wait("C1", now=110.0) == 20.0
    assert pacer.wait("C1", now=131.0) == 0.0


def test_looking_takes_nothing():
    pacer = Pacer(1.0)

    pacer.wait("C1", now=100.0)

    assert pacer.take("C1", now=100.0) == 0.0


def test_keys_that_are_free_again_are_forgotten():
    pacer = Pacer(1.0)
    for number in range(KEPT):
        pacer.take(f"C{number}", now=0.0)

    pacer.take("C-new", now=100.0)

    assert len(pacer._free_at) == 1


@given(st.lists(st.floats(0, 2), min_size=1, max_size=50))
def test_two_messages_are_never_less_than_a_second_apart(gaps):
    pacer, now, sent = Pacer(1.0), 0.0, []
    for gap in gaps:
        now += gap
        sent.append(now + pacer.take("C1", now))

    assert all(later - sooner >= 1.0 - 1e-9 for sooner, later in itertools.pairwise(sent))

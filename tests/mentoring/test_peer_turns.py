"""Peer coaching: whose turn it is, and who is brought together."""

from datetime import timedelta

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, MINUTE, NOW, PYTHON, SQL

from kernel.errors import Ended, Invalid
from mentoring.model.new_request import checked
from mentoring.model.session import Session
from mentoring.routing.peer_pairing import ground


def peer_session(**changed: object) -> Session:
    return make.session(way="peer_coaching", minutes=20, **changed)


def test_the_helper_asks_first_then_the_asker():
    first = peer_session().next_turn(0, 10, NOW)
    second = first.next_turn(1, 10, NOW + 10 * MINUTE)
    over = second.next_turn(2, 10, NOW + 20 * MINUTE)

    assert [it.coach_id for it in (peer_session(), first, second, over)] == [None, ADA, ASKER, None]
    assert [it.turn_ends_at for it in (first, second, over)] == [NOW + 10 * MINUTE, NOW + 20 * MINUTE, None]


def test_the_talk_ends_two_turns_after_its_start():
    begun = peer_session().next_turn(0, 10, NOW + 90 * MINUTE)

    assert begun.ends_at == NOW + 110 * MINUTE


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60)), max_size=12))
def test_presses_in_any_order_only_ever_go_one_turn_on(presses: list[tuple[int, int]]):
    session, now = peer_session(), NOW
    for after, minutes in presses:
        before, now = session, now + timedelta(minutes=minutes)
        session = session.next_turn(after, 10, now)
        went_on = after == before.turn and after < 3
        assert session.turn == before.turn + went_on


def test_turns_are_for_peer_coaching_that_goes_on():
    with pytest.raises(Ended):
        make.session().next_turn(0, 10, NOW)
    with pytest.raises(Ended):
        peer_session(state="closed").next_turn(0, 10, NOW)


def test_peer_coaching_is_with_a_peer_by_name_and_for_two_turns():
    new = make.new_request(way="peer_coaching", lane="senior", anonymous=True, minutes=25)

    tidy = checked(new, make.TOPICS, make.POLICY)

    assert (tidy.lane, tidy.anonymous, tidy.minutes) == ("peer", False, 20)


def test_without_a_topic_people_meet_on_what_they_learn_and_then_know():
    assert ground(make.helper(learns=(SQL,), topics={PYTHON: 2})) == (SQL, PYTHON)
    assert ground(None) == ()
    with pytest.raises(Invalid):
        checked(make.new_request(way="peer_coaching", topics=()), make.TOPICS, make.POLICY)

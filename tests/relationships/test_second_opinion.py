"""A second opinion as a value: its moves, and that nothing that anyone does leads anywhere else."""

from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, CY, DAY, DEE, NOW, R1
from make_opinion import O1, opinion, seated

from kernel.errors import Ended, NotYours, OfferOver, Refusal
from matching.values import Lane
from relationships.second_opinions.second_opinion import (
    ENDS,
    ENOUGH,
    MOST_ASKED,
    MOVES,
    OPEN_SECOND_OPINIONS,
    SEATS,
    VIEWS_ASKED,
    VIEWS_OF,
    SecondOpinion,
    State,
)

PEOPLE = (ADA, BEN, CY, DEE)
Move = Callable[[SecondOpinion], SecondOpinion]
OVER = NOW + 3 * DAY
MOVES_OF_ANYONE: dict[str, Move] = {
    **{f"seat {it}": lambda one, it=it: one.seat(it, Lane.PEER, (), NOW) for it in PEOPLE},
    **{f"answer {it}": lambda one, it=it: one.answer(it, f"view of {it}", NOW) for it in PEOPLE},
    **{f"decline {it}": lambda one, it=it: one.decline(it) for it in PEOPLE},
    **{f"release {it}": lambda one, it=it: one.release(it) for it in PEOPLE},
    **{f"forget {it}": lambda one, it=it: one.without(it) for it in PEOPLE},
    "own": lambda one: one.write_own("mine"),
    "time": lambda one: one.close("time", OVER),
    "nobody": lambda one: one.close("nobody", NOW),
    "withdraw": lambda one: one.withdraw(NOW),
    "choose": lambda one: one.choose(1, R1, NOW),
    "settle": lambda one: one.settle(NOW),
    "ask back": lambda one: one.ask_back(),
    "come to": lambda one: one.come_to("acted", "it worked", NOW),
    "end": lambda one: one.end(NOW),
}


@given(st.lists(st.sampled_from(sorted(MOVES_OF_ANYONE)), max_size=25))
def test_whatever_anyone_does_it_moves_by_the_table_alone(names: list[str]):
    one = opinion()
    for name in names:
        before = one
        try:
            one = MOVES_OF_ANYONE[name](one)
        except Refusal:
            continue
        assert one.state == before.state or one.state in MOVES[before.state]
        assert len(one.taken) <= SEATS
        assert one.asked_in_all <= MOST_ASKED
        assert (one.ended_at is not None) == (one.state in ENDS)
        assert one.state in ("gathering", "shown") or not one.waiting
        assert one.state != "gathering" or len(one.answered) < ENOUGH
        assert len({seat.person_id for seat in one.seats}) == len(one.seats)
        for seat in before.seats:
            now = [it for it in one.seats if it.number == seat.number]
            assert seat.is_taken or now in ([], [seat]), "an end stays an end"
        if before.state != "gathering":
            assert {it.text for it in one.answered} >= {it.text for it in before.answered} or "forget" in name
            assert one.own_view == before.own_view, "written before another's is read"


def test_every_state_is_in_the_table_and_ends_lead_nowhere():
    assert set(MOVES) == set(get_args(State))
    assert {state for state, next in MOVES.items() if not next} == ENDS


def test_the_second_answer_shows_both_and_the_third_may_still_come():
    one = seated().answer(ADA, "No", NOW)
    assert one.state == "gathering"

    two = one.answer(CY, "Yes", NOW)
    three = two.answer(BEN, "Wait", NOW)

    assert (two.state, [seat.person_id for seat in two.waiting]) == ("shown", [BEN])
    assert (three.state, len(three.answered), three.free_seats) == ("shown", 3, 0)


def test_an_answer_can_be_changed_until_it_is_shown():
    one = seated().answer(ADA, "No", NOW).answer(ADA, "No, but", NOW)
    shown = one.answer(BEN, "Yes", NOW)

    assert [seat.text for seat in one.answered] == ["No, but"]
    assert shown.answer(ADA, "No, but", NOW) == shown
    with pytest.raises(OfferOver):
        shown.answer(ADA, "Yes", NOW)


def test_a_no_frees_the_seat_and_its_lane_for_the_next():
    one = seated().decline(BEN)

    assert (one.free_seats, one.lanes_free) == (1, (Lane.SENIOR,))
    assert one.decline(BEN) == one
    with pytest.raises(OfferOver):
        one.answer(BEN, "Yes after all", NOW)
    with pytest.raises(Ended):
        one.seat(BEN, Lane.SENIOR, (), NOW)


def test_nobody_else_answers_and_nobody_else_reads():
    with pytest.raises(NotYours):
        seated().answer(DEE, "Me too", NOW)
    with pytest.raises(NotYours):
        seated().check_asker(ADA)


def test_with_one_answer_time_shows_it_and_with_none_it_is_unanswered():
    one, none = seated().answer(ADA, "No", NOW).close("time", OVER), seated().close("time", OVER)

    assert (one.state, one.gap, len(one.answered), one.waiting) == ("shown", "time", 1, ())
    assert (none.state, none.gap, none.ended_at) == ("unanswered", "time", OVER)


def test_the_order_is_drawn_once_and_is_another_for_another_question():
    def order(id: str) -> list[str]:
        one = seated(id=id)
        for person in (ADA, BEN, CY):
            one = one.answer(person, "So", NOW)
        return [seat.person_id for seat in one.answered]

    orders = {tuple(order(f"O{number}")) for number in range(100)}

    assert order(O1) == order(O1)
    assert len(orders) == 6


def test_it_stands_in_the_lists_of_everyone_it_concerns():
    one = seated().answer(ADA, "No", NOW).decline(CY)

    lists = set(one.lists())

    assert {VIEWS_OF.of(it) for it in (ADA, BEN, CY)} <= lists
    assert {name for name in lists if name.startswith(VIEWS_ASKED)} == {VIEWS_ASKED.of(BEN)}
    assert OPEN_SECOND_OPINIONS.of(ASKER) in lists
    assert OPEN_SECOND_OPINIONS.of(ASKER) not in one.withdraw(NOW).lists()


def test_whose_seat_was_chosen_is_forgotten_with_it_and_only_then():
    one = seated().answer(ADA, "Yes", NOW).answer(BEN, "No", NOW).choose(1, R1, NOW)

    assert (one.without(BEN).chosen, one.without(ADA).chosen) == (1, None)

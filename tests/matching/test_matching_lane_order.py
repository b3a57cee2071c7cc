"""The order of lanes from what came of talks: ten in a lane before it moves, and nothing is lost."""

import make_matching as make
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.index import HelperIndex
from matching.ranking.lane_order import Helpfulness, in_order, with_outcomes
from matching.ranking.ranking import rank
from matching.values import Lane, ReasonKind

PEER, SENIOR, REVERSE = Lane.PEER, Lane.SENIOR, Lane.REVERSE
COUNTS = st.dictionaries(st.sampled_from(Lane), st.integers(0, 50))


def test_the_lane_that_has_helped_more_often_comes_first():
    past = Helpfulness({PEER: 20, SENIOR: 20}, {PEER: 8, SENIOR: 18})

    assert in_order((PEER, SENIOR, REVERSE), past) == (SENIOR, PEER, REVERSE)


def test_nine_talks_move_nothing():
    past = Helpfulness({PEER: 20, SENIOR: 9}, {PEER: 2, SENIOR: 9})

    assert in_order((PEER, SENIOR, REVERSE), past) == (PEER, SENIOR, REVERSE)


def test_about_as_often_keeps_the_wish():
    past = Helpfulness({PEER: 40, SENIOR: 40}, {PEER: 30, SENIOR: 31})

    assert in_order((PEER, SENIOR), past) == (PEER, SENIOR)


def test_a_lane_of_which_little_is_known_keeps_its_place():
    past = Helpfulness({PEER: 20, REVERSE: 20}, {PEER: 4, REVERSE: 19})

    assert in_order((PEER, SENIOR, REVERSE), past) == (REVERSE, SENIOR, PEER)


@make.calmly
@given(st.permutations(list(Lane)), COUNTS, st.data())
def test_every_wished_lane_stays_wished(lanes: list[Lane], talks: dict[Lane, int], data: st.DataObject):
    helped = {lane: data.draw(st.integers(0, most)) for lane, most in talks.items()}

    assert sorted(in_order(lanes, Helpfulness(talks, helped))) == sorted(lanes)


@make.calmly
@given(st.integers(10, 30), st.integers(10, 30), st.data())
def test_one_more_talk_that_helped_never_moves_a_lane_back(first: int, second: int, data: st.DataObject):
    helped = {PEER: data.draw(st.integers(0, first)), SENIOR: data.draw(st.integers(0, second - 1))}
    before = in_order((PEER, SENIOR), Helpfulness({PEER: first, SENIOR: second}, helped))
    more = {**helped, SENIOR: helped[SENIOR] + 1}

    after = in_order((PEER, SENIOR), Helpfulness({PEER: first, SENIOR: second}, more))

    assert after.index(SENIOR) <= before.index(SENIOR)


def test_one_more_that_helped_counts_for_its_own_lane_first():
    talks = {PEER: 25, SENIOR: 16}

    orders = [in_order((PEER, SENIOR), Helpfulness(talks, {PEER: 11, SENIOR: helped})) for helped in (8, 9)]

    assert orders == [(PEER, SENIOR), (PEER, SENIOR)]


def test_the_reason_says_which_topic_the_lane_has_helped_with():
    ask = with_outcomes(make.ask(), Helpfulness({PEER: 20, SENIOR: 20}, {PEER: 4, SENIOR: 18}))
    people = [make.helper("U1", level=4), make.helper("U2", level=6)]

    first, second = rank(ask, HelperIndex(people), make.MONDAY_NOON)

    facts = {
        match.helper_id: it.facts
        for match in (first, second)
        for it in match.reasons
        if it.kind is ReasonKind.LANE
    }
    assert facts == {
        "U2": {"lane": "senior", "levels_apart": 2, "proven_with": "sql"},
        "U1": {"lane": "peer", "levels_apart": 0},
    }


def test_where_only_one_lane_is_known_nothing_is_said_to_be_best():
    assert with_outcomes(make.ask(), Helpfulness({PEER: 20}, {PEER: 18})).proven is None

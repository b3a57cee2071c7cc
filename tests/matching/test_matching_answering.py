"""The chance of an answer in time: an answer never hurts, and a thin record says little."""

import make_matching as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.answer_chance import MOST, chance, favour, is_usual
from matching.ranking.index import HelperIndex
from matching.ranking.ranking import rank
from matching.values import ReasonKind

ENDED = st.integers(0, 20)


@make.calmly
@given(ENDED, st.data())
def test_an_answer_never_hurts(ended: int, data: st.DataObject):
    halves = data.draw(st.integers(0, 2 * ended))

    assert 0 < chance(ended, halves / 2) < 1
    assert favour(ended, halves / 2) <= MOST
    if halves < 2 * ended:
        assert favour(ended, (halves + 1) / 2) > favour(ended, halves / 2)
    assert favour(ended + 1, halves / 2 + 1) >= favour(ended, halves / 2)


def test_without_a_record_nothing_is_said():
    (match,) = rank(make.ask(), HelperIndex([make.helper()]), make.MONDAY_NOON)

    assert favour(0, 0.0) == 0
    assert ReasonKind.IN_TIME not in {reason.kind for reason in match.reasons}


def test_one_offer_weighs_less_than_twenty():
    assert 0 > favour(1, 0.0) > favour(20, 0.0)
    assert 0 < favour(1, 1.0) < favour(20, 20.0)


@pytest.mark.parametrize(("ended", "answered", "usual"), [(4, 4.0, False), (5, 4.0, True), (20, 15.5, False)])
def test_that_someone_usually_answers_is_said_of_those_who_do(ended: int, answered: float, usual: bool):
    assert is_usual(ended, answered) is usual


def test_those_who_answer_come_before_those_who_know_as_much_and_do_not():
    silent = make.helper("U1", offers_ended=6, offers_answered=0.0)
    heard = make.helper("U2", offers_ended=6, offers_answered=6.0)
    new = make.helper("U3")

    ranked = rank(make.ask(), HelperIndex([silent, heard, new]), make.MONDAY_NOON)

    assert [match.helper_id for match in ranked] == ["U2", "U3", "U1"]
    assert next(it.facts for it in ranked[0].reasons if it.kind is ReasonKind.IN_TIME) == {"usually": 1}

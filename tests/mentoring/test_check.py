"""A check is asked once and answered for good, or gives way to the next."""

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, NOW

from kernel.errors import Ended, NotYours, Refusal
from mentoring.model.check import CUE, Check, Used, check_id, parts_of

ANSWERS: list[Used] = ["used", "not_yet", "no_use"]


def check(**changed: object) -> Check:
    return Check.begin(make.session(), "d2", NOW).model_copy(update=changed)


@given(st.lists(st.sampled_from([*ANSWERS, "lapse", "close"]), max_size=10))
def test_a_final_answer_is_an_end_and_not_yet_is_not(row: list[str]):
    it = check()
    for step in row:
        before = it
        try:
            moves = {"lapse": it.lapse, "close": it.close}
            it = moves[step]() if step in moves else it.reply(step, ASKER, NOW)
        except Refusal:
            assert before.is_final or before.state == "lapsed"

        assert it == before or not (before.is_final or before.state == "lapsed")
        assert (it.answer is not None) == (it.answered_at is not None)
        assert it.state != "answered" or it.answer is not None
        assert it.state != "lapsed" or not it.is_final
        assert (it.state == "asked") == (f"checks-asked-of:{ASKER}" in it.lists())


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_same_answer_twice_changes_nothing(answer: Used):
    once = check().reply(answer, ASKER, NOW)

    assert once.reply(answer, ASKER, NOW) == once


def test_not_yet_may_become_used():
    assert check().reply("not_yet", ASKER, NOW).reply("used", ASKER, NOW).answer == "used"


def test_a_check_that_gave_way_takes_no_answer():
    with pytest.raises(Ended):
        check().lapse().reply("used", ASKER, NOW)


def test_only_the_asker_answers():
    with pytest.raises(NotYours):
        check().reply("used", ADA, NOW)


def test_an_id_tells_the_talk_and_the_label():
    session = make.session()

    assert parts_of(check_id(session.id, CUE)) == (session.id, "cue", "asker")
    assert [check_id(session.id, label) for label in ("d2", "d7")] == ["R1.U0ADA.d2", "R1.U0ADA.d7"]

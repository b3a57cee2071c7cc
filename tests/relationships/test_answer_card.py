"""An answer card as a value: its moves, and that nothing that anyone does leads anywhere else."""

from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, DAY, NOW
from make_answer_card import UNTIL, card, shared

from kernel.errors import NotYours, Refusal
from relationships.answer_cards import found_answer
from relationships.answer_cards.answer_card import ANSWERS_WITH, ENDS, MOVES, AnswerCard, CardWords, State
from relationships.answer_cards.found_answer import FoundAnswer

NEW = CardWords(question="How do I profile a worker?", answer="With py-spy.")
HIDDEN = CardWords(question="How do I profile [name]?", answer="With py-spy.")
Move = Callable[[AnswerCard], AnswerCard]
MOVES_OF_ANYONE: dict[str, Move] = {
    **{f"agree {it}": lambda one, it=it: one.agree(it, one.wording, NOW, UNTIL) for it in (ADA, ASKER, BEN)},
    **{f"reword {it}": lambda one, it=it: one.reword(it, NEW, NOW) for it in (ADA, ASKER, BEN)},
    **{f"withdraw {it}": lambda one, it=it: one.withdraw(it, NOW) for it in (ADA, ASKER, BEN)},
    **{f"confirm {it}": lambda one, it=it: one.confirm(it, NOW, UNTIL) for it in (ADA, ASKER)},
    "hide": lambda one: one.hide(one.words, HIDDEN),
    "late": lambda one: one.agree(ASKER, one.wording - 1, NOW, UNTIL),
    "ask": lambda one: one.ask(NOW),
    "early": lambda one: one.expire(NOW),
    "expire": lambda one: one.expire(UNTIL + DAY),
    "lapse": lambda one: one.lapse(NOW),
    "admin": lambda one: one.take_down(NOW),
    "found": lambda one: one.show_once_more().solve_once_more(),
}


@given(st.lists(st.sampled_from(sorted(MOVES_OF_ANYONE)), max_size=25))
def test_whatever_anyone_does_it_moves_by_the_table_alone(names: list[str]):
    one = card()
    for name in names:
        before = one
        try:
            one = MOVES_OF_ANYONE[name](one)
        except Refusal:
            continue
        assert one.state == before.state or one.state in MOVES[before.state]
        assert BEN not in one.agreed
        assert (one.ended_at is not None) == one.is_ended == (one.words == CardWords(question="", answer=""))
        findable = any(name.startswith(ANSWERS_WITH) for name in one.lists())
        assert findable == (one.state == "shared") == bool(one.gists())
        if findable:
            assert one.agreed == {ADA, ASKER}, "both agree to what can be found"
            assert one.valid_until is not None
        if one.words != before.words and not one.is_ended and name != "hide":
            assert len(one.agreed) == 1, "the other agrees to new words anew"


def test_every_state_is_in_the_table_and_ends_lead_nowhere():
    assert set(MOVES) == set(get_args(State))
    assert {state for state, next in MOVES.items() if not next} == ENDS
    assert set(found_answer.MOVES) == set(get_args(found_answer.State))


def test_only_its_writer_can_say_that_it_is_still_true():
    with pytest.raises(NotYours):
        shared().confirm(ASKER, NOW, UNTIL)


@given(st.lists(st.sampled_from(get_args(found_answer.State)), max_size=12))
def test_what_came_of_an_answer_moves_by_its_table(
    states: list[found_answer.State],
):
    one = FoundAnswer(id="R1", asker_id=ASKER, card_id="C", found_at=NOW, until=NOW + DAY)
    for number, state in enumerate(states):
        now = NOW + number * DAY
        before, one = one, one.solve(now) if state == "solved" else one.come_to(state)
        assert one.state == before.state or one.state in found_answer.MOVES[before.state]
        assert one.solved_at == (now if one.state == "solved" != before.state else before.solved_at)
        assert one.waits(NOW) == (one.state == "shown")
    assert not one.waits(NOW + DAY)

"""The ladder of help: nobody is told what they did not ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.language.help_ladder import LADDER, Help, asks_for_help, highest, up_to


@pytest.mark.parametrize(
    "answer",
    [
        "I don't know",
        "i really dont know",
        "Give me a hint please",
        "Could you give an example?",
        "no idea",
        "What would you do?",
        "just tell me",
        "I'm stuck",
        "Any ideas?",
        "???",
        "I can’t think of one",
        "hint please",
        "Another example?",
    ],
)
def test_a_call_for_help_is_heard(answer: str):
    assert asks_for_help(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "I will write to her on Tuesday",
        "8",
        "Three things: talk, wait, write",
        "I told my manager that I would like to know by Friday",
        "A plan that gives me calm",
        "She sets an example",
        "Help from the platform team",
        "That they tell me the truth",
        "To be less stuck with my thesis",
        "First I thought that I was stuck, and then I found out that the whole team had the same trouble and "
        "nobody dared to say it, so I raised it in the retro",
    ],
)
def test_an_answer_is_no_call_for_help(answer: str):
    assert not asks_for_help(answer)


def test_each_ask_goes_one_rung_up_and_no_further():
    asked = [(help, "I don't know") for help in LADDER]

    assert [highest(asked[:count]) for count in range(5)] == [*LADDER, Help.ANSWER]


def test_an_answer_of_ones_own_brings_the_ladder_down_again():
    assert highest([(Help.QUESTION, "no idea"), (Help.HINT, "Then I will write to her")]) is Help.QUESTION


@given(st.lists(st.tuples(st.sampled_from(LADDER), st.sampled_from([None, "8", "no idea", "I will"]))))
def test_the_next_rung_is_at_most_one_above_the_last(turns: list[tuple[Help, str | None]]):
    last = LADDER.index(turns[-1][0]) if turns else -1

    assert LADDER.index(highest(turns)) <= last + 1
    assert up_to(highest(turns))[0] is Help.QUESTION

"""Words that steer a talk are known however they are asked for or mistyped; all else is an answer."""

import pytest

from coaching.language.commands import says_how_it_is, steering


@pytest.mark.parametrize(
    ("said", "steers"),
    [
        ("skip", "skip"),
        ("Skip.", "skip"),
        ("skp", "skip"),
        ("skipp", "skip"),
        ("sikp", "skip"),
        ("can we skip this one please", "skip"),
        ("next question", "skip"),
        ("go back", "back"),
        ("bakc", "back"),
        ("previous question please", "back"),
        ("zurück", "back"),
        ("stop", "stop"),
        ("stpo", "stop"),
        ("STOP!!", "stop"),
        ("please stop now", "stop"),
        ("I want to stop", "stop"),
        ("that's enough for today", "stop"),
        ("stopp", "stop"),
    ],
)
def test_a_word_that_steers_is_known(said: str, steers: str):
    assert steering(said) == steers


@pytest.mark.parametrize(
    "said",
    [
        "",
        "?",
        "a step",
        "ship it",
        "I want to stop smoking",
        "stop saying yes to everyone",
        "skip the meeting and write instead",
        "I go back to school",
        "top",
        "sip",
        "the next one is my promotion",
        "talk to my boss",
        "this",
    ],
)
def test_an_answer_steers_nothing(said: str):
    assert steering(said) is None


@pytest.mark.parametrize(
    "line",
    [
        "sprint planning wears me out",
        "sprint got cancelled and i'm lost",
        "sprint after sprint we fail",
        "goals feel pointless",
        "goals for next year scare me",
        "goals are never met in my team",
        "plan fell through again, what now",
        "plan B didn't work",
        "plans keep changing",
    ],
)
def test_a_line_that_says_how_things_are_begins_nothing(line: str):
    word, _, rest = line.partition(" ")

    assert says_how_it_is(word, rest)


@pytest.mark.parametrize(
    "line",
    [
        "sprint learn the basics of SQL",
        "sprint feel less nervous in demos",
        "sprint public speaking",
        "sprint say no more often",
        "goals become a team lead",
        "goals get better at SQL",
        "plan get promoted to senior",
        "plan I'd like to run my first retro",
        "plan a talk that is fun",
    ],
)
def test_a_goal_after_a_word_begins_it(line: str):
    word, _, rest = line.partition(" ")

    assert not says_how_it_is(word, rest)

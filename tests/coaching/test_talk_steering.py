"""Words that steer a talk are known however they are asked for or mistyped; all else is an answer."""

import pytest

from coaching.language.commands import steering


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

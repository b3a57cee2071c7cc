"""What the app says about which kind of help fits."""

import pytest

from handlers.block_kit import blocks
from handlers.triage import advice
from sensing.triage.triage import advise


def doors(text: str) -> tuple[str, list[str]]:
    """What is said to a text, and its buttons; the primary one has a star."""
    shown = advice.advised("D1", text, advise(text), [])
    row = next(block["elements"] for block in shown if block["type"] == "actions")
    labels = [f"{'*' if it.get('style') else ''}{it['text']['text']}" for it in row if it["type"] == "button"]
    return blocks.spoken(shown), labels


def test_a_text_that_shows_nothing_is_told_so_and_told_what_the_ways_are():
    said, labels = doors("hello")

    assert "I can't tell from this what fits best" in said
    assert "A guided talk asks you one question at a time" in said
    assert "seems to fit best" not in said
    assert labels[0] == "*Think it through"


@pytest.mark.parametrize(
    ("text", "talk"), [("stuck", "Get unstuck"), ("want to stop checking slack all day", "Build a habit")]
)
def test_a_text_that_shows_only_a_guided_talk_is_led_to_that(text: str, talk: str):
    said, labels = doors(text)

    assert f"A guided talk may fit best: {talk.lower()}." in said
    assert labels[0] == f"*{talk}"


def test_a_text_with_reasons_is_told_them_and_nothing_on_the_other_ways():
    said, labels = doors("How do I rebase onto a moved branch?")

    assert "A quick question to a colleague seems to fit best" in said
    assert "Why: somebody can simply tell you (“How do I”)" in said
    assert "A guided talk asks you" not in said
    assert labels[0] == "*Ask a mentor"


def test_a_question_that_is_none_of_work_is_told_so_kindly_and_can_be_thought_through():
    said, labels = doors("My girlfriend and I argue about the holidays all the time")

    assert "This doesn't sound like a question about work" in said
    assert "Because" not in said
    assert labels[0].startswith("*")
    assert "Ask a mentor" in labels

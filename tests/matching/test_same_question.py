"""Whether two questions ask the same: what is found, what is not, and that hostile texts cost little."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.topics.same_question import SAME, gist, likeness, nearest, telling

PROFILE = "How do I profile an asyncio worker?"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("How can I profile asyncio workers?", PROFILE),
        (
            "How do I drop all tables starting with a prefix in MySQL?",
            "MySQL: drop tables starting with prefix",
        ),
        ("Turkish Airlines baggage allowance", "Luggage allowance on Turkish Airlines"),
        ("HOW DO I PROFILE AN ASYNCIO WORKER", PROFILE),
        ("ฉันจะตั้งค่าอย่างไร", "ฉันจะตั้งค่าอย่างไร"),
    ],
)
def test_the_same_in_other_words_is_found(text: str, question: str):
    assert likeness(text, question) >= SAME


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("How do I get mobile internet in Norway?", "How do I get mobile internet in Spain?"),
        (
            "Can I drop a procedure whose name is in a variable?",
            "Can I run a procedure whose name is in a variable?",
        ),
        ("Do I need a visa if I have no visa for Spain?", "Do I need a visa if I have a visa for Spain?"),
        ("How do I list all schemas?", "How do I list all tables in all schemas that the current user owns?"),
        ("My query is slow since the upgrade and the index is corrupt", "My query is slow"),
        ("How do I do this?", "How do I do that?"),
        ("", PROFILE),
        ("🙂🙂🙂 !!!", PROFILE),
    ],
)
def test_what_differs_in_what_it_is_about_is_not(text: str, question: str):
    assert likeness(text, question) < SAME


def test_the_nearest_come_first_and_what_shares_nothing_not_at_all():
    cards = {
        "far": gist("How do I bake bread?"),
        "b": gist(PROFILE),
        "a": gist(PROFILE),
        "part": gist("Profile a query"),
    }

    assert nearest(PROFILE, cards) == ["a", "b", "part"]
    assert telling(PROFILE, 1) == ["asyncio"]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_have_a_likeness_and_each_is_like_itself(one: str, other: str):
    assert 0 <= likeness(one, other) <= 1 + 1e-6
    assert likeness(one, one) == (1 if gist(one) else 0)
    assert "\n" not in gist(one)


def test_of_ten_thousand_the_nearest_are_found_quickly():
    cards = {
        f"C{it}": gist(f"How do I sharpen blade {it} of kind k{it % 97} in hall h{it % 89}?")
        for it in range(10_000)
    }

    began = time.perf_counter()
    found = nearest("How do I sharpen blade 77 of kind k77 in hall h77?", cards)

    assert found
    assert time.perf_counter() - began < 2.0

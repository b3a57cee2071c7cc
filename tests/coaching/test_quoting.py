"""The part of somebody's words that is given back: whole, telling, their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.language.quoting import LONGEST, clause, prose


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("peace", "peace"),
        ("Should I do an MBA?", "Should I do an MBA?"),
        ("ok so basically I never say no to anyone", "I never say no to anyone"),
        (
            "I've been on the ward for eleven years and I'm tired of nights, but I love the people. 6 maybe",
            "I've been on the ward for eleven years and I'm tired of nights, but I love the people. 6 maybe",
        ),
        (
            "The first shop makes money. I lie awake because I'm afraid to lose the house.",
            "The first shop makes money. I lie awake because I'm afraid to lose the house",
        ),
        (
            "this is bullshit, they changed our bonus plan again",
            "this is bullshit, they changed our bonus plan again",
        ),
        ("see https://example.com/a?b=c for my plan to leave", "see for my plan to leave"),
        (
            "I've done this for ages, my hand hurts. I don't know if I should retrain or ask for fewer hours",
            "I've done this for ages, my hand hurts. I don't know if I should retrain or ask for fewer hours",
        ),
        (
            "I want him to stop. Actually no, I want the director to know what I did",
            "I want the director to know what I did",
        ),
        (
            "how can i get my husband (we run a hotel) to stop talking about work at dinner every night",
            "how can i get my husband (we run a hotel) to stop talking about work at dinner every night",
        ),
        (
            "I have to tell her carer, who I like, that we can't keep paying her so many hours as we do now",
            "I have to tell her carer, who I like, that we can't keep paying her so many hours as we do now",
        ),
        (
            "To know whether I say yes by Friday, and if yes, on what terms",
            "To know whether I say yes by Friday, and if yes, on what terms",
        ),
        ("👍", ""),
        ("", ""),
    ],
)
def test_the_clause_that_says_most_is_quoted_whole(written: str, quoted: str):
    assert clause(written) == quoted


def test_what_is_too_long_is_cut_where_a_part_ends():
    said = clause(
        "I need to decide whether to take the position of the team lead on the ward with the heavy patients"
        " or to stay a nurse here and go on with nights until the children are out of school and the house",
        36,
    )

    assert said == "I need to decide whether to take the position of the team lead on the ward …"


def test_of_a_long_story_what_somebody_wonders_is_given_back():
    said = clause(
        "I've been here six years and my manager left and the new one, nice guy, but he keeps pulling me in,"
        " and I said I wanted to do more design and he said sure, so I guess I'm wondering if I should move",
        36,
    )

    assert said == "I guess I'm wondering if I should move"


def test_beside_a_list_its_own_sentence_is_given_back_and_not_one_of_the_items():
    assert (
        clause("on my plate:\n- billing\n- two new hires\n- my exam\nsomething has to give")
        == "something has to give"
    )


def test_what_a_machine_wrote_is_left_out():
    pasted = (
        'fails:\n```\nx = 1\n```\nTraceback (most recent call last):\n  File "a.py", line 3\nand I lost a day'
    )

    assert " ".join(prose(pasted).split()) == "fails: and I lost a day"


@given(st.text(max_size=400))
def test_a_quote_is_short_and_comes_from_the_text(written: str):
    said = clause(written)

    assert len(said.split()) <= LONGEST + 1
    assert all(word.rstrip(".") in written for word in said.removesuffix("…").split())

"""Grave words that are veiled, misspelt or run together, and the words that must stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.safety.safety import Tier, read
from sensing.text.spelling import VEILED, respelt, unveiled
from sensing.text.wording import normal, words

STANDS_FOR = {"i": "1!|*", "e": "3*", "o": "0*", "a": "@4*", "s": "$5*"}


def said(text: str) -> list[str]:
    return [word.text for word in words(normal(text))]


@given(st.sampled_from(VEILED), st.data())
def test_a_grave_word_is_known_with_any_one_inner_letter_veiled(word: str, data: st.DataObject):
    place = data.draw(st.integers(1, len(word) - 2))
    veil = data.draw(st.sampled_from(STANDS_FOR.get(word[place], "*#")))

    written = word[:place] + veil + word[place + 1 :]

    assert unveiled(f"so {written} today").split()[1].strip("#*") in VEILED


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("i don t want this", "i do not want this"),
        ("i m tired, she s gone", "i am tired she is gone"),
        ("i couldn t", "i could not"),
        ("imma go", "i am going to go"),
        ("killmyself", "kill myself"),
        ("my self, them selves", "myself themselves"),
        ("s u i c i d e", "suicide"),
        ("s.u.i.c.i.d.e", "suicide"),
        ("k-i-l-l", "kill"),
        ("siucide and overdse", "suicide and overdose"),
        ("hopless, wrothless", "hopeless worthless"),
        ("KILLL", "kill"),
    ],
)
def test_words_are_read_as_they_were_meant(text: str, plain: str):
    assert said(text) == plain.split()


@pytest.mark.parametrize(
    "text",
    ["k8s", "s3", "i18n", "a1b2c3", "manage", "exiting", "d*g", "a b c d", "x-y-z", "treat", "e.g. i.e."],
)
def test_other_words_stay_what_they_are(text: str):
    assert unveiled(text) == text
    assert respelt(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "I want to k1ll myself",
        "thinking of su*cide",
        "i wannadie",
        "want to d i e",
        "i want to kil my self",
        "i don t want to live anymore",
        "suicdal again",
    ],
)
def test_danger_is_heard_however_it_is_typed(text: str):
    assert read(text).tier is Tier.STOP

"""Likeness of texts."""

import make_matching as make
from hypothesis import given
from hypothesis import strategies as st

from matching.topics.similar_texts import Corpus, words_of


def corpus(*texts: str) -> Corpus:
    made = Corpus()
    for text in texts:
        made.add(words_of(text))
    return made


def test_the_text_that_shares_rare_words_is_most_alike():
    made = corpus("slow query plan in postgres", "slow coffee machine", "hiring plan for spring")

    likeness = made.likeness(words_of("My Postgres query is slow"))

    assert likeness.argmax() == 0
    assert likeness[2] == 0


def test_words_that_say_nothing_are_left_out():
    assert words_of("How do I get the Plan?") == {"plan": 1}


@make.calmly
@given(st.lists(st.text(alphabet="abc ", max_size=20), max_size=8), st.text(alphabet="abcd ", max_size=20))
def test_likeness_is_never_negative_and_is_zero_without_a_common_word(texts: list[str], text: str):
    likeness = corpus(*texts).likeness(words_of(text))

    assert len(likeness) == len(texts)
    for each, like in zip(texts, likeness.tolist(), strict=True):
        assert like >= 0
        assert (like > 0) == bool(words_of(text).keys() & words_of(each).keys())

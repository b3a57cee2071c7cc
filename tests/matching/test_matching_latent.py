"""What texts are about beneath their words, and what people's answers were about."""

from collections import Counter

import numpy as np
import pytest

from matching.topics.latent import BLIND, DIMENSIONS, Lens, Profiles
from matching.topics.latent_fit import FEWEST_TEXTS, learn_lens
from matching.topics.similar_texts import Corpus

SUBJECTS, WORDS = 30, 10


def corpus_of(count: int) -> Corpus:
    """Texts of three words each, all of one subject."""
    draw, corpus = np.random.default_rng(3), Corpus()
    for number in range(count):
        words = draw.choice(WORDS, 3, replace=False).tolist()
        corpus.add(Counter(word(number % SUBJECTS, each) for each in words))
    return corpus


def word(subject: int, number: int) -> str:
    return f"subject{subject}word{number}"


def text(subject: int, *numbers: int) -> Counter[str]:
    return Counter(word(subject, number) for number in numbers)


@pytest.fixture(scope="module")
def lens() -> Lens:
    return learn_lens(corpus_of(900))


def likeness(lens: Lens, one: Counter[str], other: Counter[str]) -> float:
    return float(lens.of(one) @ lens.of(other))


def test_texts_that_share_no_word_are_alike_when_their_words_stand_together_elsewhere(lens: Lens):
    assert likeness(lens, text(1, 0, 1, 2), text(1, 3, 4, 5)) > 0.6
    assert abs(likeness(lens, text(1, 0, 1, 2), text(2, 0, 1, 2))) < 0.2


def test_a_text_points_somewhere_at_length_one_and_unknown_words_nowhere(lens: Lens):
    assert np.linalg.norm(lens.of(text(1, 0, 0, 7))) == pytest.approx(1.0)
    assert not lens.of({"zebra": 1}).any()


def test_the_same_texts_make_the_same_lens(lens: Lens):
    again = learn_lens(corpus_of(900))

    assert again.words == lens.words
    assert np.array_equal(again.rows, lens.rows)


def test_few_texts_make_no_lens():
    assert learn_lens(corpus_of(FEWEST_TEXTS - 1)) is BLIND
    assert not BLIND.of(text(1, 0)).any()


def test_a_profile_fades_by_half_a_year_after_year():
    profiles, vector = Profiles(), np.ones(DIMENSIONS, dtype=np.float32) / np.float32(DIMENSIONS**0.5)
    profiles.add(2, vector, 2.0, day=100.0)

    now, later = (profiles.compare(vector, np.array([2]), day)[2][0] for day in (100.0, 465.0))

    assert np.expm1(now) == pytest.approx(3 * 2.0, rel=1e-5)
    assert np.expm1(later) == pytest.approx(3 * 1.0, rel=1e-5)


def test_people_without_a_past_are_about_nothing():
    profiles, vector = Profiles(), np.ones(DIMENSIONS, dtype=np.float32)
    profiles.add(0, vector, 1.0, day=1.0)

    columns = profiles.compare(vector, np.array([-1, 0, 7]), 2.0)

    assert [[bool(value) for value in column] for column in columns] == [[False, True, False]] * 3
    assert not any(column.any() for column in Profiles().compare(vector, np.array([-1, 0]), 2.0))

"""Topics learned from past requests: better than aliases soon, and never against a tag."""

import numpy as np
import pytest

from matching.tagging import FILE_AT_ONCE, Tagger, TopicWords, sure
from matching.topic_model import Tagged, TopicModel, learn_topics

TAGGER = Tagger(
    [TopicWords("db", "Databases", ("sql",)), TopicWords("people", "People"), TopicWords("rare", "Rare")]
)
QUERIES = (
    "slow query on a big table",
    "index of a table",
    "query plan and join",
    "table lock and a slow join",
)
TALKS = (
    "a hard talk with a colleague",
    "feedback talk for my team",
    "praise a colleague",
    "my team and feedback",
)
PAST = [
    Tagged(text, (topic,))
    for _ in range(12)
    for query, talk in zip(QUERIES, TALKS, strict=True)
    for text, topic in ((query, "db"), (talk, "people"))
]


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return learn_topics(PAST, TAGGER)


def test_words_that_came_with_a_topic_suggest_it_where_no_alias_does(model: TopicModel):
    guesses = model.suggest(TAGGER, "why is this table join slow?")

    assert TAGGER.suggest("why is this table join slow?") == []
    assert guesses[0].topic_id == "db"
    assert sure(guesses) == ("db",)


def test_an_alias_still_counts_and_says_so(model: TopicModel):
    guess = model.suggest(TAGGER, "sql")[0]

    assert (guess.topic_id, guess.evidence) == ("db", ("sql",))


def test_a_tag_wins_over_everything_learned(model: TopicModel):
    guesses = model.suggest(TAGGER, "slow table join #people")

    assert sure(guesses) == ("people",)
    assert [guess.exact for guess in guesses[:2]] == [True, False]


def test_a_topic_that_nobody_asked_about_is_still_found_by_its_words(model: TopicModel):
    assert "rare" in [guess.topic_id for guess in model.suggest(TAGGER, "something rare")]


def test_thin_data_files_nothing_at_once():
    thin = learn_topics(PAST[:10], TAGGER)

    assert sure(thin.suggest(TAGGER, QUERIES[0])) == ()


def test_nothing_learned_is_no_error():
    assert learn_topics([], TAGGER).suggest(TAGGER, "sql")[0].topic_id == "db"


def test_the_threshold_is_where_filing_at_once_begins(model: TopicModel):
    chance = float(model.chances(TAGGER, QUERIES[0]).max())
    confidence = model.suggest(TAGGER, QUERIES[0])[0].confidence

    assert (confidence >= FILE_AT_ONCE) == (chance >= model.threshold)
    assert np.isfinite(model.weights).all()

"""Topics learned from past requests: better than aliases soon, and never against a tag."""

import io

import numpy as np
import pytest

from matching.topics.model import Tagged, TopicModel, headline
from matching.topics.model_training import learn_topics, words_suffice
from matching.topics.tagging import FILE_AT_ONCE, Tagger, TopicWords, sure

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
    learned = learn_topics(PAST, TAGGER)
    assert learned is not None
    return learned


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


def test_without_a_past_the_words_of_topics_decide():
    assert learn_topics([], TAGGER) is None


def test_the_threshold_is_where_filing_at_once_begins(model: TopicModel):
    chance = float(model.chances(TAGGER, QUERIES[0]).max())
    confidence = model.suggest(TAGGER, QUERIES[0])[0].confidence

    assert (confidence >= FILE_AT_ONCE) == (chance >= model.threshold)
    assert np.isfinite(model.weights).all()


def test_what_was_learned_is_the_same_after_writing_it_down_without_objects(model: TopicModel):
    written = io.BytesIO()
    np.savez(written, **model.to_arrays())  # type: ignore[arg-type]  # its stub takes names for options
    written.seek(0)
    with np.load(written, allow_pickle=False) as arrays:
        read = TopicModel.from_arrays(arrays)

    for text in (*QUERIES, *TALKS, "sql", ""):
        assert read.suggest(TAGGER, text) == model.suggest(TAGGER, text)
    assert (read.threshold, read.likely) == (model.threshold, model.likely)


def test_the_same_past_is_learned_the_same():
    models = [learn_topics(PAST, TAGGER) for _ in range(2)]
    one, other = (model.to_arrays() for model in models if model is not None)

    # Several threads may add up in another order, so the last digits may differ.
    for name, array in one.items():
        is_text = array.dtype.kind == "U"
        assert np.array_equal(array, other[name]) if is_text else np.allclose(array, other[name], atol=1e-3)


def test_where_aliases_say_it_all_nothing_is_learned():
    clear = [Tagged("sql, please", ("db",)), Tagged("about people", ("people",))] * 60

    assert learn_topics(clear, TAGGER) is None


def test_words_that_file_wrongly_do_not_suffice():
    assert words_suffice([Tagged("about sql", ("db",))] * 9, TAGGER)
    assert not words_suffice([Tagged("about sql", ("people",))] * 9, TAGGER)
    assert not words_suffice([Tagged("a slow join", ("db",))] * 9, TAGGER)


def test_a_headline_is_the_first_line_and_fifteen_words_at_most():
    assert headline("Slow join\nwhat now?") == "Slow join"
    assert headline("word " * 30).split() == ["word"] * 15
    assert headline("") == ""


def test_a_topic_taken_away_since_is_not_suggested(model: TopicModel):
    fewer = Tagger([TopicWords("people", "People")])

    assert [guess.topic_id for guess in model.suggest(fewer, "slow table join")] == ["people"]

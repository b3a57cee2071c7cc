"""What a text is about, from plain words: one calibrated chance for each topic, and the words that say so."""

import json
from pathlib import Path

import make_matching as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.conversations import ALL
from matching.meaning.static_vectors import shipped
from matching.topics.guesser import TopicGuesser
from matching.topics.tagging import FILE_AT_ONCE, Suggestion, TopicWords, sure
from matching.topics.word_drafts import drafted
from slackapp.manifest.manifest import read_file

ROOT = Path(__file__).parents[2]
TOPICS = (
    TopicWords("sql", "SQL and databases", ("postgres",), words=("left join", "deadlock"), parent="data"),
    TopicWords("data", "Data", ("etl",)),
    TopicWords("python", "Python", ("asyncio", "pandas")),
    TopicWords("hiring", "Hiring", ("job interview",), examples=("Nobody replies to our recruiters",)),
    TopicWords("plans", "Project management", ("deadlines", "gantt")),
    TopicWords("lead", "Leadership", ("management",)),
    TopicWords("start", "Finding your way here", ("new hire",)),
)
GUESSER = TopicGuesser(TOPICS, shipped)


@pytest.fixture(scope="module")
def manifest() -> TopicGuesser:
    found = read_file(ROOT / "manifest.yml", ALL.features.policy).manifest
    assert found is not None
    return found.topics.tagger


def ids(guesses: list[Suggestion]) -> list[str]:
    return [guess.topic_id for guess in guesses]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("my query crawls since we added a table", "sql"),
        ("we found nobody for the open position", "hiring"),
        ("what makes a good boss", "lead"),
        ("the schedule slips and slips", "plans"),
    ],
)
def test_a_topic_is_found_that_no_word_of_its_own_names(text: str, topic: str):
    assert topic in ids(GUESSER.suggest(text))[:3]


@pytest.mark.parametrize(
    "text",
    [
        "two deadlines",
        "Deadlines?",
        "deadlines of the project plan",
        "The management asks",
        "our new hire finds the way",
    ],
)
def test_one_everyday_alias_alone_never_files(text: str):
    assert sure(GUESSER.suggest(text)) == ()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Why does asyncio.gather swallow my errors?", ("python",)),
        ("postgres or pandas for this", ("sql", "python")),
        ("it is slow #hiring", ("hiring",)),
        ("my gantt chart", ("plans",)),
    ],
)
def test_a_name_of_its_own_or_a_tag_files(text: str, topics: tuple[str, ...]):
    guesses = GUESSER.suggest(text)

    assert sorted(sure(guesses)) == sorted(topics)
    assert len(set(ids(guesses))) == len(guesses)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("take home task or live coding", "engineering"),
        ("onboarding flow loses half the signups", "onboarding"),
    ],
)
def test_a_name_does_not_file_where_another_topic_fits_better(manifest: TopicGuesser, text: str, named: str):
    guesses = manifest.suggest(text)

    assert named in ids(guesses)
    assert named not in sure(guesses)


@pytest.mark.parametrize(
    "text", ["How do I", "what should we do?", "Can you please", "why doesn’t it", "Hi, who is"]
)
def test_words_that_only_ask_are_about_nothing(manifest: TopicGuesser, text: str):
    assert manifest.suggest(text) == []
    assert manifest.suggest(f"{text} hire somebody")


def test_what_speaks_for_a_topic_is_said_in_words():
    hinted = GUESSER.suggest("a left join gives me a deadlock")[0]
    near = next(it for it in GUESSER.suggest("no recruiter finds anybody") if it.topic_id == "hiring")

    assert (hinted.topic_id, hinted.evidence) == ("sql", ("left join", "deadlock"))
    assert (near.evidence, near.nearest) == ((), "Nobody replies to our recruiters")


def test_a_word_counts_once_and_less_for_each_of_the_topics_that_share_it():
    tagger = TopicGuesser(
        (TopicWords("a", "One", words=("ladder", "rung")), TopicWords("b", "Two", words=("ladder",)))
    )

    found = tagger.hints("ladder ladder rung")

    assert (found["a"].weight, found["a"].words) == (1.5, ("ladder", "rung"))
    assert found["b"].weight == 0.5
    assert sure(tagger.suggest("ladder")) == ()


@pytest.mark.parametrize("text", ["", "  ", "🙂🙂"])
def test_a_text_without_words_is_about_nothing(text: str):
    assert GUESSER.suggest(text) == []


def test_without_topics_there_is_no_guess():
    assert TopicGuesser((), shipped).suggest("postgres") == []


def test_what_is_about_nothing_makes_no_topic_sure(manifest: TopicGuesser):
    lines = (ROOT / "bench/data/topics/vague.jsonl").read_text().splitlines()

    filed = [text for text in (json.loads(line)["text"] for line in lines) if sure(manifest.suggest(text))]

    assert filed in ([], ["this is a test"])


def test_everyday_questions_that_nothing_was_fitted_to_find_their_topics(manifest: TopicGuesser):
    lines = (ROOT / "bench/data/topics/kept.jsonl").read_text().splitlines()
    asked = [json.loads(line) for line in lines]
    found = [(manifest.suggest(row["text"]), set(row["topics"])) for row in asked]

    filed = [topic in right for guesses, right in found for topic in sure(guesses)]

    assert sum(not guesses for guesses, _ in found) == 0
    assert sum(bool(right & set(ids(guesses)[:3])) for guesses, right in found) >= 0.87 * len(asked)
    assert len(filed) >= 0.35 * len(asked)
    assert sum(filed) >= 0.9 * len(filed)


@make.calmly
@given(st.text(max_size=300))
def test_any_text_gives_ordered_chances_of_known_topics(text: str):
    guesses = GUESSER.suggest(text)

    assert all(0 < guess.confidence <= 1 for guess in guesses)
    assert all(guess.evidence or guess.nearest for guess in guesses)
    assert [g.confidence for g in guesses] == sorted((g.confidence for g in guesses), reverse=True)
    assert len(set(ids(guesses))) == len(guesses) <= 5
    assert GUESSER.suggest(text) == guesses


def test_words_are_drafted_that_are_near_to_one_topic_alone():
    drafts = drafted(TOPICS, shipped(), most=10)

    assert "hired" in drafts["hiring"]
    assert not {"hiring", "interview", "recruiters"} & set(drafts["hiring"])
    assert all(len(words) <= 10 for words in drafts.values())
    assert not set(drafts["hiring"]) & set(drafts["sql"])


def test_the_scale_of_chances_is_the_one_on_which_others_file():
    assert FILE_AT_ONCE == 0.9

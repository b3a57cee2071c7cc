"""Topics from words: whole words and aliases, everyday words with care, tags above all."""

import make_matching as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.topics.tagging import FILE_AT_ONCE, Tagger, TopicWords, sure

TOPICS = (
    TopicWords("engineering", "Engineering", ("coding",)),
    TopicWords("python", "Python", ("py", "pandas", "asyncio"), "engineering"),
    TopicWords("go", "Go", ("golang",), "engineering"),
    TopicWords("c", "C"),
    TopicWords("cpp", "C++"),
    TopicWords("csharp", "C#", (".NET",)),
    TopicWords("ai", "AI", ("machine learning", "ML")),
    TopicWords("ci-cd", "CI/CD", ("continuous integration",)),
    TopicWords("node", "Node.js"),
    TopicWords("design", "Design review", ("database design", "facts")),
    TopicWords("db", "Databases", ("sql", "facts")),
    TopicWords("resume", "Résumé"),
)
TAGGER = Tagger(TOPICS)


def topics(text: str) -> list[str]:
    return [guess.topic_id for guess in TAGGER.suggest(text) if guess.confidence >= FILE_AT_ONCE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we use AI here", ["ai"]),
        ("retail email maintain", []),
        ("C++ templates", ["cpp"]),
        ("from C# to .NET core", ["csharp"]),
        ("our ci/cd is slow", ["ci-cd"]),
        ("node.js streams.", ["node"]),
        ("machine-learning models", ["ai"]),
        ("machine\nlearning", ["ai"]),
        ("ＰＹＴＨＯＮ and Pýthon", ["python"]),
        ("my resume, please", ["resume"]),
        ("mi résumé", ["resume"]),
        ("asp.net pages", []),
        ("see https://python.org/sql", []),
        ("write to py@python.org", []),
        ("<@U0PYTHON> asked", []),
        ("pythonic sqlite", []),
        ("(python)", ["python"]),
        ("database design", ["design"]),
        ("two databases", ["db"]),
        ("🙂🙂", []),
        ("", []),
    ],
)
def test_names_match_as_whole_words_only(text: str, expected: list[str]):
    assert topics(text) == expected


@pytest.mark.parametrize("text", ["let's go home", "Go home", "I go", "GO HOME NOW"])
def test_an_everyday_word_is_hardly_a_topic(text: str):
    assert [guess.confidence for guess in TAGGER.suggest(text) if guess.topic_id == "go"] == [0.3]


def test_an_everyday_word_spelled_as_a_name_is_a_guess_and_its_alias_is_sure():
    assert TAGGER.suggest("I write Go at work")[0].confidence == 0.6
    assert sure(TAGGER.suggest("I write Go at work")) == ()
    assert sure(TAGGER.suggest("I write golang at work")) == ("go",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How do I start? #python", ("python",)),
        ("How do I start with sql? #go", ("go",)),
        ("#ci-cd #CI/CD #cicd", ("ci-cd",)),
        ("#c++ is not #c", ("cpp", "c")),
        ("<#C0123|python> question", ("python",)),
        ("topic: python, go", ("python", "go")),
        ("Topics:sql what now", ("db",)),
        ("#machine-learning", ("ai",)),
    ],
)
def test_tags_decide_alone(text: str, expected: tuple[str, ...]):
    assert sure(TAGGER.suggest(text)) == expected


def test_tags_that_name_no_topic_are_told_apart_from_numbers():
    assert TAGGER.unknown_tags("ticket #42 about #pyhton and #python") == ["pyhton"]


def test_a_parent_is_implied_but_never_sure():
    child, parent = TAGGER.suggest("asyncio")

    assert (child.topic_id, parent.topic_id) == ("python", "engineering")
    assert parent.confidence == child.confidence / 2
    assert parent.evidence == ("asyncio",)


def test_a_name_that_two_topics_share_is_not_sure():
    guesses = TAGGER.suggest("facts")

    assert {guess.topic_id for guess in guesses} == {"design", "db"}
    assert sure(guesses) == ()


def test_more_words_for_a_topic_make_it_surer():
    assert TAGGER.suggest("pandas, asyncio")[0].confidence > TAGGER.suggest("pandas")[0].confidence


def test_a_text_about_too_many_things_is_unclear():
    assert sure(TAGGER.suggest("python, golang, sql or C++ first?")) == ()


def test_tags_at_the_end_are_taken_off_for_showing():
    assert TAGGER.strip_tags("How do I profile asyncio? #python <#C1|db>") == "How do I profile asyncio?"
    assert TAGGER.strip_tags("Is #python slow?") == "Is #python slow?"
    assert TAGGER.strip_tags("Ticket #42") == "Ticket #42"
    assert TAGGER.strip_tags("#python") == "#python"


def test_a_tag_of_no_topic_stays_where_it_was_written():
    text = "How do I deploy #python and #kubernets"
    assert TAGGER.strip_tags(text) == text
    assert TAGGER.strip_tags(f"{text} #python") == text
    assert TAGGER.strip_tags("Who reads <#C2|lunch>") == "Who reads <#C2|lunch>"


def test_type_ahead_finds_the_beginning_of_any_word_and_labels_first():
    def found(prefix: str) -> list[str]:
        return [topic.id for topic in TAGGER.complete(prefix)]

    assert found("p") == ["python"]
    assert found("c") == ["c", "cpp", "csharp", "ci-cd", "engineering"]
    assert found("learn") == ["ai"]
    assert found("Machine L") == ["ai"]
    assert found("resu") == ["resume"]
    assert found("zzz") == []


def test_type_ahead_without_a_prefix_lists_the_first_topics():
    assert [topic.id for topic in TAGGER.complete(" ", 2)] == ["engineering", "python"]


@make.calmly
@given(st.text(max_size=300))
def test_any_text_gives_ordered_confidences_of_known_topics(text: str):
    guesses = TAGGER.suggest(text)

    assert all(TAGGER.known(guess.topic_id) and 0 < guess.confidence <= 1 for guess in guesses)
    assert [g.confidence for g in guesses] == sorted((g.confidence for g in guesses), reverse=True)
    assert TAGGER.suggest(text) == guesses
    assert len(TAGGER.strip_tags(text)) <= len(text)


@make.calmly
@given(st.sampled_from(TOPICS), st.sampled_from(["x", "é", "9"]))
def test_letters_around_a_name_hide_it(topic: TopicWords, letter: str):
    for name in topic.names:
        if name[0].isalnum() and name[-1].isalnum():
            assert topic.id not in topics(f"{letter}{name}{letter}")

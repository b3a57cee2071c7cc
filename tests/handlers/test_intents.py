"""What is meant by words that are no question; and that no question is taken for anything else."""

import json
from pathlib import Path

import pytest
from make import NOW

from handlers.availability.guess import LOST, guess
from handlers.interactions.intents import Wish, wish
from sensing.safety.safety import NOTHING, read

TEXTS = Path(__file__).parents[1] / "data/intents.jsonl"
ROWS = [json.loads(line) for line in TEXTS.read_text("utf-8").splitlines()]
UNSEEN = [row for row in ROWS if row["set"] == "unseen"]
MEANT = [row for row in ROWS if row["intent"] and row not in UNSEEN]
QUESTIONS = [row["text"] for row in ROWS if not row["intent"]]


def intent(text: str) -> str | None:
    found = wish(text, NOW)
    return found and {"without": "only"}.get(found.intent, found.intent)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_never_taken_for_anything_else(text: str):
    assert wish(text, NOW) is None


def test_nearly_all_that_people_mean_is_understood_and_nothing_as_something_else():
    missed = [row["text"] for row in MEANT if intent(row["text"]) is None]
    wrong = [row for row in MEANT if intent(row["text"]) not in (None, row["intent"])]

    assert wrong == []
    assert len(missed) <= 0.05 * len(MEANT), missed


def test_what_no_form_of_words_says_for_sure_is_guessed_by_likeness_and_questions_stay_questions():
    found = [(row, guess(row["text"], NOW)) for row in UNSEEN if wish(row["text"], NOW) is None]

    assert [said for row, said in found if said and said.intent != row["intent"]] == []
    assert sum(said is not None for _, said in found) >= 10
    assert all(said.is_guess and not said.is_to_the_app for _, said in found if said)
    asked = (Path(__file__).parents[2] / "bench/data/topics/kept.jsonl").read_text("utf-8").splitlines()
    assert [text for line in asked if guess(text := json.loads(line)["text"], NOW)] == []


def test_a_complaint_is_heard_and_a_question_about_a_bot_stays_one():
    assert guess("this bot is useless, last time nobody answered", NOW) == Wish(
        "complaint", is_ambiguous=True, is_guess=True
    )
    assert guess("Our chat bot gives useless answers, how do I train it?", NOW) is None


def test_talk_between_people_is_no_word_to_the_app():
    for text in ("I'm fine", "I'll be fine", "I am fine with that", "that's fine", "I'll try it tomorrow"):
        assert guess(text, NOW, LOST) is None


def test_a_guess_keeps_the_end_of_a_pause_and_long_texts_are_questions():
    assert guess("I'm out fishing until 3 pm", NOW) == Wish(
        "pause", "until 3 pm", is_ambiguous=True, is_guess=True
    )
    assert guess("", NOW) is None
    assert guess("please pause me " * 6, NOW) is None


def test_nothing_of_it_speaks_of_danger():
    assert [row["text"] for row in MEANT if read(row["text"]) != NOTHING] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pause me until Monday, please!", Wish("pause", "until monday")),
        ("please hold my requests until after the release", Wish("pause", "until after the release")),
        ("I get too many requests, please ask me less", Wish("fewer")),
        ("One question a week is enough.", Wish("fewer", weekly=1)),
        ("could you ask me only twice a week?", Wish("fewer", weekly=2)),
        ("Only ask me about Hiring & Python", Wish("only", topics="hiring python")),
        ("please stop asking me about SQL", Wish("without", topics="sql")),
        ("too busy this month", Wish("busy", "this month")),
        ("solved it, thanks :tada:", Wish("withdraw")),
        ("Hi! Thanks!", Wish("thanks")),
        ("heyyy", Wish("greeting")),
        ("puase me til tommorow plz :)", Wish("pause", "til tomorrow")),
        ("im back", Wish("resume")),
        ("from now on only hiring questions", Wish("only", topics="hiring")),
        ("no kubernetes questions please", Wish("without", topics="kubernetes", is_ambiguous=True)),
        ("I need a week off", Wish("pause", "a week", is_ambiguous=True)),
        ("still waiting...", Wish("status")),
    ],
)
def test_what_was_said_of_it_is_kept(text: str, found: Wish):
    assert wish(text, NOW) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":wave:",
        "great",
        "pause a video until monday",
        "thanks, but how do I pin a version?",
        "hi, I get too many requests from sales and don't know how to tell them",
        "stop " * 20,
        "at most 0 questions a week",
    ],
)
def test_what_is_only_partly_understood_is_nothing(text: str):
    assert wish(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "is_to_the_app"),
    [
        ("pause me until monday", True),
        ("stop asking me", True),
        ("thanks!", False),
        ("too busy", False),
        ("only staging please", False),
        ("not that many", False),
    ],
)
def test_what_may_be_meant_for_the_other_of_a_talk_is_told_apart(text: str, is_to_the_app: bool):
    found = wish(text, NOW)

    assert found is not None
    assert found.is_to_the_app is is_to_the_app

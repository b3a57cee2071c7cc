"""In which language a question is written: named where that is sure, and English never taken for another."""

import json
from pathlib import Path

import pytest

from sensing.text.language import ANOTHER, language

DATA = Path(__file__).parents[1] / "data"
TOPICS = Path(__file__).parents[2] / "bench/data/topics"
NAMES = {
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "sv": "Swedish",
    "tr": "Turkish",
    "ru": "Russian",
    "uk": "Ukrainian",
    "ja": "Japanese",
    "zh": "Chinese",
    "ko": "Korean",
    "ar": ANOTHER,
    "hi": ANOTHER,
}


def texts(path: Path) -> list[str]:
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [row.get("text") or row["question"] for row in rows]


def english() -> list[str]:
    files = [*sorted(TOPICS.glob("*.jsonl")), DATA / "triage_cases.jsonl", DATA / "intents.jsonl"]
    return [text for path in files for text in texts(path) if "danke" not in text and "hallo" not in text]


FOREIGN = [json.loads(line) for line in (DATA / "languages.jsonl").read_text("utf-8").splitlines()]


def test_english_is_never_taken_for_another_language():
    assert len(english()) > 1_500
    assert [(language(text), text) for text in english() if language(text)] == []


def test_nearly_all_other_languages_are_noticed_and_none_is_named_wrongly():
    read = [(language(row["text"]), NAMES[row["language"]], row["text"]) for row in FOREIGN]
    wrong = [it for it in read if it[0] not in (None, ANOTHER, it[1])]
    named = [it for it in read if it[0] == it[1]]

    assert wrong == []
    assert len([it for it in read if it[0]]) >= 0.97 * len(read)
    assert len(named) >= 0.88 * len(read)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "python",
        "Hilfe",
        "el problema",
        "How do I translate 夜間バッチ?",
        "What does 'je ne sais quoi' mean in a review?",
        "São Paulo office: who can help with onboarding?",
        "Müller & Söhne contract review",
        "🎉 123 :tada:",
    ],
)
def test_scraps_names_and_quotations_are_not_told_apart(text: str):
    assert language(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Как это сделать в Terraform?", "Russian"),
        ("Нужна помощь с Terraform", ANOTHER),
        ("Terraformに詳しい人はいますか？", "Japanese"),
        ("Ποιος ξέρει από Terraform;", "Greek"),
        ("Ich weiß nicht, wie ich this deployment fixe", "German"),
        ("Comment ça marche ? " * 100, "French"),
    ],
)
def test_a_language_is_named_where_its_script_or_small_words_tell_it(text: str, name: str):
    assert language(text) == name

"""What is never sent to a model: pay, law, health and harassment, in plain words of several languages."""

from pathlib import Path

import pytest

from sensing.privacy.kept_back import SUBJECTS, is_kept_back

CASES = [
    tuple(line.split(": ", 1))
    for line in (Path(__file__).parents[1] / "data" / "kept_back.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("text", [text for subject, text in CASES if subject != "-"])
def test_what_is_promised_never_to_be_sent_is_kept_back(text: str):
    assert is_kept_back(text)
    assert is_kept_back(f"I can't decide what to do.\n{text.upper()}!")


@pytest.mark.parametrize("text", [text for subject, text in CASES if subject == "-"])
def test_work_that_only_sounds_like_it_is_not(text: str):
    assert not is_kept_back(text)


def test_there_are_sentences_of_each_subject():
    counted = {subject: sum(kind == subject for kind, _ in CASES) for subject in (*SUBJECTS, "-")}

    assert min(counted.values()) >= 25

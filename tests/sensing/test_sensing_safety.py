"""Who needs more than a colleague: what is noticed, what is left alone, and how long it takes."""

import json
import random
from pathlib import Path

import pytest
from cost import grows_at_most
from hypothesis import given
from hypothesis import strategies as st

from sensing.safety.safety import TIERS, Category, Tier, read

DATA = Path(__file__).parents[1] / "data"
FALSE_FRIENDS = (DATA / "safety_false_friends.txt").read_text().splitlines()
NEAR_FRIENDS = (DATA / "safety_near_friends.txt").read_text().splitlines()
PIECES = ("i", "want to", "die", "kill", "myself", "my boss", "a process", "im so", "tired", ".", "hit me")


CASES = [json.loads(line) for line in (DATA / "safety_cases.jsonl").read_text().splitlines()]


def noticed(*labels: str) -> float:
    """The share of written cases of these labels that are read at their tier or a graver one."""
    tiers = [
        (read(case["text"]).tier, TIERS[Category(case["label"])]) for case in CASES if case["label"] in labels
    ]
    return sum(Tier.NONE < tier <= wanted for tier, wanted in tiers) / len(tiers)


def test_most_written_cases_are_noticed_at_their_tier():
    assert noticed("self_harm", "danger") >= 0.9
    assert noticed("distress", "burnout") >= 0.95
    assert noticed("harassment", "discrimination", "violence") >= 0.95


def test_no_written_case_of_ordinary_talk_raises_an_alarm():
    assert [case["text"] for case in CASES if case["label"] == "none" and read(case["text"]).tier] == []


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_ordinary_work_talk_raises_no_alarm(text: str):
    assert read(text).tier is Tier.NONE


@pytest.mark.parametrize("line", NEAR_FRIENDS)
def test_what_only_sounds_like_ordinary_talk_is_heard(line: str):
    category, text = line.split(": ", 1)
    assert read(text).category == category


@given(st.text(max_size=400) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_text_can_be_read_and_case_and_width_say_nothing(text: str):
    finding = read(text)

    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert finding.tier is TIERS.get(finding.category, Tier.NONE)
    assert read(wide).category is finding.category
    if text.isascii():
        assert read(text.upper()).category is finding.category


@given(st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_a_grave_sentence_is_heard_within_any_other_talk(talk: str):
    assert read(f"{talk}. I want to end my life. {talk}").category is Category.SELF_HARM


def test_the_gravest_of_several_decides():
    assert (
        read("My manager bullies me, I am burnt out and I want to kill myself").category is Category.SELF_HARM
    )


def test_the_evidence_is_in_the_words_of_the_text():
    assert "I’m so Depressed" in read("Hi! I’m so Depressed.").evidence


def test_a_hostile_text_costs_time_by_its_length_only():
    chance = random.Random(7)
    text = " ".join(chance.choice(PIECES) for _ in range(12_000))[:40_000]

    assert grows_at_most(12, lambda: read(text[:10_000]), lambda: read(text))

"""Whole talks that once went wrong, as data: what is asked, and what plan they come to."""

import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from make import ASKER

from coaching.guide import talks
from coaching.guide.engine import next_reply
from coaching.guide.talk import GuidedTalk
from coaching.guide.talk_state import Heard
from coaching.language.form import Sort

TALKS = Path(__file__).parents[1] / "data/talks.jsonl"
ROWS = [json.loads(line) for line in TALKS.read_text("utf-8").splitlines()]
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
FEW_WORDS = 5


def led(row: dict[str, Any]) -> GuidedTalk:
    """The talk of a row, to its end."""
    told = {"id": row["id"], "form": row["form"], "opening": row["opening"], "person_id": ASKER}
    talk = GuidedTalk.model_validate({**told, "begun_at": MONDAY, "spoken_at": MONDAY})
    for answer in row["answers"]:
        reply = next_reply(talk)
        assert reply is not None, f"over before “{answer}”"
        talk = talks.heard(talk.ask(reply, MONDAY), answer, MONDAY)
    return talks.finished(talk, talk.outcome.cue, "UTC", MONDAY)


@pytest.fixture(scope="module")
def every() -> dict[str, GuidedTalk]:
    """The talks of all rows, by their ids."""
    return {row["id"]: led(row) for row in ROWS}


each = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


@each
def test_a_plan_holds_what_was_said_of_it_and_nothing_else(row: dict[str, Any], every: dict[str, GuidedTalk]):
    talk = every[row["id"]]
    means = talk.means
    at = f"{talk.remind_at:%Y-%m-%d %H:%M}" if talk.remind_at else ""

    plan = {
        "aim": means.aim,
        "step": means.step,
        "when": at,
        "said": Heard(talk).when_said,
        "tell": means.tell,
    }
    assert plan == row["plan"]


@each
def test_nothing_is_asked_that_was_said_already(row: dict[str, Any], every: dict[str, GuidedTalk]):
    assert [turn.step for turn in every[row["id"]].turns] == row["asked"]


def test_nearly_every_answer_of_some_words_is_given_back(every: dict[str, GuidedTalk]):
    pairs = [
        (before, after)
        for talk in every.values()
        for before, after in pairwise(talk.turns)
        if talk.sort(before) is Sort.ANSWER and len(before.said.split()) >= FEW_WORDS
    ]

    told = [after for before, after in pairs if after.reflection]
    assert len(told) >= 0.97 * len(pairs)

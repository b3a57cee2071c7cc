"""What a careful coach makes of answers, written down as data: given back, listed, asked again, kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from make import ASKER, NOW

from coaching.guide.engine import next_reply
from coaching.guide.talk import GuidedTalk
from coaching.guide.talk_state import Heard
from coaching.guide.turn import Reply
from coaching.language.mirroring import listener

ROWS = [json.loads(line) for line in Path("tests/data/mirrors.jsonl").read_text("utf-8").splitlines()]
KEPT_BACK = [row for row in ROWS if row["set"] == "kept back"]
FEW_WORDS = 5
TURNED = 0.5  # of what may be turned: a guide that quoted everything would be right and deaf


def talk_of(row: dict[str, Any]) -> GuidedTalk:
    """A talk in which one question was asked, and got the row's answer."""
    form, step = row["at"].split("/")
    told = {"id": "t", "person_id": ASKER, "form": form, "opening": "I want to think about my job"}
    talk = GuidedTalk.model_validate({**told, "begun_at": NOW, "spoken_at": NOW})
    return talk.ask(Reply(step=step, reflection="", question="?"), NOW).answer(row["answer"], NOW)


def made_of(row: dict[str, Any]) -> dict[str, Any]:
    """What the guide makes of a row's answer, by what the row expects of it."""
    talk = Heard(talk_of(row))
    reply = next_reply(talk.talk)
    said = reply.reflection.lower() if reply else ""
    ways = [*row.get("mirror", []), f"“{row['answer'].strip(' .!')}”"]
    return {
        "mirror": row.get("mirror") if any(way.lower().rstrip(". ") in said for way in ways) else [said],
        "sort": talk.sort.value,
        "options": list(talk.outcome.options),
        "confidence": talk.outcome.confidence,
        "tell": listener(talk.outcome.tell),
    }


def is_right(row: dict[str, Any]) -> bool:
    """Whether the guide makes of an answer what is expected."""
    made = made_of(row)
    return all(made[part] == row[part] for part in made if part in row)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row not in KEPT_BACK], ids=lambda row: f"{row['at']} {row['answer'][:60]}"
)
def test_the_guide_makes_of_an_answer_what_a_careful_coach_would(row: dict[str, Any]):
    made = made_of(row)

    assert {part: made[part] for part in made if part in row} == {
        part: row[part] for part in made if part in row
    }


def test_of_the_answers_kept_back_nearly_all_are_read_rightly():
    assert sum(map(is_right, KEPT_BACK)) >= 0.94 * len(KEPT_BACK)


def test_nearly_every_answer_of_some_words_is_given_back_before_the_next_question():
    long = [row for row in ROWS if len(row["answer"].split()) >= FEW_WORDS and row.get("sort") is None]
    replies = [next_reply(talk_of(row)) for row in long]

    given_back = [bool(reply.reflection) for reply in replies if reply]
    assert sum(given_back) >= 0.97 * len(given_back)


def test_most_of_what_can_be_said_to_the_person_is_turned_and_not_quoted():
    may_be = [row for row in ROWS if any("“" not in way for way in row.get("mirror", []))]
    turned = [row for row in may_be if "“" not in next_reply(talk_of(row)).reflection]

    assert len(turned) >= TURNED * len(may_be)

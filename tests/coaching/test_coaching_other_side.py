"""The other side of a rehearsed talk: what a model may say in its place."""

import pytest
from make import ASKER, NOW

from coaching.ai.role_play import ASKS, OtherLine, is_played, line_question
from coaching.guide.engine import next_reply
from coaching.guide.model import Unfit
from coaching.guide.talk import GuidedTalk
from coaching.guide.turn import Reply
from sensing.privacy.masking import Names


def rehearsed() -> GuidedTalk:
    going = GuidedTalk(
        id="T1", person_id=ASKER, form="rehearse", opening="A talk with Priya", begun_at=NOW, spoken_at=NOW
    )
    for answer in ("Priya, my lead", "I would like to talk about my role"):
        going = going.ask(next_reply(going), NOW).answer(answer, NOW)
    return going


def played(line: str) -> Reply:
    going = rehearsed()
    asked = line_question(going, next_reply(going), Names.of(["Priya"]), "one")
    assert "Priya" not in asked.data
    return asked.fit(OtherLine(line=line, mood="guarded"))


def test_a_line_is_said_by_the_other_side_and_asks_for_an_answer():
    reply = played("Not now, said [name 1].")

    assert is_played(rehearsed(), next_reply(rehearsed()))
    assert "played by the model, says: “Not now, said Priya.”" in reply.reflection
    assert (reply.step, reply.question, reply.by) == ("pushback", ASKS, "one")


@pytest.mark.parametrize(
    "line", ["See https://evil.example.com", "<@U0EVIL> says no", "I will kill you", "You are useless here"]
)
def test_a_line_that_harms_or_leads_away_is_not_shown(line: str):
    with pytest.raises(Unfit):
        played(line)


def test_only_the_lines_of_a_rehearsal_are_played():
    going = GuidedTalk(id="T1", person_id=ASKER, form="grow", opening="A talk", begun_at=NOW, spoken_at=NOW)

    assert not is_played(going, next_reply(going))

"""What a guided talk says in Slack."""

from typing import Any

import pytest
from make import ASKER, NOW

from coaching.form import FormId
from coaching.talk import State, Talk, Turn
from handlers import blocks, talk_card


def answered(step: str, answer: str) -> Turn:
    return Turn(step=step, reflection="", question="What then?", by="guide", asked_at=NOW, answer=answer)


def talk(form: FormId, *turns: Turn, state: State = "done", **changed: Any) -> Talk:
    told = {"id": "T1", "person_id": ASKER, "form": form, "opening": "Reports", "begun_at": NOW}
    return Talk.model_validate({**told, "spoken_at": NOW, "turns": turns, "state": state, **changed})


def card(shown: Talk) -> str:
    return blocks.spoken(talk_card.card(shown, ()).blocks).replace("*", "")


@pytest.mark.parametrize(
    ("reflection", "said"),
    [("You wrote: “Ask <her>”", "You wrote: “Ask &lt;her&gt;”\nWhat then?"), ("", "What then?")],
)
def test_a_question_stands_below_what_it_builds_on(reflection: str, said: str):
    turn = Turn(step="next", reflection=reflection, question="What then?", by="guide", asked_at=NOW)

    assert talk_card.question(turn) == said


def test_the_sentence_that_was_prepared_outlives_a_smaller_step():
    sentence = answered("first_sentence", "Jonas, do you have 20 minutes")
    smaller = answered("shrink", "Send the invitation")

    shown = card(talk("clear", sentence, answered("confidence", "6"), smaller))

    assert "Your first sentence: “Jonas, do you have 20 minutes”" in shown
    assert "Your step: Send the invitation" in shown
    assert "How sure: 6 of 10, before you made the step smaller" in shown


def test_a_number_for_the_smaller_step_stands_for_itself():
    made_small = (
        answered("pick", "Write to her"),
        answered("confidence", "5"),
        answered("shrink", "Open the draft"),
    )

    shown = card(talk("grow", *made_small, answered("surer", "9")))

    assert "How sure: 9 of 10" in shown
    assert "smaller" not in shown


def test_the_sentence_that_is_the_step_stands_there_once():
    shown = card(
        talk("clear", answered("first_sentence", "Jonas, do you have time"), answered("confidence", "8"))
    )

    assert "Your first sentence" not in shown
    assert "Your step: Jonas, do you have time" in shown
    assert "smaller" not in shown


def test_a_habit_keeps_its_obstacle_beside_what_is_done_about_it():
    shown = card(talk("woop", answered("obstacle", "I get nervous"), answered("if_then", "breathe once")))

    assert "If I get nervous, then I will breathe once" in shown


@pytest.mark.parametrize(
    ("state", "said"), [("done", "That was the last question."), ("stopped", "The talk ended here.")]
)
def test_a_thread_says_where_it_ends_below_its_last_question_alone(state: State, said: str):
    over = talk("grow", answered("goal", "Peace"), answered("tell", "Priya"), state=state)

    assert said in blocks.spoken(talk_card.turn(over, 1).blocks)
    assert said not in blocks.spoken(talk_card.turn(over, 0).blocks)


def test_a_question_that_was_answered_says_nothing_of_an_end_while_the_talk_goes_on():
    going = talk("grow", answered("goal", "Peace"), state="going")

    shown = blocks.spoken(talk_card.turn(going, 0).blocks)

    assert "last question" not in shown
    assert "ended" not in shown

"""What a guided talk says in Slack."""

from typing import Any

import pytest
from make import ASKER, DAY, NOW

from coaching.guide.talk import GuidedTalk, State
from coaching.guide.turn import Turn
from coaching.language.form import FormId
from handlers.block_kit import blocks
from handlers.guided_talks import card as talk_card
from handlers.guided_talks import outcome as talk_outcome
from kernel.policy import Contact


def answered(step: str, answer: str) -> Turn:
    return Turn(step=step, reflection="", question="What then?", by="guide", asked_at=NOW, answer=answer)


def talk(form: FormId, *turns: Turn, state: State = "done", **changed: Any) -> GuidedTalk:
    told = {"id": "T1", "person_id": ASKER, "form": form, "opening": "Reports", "begun_at": NOW}
    return GuidedTalk.model_validate({**told, "spoken_at": NOW, "turns": turns, "state": state, **changed})


def card(shown: GuidedTalk) -> str:
    return blocks.spoken(talk_card.card(shown).blocks).replace("*", "")


@pytest.mark.parametrize(
    ("reflection", "said"),
    [("You wrote: “Ask <her>”", "You wrote: “Ask &lt;her&gt;”\nWhat then?"), ("", "What then?")],
)
def test_a_question_stands_below_what_it_builds_on(reflection: str, said: str):
    turn = Turn(step="next", reflection=reflection, question="What then?", by="guide", asked_at=NOW)

    assert blocks.spoken([talk_card.question(turn)]) == said


def test_whom_to_turn_to_is_said_once_of_each_kind_in_a_talk():
    tired, pay = "I cry before every shift", "they have not paid my overtime"
    said = [answered("matters", tired), answered("reality", "I cried again today")]
    said += [answered("options", pay), answered("goal", pay)]
    asked = Turn(step="pick", reflection="", question="Which?", by="guide", asked_at=NOW)

    lines = [
        blocks.spoken(talk_card.care_after(talk("grow", *said, asked, state="going"), number))
        for number in range(5)
    ]

    assert [line.partition(".")[0].partition(",")[0] for line in lines] == [
        "",
        "That sounds like a lot",
        "",
        "",
        "This looks like it's about pay",
    ]


def test_a_plan_says_which_of_its_parts_was_not_said():
    timed = talk(
        "grow", answered("goal", "one report"), answered("pick", "Friday after lunch"), own_plan=None
    )
    unspoken = talk("grow", answered("goal", "one report"), state="stopped")

    assert "Step: Not said yet. What will you do?\nWhen: " in card(timed)
    assert "Step" not in card(unspoken)


@pytest.mark.parametrize(
    ("step", "when", "shown"),
    [
        (
            "I could do both, the talk and the pay question",
            "Tuesday lunch",
            "“I could do both, the talk and the pay question”",
        ),
        ("the launch thing. I'd ask Noor", "at four", "“the launch thing. I'd ask Noor”"),
        ("ask Ben", "after lunch on Monday", "“ask Ben”"),
        ("ask Ben", "after lunch I'd write to him", "“ask Ben”"),
    ],
)
def test_a_step_stands_as_it_was_typed(step: str, when: str, shown: str):
    assert f"Step: {shown}\n" in card(talk("grow", answered("pick", step), answered("when", when)))


def test_the_sentence_that_was_prepared_outlives_a_smaller_step():
    sentence = answered("first_sentence", "Jonas, do you have 20 minutes")
    smaller = answered("shrink", "Send the invitation")

    shown = card(talk("clear", sentence, answered("confidence", "6"), smaller))

    assert "Your first sentence: “Jonas, do you have 20 minutes”" in shown
    assert "Step: “Send the invitation”" in shown
    assert "How sure: 6 of 10, before you made the step smaller" in shown


def test_a_number_for_the_smaller_step_stands_for_itself():
    made_small = (
        answered("pick", "Write to her"),
        answered("confidence", "5"),
        answered("shrink", "Open the draft"),
    )

    shown = card(talk("grow", *made_small, answered("surer", "9")))

    assert "How sure: 9 of 10" in shown
    assert "Step: “Write to her”, made smaller: “Open the draft”" in shown
    assert "before you made" not in shown


def test_the_sentence_that_is_the_step_stands_there_once():
    shown = card(
        talk("clear", answered("first_sentence", "Jonas, do you have time"), answered("confidence", "8"))
    )

    assert "Your first sentence" not in shown
    assert "You'll say: “Jonas, do you have time”" in shown
    assert "smaller" not in shown


def test_a_habit_keeps_its_obstacle_beside_what_is_done_about_it():
    shown = card(talk("woop", answered("obstacle", "I get nervous"), answered("if_then", "breathe once")))

    assert "Step: “breathe once”" in shown
    assert "When this gets in the way: “I get nervous”" in shown


def test_an_hour_stands_on_the_card_only_where_one_was_said():
    said = answered("when", "Friday, before the announcement at 11"), answered("when", "Friday at 11")
    plans = [talk("grow", answered("pick", "ask Ben"), it, remind_at=NOW + 4 * DAY) for it in said]

    lines = [next(line for line in card(plan).splitlines() if "When:" in line) for plan in plans]
    assert [":00 UTC" in line for line in lines] == [False, True]


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


def test_a_talk_that_ends_in_danger_says_whom_to_turn_to_in_its_thread_too():
    hushed = talk(
        "grow", answered("goal", "Peace"), answered("matters", "All"), state="going"
    ).stop_for_danger()
    contacts = [Contact(name="Employee line", how="dial 4711")]

    last, first = talk_card.turn(hushed, 1, contacts), talk_card.turn(hushed, 0, contacts)

    assert last.knock
    assert "dial 4711" in blocks.spoken(last.blocks)
    assert "Peace" not in blocks.spoken(first.blocks)
    assert "dial 4711" not in blocks.spoken(first.blocks)


def test_the_reminder_of_a_goal_scale_shows_the_scale():
    scale = (answered("expected", "Two a week"), answered("more", "Three a week"))

    shown = blocks.spoken(talk_card.cue(talk("goal_scale", *scale), NOW).blocks).replace("*", "")

    assert "You wanted to look at your goal scale again today." in shown
    assert "0: “Two a week”" in shown


def test_a_reminder_names_the_step_and_not_how_sure_it_was():
    over = talk("grow", answered("pick", "Ask Ben"), answered("confidence", "5"))

    shown = talk_card.cue(over, NOW)

    assert "Ask Ben" in blocks.spoken(shown.blocks)
    assert "5 of 10" not in blocks.spoken(shown.blocks)
    assert shown.knock


def test_a_reminder_that_was_answered_is_one_line():
    over = talk("grow", answered("pick", "Ask Ben"), remind_at=NOW)

    assert "Ask Ben" not in blocks.spoken(talk_card.cue(over.drop(), NOW).blocks)
    assert "Ask Ben" not in blocks.spoken(talk_card.cue(over.keep(), NOW).blocks)
    later = talk_card.cue(over.postpone(NOW + DAY), NOW)
    assert "I'll remind you again on" in blocks.spoken(later.blocks)
    again = talk_card.cue(over.postpone(NOW + DAY), NOW + DAY)
    assert again.knock
    assert again.state != talk_card.cue(over, NOW).state


def test_what_a_talk_came_to_can_be_told_to_somebody():
    came = talk("grow", answered("goal", "Peace"), answered("options", "Ask\nLeave"), answered("pick", "Ask"))

    assert talk_outcome.so_far(came) == "I want: Peace\nI thought of: Ask; Leave\nMy next step: Ask"
    assert talk_outcome.so_far(talk("grow")) == ""

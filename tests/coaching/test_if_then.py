"""A plan reads as one sentence, whatever moment and step were typed."""

import pytest

from coaching.language.if_then import if_then
from coaching.language.outcome import TalkOutcome


@pytest.mark.parametrize(
    ("cue", "step", "planned"),
    [
        (
            "thursday, right after our 1:1",
            "ask my manager",
            "If it is Thursday, right after our 1:1, then I will ask my manager.",
        ),
        (
            "after standup on Monday",
            "I'll write to her",
            "If it is after standup on Monday, then I will write to her.",
        ),
        ("on Tuesday at 9", "call Ben", "If it is Tuesday at 9, then I will call Ben."),
        ("when I see her", "ask for half an hour", "When I see her, then I will ask for half an hour."),
        (
            "every evening when I brush my teeth",
            "put the phone away",
            "Every evening when I brush my teeth, I will put the phone away.",
        ),
        (
            "In wednesday's meeting",
            "suggest the rule",
            "If I am in Wednesday's meeting, then I will suggest the rule.",
        ),
        (
            "Next shift is thursday, when I put the keys down",
            "make tea",
            "If it is Thursday, when I put the keys down, then I will make tea.",
        ),
        ("Right now", "block Tuesdays", "Right now, I will block Tuesdays."),
        (
            "Monday first period",
            "bring one catapult on monday",
            "If it is Monday first period, then I will bring one catapult.",
        ),
        (
            "Monday at 9",
            "I'd ask them first, I've never done that",
            "If it is Monday at 9, then I will ask them first.",
        ),
        (
            "Monday at 9",
            "tea and a hot shower",
            "If it is Monday at 9, then this is what I do: tea and a hot shower.",
        ),
        ("Monday at 9", "asking Ben", "If it is Monday at 9, then I start asking Ben."),
        ("my lunch break on Monday", "call Ben", "If it is my lunch break on Monday, then I will call Ben."),
        ("in standup tomorrow", "call Ben", "If I am in standup tomorrow, then I will call Ben."),
        ("Monday, now actually", "call Ben", "Right now, I will call Ben."),
        ("Monday", "Marco, can we talk?", "If it is Monday, then I will say: “Marco, can we talk?”"),
        ("in an hour after this call", "call Ben", "In an hour after this call, I will call Ben."),
        (
            "by phone, Monday before he flies",
            "ask Ben",
            "If it is Monday before he flies, then I will ask Ben.",
        ),
        ("soon", "call Ben", "If this is the moment: soon, then I will call Ben."),
        (
            "after the stand-up",
            "then I write one line",
            "If it is after the stand-up, then I write one line.",
        ),
        ("when I feel tired at 5", "I then take a walk", "When I feel tired at 5, then I take a walk."),
        ("Monday", "if he shouts, I leave the room", "If he shouts, then I leave the room."),
        (
            "Am Dienstag nach dem Essen",
            "ich rede mit meinem Chef",
            "Am Dienstag nach dem Essen → ich rede mit meinem Chef",
        ),
        ("", "call Ben", ""),
        ("Monday", "", ""),
    ],
)
def test_moment_and_step_are_joined(cue: str, step: str, planned: str):
    assert if_then(TalkOutcome(cue=cue, step=step)) == planned


def test_a_first_sentence_is_said():
    asked = TalkOutcome(
        cue="thursday 1:1", step="Can I send them myself?", sentence="Can I send them myself?"
    )

    assert if_then(asked) == "If it is Thursday 1:1, then I will say: “Can I send them myself?”"


def test_an_obstacle_begins_the_plan_of_a_habit():
    short = TalkOutcome(
        obstacle="I'm scared of missing something", step="put the phone away", cue="every evening"
    )
    long = TalkOutcome(obstacle="the sofa, the series and the snacks", step="stand up")

    assert if_then(short) == "If I'm scared of missing something, then I will put the phone away."
    assert (
        if_then(long)
        == "If this gets in the way (“the sofa, the series and the snacks”), then I will stand up."
    )


def test_the_moment_is_said_as_it_is_read_later():
    tonight = TalkOutcome(cue="tonight", step="text her tonight to ask")

    assert if_then(tonight, "Monday evening") == "If it is Monday evening, then I will text her to ask."

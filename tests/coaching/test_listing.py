"""The several ways forward that one answer names."""

import pytest

from coaching.language.options import meant, ways


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (
            "I could say yes and hand over the reports, say no, or ask for it to start in January",
            ("say yes and hand over the reports", "say no", "ask for it to start in January"),
        ),
        (
            "I could ask Ben to sit with me or practise at home",
            ("ask Ben to sit with me", "practise at home"),
        ),
        (
            "Talk to my lead. Look at other teams. Take a week off",
            ("Talk to my lead", "Look at other teams", "Take a week off"),
        ),
        (
            "well I could write it down, or go to the director or just let it slip and see who notices",
            ("write it down", "go to the director", "let it slip and see who notices"),
        ),
        ("hire a temp, push the deadline and cut scope", ("hire a temp", "push the deadline and cut scope")),
        (
            "I could do payroll, benefits and the move or ask for help",
            ("do payroll, benefits and the move", "ask for help"),
        ),
        (
            "I can talk to him, I can write to him, or I do nothing",
            ("talk to him", "write to him", "do nothing"),
        ),
        ("1. talk to Ann 2. ask Dan 3. wait", ("talk to Ann", "ask Dan", "wait")),
        ("a sabbatical, part time or another team", ("a sabbatical", "part time", "another team")),
        ("write\nspeak\nwait", ("write", "speak", "wait")),
        ("apply onshore - ask for 2/2 - do nothing", ("apply onshore", "ask for 2/2", "do nothing")),
        ("idk maybe I could have talks with both, or wait", ("have talks with both", "wait")),
        ("write it on a card, then go back to the icons", ("write it on a card, then go back to the icons",)),
        ("what would be an odd one? maybe work on a ship", ("work on a ship",)),
        ("quit / stay / ask for part time", ("quit", "stay", "ask for part time")),
        ("nothing. i could look at job ads but it makes me sad", ("look at job ads",)),
        ("no idea, maybe ask Ben, but I'm scared of him", ("ask Ben",)),
        ("ask Ben but only on Fridays", ("ask Ben but only on Fridays",)),
        ("the joiner in the village", ("the joiner in the village",)),
        ("honestly, asking for a smaller version", ("asking for a smaller version",)),
    ],
)
def test_the_ways_in_an_answer_are_told_apart(answer: str, named: tuple[str, ...]):
    assert ways(answer) == named


def test_a_way_is_known_by_its_words_in_another_form():
    named = ("write it and cut half", "plan the week", "call instead")

    assert meant("I'd go with cutting half", named) == "write it and cut half"
    assert meant("I'll take planning the week", named) == "plan the week"

"""What a person takes when another kind of help is advised."""

from kernel.values import PersonId
from mentoring.people.preferences import Habits
from sensing.triage.triage import Choice

NONE = Habits(id=PersonId("U1"))


def test_whoever_takes_something_else_overrides_that_advice_alone():
    habits = NONE.took(Choice.COACH, Choice.ASK)

    assert habits.overrides(Choice.COACH)
    assert not habits.overrides(Choice.SPRINT)


def test_the_last_choice_counts():
    habits = NONE.took(Choice.COACH, Choice.ASK).took(Choice.COACH, Choice.COACH)

    assert not habits.overrides(Choice.COACH)


def test_the_same_choice_again_changes_nothing():
    habits = NONE.took(Choice.COACH, Choice.ASK)

    assert habits.took(Choice.COACH, Choice.ASK) is habits

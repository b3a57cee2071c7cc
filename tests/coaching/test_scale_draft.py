"""The levels around "as expected": raised and lowered by their number, or said in general."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ASKER, NOW

from coaching.sprints.goal_scale import NAMES, GoalScale
from coaching.sprints.outline import SprintOutline
from coaching.sprints.scale_draft import drafted, suggested
from coaching.sprints.suggestions import fitting
from kernel.sprint_templates import Levels, SprintTemplate
from mentoring.model.person import Person


def test_a_goal_that_counts_something_is_suggested_first_and_fits_on_a_button():
    counted, usual = "Explain 3 slow queries a week", suggested("Explain slow queries")

    assert suggested(counted) == (counted, *usual[:-1])
    assert suggested(f"{counted} {'x' * 60}") == usual
    assert suggested("Explain 2 or 3 queries in 4 weeks") == usual
    assert drafted(counted)["more"] == "Explain 4 slow queries a week"


@pytest.mark.parametrize(
    ("expected", "less", "more", "much_more"),
    [
        (
            "Two queries explained alone.",
            "Only one",
            "Three queries explained alone",
            "Four queries explained alone",
        ),
        ("twice a week", "Only once", "three times a week", "four times a week"),
        (
            "In 4 of 5 meetings",
            "In 3 of 5 meetings",
            "In 5 of 5 meetings",
            "In 5 of 5 meetings, and I could show someone how",
        ),
        ("60 % answered", "40 % answered", "80 % answered", "100 % answered"),
        (
            "Done by 9:30",
            "Only part of it, or only with help",
            "Done by 9:30, and I could show someone how",
            "Done by 9:30, and someone else does it because I showed them",
        ),
        (
            "5 or 6 of 10 answered",
            "Only part of it, or only with help",
            "5 or 6 of 10 answered, and I could show someone how",
            "5 or 6 of 10 answered, and someone else does it because I showed them",
        ),
    ],
)
def test_a_step_above_and_below_is_drafted_from_the_words(
    expected: str, less: str, more: str, much_more: str
):
    levels = drafted(expected)

    assert (levels["less"], levels["more"], levels["much_more"]) == (less, more, much_more)


@given(st.one_of(st.text(max_size=400), st.from_regex(r"[0-9]{1,4} of [0-9]{1,4} x", fullmatch=True)))
def test_whatever_is_expected_no_drafted_level_is_empty_too_long_or_said_twice(expected: str):
    levels = drafted(expected)

    assert set(levels) == set(NAMES.values())
    if levels["expected"] and levels["expected"] not in (levels["less"], levels["much_less"]):
        assert GoalScale(**levels).problems() == []


def test_other_words_for_what_is_expected_draft_the_levels_anew_and_the_same_keep_them():
    outline = SprintOutline(id="O1", person_id=ASKER, made_at=NOW).name_goal("SQL", None)
    changed = outline.expect("Two plans").scale({"less": "One, with help"})

    assert changed.expect("Two  plans").levels["less"] == "One, with help"
    assert changed.expect("Two  plans").question == "days"
    assert changed.expect("Six plans").levels["less"] == "Four plans"
    assert changed.expect("Six plans").question == "scale"


def test_suggestions_for_the_own_function_come_first_and_those_for_others_not_at_all():
    levels = Levels(**{name: name for name in NAMES.values()})
    of_all, of_sales, of_sql, of_support = (
        SprintTemplate(id=id, label=id, goal=id, levels=levels, functions=functions, topic=topic)
        for id, functions, topic in (
            ("of-all", (), None),
            ("of-sales", ("Sales",), None),
            ("of-sql", (), "sql"),
            ("of-support", ("Support", "Service desk"), None),
        )
    )
    every = (of_all, of_sales, of_sql, of_support)
    person = Person(id=ASKER, function="service  Desk", learns=("sql",), seen_at=NOW)

    assert fitting(every, person) == [of_support, of_sql, of_all]
    assert fitting(every, None) == list(every)

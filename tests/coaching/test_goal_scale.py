"""A goal scale has five different levels, and its T-score is that of Kiresuk and Sherman."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_sprint import SCALE

from coaching.sprints.goal_scale import LEVELS, NAMES, GoalScale, as_level, t_score
from kernel.errors import Invalid

GOALS = st.lists(st.tuples(st.integers(-2, 2), st.floats(0.1, 10)), min_size=1, max_size=8)


def test_three_goals_at_plus_one_give_63_7():
    assert t_score([(1, 1.0)] * 3) == pytest.approx(63.7, abs=0.05)


@pytest.mark.parametrize(("level", "score"), [(-2, 30), (-1, 40), (0, 50), (1, 60), (2, 70)])
def test_one_goal_moves_the_score_by_ten_a_level(level: int, score: float):
    assert t_score([(level, 3.0)]) == pytest.approx(score)


def test_without_a_goal_there_is_no_score():
    assert t_score([]) is None


@given(GOALS)
def test_everything_as_expected_is_50(goals: list[tuple[int, float]]):
    assert t_score([(0, weight) for _, weight in goals]) == pytest.approx(50)


@given(GOALS)
def test_the_score_is_mirrored_around_50(goals: list[tuple[int, float]]):
    turned = t_score([(-level, weight) for level, weight in goals])

    assert (t_score(goals) or 0) + (turned or 0) == pytest.approx(100)


@given(GOALS, st.floats(0.1, 10))
def test_only_the_proportion_of_weights_counts(goals: list[tuple[int, float]], factor: float):
    scaled = t_score([(level, weight * factor) for level, weight in goals])

    assert t_score(goals) == pytest.approx(scaled)


@given(GOALS, st.data())
def test_a_goal_that_goes_better_never_lowers_the_score(goals: list[tuple[int, float]], data: st.DataObject):
    index = data.draw(st.integers(0, len(goals) - 1))
    level, weight = goals[index]
    better = [*goals[:index], (min(level + 1, 2), weight), *goals[index + 1 :]]

    assert (t_score(better) or 0) >= (t_score(goals) or 0)


@given(st.lists(st.tuples(st.integers(-2, 2), st.floats(0.1, 10)), min_size=1, max_size=4))
def test_the_order_of_goals_is_of_no_matter(goals: list[tuple[int, float]]):
    scores = {round(t_score(order) or 0, 9) for order in permutations(goals)}

    assert len(scores) == 1


def test_each_level_has_its_words():
    assert [SCALE.words(level) for level in LEVELS] == [getattr(SCALE, NAMES[level]) for level in LEVELS]


def problems(**changed: str) -> list[tuple[str, str]]:
    return [(it.field, it.problem) for it in SCALE.model_copy(update=changed).problems()]


def test_a_whole_scale_has_no_problem():
    assert problems() == []


@pytest.mark.parametrize("name", NAMES.values())
def test_a_level_without_words_is_refused_at_its_field(name: str):
    assert problems(**{name: "  "}) == [(name, "empty")]


def test_two_levels_that_say_the_same_are_refused_at_the_second():
    assert problems(more="two queries  EXPLAINED alone") == [("more", "same_level")]


def test_a_level_that_is_too_long_is_refused():
    assert problems(less="x" * 301) == [("less", "too_long")]


def test_all_that_is_wrong_with_a_scale_is_said_at_once():
    assert problems(much_less="", more=" ", measure="x" * 301) == [
        ("measure", "too_long"),
        ("much_less", "empty"),
        ("more", "empty"),
    ]


def test_stray_blanks_go():
    assert GoalScale.tidied(SCALE.model_copy(update={"less": "  one\n query "})).less == "one query"


def test_three_is_no_level():
    with pytest.raises(Invalid):
        as_level(3)

"""A goal, its plan and a frozen copy as values: what is legal, whatever comes in which order."""

from datetime import date, timedelta

import pytest
from growth_views import goal, served
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, DAY, NOW

from kernel.errors import Ended, Invalid, NotYours
from relationships.growth_plan.goal import MOST_STEPS, MOST_WORDINGS, Goal, GoalWish
from relationships.growth_plan.growth_plan import (
    MOST_OPEN,
    QUARTER,
    GrowthPlan,
    SuggestedSource,
    TooManyGoals,
)
from relationships.growth_plan.kinship import kinship
from relationships.growth_plan.next_steps import GoalStep, next_steps
from relationships.growth_plan.shared_version import SHARED_FOR, SharedVersion, changes_since, frozen

TODAY = NOW.date()
GOALS = st.sampled_from(["a", "b", "c", "d", "e"])


def new(**changed: object) -> Goal:
    said = {"id": "G", "person_id": ASKER, "title": "One", "set_at": NOW, "touched_at": NOW}
    return Goal(**{**said, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wish", "problems"),
    [
        (GoalWish(title=" \n "), ["goal_title"]),
        (GoalWish(title="x" * 151), ["goal_title"]),
        (GoalWish(title="", by=TODAY), ["goal_title", "goal_by"]),
        (GoalWish(title="One", by=TODAY + timedelta(days=1099)), ["goal_by"]),
        (GoalWish(title="One", why="x" * 601, sign="x" * 301), ["goal_why", "goal_sign"]),
    ],
)
def test_all_that_is_wrong_with_a_wish_is_said_at_once(wish: GoalWish, problems: list[str]):
    with pytest.raises(Invalid) as refused:
        wish.checked(TODAY)

    assert [it.field for it in (refused.value, *refused.value.others)] == problems


def test_a_day_that_has_passed_stays_where_only_the_words_change():
    past = date(2026, 1, 1)

    assert GoalWish(title="One", by=past).checked(TODAY, before=past).by == past


def test_a_goal_reworded_often_keeps_its_latest_wordings_and_counts_all():
    it = new()
    for number in range(30):
        it = it.reword(GoalWish(title=f"Wording {number}"), (), NOW + number * DAY)

    assert (it.reworded, len(it.wordings)) == (30, MOST_WORDINGS)
    assert it.wordings[-1].title == "Wording 28"
    assert it.reword(GoalWish(title="Wording 29"), (), NOW).reworded == 30


STEP = st.tuples(st.sampled_from(["add", "done", "dropped", "open"]), st.integers(1, 120))


@given(st.lists(STEP, max_size=150))
def test_steps_stay_within_bounds_and_no_open_one_is_lost(moves: list[tuple[str, int]]):
    it, open_ = new(), set[int]()
    for move, number in moves:
        known = {step.number for step in it.steps}
        if move == "add" and len(open_) < MOST_STEPS:
            it = it.add_step("Do it", NOW)
            open_.add(it.steps[-1].number)
        elif move != "add" and number in known:
            it = it.mark_step(number, move, NOW)  # type: ignore[arg-type]
            (open_.add if move == "open" else open_.discard)(number)

    assert {step.number for step in it.open_steps} == open_
    assert len({step.number for step in it.steps}) == len(it.steps)
    assert len(it.steps) <= max(2 * MOST_STEPS, len(open_))


def test_nothing_of_a_goal_that_has_ended_changes_until_it_is_taken_up_again():
    over = new().end("reached", NOW)

    assert over.end("reached", NOW + DAY) == over
    for move in (
        lambda: over.end("let_go", NOW),
        lambda: over.add_step("Do it", NOW),
        lambda: over.reword(GoalWish(title="Two"), (), NOW),
    ):
        with pytest.raises(Ended):
            move()
    assert over.reopen(NOW).add_step("Do it", NOW).is_open


MOVES = st.sampled_from(["add"] * 4 + ["remove", "answer", "look", "look", "skip"])


@given(st.lists(st.tuples(MOVES, GOALS), min_size=15, max_size=60))
def test_never_are_more_than_three_open_and_looks_back_stop_only_where_they_are_ignored(moves):
    plan, now = GrowthPlan(id=ASKER, begun_at=NOW), NOW
    for move, name in moves:
        now += DAY
        if move == "add":
            try:
                plan = plan.add(name).heed(now)
            except TooManyGoals:
                assert len(plan.open) == MOST_OPEN
        elif move == "remove":
            plan = plan.remove(name).heed(now)
        elif move == "look":
            plan = plan.look_back(plan.open, now) if plan.open and plan.next_look_at else plan
        else:
            plan = plan.answer(name, now) if move == "answer" else plan.skip(now)

        assert len(plan.open) <= MOST_OPEN
        assert (plan.next_look_at is not None) == (bool(plan.open) and not plan.is_hushed)
        assert plan.next_look_at is None or plan.next_look_at <= now + QUARTER
        assert plan.looked is None or set(plan.looked.answered) <= set(plan.looked.goals)


def test_a_fourth_goal_is_refused_and_one_that_is_open_already_is_none():
    plan = GrowthPlan(id=ASKER, begun_at=NOW).add("a").add("b").add("c")

    assert plan.add("a") == plan
    with pytest.raises(TooManyGoals):
        plan.add("d")
    assert plan.remove("b").add("d").open == ("a", "c", "d")


def test_an_answer_is_taken_back_no_more_once_its_goal_is_over():
    thing = SuggestedSource(goal_id="a", what="talk", ref="talk-1", title="SQL", on=NOW)
    plan = GrowthPlan(id=ASKER, begun_at=NOW, open=("a", "b")).decide(thing, NOW, serves=True)

    assert plan.answered is not None
    assert (plan.remove("b").answered, plan.remove("a").answered) == (plan.answered, None)


def test_a_stale_goal_is_one_that_nobody_touched_for_ninety_days():
    assert not new().is_stale(NOW + 89 * DAY)
    assert new().is_stale(NOW + 90 * DAY)
    assert not new().touch(NOW + 60 * DAY).is_stale(NOW + 149 * DAY)
    assert not new().end("reached", NOW).is_stale(NOW + 200 * DAY)


@pytest.mark.parametrize(
    ("thing", "topics", "is_close"),
    [
        ("How do I read this query plan?", [], True),
        ("Reading the plans of slow queries", [], True),
        ("How do I read the room?", [], False),
        ("Whatever it is", ["sql"], True),
        ("I want to get better at something", [], False),
        ("", [], False),
    ],
)
def test_a_thing_fits_by_topic_or_by_two_words(thing: str, topics: list[str], is_close: bool):
    kin = kinship("I want to get better at query plans: read slow queries", ["sql"], thing, topics)

    assert kin.is_close == is_close


def test_what_comes_next_is_in_the_order_of_goals_and_so_many_of_each():
    found = next_steps([goal(number=1), goal(number=2)], (), (), per_goal=2)

    assert [(it.goal.id[-1], it.step.number) for it in found if isinstance(it, GoalStep)] == [
        ("1", 0),
        ("1", 3),
        ("2", 0),
        ("2", 3),
    ]


def copy(*goals: Goal, lines: int = 0, **changed: object) -> SharedVersion:
    seen = [served(number=it) for it in range(lines)]
    said = {"id": "S", "owner_id": ASKER, "reader_id": ADA, "shared_at": NOW, "until": NOW + SHARED_FOR}
    return SharedVersion(**{**said, "goals": tuple(frozen(it, seen) for it in goals), **changed})


def test_only_its_owner_and_its_reader_may_touch_a_copy():
    shared = copy(new())

    assert shared.check_owner(ASKER) is shared.check_reader(ADA) is shared
    with pytest.raises(NotYours):
        shared.check_reader(ASKER)
    with pytest.raises(NotYours):
        shared.check_owner(ADA)
    with pytest.raises(NotYours):
        shared.unnamed().check_reader(ADA)


def test_what_changed_is_said_goal_by_goal():
    one, two, three = new(), new(id="H", title="Two"), new(id="I", title="Three")
    before = copy(one.add_step("Do it", NOW), two, lines=2)
    step = one.add_step("Do it", NOW).mark_step(1, "done", NOW)
    moved = step.reword(GoalWish(title="One more", by=TODAY + 9 * DAY), (), NOW)
    after = copy(moved, three.end("reached", NOW), lines=5)

    assert [(it.about, it.title, it.more) for it in changes_since(before, after)] == [
        ("reworded", "One more", 0),
        ("day", "One more", 0),
        ("steps", "One more", 1),
        ("served", "One more", 3),
        ("new", "Three", 0),
        ("left_out", "Two", 0),
    ]
    assert changes_since(after, after) == []
    assert [it.about for it in changes_since(copy(two), copy(two.end("let_go", NOW)))] == ["let_go"]

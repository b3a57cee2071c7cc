"""Plans made of a person's own words: whole, the same each time, and not too much."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.plans.action_plan import PER_WEEK, PlanWish, action_plan, templates
from kernel.working_hours import OFFICE, parse_hours
from sensing.triage.features import Subject
from sensing.triage.subjects import subject_of

TODAY = date(2026, 11, 23)  # a Monday
GOAL = "explain a query plan without help"
WISHES = st.builds(
    PlanWish, goal=st.text(min_size=1, max_size=400), step=st.text(), cue=st.text(), level=st.integers(1, 7)
)


def test_a_plan_speaks_in_the_persons_own_words():
    plan = action_plan(PlanWish(goal=GOAL, step="open one slow query", cue="the stand-up"), OFFICE, TODAY)

    assert GOAL in plan.actions[0].behaviour
    assert plan.actions[0].cue == "the stand-up"
    assert any("open one slow query" in action.behaviour for action in plan.actions)


@pytest.mark.parametrize("goal", [GOAL, "delegate more to my team", "manage my time better"])
def test_where_no_step_and_no_blocker_were_named_sentences_end_before_them(goal: str):
    said = [action.behaviour for action in action_plan(PlanWish(goal=goal), OFFICE, TODAY).actions]

    assert not [sentence for sentence in said if sentence.rstrip().endswith(":")]


def test_what_got_in_the_way_is_planned_for():
    plan = action_plan(PlanWish(goal="get better at chess", blocker="my phone rings"), OFFICE, TODAY)

    assert any(action.behaviour.endswith("gets in the way: my phone rings") for action in plan.actions)


@given(WISHES, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_every_action_is_whole_on_a_working_day_and_at_most_three_a_week(wish: PlanWish, today: date):
    plan = action_plan(wish, OFFICE, today)

    assert all(action.behaviour and action.cue and action.evidence for action in plan.actions)
    assert all(action.on > today and action.on.weekday() < 5 for action in plan.actions)
    assert max(Counter(action.on.isocalendar()[:2] for action in plan.actions).values()) <= PER_WEEK
    assert plan.model_dump_json() == action_plan(wish, OFFICE, today).model_dump_json()


def test_who_works_on_two_days_has_actions_on_those():
    plan = action_plan(PlanWish(goal=GOAL), parse_hours("tue,sat 10:00-14:00"), TODAY)

    assert {action.on.weekday() for action in plan.actions} == {1, 5}


@pytest.mark.parametrize(
    ("goal", "subject"),
    [
        ("get better at chess", Subject.SKILL),
        ("learn to draw", Subject.SKILL),
        ("fill the position", Subject.OPEN),
        ("finish my master thesis", Subject.OPEN),
        ("I feel stuck with the Vienna thing", Subject.OPEN),
        (GOAL, Subject.CRAFT),
        ("give calmer presentations", Subject.SPEAK),
        ("write shorter design docs", Subject.WRITE),
        ("delegate more to my team", Subject.LEAD),
        ("handle angry customers", Subject.CONVERSE),
        ("get better at saying no to scope creep", Subject.CONVERSE),
        ("run better retros", Subject.MEET),
        ("manage my time better", Subject.HABIT),
        ("stop checking mail every morning", Subject.HABIT),
        ("a hard conversation with my manager", Subject.TALK),
        ("prepare the talk with my boss about overload", Subject.TALK),
        ("I can't decide whether to take the job", Subject.DECISION),
        ("move into UX after ten years of accounting", Subject.MOVE),
        ("get promoted to staff engineer this year", Subject.MOVE),
        ("find a new job by summer", Subject.MOVE),
        ("get along better with the new product manager", Subject.RELATE),
        ("rebuild trust with my team after the reorg", Subject.RELATE),
        ("my peers respect me again", Subject.RELATE),
        ("give Tom feedback about his tone", Subject.TALK),
        ("stop working at night", Subject.HABIT),
        ("be more confident in meetings", Subject.CONVERSE),
        ("speak up in meetings", Subject.CONVERSE),
        ("write better unit tests", Subject.CRAFT),
        ("understand our billing system", Subject.CRAFT),
        ("my status updates are too long", Subject.WRITE),
        ("trust my team more and stop micromanaging", Subject.LEAD),
        ("finish my day at 6pm", Subject.HABIT),
        ("give feedback that lands", Subject.CONVERSE),
        ("listen better in 1:1s", Subject.CONVERSE),
        ("make our weekly meeting shorter", Subject.MEET),
    ],
)
def test_the_goal_decides_what_kind_of_plan_it_is(goal: str, subject: Subject):
    assert subject_of(goal) == subject


@pytest.mark.parametrize(
    ("goal", "named"),
    [
        ("I want to get better at explaining query plans.", "“explaining query plans”"),
        ("I'd like to learn how to read query plans", "“read query plans”"),
        ("Read query plans without help", "“Read query plans without help”"),
        ("I want to", "“I want to”"),
        ("To be", "“To be”"),
    ],
)
def test_actions_name_what_a_goal_is_about_and_not_that_it_is_wanted(goal: str, named: str):
    said = " ".join(it.behaviour for it in action_plan(PlanWish(goal=goal), OFFICE, TODAY).actions)

    assert named in said


def test_the_level_decides_how_it_ends():
    ends = {
        action_plan(PlanWish(goal=GOAL, level=level), OFFICE, TODAY).actions[-1].behaviour
        for level in range(1, 8)
    }

    assert len(ends) == 3


def test_every_kind_of_goal_has_a_plan_of_its_own():
    first = {actions[0].behaviour for actions in templates().actions.values()}

    assert templates().actions.keys() == set(Subject)
    assert len(first) == len(Subject)


def test_a_beginner_is_sent_to_who_helps_with_the_topic():
    plan = action_plan(PlanWish(goal=GOAL, topic="SQL", level=1), OFFICE, TODAY)

    assert "somebody who helps with SQL" in plan.actions[-1].behaviour


def test_braces_in_a_persons_words_stay_what_they_are():
    plan = action_plan(PlanWish(goal="{step} and {goal.__class__}"), OFFICE, TODAY)

    assert "{step} and {goal.__class__}" in plan.actions[0].behaviour

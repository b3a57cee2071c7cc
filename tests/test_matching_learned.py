"""A ranking that has learned: what it adds, what it never does, and that it starts as the profile."""

import math
from dataclasses import replace
from datetime import timedelta

import make_matching as make
import numpy as np
import pytest
from hypothesis import given

from matching.choice import Lesson
from matching.evidence import NAMES
from matching.history import History, day_of
from matching.index import HelperIndex
from matching.learned import Learned, learn, relearn
from matching.lessons import Notebook
from matching.ranking import order, rank
from matching.topic_tree import TopicTree
from matching.values import Ask, Helper, Limits, ReasonKind

NOW = make.MONDAY_NOON
TREE = TopicTree(make.PARENTS)
NOTHING_LEARNED = np.array([1.0, *(0.0 for _ in NAMES)])
ASKED = [make.ask(id=f"R-{n}", asker_id="U5", text="slow query plan") for n in range(9)]


def told(helper_id: str, times: int = 3) -> History:
    return make.past(*((f"R-{n}", helper_id, 5 + n) for n in range(times)), asked=ASKED)


def test_whoever_answered_such_asks_comes_before_an_equal_profile_and_is_told_why():
    people = HelperIndex([make.helper("U1"), make.helper("U2")])
    ask = make.ask(text="slow query")

    first, second = rank(ask, people, NOW, model=Learned(told("U2")))

    assert (first.helper_id, second.helper_id) == ("U2", "U1")
    facts = {reason.kind: dict(reason.facts) for reason in first.reasons}
    last_at = round((NOW - timedelta(days=5)).timestamp())
    assert facts[ReasonKind.ANSWERED] == {"topic": "sql", "times": 3, "days": 5, "last_at": last_at}


def test_a_record_in_the_topic_counts_like_a_declared_one():
    people = HelperIndex([make.helper("U1", topics={})])

    assert order(make.ask(), people, NOW, 5, model=Learned(told("U1"))) == ["U1"]
    assert order(make.ask(topics=("hiring",)), people, NOW, 5, model=Learned(told("U1"))) == []


def test_what_was_given_lately_has_a_price():
    history = told("U1")
    for day in range(6):
        history.gave("U1", NOW - timedelta(days=day))
    people = HelperIndex([make.helper("U1"), make.helper("U2")])
    model = Learned(history, NOTHING_LEARNED)

    assert order(make.ask(), people, NOW, 5, model=replace(model, load_price=1.0)) == ["U2", "U1"]
    (reason,) = (
        reason
        for match in rank(make.ask(), people, NOW, model=replace(model, load_price=1.0))
        for reason in match.reasons
        if reason.kind is ReasonKind.GIVEN
    )
    assert reason.value < 0


@make.calmly
@given(make.asks(), make.crowds())
def test_without_a_past_the_order_is_the_declared_one(ask: Ask, crowd: list[Helper]):
    index = HelperIndex(crowd)

    declared = order(ask, index, NOW, 50, tree=TREE)

    assert order(ask, index, NOW, 50, tree=TREE, model=Learned(History(), NOTHING_LEARNED)) == declared


@make.calmly
@given(make.asks(), make.crowds())
def test_rules_hold_reasons_add_up_and_input_order_says_nothing(ask: Ask, crowd: list[Helper]):
    history = make.past(*((f"R-{n}", helper.id, n + 1) for n, helper in enumerate(crowd[:9])), asked=ASKED)
    model = Learned(history)
    forbidden = ask.excluded | {ask.asker_id} | {helper.id for helper in crowd if not helper.is_available}

    matches = rank(ask, HelperIndex(crowd), NOW, 50, tree=TREE, model=model)

    again = rank(ask, HelperIndex(crowd[::-1]), NOW, 50, tree=TREE, model=model)
    assert [match.helper_id for match in again] == [match.helper_id for match in matches]
    assert [match.score for match in again] == pytest.approx([match.score for match in matches])
    assert not forbidden & {match.helper_id for match in matches}
    for match in matches:
        assert math.isclose(match.score, math.fsum(reason.value for reason in match.reasons), abs_tol=1e-9)


def test_strangers_beyond_the_best_are_left_out_and_known_people_never():
    crowd = [make.helper(f"U{n}", topics={"sql": 1 + n % 3}) for n in range(1, 400)]
    model = Learned(told("U3"))

    listed = order(make.ask(), HelperIndex(crowd), NOW, 500, model=model)

    assert len(listed) == 101
    assert listed[0] == "U3"
    assert {int(id_[1:]) % 3 for id_ in listed[1:]} == {2}


def test_lessons_are_taken_when_it_is_known_who_helped_and_teach_who_helps():
    history, people = History(), HelperIndex([make.helper("U1"), make.helper("U2"), make.helper("U3")])
    notes = Notebook(Learned(history, NOTHING_LEARNED), most=50)
    for number in range(60):
        now = NOW + timedelta(days=number)
        ask = make.ask(id=f"R{number}", text="slow query")
        notes.asked(ask, people, now, TREE, Limits())
        history.asked(ask)
        history.answered(ask.id, "U2", now, worked=True)
        notes.helped(ask.id, "U2")

    model = replace(notes.model, weights=learn(notes.lessons, NOTHING_LEARNED))

    assert len(notes.lessons) == 50
    assert model.standings.of(["U1", "U2"]).argmax() == 1
    later = rank(make.ask(id="R99"), people, NOW + timedelta(days=61), model=model)
    assert later[0].helper_id == "U2"
    assert later[0].score > 2 + later[1].score


def test_an_outcome_of_an_unknown_ask_or_helper_teaches_nothing():
    notes = Notebook(Learned(History()))
    notes.asked(make.ask(), HelperIndex([make.helper("U1"), make.helper("U2")]), NOW, TREE, Limits())

    notes.helped("R-unknown", "U1")
    notes.helped("R1", "U77")

    assert notes.lessons == []


def test_a_history_counts_what_happened_once():
    history = told("U2")
    history.asked(ASKED[0])

    assert len(history.pasts) == len(ASKED)
    assert history.active.faded(np.array([history.people["U2"]]), day_of(NOW))[0][0, -1] == 3


def taught(helpful: str, count: int) -> list[Lesson]:
    """Lessons in which of two equal people always the one with this column's evidence helps."""
    rows = np.zeros((2, 1 + len(NAMES)), dtype=np.float32)
    rows[1, 1 + NAMES.index(helpful)] = 1.0
    return [Lesson(rows, 1)] * count


def test_a_refit_that_does_worse_on_the_latest_lessons_is_not_used():
    before = learn(taught("pair", 40))
    turned = [Lesson(each.rows, 0) for each in taught("pair", 40)]

    assert relearn([*turned, *taught("pair", 10)], before) is before
    assert relearn(taught("pair", 3), before) is before


def test_a_refit_that_does_better_is_used():
    found = relearn(taught("pair", 100), NOTHING_LEARNED)

    assert found[1 + NAMES.index("pair")] > 0


def test_standings_do_not_pay_the_price_of_load_back():
    busy, people = told("U1"), HelperIndex([make.helper("U1"), make.helper("U2")])
    for day in range(6):
        busy.gave("U1", NOW - timedelta(days=day))
    gained = []

    for price in (0.0, 2.0):
        notes = Notebook(Learned(busy, load_price=price))
        notes.asked(make.ask(), people, NOW, TREE, Limits())
        notes.helped("R1", "U1")
        gained.append(notes.model.standings.of(["U1"])[0])

    assert gained[0] == gained[1] > 0

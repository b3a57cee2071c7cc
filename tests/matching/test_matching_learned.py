"""A ranking that has learned: what it adds, what it never does, and that it starts as the profile."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import make_matching as make
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.hours import OpenHours
from matching.learning.choice_model import Lesson
from matching.learning.evidence import NAMES
from matching.learning.history import History, day_of
from matching.learning.learned import Learned, learn, refit
from matching.learning.lessons import Notebook
from matching.learning.residual_rating import Standings
from matching.ranking.index import HelperIndex
from matching.ranking.ranking import order, rank
from matching.topic_tree import TopicTree
from matching.values import ANYTHING, Ask, Helper, Lane, Limits, Match, ReasonKind, Urgency

NOW = make.MONDAY_NOON
TREE = TopicTree(make.PARENTS)
NOTHING_LEARNED = np.array([1.0, *(0.0 for _ in NAMES), 1.0])
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


def test_without_a_topic_those_of_the_asks_with_like_words_stand_in():
    asked = [
        make.ask(id="A1", text="blue folder of clerks", topics=("hiring",)),
        make.ask(id="A2", text="cats"),
    ]
    asked += [make.ask(id="A3", text="a contract for juniors", topics=("hiring",))]
    model = Learned(make.past(("A1", "U1", 9), ("A2", "U2", 9), ("A3", "U3", 9), asked=asked))
    people = HelperIndex([make.helper(id, topics={"python": 1}) for id in ("U1", "U2", "U3")])

    for topics in ((), (ANYTHING,)):
        found = order(make.ask(topics=topics, text="who has the blue folder"), people, NOW, 5, model=model)
        assert found == ["U1", "U3"]


def test_asks_without_a_topic_have_weights_of_their_own_and_each_ask_teaches_them():
    people = HelperIndex(
        [make.helper("U1", topics={"sql": 2, "python": 1}), make.helper("U2", topics={"python": 3})]
    )
    by_words = NOTHING_LEARNED.copy()
    by_words[1 + NAMES.index("like_text")] = 3.0
    model = Learned(told("U2"), NOTHING_LEARNED, by_words=by_words)

    with_topic = {
        match.helper_id: match for match in rank(make.ask(text="slow query"), people, NOW, model=model)
    }
    without = rank(make.ask(topics=(), text="slow query"), people, NOW, model=model)
    assert not any(it.kind is ReasonKind.SIMILAR for it in with_topic["U2"].reasons)
    assert without[0].helper_id == "U2"
    assert ReasonKind.SIMILAR in {it.kind for it in without[0].reasons}

    notes = Notebook(model, words=True)
    for number, topics in enumerate((("python",), (), (ANYTHING,))):
        notes.asked(make.ask(id=f"N{number}", topics=topics, text="slow query"), people, NOW, TREE, Limits())
        notes.helped(f"N{number}", "U2")
    assert (len(notes.lessons), len(notes.by_words)) == (3, 3)
    tagged, worded = notes.lessons[0].rows, notes.by_words[0].rows
    assert not np.array_equal(tagged, worded)
    assert np.array_equal(notes.lessons[1].rows, notes.by_words[1].rows)


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


def remembered(crowd: Sequence[Helper]) -> Learned:
    """A model whose past knows the first nine of a crowd."""
    answered = ((f"R-{n}", helper.id, n + 1) for n, helper in enumerate(crowd[:9]))
    return Learned(make.past(*answered, asked=ASKED))


def ranked(ask: Ask, crowd: Sequence[Helper], model: Learned) -> list[Match]:
    return rank(ask, HelperIndex(crowd), NOW, 50, tree=TREE, limits=Limits(open_offers=2), model=model)


def told_of(matches: Sequence[Match]) -> list[tuple[str, float]]:
    """Who is listed with which score, but for what the order of additions leaves open."""
    return [(match.helper_id, round(match.score, 6)) for match in matches]


@make.calmly
@given(make.asks(), make.crowds())
def test_reasons_add_up_to_the_score_and_input_order_says_nothing(ask: Ask, crowd: list[Helper]):
    model = remembered(crowd)

    matches = ranked(ask, crowd, model)

    assert told_of(ranked(ask, crowd[::-1], model)) == told_of(matches)
    for match in matches:
        assert math.isclose(match.score, math.fsum(reason.value for reason in match.reasons), abs_tol=1e-9)


@pytest.mark.parametrize(
    "change",
    [
        *make.KEPT_OUT,
        {"lanes": frozenset({Lane.SENIOR})},
        {"hours": OpenHours("UTC", ())},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_record_lets_nobody_in_whom_a_rule_keeps_out(change: dict[str, Any]):
    ask = make.ask(urgency=Urgency.NOW)

    listed = ranked(ask, [make.helper("U1", **change), make.helper("U2")], Learned(told("U1")))

    assert [match.helper_id for match in listed] == ["U2"]


def test_a_record_lets_neither_the_asker_nor_the_excluded_in():
    people = [make.helper("U1"), make.helper("U2")]

    assert ranked(make.ask(asker_id="U2", excluded=frozenset({"U1"})), people, Learned(told("U1"))) == []


@make.calmly
@given(make.asks(), make.crowds(), make.helpers(st.just("U-new")))
def test_one_more_person_changes_nobody_elses_order_or_score(ask: Ask, crowd: list[Helper], extra: Helper):
    model = remembered(crowd)

    with_one_more = [match for match in ranked(ask, [*crowd, extra], model) if match.helper_id != extra.id]

    assert told_of(with_one_more) == told_of(ranked(ask, crowd, model))


@make.calmly
@given(make.asks(), make.helpers(st.just("U1")), st.sampled_from(make.TOPICS), st.booleans())
def test_of_two_with_the_same_past_the_more_expert_and_less_busy_is_never_below(
    ask: Ask, plain: Helper, topic: str, known: bool
):
    better = replace(
        plain,
        id="U2",
        topics={**plain.topics, topic: min(3, plain.topics.get(topic, 0) + 1)},
        minutes_booked=0,
        open_sessions=max(0, plain.open_sessions - 1),
        open_offers=0,
    )
    answered = [("R-1", "U1", 3), ("R-1", "U2", 3)] if known else []
    model = Learned(make.past(*answered, asked=ASKED))

    scores = {match.helper_id: match.score for match in ranked(ask, [plain, better], model)}

    if "U1" in scores and "U2" not in ask.excluded:
        assert scores["U2"] >= scores["U1"] - 1e-9


@pytest.mark.parametrize(
    "change",
    [
        {"topics": {"sql": 3}},
        {"minutes_booked": 0},
        {"open_sessions": 0},
        {"open_offers": 0},
        {"last_helped_at": None},
        {"helped": {}},
        {"hours": make.ALWAYS},
    ],
    ids=lambda change: next(iter(change)),
)
def test_of_two_with_the_same_past_each_thing_that_speaks_for_one_lifts_that_one(change: dict[str, Any]):
    plain = make.helper(
        minutes_booked=20,
        open_sessions=1,
        open_offers=1,
        helped={"U0": 1},
        last_helped_at=NOW - timedelta(days=1),
        hours=OpenHours("UTC", ((2, 0, 60),)),
    )
    model = Learned(make.past(("R-1", "U1", 3), ("R-1", "U2", 3), asked=ASKED))

    first, second = ranked(make.ask(), [plain, replace(plain, id="U2", **change)], model)

    assert first.helper_id == "U2"
    assert first.score > second.score + 1e-6


@make.calmly
@given(make.asks(), make.helpers(st.just("U1")), st.booleans())
def test_an_empty_profile_is_never_above_a_filled_one_and_without_a_past_never_listed(
    ask: Ask, filled: Helper, known: bool
):
    empty = replace(filled, id="U2", topics={})
    answered = [("R-1", "U1", 3), ("R-1", "U2", 3)] if known else []

    scores = {
        match.helper_id: match.score
        for match in ranked(ask, [filled, empty], Learned(make.past(*answered, asked=ASKED)))
    }

    assert known or "U2" not in scores
    if len(scores) == 2:
        assert scores["U1"] >= scores["U2"] - 1e-9


def test_strangers_beyond_the_best_are_left_out_and_known_people_never():
    crowd = [make.helper(f"U{n}", topics={"sql": 1 + n % 3}) for n in range(1, 400)]
    model = Learned(told("U3"))

    listed = order(make.ask(), HelperIndex(crowd), NOW, 500, model=model)

    assert len(listed) == 51
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
    rows = np.zeros((2, 2 + len(NAMES)), dtype=np.float32)
    rows[1, 1 + NAMES.index(helpful)] = 1.0
    return [Lesson(rows, 1)] * count


def test_a_refit_that_does_worse_on_the_latest_lessons_is_not_used():
    before = learn(taught("pair", 40))
    turned = [Lesson(each.rows, 0) for each in taught("pair", 40)]

    assert refit([*turned, *taught("pair", 10)], before).weights is before
    assert refit(taught("pair", 3), before).weights is before


def test_the_latest_month_judges_a_refit_where_it_holds_enough():
    old, agree = taught("pair", 60), [replace(each, day=100.0) for each in taught("pair", 15)]
    turned = [replace(each, chosen=0, day=90.0) for each in taught("pair", 25)]

    by_month = refit([*old, *turned, *agree], NOTHING_LEARNED)
    by_fifth = refit([replace(each, day=0.0) for each in (*old, *turned, *agree)], NOTHING_LEARNED)

    assert not by_month.is_new
    assert by_fifth.is_new


def test_a_refit_that_does_better_is_used():
    found = refit(taught("pair", 100), NOTHING_LEARNED).weights

    assert found[1 + NAMES.index("pair")] > 0


def test_standings_count_as_much_as_they_have_foretold_and_never_against():
    rows = np.zeros((2, 2 + len(NAMES)), dtype=np.float32)
    rows[1, -1] = 1.0

    helpful, misleading = (learn([Lesson(rows, chosen)] * 300)[-1] for chosen in (1, 0))

    assert helpful > 1.5
    assert misleading == 0


def test_a_lesson_holds_the_standing_as_it_was_before_its_outcome_moved_it():
    people = HelperIndex([make.helper("U1"), make.helper("U2")])
    notes = Notebook(Learned(told("U1"), standings=Standings({"U2": 0.5})))
    view = notes.asked(make.ask(), people, NOW, TREE, Limits())

    notes.helped("R1", "U2")

    [lesson] = notes.lessons
    assert lesson.rows[lesson.chosen][-1] == 0.5 < notes.model.standings.of(["U2"])[0]
    assert view.standing().values.max() == 0.5


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

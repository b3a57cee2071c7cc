"""Ranking: who is never listed, what counts, and that the order hangs on nothing else."""

import math
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import make_matching as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.hours import OpenHours
from matching.ranking.index import HelperIndex
from matching.ranking.priors import Prior
from matching.ranking.ranking import rank
from matching.topic_tree import TopicTree
from matching.values import Ask, Helper, Lane, Limits, Match, ReasonKind, Urgency

NOW = make.MONDAY_NOON
TREE = TopicTree(make.PARENTS)
CLOSED = OpenHours("UTC", ((2, 0, 60),))


def ranked(ask: Ask, *helpers: Helper, **settings: Any) -> list[str]:
    return [match.helper_id for match in rank(ask, HelperIndex(helpers), NOW, 50, tree=TREE, **settings)]


def facts(match: Match, kind: ReasonKind) -> dict[str, str | int | float]:
    return dict(next(reason.facts for reason in match.reasons if reason.kind is kind))


@pytest.mark.parametrize(
    "change",
    [
        *make.KEPT_OUT,
        {"minutes_per_week": 20},
        {"topics": {}},
        {"topics": {"python": 3}},
        {"lanes": frozenset({Lane.SENIOR})},
    ],
    ids=lambda change: next(iter(change)),
)
def test_who_cannot_help_is_never_listed(change: dict[str, Any]):
    assert ranked(make.ask(), make.helper(**change)) == []


def test_a_pause_that_is_over_keeps_nobody_out():
    assert ranked(make.ask(), make.helper(paused_until=NOW)) == ["U1"]


def test_the_asker_and_the_excluded_are_never_listed():
    people = [make.helper("U0"), make.helper("U1"), make.helper("U2")]

    assert ranked(make.ask(excluded=frozenset({"U1", "U77"})), *people) == ["U2"]


def test_an_ask_that_needs_help_now_goes_to_people_in_their_hours():
    people = [make.helper("U1", hours=CLOSED), make.helper("U2")]

    assert ranked(make.ask(urgency=Urgency.NOW), *people) == ["U2"]
    assert ranked(make.ask(urgency=Urgency.TODAY), *people) == ["U2", "U1"]


def test_a_workspace_can_let_helpers_carry_more():
    busy = make.helper(open_sessions=2, minutes_booked=40, minutes_per_week=90)

    assert ranked(make.ask(), busy, limits=Limits(open_sessions=3, minutes_per_week=90)) == ["U1"]


def test_the_less_busy_helper_wins_a_tie():
    busy, free = make.helper("U1", open_sessions=1), make.helper("U2", open_sessions=0)

    assert ranked(make.ask(), busy, free) == ["U2", "U1"]


def test_a_third_time_with_the_same_helper_gives_way_unless_asked_for_by_name():
    known, new = make.helper("U1", helped={"U0": 2}, topics={"sql": 2}), make.helper("U2")

    assert ranked(make.ask(), known, new) == ["U2", "U1"]
    again = rank(make.ask(wanted=frozenset({"U1"})), HelperIndex([known, new]), NOW)
    assert {match.score for match in again} == {again[0].score}


def test_a_higher_own_level_outweighs_two_earlier_talks():
    known = make.helper("U1", helped={"U0": 2}, topics={"sql": 3})

    assert ranked(make.ask(), known, make.helper("U2")) == ["U1", "U2"]


def test_after_the_fourth_time_it_speaks_no_more_against():
    people = [make.helper(f"U{times}", helped={"U0": times}) for times in (4, 9)]

    first, second = rank(make.ask(), HelperIndex(people), NOW)

    assert first.score == second.score


def test_a_related_topic_counts_less_than_the_topic_and_says_which():
    people = [make.helper("U1", topics={"pandas": 2}), make.helper("U2", topics={"python": 2})]

    first, second = rank(make.ask(topics=("python",)), HelperIndex(people), NOW, tree=TREE)

    assert facts(first, ReasonKind.TOPIC) == {"topic": "python", "level": 2}
    assert facts(second, ReasonKind.RELATED_TOPIC) == {"topic": "python", "related": "pandas", "level": 2}


def test_the_wished_lane_comes_first_and_is_explained():
    people = [make.helper("U1", level=4), make.helper("U2", level=6)]

    first, second = rank(make.ask(lanes=(Lane.SENIOR, Lane.PEER)), HelperIndex(people), NOW)

    assert (first.lane, second.lane) == (Lane.SENIOR, Lane.PEER)
    assert facts(first, ReasonKind.LANE) == {"lane": "senior", "levels_apart": 2}


def test_reasons_against_carry_their_facts():
    tired = make.helper(
        minutes_booked=20,
        open_offers=1,
        helped={"U0": 3},
        last_helped_at=NOW - timedelta(days=2),
        hours=CLOSED,
    )

    (match,) = rank(make.ask(), HelperIndex([tired]), NOW, limits=Limits(open_offers=2))

    assert facts(match, ReasonKind.LOAD)["minutes_left"] == 40
    assert facts(match, ReasonKind.REPEAT) == {"times": 3}
    assert facts(match, ReasonKind.RECENT) == {"days": 2}
    assert facts(match, ReasonKind.HOURS) == {"open_now": 0, "opens_in_minutes": 36 * 60}


def test_ties_are_drawn_anew_for_each_ask():
    people = [make.helper(f"U{n}") for n in range(1, 9)]

    winners = {ranked(make.ask(id=f"R{n}"), *people)[0] for n in range(40)}

    assert len(winners) > 4


@make.calmly
@given(make.asks(), make.crowds(), st.randoms())
def test_the_order_never_depends_on_input_order(ask: Ask, crowd: list[Helper], draw: random.Random):
    shuffled = draw.sample(crowd, len(crowd))

    assert ranked(ask, *crowd) == ranked(ask, *shuffled)


@make.calmly
@given(make.asks(), make.crowds(), make.helpers(st.just("U-new")))
def test_one_more_person_changes_nobody_elses_order(ask: Ask, crowd: list[Helper], extra: Helper):
    assert [id_ for id_ in ranked(ask, *crowd, extra) if id_ != extra.id] == ranked(ask, *crowd)


@make.calmly
@given(make.asks(), make.crowds())
def test_reasons_add_up_to_the_score_and_fall_in_strength(ask: Ask, crowd: list[Helper]):
    for match in rank(ask, HelperIndex(crowd), NOW, 50, tree=TREE):
        values = [reason.value for reason in match.reasons]

        assert math.isclose(match.score, math.fsum(values), abs_tol=1e-9)
        assert [abs(value) for value in values] == sorted((abs(value) for value in values), reverse=True)
        assert 0.0 not in values


@make.calmly
@given(make.asks(), make.crowds(40), st.integers(1, 12), st.integers(1, 5))
def test_a_closer_look_at_few_finds_what_looking_at_everyone_finds(
    ask: Ask, crowd: list[Helper], k: int, first: int
):
    index = HelperIndex(crowd)

    few, everyone = (rank(ask, index, NOW, k, tree=TREE, model=Prior(first=many)) for many in (first, 10**6))

    assert few == everyone


def test_a_closer_look_at_few_of_very_many_misses_nobody():
    draw = random.Random(1)
    crowd = [
        make.helper(
            f"U{number}",
            topics={topic: draw.randint(1, 3) for topic in draw.sample(make.TOPICS, draw.randint(0, 3))},
            minutes_booked=draw.choice((0, 0, 15, 60)),
            hours=draw.choice((CLOSED, make.ALWAYS)),
            level=draw.randint(1, 7),
            offers_ended=(ended := draw.choice((0, 0, 3, 20))),
            offers_answered=draw.randint(0, ended),
        )
        for number in range(3000)
    ]
    index = HelperIndex(crowd)

    for number in range(60):
        ask = make.ask(id=f"R{number}", topics=tuple(draw.sample(make.TOPICS, draw.randint(1, 3))))
        for k in (8, 80):
            everyone = rank(ask, index, NOW, k, tree=TREE, model=Prior(first=10**6))
            assert rank(ask, index, NOW, k, tree=TREE, model=Prior(first=20)) == everyone


@pytest.mark.parametrize(
    "weights", [{"closed": -0.1}, {"lane": (0.5, -0.1, 0.0)}, {"topic": (2.0, 1.0, 1.0)}]
)
def test_weights_that_would_put_the_less_able_first_are_refused(weights: dict[str, Any]):
    with pytest.raises(ValueError, match="weights"):
        Prior(**weights)


@make.calmly
@given(make.asks(), make.crowds(), st.integers(0, 20))
def test_fewer_are_the_beginning_of_more(ask: Ask, crowd: list[Helper], k: int):
    index = HelperIndex(crowd)

    assert rank(ask, index, NOW, k, tree=TREE) == rank(ask, index, NOW, 50, tree=TREE)[:k]


@make.calmly
@given(make.asks(), make.crowds())
def test_nobody_is_listed_whom_a_rule_keeps_out(ask: Ask, crowd: list[Helper]):
    people = {helper.id: helper for helper in crowd}
    for id_ in ranked(ask, *crowd):
        helper = people[id_]
        kin = {topic for asked in ask.topics for topic in TREE.kin(asked)}

        assert id_ not in ask.excluded | {ask.asker_id}
        assert helper.is_available
        assert helper.paused_until is None or helper.paused_until <= NOW
        assert helper.open_sessions < 2
        assert helper.open_offers < (helper.questions_at_once or 2)
        assert helper.minutes_booked + ask.minutes <= min(helper.minutes_per_week, 60)
        assert kin & helper.topics.keys()
        assert ask.urgency is not Urgency.NOW or helper.hours.is_open(NOW)


@make.calmly
@given(make.asks(), make.helpers(st.just("U1")), st.sampled_from(make.TOPICS), st.integers(0, 40))
def test_more_expert_and_less_busy_is_never_ranked_below(ask: Ask, plain: Helper, topic: str, minutes: int):
    known = {**plain.topics, topic: min(3, plain.topics.get(topic, 0) + 1)}
    better = replace(
        plain,
        id="U2",
        topics=known,
        minutes_booked=max(0, plain.minutes_booked - minutes),
        open_sessions=max(0, plain.open_sessions - 1),
        open_offers=max(0, plain.open_offers - 1),
    )
    people = {match.helper_id: match for match in rank(ask, HelperIndex([plain, better]), NOW, tree=TREE)}

    if "U1" in people and "U2" not in ask.excluded:
        assert people["U2"].score >= people["U1"].score

"""What would have changed an order: each change that is named does, and a little less does not."""

from dataclasses import replace
from datetime import timedelta

import make_matching as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.hours import OpenHours
from matching.ranking.counterfactuals import Counterfactual, Lever, changes
from matching.ranking.index import HelperIndex
from matching.ranking.ranking import rank
from matching.topic_tree import TopicTree
from matching.values import Ask, Helper, Lane, Limits, Match, Reason, ReasonKind

NOW = make.MONDAY_NOON
TREE = TopicTree(make.PARENTS)


def two(ask: Ask, *people: Helper) -> list[Match]:
    return rank(ask, HelperIndex(people), NOW, tree=TREE, limits=Limits(open_offers=2))


def free(id: str) -> st.SearchStrategy[Helper]:
    """People who can all be asked, and differ in everything else."""
    days = st.none() | st.integers(0, 30).map(lambda ago: NOW - timedelta(days=ago))
    return st.builds(
        make.helper,
        st.just(id),
        level=st.integers(2, 6),
        topics=st.dictionaries(st.sampled_from(("sql", "pandas")), st.integers(1, 3), min_size=1),
        minutes_booked=st.integers(0, 30),
        open_sessions=st.integers(0, 1),
        open_offers=st.integers(0, 1),
        helped=st.dictionaries(st.just("U0"), st.integers(1, 6)),
        last_helped_at=days,
        offers_ended=st.just(9),
        offers_answered=st.integers(0, 9).map(float),
    )


def otherwise(helper: Helper, change: Counterfactual) -> Helper:
    """A helper with one thing as the change says; hours and lanes stay."""
    amount = int(change.amount)
    known = helper.helped.get("U0", 0)
    changed = {
        Lever.MINUTES: {"minutes_booked": helper.minutes_booked - amount},
        Lever.SESSIONS: {"open_sessions": helper.open_sessions - amount},
        Lever.OFFERS: {"open_offers": helper.open_offers - amount},
        Lever.REPEATS: {"helped": {"U0": known - amount}},
        Lever.RECENT: {"last_helped_at": NOW - timedelta(days=amount)},
        Lever.LEVEL: {"topics": {**helper.topics, change.topic: amount}},
    }
    return replace(helper, **changed.get(change.lever, {}))


@make.calmly
@given(free("U1"), free("U2"))
def test_every_change_that_is_named_alone_puts_them_first(one: Helper, other: Helper):
    ask, people = make.ask(topics=("sql", "python")), {"U1": one, "U2": other}
    first, second = two(ask, one, other)

    for change in changes(ask, first, second):
        if change.lever in (Lever.HOURS, Lever.LANE):
            continue
        changed = otherwise(people[second.helper_id], change)
        assert two(ask, people[first.helper_id], changed)[0].helper_id == second.helper_id


def test_it_is_the_least_that_does():
    free, busy = make.helper("U1", minutes_booked=5), make.helper("U2", minutes_booked=30)

    (change,) = [it for it in changes(make.ask(), *two(make.ask(), free, busy)) if it.lever is Lever.MINUTES]

    assert change == Counterfactual(Lever.MINUTES, 26)
    less = Counterfactual(Lever.MINUTES, 24)
    assert two(make.ask(), free, otherwise(busy, less))[0].helper_id == "U1"


def test_what_no_single_change_can_do_is_not_named():
    expert, novice = make.helper("U1", topics={"sql": 3}, level=6), make.helper("U2", topics={"pandas": 1})
    ask = make.ask(topics=("sql", "python"), lanes=(Lane.SENIOR, Lane.PEER))

    levers = {change.lever for change in changes(ask, *two(ask, expert, novice))}

    assert not levers & {Lever.MINUTES, Lever.HOURS, Lever.REPEATS}


def test_hours_say_how_much_sooner():
    late = OpenHours("UTC", ((0, 18 * 60, 24 * 60),))
    first, second = make.helper("U1", minutes_booked=7), make.helper("U2", hours=late)

    (change,) = [it for it in changes(make.ask(), *two(make.ask(), first, second)) if it.lever is Lever.HOURS]

    assert change.amount == 193


def test_a_no_silence_and_a_judgement_are_no_lever():
    hidden = tuple(Reason(kind, -2.0, {}) for kind in (ReasonKind.IN_TIME, ReasonKind.RELIABLE))
    ahead, behind = Match("U1", Lane.PEER, 0.0, ()), Match("U2", Lane.PEER, -4.0, hidden)

    assert changes(make.ask(topics=()), ahead, behind) == []


def test_asks_lately_are_a_lever_of_the_learned_model():
    given_ = Reason(ReasonKind.GIVEN, -1.0, {"lately": 6.4})
    ahead, behind = Match("U1", Lane.PEER, 0.5, ()), Match("U2", Lane.PEER, 0.0, (given_,))

    assert Counterfactual(Lever.GIVEN, 1.7) in changes(make.ask(), ahead, behind)


@pytest.mark.parametrize(("gap", "level"), [(0.5, 2), (0.9, 3)])
def test_a_higher_own_level_is_named_with_its_topic(gap: float, level: int):
    topic = Reason(ReasonKind.TOPIC, 1.0, {"topic": "sql", "level": 1})
    ahead, behind = Match("U1", Lane.PEER, 1.0 + gap, ()), Match("U2", Lane.PEER, 1.0, (topic,))

    assert Counterfactual(Lever.LEVEL, level, "sql") in changes(make.ask(), ahead, behind)

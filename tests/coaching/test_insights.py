"""What one's own data say: enough of it, or nothing."""

from datetime import timedelta

import make_sprint
import pytest
from make import ADA, BEN, CY, NOW, PYTHON, SQL
from make_sprint import check_in

from coaching.insights.insights import AdviceGiven, Insights, InsightSources, insights
from coaching.sprints.sprint import Review, Sprint

DAY = timedelta(days=1)


def reviewed(level: int, confidence: int = 7, after: int = 8) -> Sprint:
    sprint = make_sprint.sprint()
    plan = sprint.plan.model_copy(update={"confidence": confidence})
    done = {"state": "done", "review": Review(level=level, confidence=after), "ended_at": NOW + 14 * DAY}
    return sprint.model_copy(update={"plan": plan, **done})


def advice(
    helper: str = ADA, used_after: int | None = None, topic: str = PYTHON, ago: int = 10
) -> AdviceGiven:
    at = NOW - ago * DAY
    return AdviceGiven(
        at=at, helper_id=helper, topics=(topic,), used_at=at + used_after * DAY if used_after else None
    )


def test_a_newcomer_is_told_nothing():
    assert insights(InsightSources(), NOW) == Insights()


def test_three_goals_one_better_than_expected_come_to_63_7():
    found = insights(InsightSources(sprints=tuple(reviewed(1) for _ in range(3))), NOW + 20 * DAY).attainment

    assert found is not None
    assert (round(found.score, 1), found.goals) == (63.7, 3)


def test_check_ins_kept_and_missed_are_counted_with_the_day_missed_most():
    sprint = make_sprint.sprint()
    days = {sprint.begun_at + n * DAY for n in range(14)}
    kept = tuple(check_in(day) for day in sorted(days) if day.weekday() == 1)
    found = insights(InsightSources(sprints=(sprint.model_copy(update={"check_ins": kept}),)), NOW + 13 * DAY)

    it = found.follow_through
    assert it is not None
    assert 0 < it.kept < it.planned
    assert it.low <= it.kept / it.planned <= it.high
    assert it.missed_on is not None
    assert it.sprint_id == sprint.id


def test_advice_not_used_yet_counts_against_the_median():
    used = [advice(used_after=2), advice(used_after=3), advice(used_after=4)]
    waiting = [advice(), advice()]

    quick = insights(InsightSources(advice=(*used, *waiting)), NOW).time_to_action
    slow = insights(InsightSources(advice=(used[0], *waiting, *waiting)), NOW).time_to_action

    assert quick is not None
    assert (quick.days, quick.used, quick.of) == (4, 3, 5)
    assert slow is not None
    assert slow.days is None
    assert insights(InsightSources(advice=tuple(used)), NOW).time_to_action is None


def test_asking_one_person_alone_is_one_helper_and_solving_alone_lowers_reliance():
    one = tuple(advice(ADA) for _ in range(5))
    many = (*one[:2], advice(BEN), advice(BEN), advice(CY), advice(CY))

    narrow, broad = (insights(InsightSources(advice=each), NOW).reliance for each in (one, many))
    helped = insights(InsightSources(advice=one, alone=(NOW - DAY,) * 5), NOW).reliance

    assert narrow is not None
    assert (narrow.effective_helpers, narrow.dependency) == (1, 1)
    assert broad is not None
    assert broad.effective_helpers == pytest.approx(3)
    assert helped is not None
    assert helped.dependency == 0.5
    assert insights(InsightSources(advice=tuple(advice(ago=100) for _ in range(9))), NOW).reliance is None


def test_topics_are_counted_by_how_evenly_they_are_asked():
    found = insights(InsightSources(advice=tuple(advice(topic=it) for it in (PYTHON, SQL) * 3)), NOW).spread

    assert found is not None
    assert found.effective == pytest.approx(2)
    assert (found.topics, found.asks) == (2, 6)


def test_confidence_gained_and_foresight_need_enough_sprints():
    three = insights(InsightSources(sprints=tuple(reviewed(1, 5, 8) for _ in range(3))), NOW)
    five = insights(InsightSources(sprints=tuple(reviewed(level, 8) for level in (1, 0, -1, -1, -2))), NOW)

    assert three.gained is not None
    assert three.gained.points == 3
    assert three.calibration is None
    assert five.calibration is not None
    assert five.calibration.gap == pytest.approx(0.4)

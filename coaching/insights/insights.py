"""What one's own data say to oneself: goals, follow-through, time to action, spread, reliance, confidence.

Each insight has a least number of things behind it and is None below that. Nobody is ranked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from pydantic import AwareDatetime

from coaching.insights import measures
from coaching.plans.two_weeks import TwoWeeks
from coaching.sprints import calendar as sprint_calendar
from coaching.sprints.goal_scale import t_score
from coaching.sprints.sprint import Sprint
from kernel.values import PersonId, TopicId, Value

DAY = timedelta(days=1)
LATELY = timedelta(days=90)
FEWEST_PLANNED, FEWEST_ADVICE, FEWEST_ASKS, FEWEST_SPRINTS, FEWEST_FORECASTS = 3, 5, 5, 3, 5


class AdviceGiven(Value):
    """One piece of advice: when it was given, by whom, on what, and when it was used, if it was."""

    at: AwareDatetime
    helper_id: PersonId
    topics: tuple[TopicId, ...]
    used_at: AwareDatetime | None = None


class InsightSources(Value):
    """What is kept of one person that insights are made of; *alone* are the moments they solved alone."""

    sprints: tuple[Sprint, ...] = ()
    plans: tuple[TwoWeeks, ...] = ()
    advice: tuple[AdviceGiven, ...] = ()
    alone: tuple[AwareDatetime, ...] = ()


class Attainment(Value):
    """The T-score of the goals that were reviewed; 50 is all as expected."""

    score: float
    goals: int


class FollowThrough(Value):
    """Planned check-ins kept, the 95 % interval of that share, and the weekday most often missed (0 Monday).

    *sprint_id* is the open sprint whose days can be changed.
    """

    kept: int
    planned: int
    low: float
    high: float
    missed: int
    missed_on: int | None = None
    sprint_id: str | None = None


class ActionsDone(Value):
    """Actions of two-week plans whose day has come, those of them that are done, and the 95 % interval."""

    done: int
    planned: int
    low: float
    high: float


class TimeToAction(Value):
    """The median days from advice to its first use, those unused so far counted; None where half are not."""

    days: float | None
    used: int
    of: int


class Spread(Value):
    """How many topics the asks are spread over, in effect, and how evenly."""

    effective: float
    evenness: float
    topics: int
    asks: int


class Reliance(Value):
    """How much is asked instead of solved alone, and of how many helpers in effect, within ninety days."""

    dependency: float
    asked: int
    alone: int
    effective_helpers: float


class Gained(Value):
    """Confidence after sprints less that before, on average, from 0 to 10."""

    points: float
    sprints: int


class Calibration(Value):
    """Stated confidence against what was reached: the mean gap (above 0: too sure) and the Brier score."""

    gap: float
    brier: float
    plans: int


class Insights(Value):
    """All of them; None where there is too little behind one."""

    attainment: Attainment | None = None
    follow_through: FollowThrough | None = None
    actions_done: ActionsDone | None = None
    time_to_action: TimeToAction | None = None
    spread: Spread | None = None
    reliance: Reliance | None = None
    gained: Gained | None = None
    calibration: Calibration | None = None


def insights(record: InsightSources, now: datetime) -> Insights:
    """What a record says as of now."""
    reviewed = [sprint for sprint in record.sprints if sprint.review]
    return Insights(
        attainment=attainment(reviewed),
        follow_through=follow_through(record.sprints, now),
        actions_done=actions_done(record.plans, now),
        time_to_action=time_to_action(record.advice, now),
        spread=spread(record.advice),
        reliance=reliance(record, now),
        gained=gained(reviewed),
        calibration=calibration(reviewed),
    )


def attainment(reviewed: Sequence[Sprint]) -> Attainment | None:
    """The T-score over the sprints reviewed, all of one weight."""
    score = t_score((sprint.review.level, 1.0) for sprint in reviewed if sprint.review)
    return None if score is None else Attainment(score=score, goals=len(reviewed))


def follow_through(sprints: Iterable[Sprint], now: datetime) -> FollowThrough | None:
    """How many planned check-ins were kept, of at least three."""
    every = list(sprints)
    pairs = [sprint_calendar.kept(sprint, now) for sprint in every]
    kept, planned = sum(done for done, _ in pairs), sum(of for _, of in pairs)
    if planned < FEWEST_PLANNED:
        return None
    low, high = measures.wilson(kept, planned)
    missed = Counter(day.weekday() for sprint in every for day in sprint_calendar.missed(sprint, now))
    return FollowThrough(
        kept=kept,
        planned=planned,
        low=low,
        high=high,
        missed=missed.total(),
        missed_on=missed.most_common(1)[0][0] if missed else None,
        sprint_id=next((sprint.id for sprint in every if sprint.state == "going"), None),
    )


def actions_done(plans: Iterable[TwoWeeks], now: datetime) -> ActionsDone | None:
    """How many planned actions are done, of at least three whose day has passed."""
    came = [it for plan in plans for it in plan.actions if it.state == "done" or it.on < now.date()]
    if len(came) < FEWEST_PLANNED:
        return None
    done = sum(action.state == "done" for action in came)
    low, high = measures.wilson(done, len(came))
    return ActionsDone(done=done, planned=len(came), low=low, high=high)


def time_to_action(advice: Sequence[AdviceGiven], now: datetime) -> TimeToAction | None:
    """The median days until advice is used, of at least five pieces of advice."""
    if len(advice) < FEWEST_ADVICE:
        return None
    waited = [((each.used_at or now) - each.at) / DAY for each in advice]
    times = [(days, each.used_at is not None) for days, each in zip(waited, advice, strict=True)]
    used = sum(is_over for _, is_over in times)
    return TimeToAction(days=measures.median_time(times), used=used, of=len(advice))


def spread(advice: Sequence[AdviceGiven]) -> Spread | None:
    """How the topics of at least five sessions are spread."""
    counts = Counter(topic for each in advice for topic in each.topics)
    if len(advice) < FEWEST_ASKS or not counts:
        return None
    numbers = list(counts.values())
    return Spread(
        effective=measures.hill_number(numbers),
        evenness=measures.evenness(numbers),
        topics=len(numbers),
        asks=len(advice),
    )


def reliance(record: InsightSources, now: datetime) -> Reliance | None:
    """The share asked, not solved alone, times the Herfindahl index of helpers, of 90 days."""
    lately = [each for each in record.advice if each.at > now - LATELY]
    alone = sum(at > now - LATELY for at in record.alone)
    if len(lately) < FEWEST_ASKS:
        return None
    concentration = measures.herfindahl(list(Counter(each.helper_id for each in lately).values()))
    return Reliance(
        dependency=len(lately) / (len(lately) + alone) * concentration,
        asked=len(lately),
        alone=alone,
        effective_helpers=1 / concentration,
    )


def gained(reviewed: Sequence[Sprint]) -> Gained | None:
    """The confidence gained over at least three sprints."""
    steps = [
        sprint.review.confidence - sprint.plan.confidence
        for sprint in reviewed
        if sprint.review and sprint.plan.confidence is not None
    ]
    return (
        Gained(points=sum(steps) / len(steps), sprints=len(steps)) if len(steps) >= FEWEST_SPRINTS else None
    )


def calibration(reviewed: Sequence[Sprint]) -> Calibration | None:
    """Stated confidence against whether what was expected came, of at least five sprints."""
    said = [
        (sprint.plan.confidence / 10, sprint.review.level >= 0)
        for sprint in reviewed
        if sprint.review and sprint.plan.confidence is not None
    ]
    if len(said) < FEWEST_FORECASTS:
        return None
    gap = sum(chance - reached for chance, reached in said) / len(said)
    return Calibration(gap=gap, brier=measures.brier(said), plans=len(said))

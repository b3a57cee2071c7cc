"""Valid sprints and their parts, each with whatever a test wants to be different."""

from datetime import datetime, time
from typing import Any

from make import ASKER, NOW

from coaching.sprints.calendar import end_of
from coaching.sprints.goal_scale import GoalScale
from coaching.sprints.sprint import CheckIn, IfThen, Sprint, SprintPlan, begun
from kernel.values import PersonId, TopicId

SCALE = GoalScale(
    much_less="No query explained",
    less="One query explained with help",
    expected="Two queries explained alone",
    more="Three queries explained alone",
    much_more="Three, and one of them made faster",
    measure="queries explained",
    baseline="none so far",
)
IF_THEN = IfThen(cue="the stand-up is over", action="open one slow query and explain its plan")


def plan(**changed: Any) -> SprintPlan:
    """A plan for two weeks, with check-ins on Tuesdays and Thursdays at four."""
    given = {
        "topic": TopicId("sql"),
        "goal": "Read query plans without help",
        "scale": SCALE,
        "if_then": IF_THEN,
        "confidence": 7,
        "at": time(16, 0),
    }
    return SprintPlan(**{**given, **changed})


def sprint(now: datetime = NOW, *, zone: str = "UTC", me: PersonId = ASKER, **changed: Any) -> Sprint:
    """A sprint on its first day; *changed* is of its plan."""
    wanted = plan(**changed)
    ends_at = end_of(now, wanted.weeks, wanted.at, zone)
    return begun("S1", me, wanted, now, zone=zone, ends_at=ends_at)


def check_in(at: datetime = NOW, **changed: Any) -> CheckIn:
    """A check-in at the expected level."""
    return CheckIn(**{"at": at, "level": 0, "minutes": 20, "confidence": 7, **changed})

"""Why these two: what is said to whom, and what is never said."""

import pytest

from handlers import reasons
from matching.values import Lane, Reason, ReasonKind

TOPIC = Reason(ReasonKind.TOPIC, 2.0, {"topic": "python", "level": 3})
LANE = Reason(ReasonKind.LANE, 1.0, {"lane": Lane.SENIOR, "levels_apart": 2})
REPEAT = Reason(ReasonKind.REPEAT, 0.5, {"times": 2})
LOAD = Reason(ReasonKind.LOAD, 0.5, {"minutes_booked": 30, "minutes_left": 30})
BUSY = Reason(ReasonKind.LOAD, -0.5, {"minutes_booked": 50, "minutes_left": 10})


def label(topic: str) -> str:
    return topic.title()


def test_the_helper_hears_what_speaks_for_them():
    said = reasons.for_helper([TOPIC, LANE, REPEAT], label, anonymous=False)

    assert said == "you know *Python* in depth, you bring more experience and you have helped them before"


def test_nothing_tells_who_an_anonymous_asker_is():
    assert reasons.for_helper([TOPIC, LANE, REPEAT], label, anonymous=True) == "you know *Python* in depth"


def test_load_is_said_to_nobody():
    for said in (
        reasons.for_asker([LOAD, BUSY], label),
        reasons.for_helper([LOAD, BUSY], label, anonymous=False),
    ):
        assert said == ""


def test_what_speaks_against_is_not_said():
    against = Reason(ReasonKind.REPEAT, -0.5, {"times": 9})

    assert reasons.for_asker([TOPIC, against], label) == "know *Python* in depth"


@pytest.mark.parametrize("kind", list(ReasonKind))
def test_facts_that_are_missing_or_new_leave_no_trace(kind: ReasonKind):
    for facts in ({}, {"level": 9, "lane": "sideways", "open_now": 0}):
        said = reasons.for_asker([Reason(kind, 1.0, facts)], label)

        assert "{" not in said
        assert "None" not in said

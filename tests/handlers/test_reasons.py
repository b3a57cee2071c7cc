"""Why these two: what is said to whom, and what is never said."""

import pytest

from handlers.requests import reasons
from matching.values import Lane, Reason, ReasonKind

TOPIC = Reason(ReasonKind.TOPIC, 2.0, {"topic": "python", "level": 3})
LANE = Reason(ReasonKind.LANE, 1.0, {"lane": Lane.SENIOR, "levels_apart": 2})
REPEAT = Reason(ReasonKind.REPEAT, 0.5, {"times": 2})
LOAD = Reason(ReasonKind.LOAD, 0.5, {"minutes_booked": 30, "minutes_left": 30})
BUSY = Reason(ReasonKind.LOAD, -0.5, {"minutes_booked": 50, "minutes_left": 10})
TUESDAY = 1_795_521_600  # 24 November 2026, noon in UTC
DAY = "<!date^1795521600^{date_long}|Tuesday, 2026-11-24 UTC>"


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
    against = Reason(ReasonKind.HOURS, -0.5, {"open_now": 1})

    said = reasons.for_asker([TOPIC, against], label)

    assert said == "know *Python* in depth and are someone new for you"


@pytest.mark.parametrize("kind", list(ReasonKind))
def test_facts_that_are_missing_or_new_leave_no_trace(kind: ReasonKind):
    for facts in ({}, {"level": 9, "lane": "sideways", "open_now": 0}):
        said = reasons.for_asker([Reason(kind, 1.0, facts)], label)

        assert "{" not in said
        assert "None" not in said


@pytest.mark.parametrize(
    ("kind", "facts", "asker", "helper"),
    [
        (
            ReasonKind.ANSWERED,
            {"topic": "sql", "times": 5, "days": 2, "last_at": TUESDAY},
            f"often help with *Sql*, last on {DAY} and are someone new for you",
            f"you often help with *Sql*, last on {DAY}",
        ),
        (
            ReasonKind.ANSWERED,
            {"topic": "sql", "times": 1, "days": 2, "last_at": TUESDAY},
            f"helped with *Sql* on {DAY} and are someone new for you",
            f"you helped with *Sql* on {DAY}",
        ),
        (
            ReasonKind.SIMILAR,
            {},
            "have helped with questions like yours and are someone new for you",
            "you have helped with questions like this one",
        ),
        (
            ReasonKind.RHYTHM,
            {"hour": 9},
            "are usually around at this hour and are someone new for you",
            "you're usually around at this hour",
        ),
        (
            ReasonKind.RELIABLE,
            {"worked": 3, "of": 4},
            "gave help that worked for others and are someone new for you",
            "your help has worked for others",
        ),
        (ReasonKind.PAIR, {"times": 2}, "have helped you before", "you have helped them before"),
        (
            ReasonKind.IN_TIME,
            {"usually": 1},
            "usually answer in time and are someone new for you",
            "you usually answer in time",
        ),
    ],
)
def test_what_was_learned_has_words_for_both(kind: ReasonKind, facts: reasons.Facts, asker: str, helper: str):
    told = [Reason(kind, 1.0, facts)]

    assert reasons.for_asker(told, label) == asker
    assert reasons.for_helper(told, label, anonymous=False) == helper


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (ReasonKind.RELIABLE, {"worked": 1, "of": 8}),
        (ReasonKind.RELIABLE, {"worked": 2, "of": 2}),
        (ReasonKind.ANSWERED, {"topic": "sql", "times": 0}),
        (ReasonKind.ACTIVE, {"times": 9, "days": 200}),
        (ReasonKind.IN_TIME, {"usually": 0}),
        (ReasonKind.PRESENCE, {"seen": "away"}),
        (ReasonKind.STANDING, {}),
        (ReasonKind.GIVEN, {"lately": 4.0}),
    ],
)
def test_a_thin_record_a_rating_and_a_load_have_no_words(kind: ReasonKind, facts: reasons.Facts):
    for value in (1.0, -1.0):
        assert reasons.for_asker([Reason(kind, value, facts)], label) == ""
        assert reasons.for_helper([Reason(kind, value, facts)], label, anonymous=False) == ""


def test_an_anonymous_asker_is_not_told_by_earlier_talks():
    pair = Reason(ReasonKind.PAIR, 1.0, {"times": 2})

    assert reasons.for_helper([pair], label, anonymous=True) == ""


def test_who_helped_before_is_no_new_voice_even_where_it_speaks_against():
    assert reasons.for_asker([TOPIC, Reason(ReasonKind.REPEAT, -0.3, {"times": 2})], label) == (
        "know *Python* in depth"
    )


def test_a_lane_that_has_helped_most_often_is_said_with_its_topic():
    proven = Reason(
        ReasonKind.LANE, 0.5, {"lane": Lane.PEER.value, "levels_apart": 0, "proven_with": "python"}
    )

    assert reasons.for_asker([proven], label).startswith(
        "are at a similar level, which has helped most often with *Python* here"
    )
    assert reasons.for_helper([proven], label, anonymous=False) == (
        "you two work at a similar level, which has helped most often with *Python* here"
    )


def test_what_is_a_fact_is_said_before_what_is_a_likeness_and_the_hour_comes_last():
    told = [
        Reason(ReasonKind.SIMILAR, 3.8, {}),
        Reason(ReasonKind.RHYTHM, 1.0, {"hour": 10}),
        TOPIC,
        Reason(ReasonKind.ANSWERED, 0.01, {"topic": "python", "times": 8, "days": 2, "last_at": TUESDAY}),
    ]

    assert reasons.for_helper(told, label, anonymous=False) == (
        f"you often help with *Python*, last on {DAY}, you have helped with questions like this one "
        "and you know *Python* in depth"
    )

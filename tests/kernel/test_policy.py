"""The rules that admins may change: their defaults, their bounds and their reasons."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from handlers.conversations import ALL
from kernel.policy import Policy, WayOut
from kernel.working_time import Span, Unit
from matching.values import Limits, Urgency


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from models(field.annotation)


def test_the_defaults_are_those_of_the_evidence() -> None:
    policy = Policy()

    assert [str(policy.offer_timeout.of(urgency)) for urgency in Urgency] == ["15m", "2h", "1wd"]
    assert (policy.one_at_a_time, policy.pool) == (2, 6)
    assert policy.ways_out == (
        WayOut.COACH_ME,
        WayOut.POST_IN_CHANNEL,
        WayOut.KEEP_WAITING,
        WayOut.TELL_ADMINS,
    )
    assert policy.session_minutes == (15, 25)
    assert policy.checks == (2, 7, 30)
    assert (policy.open_requests, policy.limits) == (5, Limits(2, 1, 60))
    assert (policy.nudges.per_week, policy.nudges.halve_after, policy.nudges.stop_after) == (5, 2, 4)
    assert policy.report_group == 5


def test_a_request_lives_as_long_as_it_is_needed() -> None:
    assert Policy().needed_within_hours.of(Urgency.NOW) == timedelta(hours=2)
    assert Policy().needed_within_hours.of(Urgency.THIS_WEEK) == timedelta(days=7)


@pytest.mark.parametrize("model", [model for model in models(ALL.features.policy) if model is not Span])
def test_every_rule_has_a_default_and_a_reason(model: type[BaseModel]) -> None:
    for field in model.model_fields.values():
        assert not field.is_required()
        assert field.description


@pytest.mark.parametrize(
    "changed",
    [
        {"pools": 3},
        {"pool": -1},
        {"one_at_a_time": 0},
        {"offer_timeout": {"now": "1m"}},
        {"offer_timeout": {"this_week": "11wd"}},
        {"offer_timeout": {"later": "1h"}},
        {"session_minutes": []},
        {"session_minutes": [25, 15]},
        {"session_minutes": [15, 15]},
        {"checks": [2, 2]},
        {"ways_out": ["coach_me", "coach_me"]},
        {"ways_out": []},
        {"report_group": 2},
        {"admins": ["maya"]},
        {"weekly_minutes": 0},
        {"support": [{"name": "Ombuds office"}]},
        {"support": [{"name": "", "how": "write"}]},
        {"retention": {"request_days": 0}},
    ],
)
def test_a_rule_out_of_bounds_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Policy.model_validate(changed)


def test_a_policy_survives_storage() -> None:
    policy = Policy.model_validate({"offer_timeout": {"now": "5m"}, "admins": ["U0MAYA"], "checks": []})

    assert Policy.model_validate_json(policy.model_dump_json()) == policy


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [("15m", 15, Unit.MINUTE), (" 2H ", 2, Unit.HOUR), ("1wd", 1, Unit.WORKING_DAY)],
)
def test_a_span_is_one_word(text: str, count: int, unit: Unit) -> None:
    span = Span.parse(text)

    assert span == Span(count=count, unit=unit)
    assert str(span) == text.strip().lower()


@pytest.mark.parametrize("text", ["", "15", "m", "0m", "-1h", "1.5h", "99999m", "2 hours", "1w", "١m1"])
def test_a_span_that_cannot_be_read_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ValidationError, match="write it like `15m`, `2h` or `1wd`"):
        Span.parse(text)


@pytest.mark.parametrize("text", ["2d", "2 days"])
def test_a_plain_day_could_mean_two_things(text: str) -> None:
    with pytest.raises(ValidationError, match="`2wd` for working days or `48h`"):
        Span.parse(text)


@settings(deadline=None)
@given(st.integers(1, 9999), st.sampled_from(Unit))
def test_a_span_written_is_read_back(count: int, unit: Unit) -> None:
    span = Span(count=count, unit=unit)

    assert Span.parse(str(span)) == span
    assert span.minutes is None or timedelta(minutes=span.minutes) == span.wall
    assert (span.minutes is None) == (unit is Unit.WORKING_DAY)

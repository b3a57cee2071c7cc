"""By when a helper has to answer: in their working hours, never later than help is needed."""

from datetime import datetime, timedelta

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import DAY, HOUR, MINUTE, NOW

from kernel.policy import Policy
from kernel.presence import UNKNOWN, Available
from kernel.working_hours import NEVER
from matching.values import Urgency
from mentoring.routing.deadlines import deadline, postponed, works_before

ZONES = st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata"])
MOMENTS = st.integers(0, 366 * 24 * 60).map(lambda minutes: NOW + minutes * MINUTE)


@given(st.sampled_from(Urgency), ZONES, MOMENTS)
def test_a_deadline_lies_ahead_and_never_past_what_is_needed(urgency: Urgency, zone: str, at: datetime):
    request = make.request(urgency=urgency, needed_by=at + make.POLICY.needed_within_hours.of(urgency))

    by = deadline(request, make.helper(zone=zone), make.POLICY, at)

    assert at < by <= request.needed_by


def test_what_is_needed_now_is_counted_by_the_wall():
    request = make.request(urgency=Urgency.NOW, needed_by=NOW + 2 * HOUR)

    assert deadline(request, make.helper(hours=NEVER), make.POLICY, NOW) == NOW + 15 * MINUTE


def test_what_is_needed_today_is_counted_in_the_helpers_hours():
    evening = NOW.replace(hour=20)
    request = make.request(needed_by=evening + DAY)

    assert deadline(request, make.helper(), make.POLICY, evening) == NOW.replace(hour=11) + DAY


def test_one_working_day_lets_a_weekend_pass():
    friday = NOW.replace(hour=15) + 4 * DAY
    request = make.request(urgency=Urgency.THIS_WEEK, needed_by=friday + 7 * DAY)

    assert deadline(request, make.helper(), make.POLICY, friday) == friday + 3 * DAY


def test_a_holiday_is_no_working_time():
    policy = Policy(holidays=("2026-11-24", "2026-11-25"))
    evening = NOW.replace(hour=16)
    request = make.request(urgency=Urgency.THIS_WEEK, needed_by=evening + 7 * DAY)

    assert deadline(request, make.helper(), policy, evening) == evening + 3 * DAY


def test_for_someone_who_does_not_work_before_it_is_needed_the_wall_counts():
    saturday = NOW + 5 * DAY
    request = make.request(needed_by=saturday + DAY)

    assert not works_before(make.helper(), request.needed_by, saturday)
    assert deadline(request, make.helper(), make.POLICY, saturday) == saturday + 2 * HOUR


@pytest.mark.parametrize(
    ("seen", "paused_until", "later"),
    [
        (UNKNOWN, None, None),
        (Available(state="away"), None, None),
        (Available(state="dnd"), None, None),
        (Available(state="dnd", until=NOW + HOUR), None, NOW + 3 * HOUR),
        (UNKNOWN, NOW + 2 * HOUR, NOW + 4 * HOUR),
        (Available(state="dnd", until=NOW + HOUR), NOW + 2 * HOUR, NOW + 4 * HOUR),
        (Available(state="dnd", until=NOW - HOUR), NOW - HOUR, None),
        (Available(state="dnd", until=NOW + 25 * HOUR), None, None),
    ],
)
def test_a_deadline_is_set_again_for_who_is_back_in_time(
    seen: Available, paused_until: datetime | None, later: datetime | None
):
    helper = make.helper(paused_until=paused_until)

    assert postponed(make.request(), helper, seen, make.POLICY, NOW) == later


def test_nothing_is_set_again_for_what_is_needed_now_or_for_nobody():
    seen = Available(state="dnd", until=NOW + HOUR)

    assert postponed(make.request(urgency=Urgency.NOW), make.helper(), seen, make.POLICY, NOW) is None
    assert postponed(make.request(), None, seen, make.POLICY, NOW) is None


@given(st.integers(1, 1440).map(lambda minutes: timedelta(minutes=minutes)))
def test_a_deadline_set_again_is_still_in_time(away: timedelta):
    seen = Available(state="dnd", until=NOW + away)

    later = postponed(make.request(), make.helper(), seen, make.POLICY, NOW)

    assert later is None or NOW + away < later <= NOW + DAY

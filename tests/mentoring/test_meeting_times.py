"""When two people can talk: both at work, across zones, nights, holidays and summer time."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, DAY, HOUR, MINUTE, NOW

from kernel.working_hours import ALWAYS, NEVER, OFFICE, Hours, is_open, local_day, parse_hours
from mentoring.routing.meeting_times import (
    HORIZON,
    LEAD,
    QUARTER,
    TwoCalendars,
    are_at_work,
    hold_until,
    meeting_times,
    starts_at,
)

ZONES = st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Europe/Berlin", "Asia/Kathmandu"])
HOURS = st.sampled_from(
    [OFFICE, ALWAYS, *map(parse_hours, ["tue-sat 22:00-06:00", "mon-fri 08:10-12:05", "sun 00:30-04:00"])]
)
# Around the days on which the clocks of Berlin and New York change, and any other.
CHANGES = st.sampled_from([datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC), NOW])
MOMENTS = st.builds(lambda day, minutes: day + minutes * MINUTE, CHANGES, st.integers(0, 5 * 24 * 60))


def pair(
    asker: tuple[str, Hours], helper: tuple[str, Hours], holidays: frozenset[date] = frozenset()
) -> TwoCalendars:
    (zone, hours), (other_zone, other_hours) = asker, helper
    one = make.person(zone=zone, hours=hours)
    return TwoCalendars(one, make.helper(ADA, zone=other_zone, hours=other_hours), holidays)


def are_in_their_hours(pair: TwoCalendars, at: datetime, minutes: int) -> bool:
    """Look at every five minutes of a talk, of each of the two, as their own clocks show them."""
    moments = [at + step * MINUTE for step in [*range(0, minutes, 5), minutes - 0.01]]
    both = (pair.asker, pair.helper)
    return all(is_open(it.hours, it.zone, moment, pair.holidays) for it in both for moment in moments)


SIDES = st.tuples(ZONES, HOURS)


@given(SIDES, SIDES, MOMENTS, st.sampled_from([15, 25, 60]), st.booleans())
def test_the_times_proposed_lie_in_the_hours_of_both_and_the_first_is_the_soonest(
    side: tuple[str, Hours], other: tuple[str, Hours], now: datetime, minutes: int, is_free: bool
):
    holidays = frozenset({local_day(now, side[0])}) if is_free else frozenset[date]()
    two = pair(side, other, holidays)

    times = meeting_times(two, minutes, now)

    assert len(times) <= 3
    assert all(are_in_their_hours(two, at, minutes) for at in times)
    assert all(now + LEAD <= at and at + minutes * MINUTE <= now + HORIZON for at in times)
    assert all((at - NOW) % QUARTER == timedelta(0) for at in times)
    assert all(later - sooner >= 3 * HOUR for sooner, later in pairwise(times))
    start = now + LEAD + (NOW - now - LEAD) % QUARTER
    tried = (start + step * QUARTER for step in range(14 * 96))
    soonest = next((it for it in tried if are_in_their_hours(two, it, minutes)), None)
    assert times[:1] == [it for it in [soonest] if it and it + minutes * MINUTE <= now + HORIZON]


def test_two_of_one_office_get_two_times_today_and_one_tomorrow():
    assert meeting_times(pair(("UTC", OFFICE), ("UTC", OFFICE)), 25, NOW) == [
        NOW.replace(hour=11),
        NOW.replace(hour=14),
        NOW.replace(hour=10) + DAY,
    ]


def test_where_the_hours_touch_by_an_hour_a_day_there_is_a_time_on_each_of_three_days():
    early, late = parse_hours("mon-fri 06:00-14:00"), parse_hours("mon-fri 13:00-20:00")

    times = meeting_times(pair(("UTC", early), ("UTC", late)), 25, NOW)

    assert times == [NOW.replace(hour=13) + days * DAY for days in range(3)]


def test_a_talk_at_night_goes_on_past_midnight():
    night = parse_hours("mon-fri 22:00-04:00")

    times = meeting_times(
        pair(("UTC", night), ("UTC", parse_hours("always"))), 60, NOW.replace(hour=22, minute=20)
    )

    assert times[0] == NOW.replace(hour=23, minute=30)


def test_people_who_are_never_at_work_at_once_get_no_time():
    assert meeting_times(pair(("UTC", OFFICE), ("UTC", NEVER)), 25, NOW) == []
    morning, evening = parse_hours("mon-fri 08:00-10:00"), parse_hours("mon-fri 18:00-20:00")
    assert meeting_times(pair(("UTC", morning), ("UTC", evening)), 25, NOW) == []


def test_nobody_is_taken_out_of_another_talk_or_of_their_vacation():
    two = pair(("UTC", OFFICE), ("UTC", OFFICE))
    busy = [(NOW.replace(hour=10, minute=50), NOW.replace(hour=11, minute=15))]
    away = two._replace(asker=two.asker.model_copy(update={"vacation_until": NOW + 2 * DAY}))

    assert meeting_times(two, 25, NOW, busy)[0] == NOW.replace(hour=11, minute=15)
    assert meeting_times(away, 25, NOW)[0] == NOW + 2 * DAY
    assert meeting_times(away, 25, NOW - 20 * DAY) == []


@pytest.mark.parametrize(
    ("hour", "asked_before", "begins"),
    [(10, 8 * HOUR, 0 * HOUR), (7, 10 * MINUTE, 0 * HOUR), (7, 8 * HOUR, 2 * HOUR)],
)
def test_a_talk_can_begin_now_where_the_asker_is_at_work_or_has_just_asked(
    hour: int, asked_before: timedelta, begins: timedelta
):
    two, now = pair(("UTC", OFFICE), ("UTC", ALWAYS)), NOW.replace(hour=hour)

    assert starts_at(two, 25, now - asked_before, now) == now + begins


def test_where_the_two_never_meet_a_talk_can_begin_at_once():
    assert starts_at(pair(("UTC", NEVER), ("UTC", OFFICE)), 25, NOW - DAY, NOW) == NOW


def test_a_talk_has_to_end_within_the_hours_of_both():
    two = pair(("UTC", OFFICE), ("UTC", ALWAYS))

    assert are_at_work(two, 25, NOW.replace(hour=16, minute=35))
    assert not are_at_work(two, 25, NOW.replace(hour=16, minute=40))


def test_proposed_times_wait_two_hours_of_work_over_a_night_and_a_weekend():
    friday = NOW.replace(hour=16) + 4 * DAY

    assert hold_until(make.person(), friday, make.POLICY) == friday.replace(hour=10) + 3 * DAY
    assert hold_until(make.person(hours=NEVER), friday, make.POLICY) == friday + 2 * HOUR

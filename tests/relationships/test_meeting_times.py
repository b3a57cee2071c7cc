"""Times in both people's hours: whatever their hours, zones and holidays, each lies inside both."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.working_hours import ALWAYS, NEVER, OFFICE, is_open, parse_hours
from mentoring.routing.meeting_times import Stretch, TwoCalendars, shared_hours
from relationships.mentorships.calendar import add_months, check_times, months_after, same_time_later
from relationships.mentorships.course import AHEAD
from relationships.mentorships.meeting_times import meeting_times

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe")
HOURS = tuple(
    map(parse_hours, ("mon-fri 09:00-17:00", "sun-thu 07:30-16:00", "mon-fri 22:00-06:00", "tue 13:00-13:30"))
)
HOLIDAYS = frozenset({date(2026, 12, 25), date(2027, 3, 29)})
MOMENTS = st.datetimes(datetime(2026, 10, 1), datetime(2027, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    st.tuples(st.sampled_from(HOURS), st.sampled_from(ZONES)),
    st.tuples(st.sampled_from(HOURS), st.sampled_from(ZONES)),
    MOMENTS,
    st.sampled_from((15, 30, 45, 60)),
    st.none() | st.integers(0, 60 * 24 * 20),
)
def test_every_time_lies_inside_the_hours_of_both_and_on_a_day_of_its_own(
    mine, theirs, after, minutes, ahead
):
    two = [make.person(id, hours=hours, zone=zone) for id, (hours, zone) in (("A", mine), ("B", theirs))]
    usual = after + timedelta(minutes=ahead) if ahead is not None else None
    shared = shared_hours(TwoCalendars(*two, HOLIDAYS), (after, after + AHEAD))

    times = meeting_times(shared, mine[1], minutes, usual=usual)

    assert list(times) == sorted(set(times))
    days = [at.astimezone(ZoneInfo(mine[1])).date() for at in times]
    assert len(set(days)) == len(days) <= 3
    for at in times:
        assert after <= at < after + timedelta(days=22)
        for minute in range(minutes):
            there = at + timedelta(minutes=minute)
            assert all(is_open(it.hours, it.zone, there, HOLIDAYS) for it in two)


def office_hours(after: datetime) -> Iterator[Stretch]:
    two = [make.person(id, hours=OFFICE) for id in ("A", "B")]
    return shared_hours(TwoCalendars(*two, HOLIDAYS), (after, after + AHEAD))


def test_the_first_times_are_the_next_days_and_not_the_first_minute_of_them():
    times = meeting_times(office_hours(MONDAY), "UTC", 45)

    assert [f"{at:%a %H:%M}" for at in times] == ["Mon 11:00", "Tue 10:00", "Wed 10:00"]


def test_later_times_are_near_the_usual_one():
    usual = datetime(2026, 12, 10, 15, tzinfo=UTC)

    times = meeting_times(office_hours(MONDAY), "UTC", 30, usual=usual)

    assert [f"{at:%a %d %H:%M}" for at in times] == ["Wed 09 15:00", "Thu 10 15:00", "Fri 11 15:00"]


def test_nobody_is_offered_a_holiday():
    christmas = datetime(2026, 12, 25, 9, tzinfo=UTC)

    times = meeting_times(office_hours(christmas - timedelta(days=2)), "UTC", 30, usual=christmas)

    assert [at.day for at in times] == [23, 24, 28]


@pytest.mark.parametrize(("mine", "theirs"), [(OFFICE, NEVER), (parse_hours("tue 9:00-9:20"), ALWAYS)])
def test_hours_that_never_meet_for_long_enough_offer_nothing(mine, theirs):
    two = [make.person(id, hours=hours) for id, hours in (("A", mine), ("B", theirs))]

    assert meeting_times(shared_hours(TwoCalendars(*two), (MONDAY, MONDAY + AHEAD)), "UTC", 30) == ()


def test_the_usual_hour_stays_the_same_by_the_wall_across_a_change_of_the_clocks():
    before = datetime(2027, 3, 18, 9, tzinfo=UTC)  # ten in Berlin, ten days before its clocks change

    after = same_time_later(before, timedelta(weeks=2), "Europe/Berlin")

    assert after == datetime(2027, 4, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(day: date, months: int, then: date):
    assert add_months(day, months) == then


def test_five_months_end_at_nine_by_the_clocks_that_then_are():
    ends_at = months_after(datetime(2026, 11, 23, 10, tzinfo=UTC), 5, "Europe/Berlin")

    assert ends_at == datetime(2027, 4, 23, 7, tzinfo=UTC)


def test_checks_come_on_day_30_and_every_60_and_none_beside_the_end():
    began = datetime(2026, 11, 1, 9, tzinfo=UTC)

    assert [(at - began).days for at in check_times(began, began + timedelta(days=153))] == [30, 90]
    assert [(at - began).days for at in check_times(began, began + timedelta(days=31))] == []

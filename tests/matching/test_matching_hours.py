"""Working hours: open now, open next, working minutes, across zones and summer time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import make_matching as make
from hypothesis import given
from hypothesis import strategies as st

from matching.hours import OFFICE, OpenHours

BERLIN = OpenHours("Europe/Berlin", ((0, 9 * 60, 17 * 60),))


def test_an_office_is_open_in_its_hours_and_closed_at_their_end():
    monday = datetime(2026, 11, 23, tzinfo=UTC)

    assert OFFICE.is_open(monday.replace(hour=9))
    assert not OFFICE.is_open(monday.replace(hour=17))
    assert not OFFICE.is_open(monday.replace(hour=8, minute=59))


def test_hours_follow_the_zone_and_its_summer_time():
    winter, summer = datetime(2026, 1, 4, tzinfo=UTC), datetime(2026, 7, 5, tzinfo=UTC)

    assert BERLIN.next_open(winter) == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert BERLIN.next_open(summer) == datetime(2026, 7, 6, 7, tzinfo=UTC)


def test_no_window_never_opens():
    never = OpenHours("UTC", ())

    assert never.next_open(make.MONDAY_NOON) is None
    assert never.add(make.MONDAY_NOON, 60) is None
    assert not never.is_open(make.MONDAY_NOON)


def test_working_minutes_skip_the_night():
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)

    assert OFFICE.add(late, 60) == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_working_minutes_skip_the_weekend():
    friday = datetime(2026, 11, 27, 16, tzinfo=UTC)

    assert OFFICE.add(friday, 120) == datetime(2026, 11, 30, 10, tzinfo=UTC)


@make.calmly
@given(make.hours(), make.moments(), st.integers(0, 3000))
def test_adding_working_minutes_and_counting_them_agree(hours: OpenHours, start: datetime, minutes: int):
    end = hours.add(start, minutes)

    if end is not None and not _overlaps(hours):
        assert hours.minutes_between(start, end) == minutes


@make.calmly
@given(make.hours(), make.moments())
def test_the_next_opening_is_open_and_nothing_before_it_is(hours: OpenHours, now: datetime):
    opens = hours.next_open(now)

    if opens is None:
        assert not hours.is_open(now)
    else:
        assert opens >= now
        assert hours.is_open(opens)
        assert opens == now or not hours.is_open(opens - timedelta(microseconds=1))


def _overlaps(hours: OpenHours) -> bool:
    windows = sorted(hours.windows)
    return any(a[0] == b[0] and a[2] > b[1] for a, b in pairwise(windows))

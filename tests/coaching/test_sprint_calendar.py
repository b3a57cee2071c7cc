"""When a sprint asks for something: by the clocks of its person, whatever they do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import DAY, NOW
from make_sprint import check_in, sprint

from coaching.sprints import calendar as sprint_calendar
from coaching.sprints.calendar import (
    is_outside_the_plan,
    kept,
    next_reminder,
    recaps_of,
    rehearsal_of,
    reminders_of,
    streak,
)
from coaching.sprints.sprint import Sprint
from kernel.policy import Nudges
from kernel.working_hours import at_local

RULES = Nudges()
CHANGES = {
    "Berlin in spring": ("Europe/Berlin", date(2027, 3, 28)),
    "Berlin in autumn": ("Europe/Berlin", date(2027, 10, 31)),
    "New York in spring": ("America/New_York", date(2027, 3, 14)),
    "New York in autumn": ("America/New_York", date(2027, 11, 7)),
}
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])


def local(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %H:%M}"


@pytest.mark.parametrize(("zone", "day"), CHANGES.values(), ids=CHANGES)
def test_reminders_keep_their_local_time_across_a_change_of_the_clocks(zone: str, day: date):
    begun = at_local(day - 5 * DAY, time(9), zone)

    asked = reminders_of(sprint(begun, zone=zone, days=(5, 6, 0, 1), at=time(16, 30)))

    assert {local(at, zone)[4:] for at in asked} == {"16:30"}
    assert len({at.astimezone(ZoneInfo(zone)).utcoffset() for at in asked}) == 2


@pytest.mark.parametrize(
    ("zone", "day", "at", "shown"),
    [
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "Sun 03:30"),
        ("America/New_York", date(2027, 3, 14), time(2, 30), "Sun 03:30"),
    ],
)
def test_a_time_that_the_change_leaves_out_is_moved_by_it(zone: str, day: date, at: time, shown: str):
    assert local(at_local(day, at, zone), zone) == shown


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [("Europe/Berlin", date(2027, 10, 31), 0), ("America/New_York", date(2027, 11, 7), 5)],
)
def test_of_a_time_that_comes_twice_the_first_counts(zone: str, day: date, hour: int):
    moment = at_local(day, time(2 if zone == "Europe/Berlin" else 1, 30), zone)

    assert (moment.hour, moment.minute) == (hour, 30)


def test_the_first_day_rehearses_each_week_recaps_and_the_last_day_reviews():
    going = sprint(days=(0, 1, 2, 3, 4))

    assert local(rehearsal_of(going), "UTC") == "Tue 16:00"
    assert [at.date() for at in recaps_of(going)] == [NOW.date() + 7 * DAY]
    assert going.ends_at == at_local(NOW.date() + 14 * DAY, time(16), "UTC")
    taken = {rehearsal_of(going), *recaps_of(going), going.ends_at}
    assert taken.isdisjoint(reminders_of(going))


@given(ZONES, st.integers(0, 400), st.integers(1, 4), st.sets(st.integers(0, 6), min_size=1), st.times())
def test_reminders_come_on_the_chosen_days_at_the_chosen_time(
    zone: str, shift: int, weeks: int, days: set[int], at: time
):
    begun = NOW + timedelta(days=shift)
    going = sprint(begun, zone=zone, weeks=weeks, days=tuple(days), at=at.replace(second=0, microsecond=0))

    asked = reminders_of(going)

    assert asked == sorted(set(asked))
    assert all(begun < moment < going.ends_at for moment in asked)
    assert {sprint_calendar.local_day(moment, zone).weekday() for moment in asked} <= days


def after(ignored: int) -> list[datetime]:
    """The reminders of a daily sprint in which so many were ignored before."""
    going = sprint(days=tuple(range(7)), weeks=4).model_copy(update={"unanswered": ignored + 1})
    moment, found = NOW, list[datetime]()
    while (following := next_reminder(going, moment, RULES)) is not None:
        found.append(following)
        moment = following
    return found


def test_two_ignored_in_a_row_halve_the_reminders_and_four_end_them():
    assert len(after(0)) == len(after(1)) == len(reminders_of(sprint(days=tuple(range(7)), weeks=4)))
    assert len(after(2)) == len(after(3)) == len(after(0)) // 2
    assert after(4) == []


def test_no_reminder_comes_on_a_day_that_has_a_check_in():
    going = sprint(days=(3, 4))
    thursday = NOW + 3 * DAY

    told = going.check_in(check_in(thursday))

    assert next_reminder(going, NOW, RULES).weekday() == 3
    assert next_reminder(told, thursday, RULES).weekday() == 4


def told(*days: int, plan_days: tuple[int, ...] = (1, 2, 3, 4)) -> Sprint:
    going = sprint(days=plan_days)
    for number in days:
        going = going.check_in(check_in(NOW + number * DAY))
    return going


def test_a_streak_counts_planned_moments_and_an_open_one_does_not_break_it():
    going = told(2, 3)

    assert streak(going, NOW + 3 * DAY) == 2
    assert streak(going, NOW + 4 * DAY) == 2
    assert kept(going, NOW + 4 * DAY) == (2, 3)


def test_a_check_in_on_the_rehearsals_day_is_a_planned_one_where_that_day_was_chosen():
    assert kept(told(1), NOW + DAY) == (1, 1)
    assert not is_outside_the_plan(told(1), NOW + DAY)
    assert kept(told(), NOW + DAY) == (0, 0)
    assert is_outside_the_plan(told(1, plan_days=(2, 3)), NOW + DAY)


def test_a_check_in_a_day_late_still_counts():
    assert kept(told(5), NOW + 6 * DAY) == (1, 3)


def test_a_rest_breaks_no_streak():
    going = told(2).pause(NOW + 2 * DAY)
    rested = going.resume(sprint_calendar.end_after_pause(going, NOW + 9 * DAY), NOW + 9 * DAY)
    back = rested.check_in(check_in(NOW + 10 * DAY))

    assert streak(back, NOW + 10 * DAY) == 2
    assert rested.ends_at == going.ends_at + 7 * DAY


def test_an_end_moves_by_local_days():
    going = sprint(datetime(2027, 10, 20, 8, tzinfo=UTC), zone="Europe/Berlin", weeks=1)

    assert local(sprint_calendar.moved_end(going, 7), "Europe/Berlin") == "Wed 16:00"

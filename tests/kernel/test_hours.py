"""Working hours: how they are written, and what they mean in a time zone on every day of the year."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kernel.errors import Invalid
from kernel.working_hours import (
    ALWAYS,
    NEVER,
    OFFICE,
    Hours,
    add_working,
    is_open,
    known_zone,
    opens_next,
    parse_hours,
)
from kernel.working_time import Span, Unit
from matching.hours import OpenHours as RankedHours

MINUTE = timedelta(minutes=1)
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",  # its clocks change at midnight
    "Australia/Lord_Howe",  # by half an hour
    "Antarctica/Troll",  # by two hours
    "Africa/Casablanca",  # around Ramadan
    "Asia/Kathmandu",
    "Pacific/Apia",  # once it left out a whole day
)
CHANGES = (
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 3, 8, 5, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 2, 15, 2, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
)

minutes_of_day = st.integers(0, 24 * 60)
windows = st.tuples(st.integers(0, 6), minutes_of_day, minutes_of_day).filter(lambda w: w[1] < w[2])
weeks = st.lists(windows, max_size=8).map(lambda found: Hours(windows=tuple(found)))
zones = st.sampled_from(ZONES)
near_a_change = st.builds(
    lambda at, off: at + off * MINUTE, st.sampled_from(CHANGES), st.integers(-3000, 3000)
)
moments = near_a_change | st.builds(
    lambda off: datetime(2026, 1, 1, tzinfo=UTC) + off * MINUTE, st.integers(0, 500_000)
)


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("mon-fri 09:00-17:00", "mon-fri 09:00-17:00"),
        ("Mon–Fri, 9-17", "mon-fri 09:00-17:00"),
        ("Monday to Friday 9am to 5pm", "mon-fri 09:00-17:00"),
        ("9-5", "mon-fri 09:00-17:00"),
        ("9-5pm", "mon-fri 09:00-17:00"),
        ("1-5pm", "mon-fri 13:00-17:00"),
        ("tue: 9.30-12.00", "tue 09:30-12:00"),
        ("Tue, Thu 9am-1pm 2-6pm; sat 22:00-02:00", "tue,thu 09:00-13:00 14:00-18:00; sat 22:00-02:00"),
        ("Mondays and Wednesdays 8-12", "mon,wed 08:00-12:00"),
        ("fri-mon 10:00-11:00", "mon,fri-sun 10:00-11:00"),
        ("weekend 10-14", "sat-sun 10:00-14:00"),
        ("every day 22:00-06:00", "mon-sun 22:00-06:00"),
        ("sun 20:00-00:00", "sun 20:00-24:00"),
        ("mon 9-12, mon 11-13", "mon 09:00-13:00"),
        ("daily 00:00-24:00", "always"),
        ("24/7", "always"),
        ("Never", "never"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, canonical: str) -> None:
    assert str(parse_hours(text)) == canonical


@pytest.mark.parametrize(
    ("text", "problem", "facts"),
    [
        ("", "empty", {}),
        (" ; ", "empty", {}),
        ("mno 9-17", "unknown_word", {"word": "mno", "suggestion": "mon"}),
        ("frday 9-17", "unknown_word", {"word": "frday", "suggestion": "friday"}),
        ("whenever 9-17", "unknown_word", {"word": "whenever", "suggestion": ""}),
        ("mon ☕", "unknown_word", {"word": "☕"}),
        ("mon", "no_time", {"word": "mon"}),
        ("mon 9-17; tue", "no_time", {"word": "mon 9-17; tue"}),
        ("mon 9", "bad_time", {"word": "9"}),
        ("mon 9-25", "bad_time", {"word": "25:00"}),
        ("mon 9:75-10", "bad_time", {"word": "9:75"}),
        ("mon 13pm-14", "bad_time", {"word": "13:00pm"}),
        ("mon 09:00-09:00", "no_length", {"word": "09:00-09:00"}),
        ("mon 14:00-12:00", "overnight_too_long", {"word": "14:00-12:00"}),
        ("mon 9-17 " * 100, "too_long", {"limit": 400}),
    ],
)
def test_hours_that_cannot_be_read_say_which_word_is_wrong(
    text: str, problem: str, facts: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        parse_hours(text)

    assert (refused.value.problem, refused.value.facts) == (problem, facts)


@settings(deadline=None)
@given(weeks)
def test_hours_written_out_are_read_back_the_same(hours: Hours) -> None:
    assert parse_hours(str(hours)) == hours
    assert Hours.model_validate_json(hours.model_dump_json()) == hours


@settings(deadline=None)
@given(st.text(max_size=60) | st.text("monfri 0123456789:-,;apm/", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        hours = parse_hours(text)
    except Invalid:
        return
    assert parse_hours(str(hours)) == hours


def test_a_window_that_ends_before_it_starts_is_no_value() -> None:
    with pytest.raises(ValidationError):
        Hours(windows=((0, 600, 540),))


def test_a_night_belongs_to_the_day_on_which_it_starts() -> None:
    nights = parse_hours("mon-fri 22:00-06:00")

    assert nights.day_minutes == 8 * 60
    assert nights.shifts[0] == (0, 22 * 60, 30 * 60)
    assert is_open(nights, "UTC", at("2026-11-21T05:59"))  # Saturday morning
    assert not is_open(nights, "UTC", at("2026-11-22T05:59"))


def test_one_working_day_goes_over_the_weekend_to_the_same_hour() -> None:
    friday = at("2026-11-20T15:00", "Europe/Berlin")

    due = add_working(OFFICE, "Europe/Berlin", friday, Span.parse("1wd"))

    assert due == at("2026-11-23T15:00", "Europe/Berlin")


def test_hours_run_only_while_somebody_works() -> None:
    evening = at("2026-11-19T16:30", "America/New_York")

    due = add_working(OFFICE, "America/New_York", evening, Span.parse("2h"))

    assert due == at("2026-11-20T10:30", "America/New_York")


def test_a_working_day_keeps_its_clock_when_summer_time_ends() -> None:
    friday = at("2026-10-23T09:00", "Europe/Berlin")

    due = add_working(OFFICE, "Europe/Berlin", friday, Span.parse("8h"))
    monday = opens_next(OFFICE, "Europe/Berlin", at("2026-10-24T12:00"))

    assert due == at("2026-10-23T17:00", "Europe/Berlin")
    assert monday == datetime(2026, 10, 26, 8, tzinfo=UTC)


def test_a_night_is_an_hour_shorter_when_clocks_go_forward() -> None:
    night = parse_hours("sat 22:00-06:00")

    seven_hours = add_working(
        night, "Europe/Berlin", at("2026-03-28T22:00", "Europe/Berlin"), Span.parse("7h")
    )

    assert seven_hours == at("2026-03-29T06:00", "Europe/Berlin")


def test_no_minute_counts_twice_when_a_window_ends_in_the_hour_that_clocks_skip() -> None:
    nights = parse_hours("sun 01:00-02:30 03:00-05:00")
    start = at("2026-03-29T01:00", "Europe/Berlin")

    due = add_working(nights, "Europe/Berlin", start, Span.parse("3h"))

    assert due == at("2026-03-29T05:00", "Europe/Berlin")


def test_a_window_inside_the_hour_that_clocks_skip_does_not_open() -> None:
    gap = parse_hours("sun 02:00-03:00")

    opens = opens_next(gap, "Europe/Berlin", at("2026-03-28T12:00", "Europe/Berlin"))

    assert opens == at("2026-04-05T02:00", "Europe/Berlin")


def test_what_takes_longer_than_a_year_has_no_end() -> None:
    minute_a_week = parse_hours("mon 09:00-09:01")

    assert add_working(minute_a_week, "UTC", at("2026-11-20T09:00"), Span.parse("1h")) is None


@settings(deadline=None)
@given(zones, moments)
def test_who_never_works_is_never_asked(zone: str, now: datetime) -> None:
    assert not NEVER
    assert not is_open(NEVER, zone, now)
    assert opens_next(NEVER, zone, now) is None
    assert add_working(NEVER, zone, now, Span.parse("1m")) is None
    assert add_working(NEVER, zone, now, Span.parse("1wd")) is None


@settings(deadline=None)
@given(zones, moments)
def test_who_always_works_is_open_through_every_change_of_clocks(zone: str, now: datetime) -> None:
    assert is_open(ALWAYS, zone, now)
    assert add_working(ALWAYS, zone, now, Span.parse("90m")) == now + timedelta(minutes=90)


@settings(deadline=None)
@given(weeks, zones, moments)
def test_open_is_what_the_clock_on_the_wall_says(hours: Hours, zone: str, now: datetime) -> None:
    offsets = {(now + timedelta(hours=hour)).astimezone(ZoneInfo(zone)).utcoffset() for hour in range(-3, 4)}
    assume(len(offsets) == 1)

    wall = now.astimezone(ZoneInfo(zone))
    minute = wall.hour * 60 + wall.minute
    expected = any(day == wall.weekday() and start <= minute < end for day, start, end in hours.windows)

    assert is_open(hours, zone, now) == expected


@settings(deadline=None)
@given(weeks, zones, moments)
def test_the_next_opening_is_the_first_open_minute(hours: Hours, zone: str, now: datetime) -> None:
    opens = opens_next(hours, zone, now)

    if opens is None:
        assert not hours
        return
    assert is_open(hours, zone, opens)
    assert (opens == now) == is_open(hours, zone, now)
    before = min(int((opens - now) / MINUTE), 2_000)
    assert not any(is_open(hours, zone, opens - minute * MINUTE) for minute in range(1, before, 7))


@settings(deadline=None)
@given(weeks, zones, moments, st.integers(1, 50))
def test_working_minutes_are_minutes_in_which_the_person_was_open(
    hours: Hours, zone: str, start: datetime, count: int
) -> None:
    assume(hours)

    due = add_working(hours, zone, start, Span(count=count, unit=Unit.MINUTE))

    assert due is not None
    ranked = RankedHours(zone, hours.windows)
    assert ranked.minutes_between(start, due) == count
    if due - start < timedelta(hours=30):
        minutes = int((due - start) / MINUTE)
        assert sum(is_open(hours, zone, start + minute * MINUTE) for minute in range(minutes)) == count


@settings(deadline=None)
@given(weeks, zones, moments, st.integers(1, 25), st.integers(1, 25))
def test_more_working_time_never_ends_earlier(
    hours: Hours, zone: str, start: datetime, first: int, more: int
) -> None:
    assume(hours)

    one = add_working(hours, zone, start, Span(count=first, unit=Unit.MINUTE))
    two = add_working(hours, zone, start, Span(count=first + more, unit=Unit.MINUTE))

    assert one is not None
    assert two is not None
    assert start < one < two


@pytest.mark.parametrize(
    ("zone", "is_known"),
    [
        ("Europe/Berlin", True),
        ("Mars/Olympus", False),
        ("", False),
        ("../etc/passwd", False),
        ("Europe", False),
    ],
)
def test_zones_are_checked_before_they_are_kept(zone: str, is_known: bool) -> None:
    assert known_zone(zone) == is_known

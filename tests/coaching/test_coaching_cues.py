"""A cue in somebody's words becomes a moment in their own zone, whatever the clocks do."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.language.time_expressions import as_told, as_weekday, moment_in, names_a_moment, next_moment
from kernel.working_hours import parse_hours

SUNDAY = datetime(2026, 11, 22, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cue", "moment"),
    [
        ("after Tuesday's stand-up", "2026-11-24 10:00"),
        ("tomorrow at 3pm", "2026-11-23 15:00"),
        ("before our 1:1 on Thursday at 14:00", "2026-11-26 09:00"),
        ("on 2026-12-01 at 8:30", "2026-12-01 08:30"),
        ("Sunday 16:30", "2026-11-22 16:30"),
        ("Sunday 9:00", "2026-11-29 09:00"),
        ("today after lunch", "2026-11-23 13:00"),
        ("wednesday at 12am", "2026-11-25 00:00"),
        ("next week", "2026-11-23 09:00"),
        ("at 25:70", "2026-11-23 09:00"),
        ("tomorrow at 9", "2026-11-23 09:00"),
        ("tomorrow at 3", "2026-11-23 15:00"),
        ("tmrw at 7 in the evening", "2026-11-23 19:00"),
        ("tomorrow at 6:30 after the alarm", "2026-11-23 06:30"),
        ("friday afternoon", "2026-11-27 15:00"),
        ("next Tuesday after standup", "2026-11-24 10:00"),
        ("morgen um 10 Uhr nach dem Daily", "2026-11-23 10:00"),
        ("übermorgen um 15 Uhr", "2026-11-24 15:00"),
        ("mardi à 10h30", "2026-11-24 10:30"),
        ("mañana a las 5", "2026-11-23 17:00"),
        ("on 18 December at 8:00", "2026-12-18 08:00"),
        ("Dec 18, noon", "2026-12-18 12:00"),
        ("in two weeks", "2026-12-07 09:00"),
    ],
)
def test_a_cue_is_read_in_the_zone_of_its_writer(cue: str, moment: str):
    here = next_moment(cue, "Europe/Berlin", SUNDAY).astimezone(ZoneInfo("Europe/Berlin"))

    assert f"{here:%Y-%m-%d %H:%M}" == moment


WEDNESDAY = datetime(2026, 11, 25, 9, 20, tzinfo=UTC)
MOMENTS = [json.loads(line) for line in Path("tests/data/moments.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment["cue"])
def test_a_moment_as_people_write_it_is_read_or_left_open(moment: dict[str, str]):
    at = next_moment(moment["cue"], "Europe/Berlin", WEDNESDAY)

    assert (f"{at.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%d %H:%M}" if at else "") == moment["here"]


@pytest.mark.parametrize(
    ("hours", "cue", "moment"),
    [
        ("mon-thu 13:00-21:00", "tomorrow at 8:30", "2026-11-26 20:30"),
        ("mon-thu 13:00-21:00", "end of the week", "2026-11-26 20:00"),
        ("mon-thu 13:00-21:00", "EOD", "2026-11-25 20:00"),
        ("mon-thu 13:00-21:00", "Thursday", "2026-11-26 13:00"),
        ("mon-thu 13:00-21:00", "in two days", "2026-11-30 13:00"),
        ("mon-wed 06:00-14:00", "tomorrow at 6:15", "2026-11-26 06:15"),
        ("mon-wed 06:00-14:00", "after work on Monday", "2026-11-30 14:00"),
        ("tue 22:00-24:00", "on Tuesday", "2026-12-01 22:00"),
        ("never", "end of the week", "2026-11-27 16:00"),
        ("always", "at 3", "2026-11-26 03:00"),
    ],
)
def test_a_moment_is_read_in_somebodys_working_hours(hours: str, cue: str, moment: str):
    at = next_moment(cue, "Europe/Berlin", WEDNESDAY, parse_hours(hours))

    assert at is not None
    assert f"{at.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%d %H:%M}" == moment


@given(
    st.sampled_from([it["cue"] for it in MOMENTS]),
    st.sampled_from(sorted(available_timezones())),
    st.integers(0, 4_000),
    st.sampled_from(["mon-fri 09:00-17:00", "never", "always", "sat 22:00-02:00"]),
)
def test_what_was_read_always_lies_ahead(cue: str, zone: str, days: int, hours: str):
    now = SUNDAY + timedelta(days=days)

    at = next_moment(cue, zone, now, parse_hours(hours))

    assert at is None or at > now


@pytest.mark.parametrize("cue", ["after the retro", "next sprint planning", "when the release is out"])
def test_of_an_event_only_its_writer_knows_the_day(cue: str):
    assert next_moment(cue, "UTC", SUNDAY) is None


BEFORE_WORK = "an hour before work, with the old alarm clock"
SOME_MORNING = "every morning he is late"


@pytest.mark.parametrize(
    ("cue", "told", "moment"),
    [
        ("tomorrow 6:30", BEFORE_WORK, "23 06:30"),
        ("tomorrow at half past six", BEFORE_WORK, "23 06:30"),
        ("Friday 6 to 7", BEFORE_WORK, "27 06:00"),
        ("tomorrow 6", BEFORE_WORK, "23 06:00"),
        ("tonight the bag, then tomorrow at 6:30", BEFORE_WORK, "23 06:30"),
        ("tomorrow 6:30, tonight I move the charger", BEFORE_WORK, "23 06:30"),
        ("tomorrow 5:30", BEFORE_WORK, "23 09:00"),
        ("tomorrow 6:30", SOME_MORNING, "23 09:00"),
        ("tomorrow 6:30", "he never listens", "23 09:00"),
        ("tomorrow 5:30", "he never listens", "23 17:30"),
        ("tomorrow evening 6:30", "he never listens", "23 18:30"),
        ("tomorrow 6pm", BEFORE_WORK, "23 18:00"),
        ("tonight at 6", BEFORE_WORK, "22 18:00"),
        ("tomorrow at 3", BEFORE_WORK, "23 15:00"),
    ],
)
def test_an_hour_before_work_or_after_it_is_read_only_where_it_is_sure(cue: str, told: str, moment: str):
    at = next_moment(as_told(cue, told), "UTC", SUNDAY)

    assert at is not None
    assert f"{at:%d %H:%M}" == moment


def test_next_tuesday_is_that_of_the_week_that_follows():
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)

    assert next_moment("next Tuesday", "UTC", monday).day == 1
    assert next_moment("Tuesday", "UTC", monday).day == 24


@pytest.mark.parametrize(
    "cue",
    ["tomorrow", "at 9", "after the stand-up", "when she comes in", "every morning", "morgen", "1 December"],
)
def test_a_day_an_hour_or_an_event_is_a_moment(cue: str):
    assert names_a_moment(cue)


@pytest.mark.parametrize(
    "cue",
    ["soon", "I'll try", "when I have time", "whenever I get the chance", "this week", "after a while", ""],
)
def test_what_says_nothing_of_when_is_no_moment(cue: str):
    assert not names_a_moment(cue)


@pytest.mark.parametrize(
    ("cue", "read"),
    [
        ("tomorrow after lunch", "Monday after lunch"),
        ("tonight", "Sunday evening"),
        ("later today", "Sunday"),
        ("this afternoon at 3", "Sunday afternoon at 3"),
        ("the day after tomorrow", "Tuesday"),
        ("after Tuesday's stand-up", "after Tuesday's stand-up"),
    ],
)
def test_a_cue_that_is_read_later_names_the_weekday(cue: str, read: str):
    assert as_weekday(cue, "Europe/Berlin", SUNDAY) == read


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("bring one catapult on monday", "on monday"),
        ("I'll ask her for an hour tomorrow at 9", "tomorrow at 9"),
        ("look at it tomorrow", "tomorrow"),
        ("stand up from my chair when the calendar pings", ""),
        ("write to her", ""),
        ("they left last Saturday", ""),
        ("I'll say it in standup tomorrow", "in standup tomorrow"),
    ],
)
def test_the_moment_within_a_step_is_found(text: str, moment: str):
    assert moment_in(text) == moment


def test_a_time_that_the_clocks_leave_out_is_moved():
    night = datetime(2027, 3, 27, 12, tzinfo=UTC)

    assert next_moment("Sunday 02:30", "Europe/Berlin", night) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@given(
    st.text(max_size=60),
    st.sampled_from(sorted(available_timezones())),
    st.integers(0, 4_000),
)
def test_a_reminder_always_lies_ahead(cue: str, zone: str, days: int):
    now = SUNDAY + timedelta(days=days)

    at = next_moment(cue, zone, now)

    assert at is None or at > now

"""A cue in somebody's words becomes a moment in their own zone, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.cues import next_moment

SUNDAY = datetime(2026, 11, 22, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cue", "moment"),
    [
        ("after Tuesday's stand-up", "2026-11-24 10:00"),
        ("tomorrow at 3pm", "2026-11-23 15:00"),
        ("on 2026-12-01 at 8:30", "2026-12-01 08:30"),
        ("Sunday 16:30", "2026-11-22 16:30"),
        ("Sunday 9:00", "2026-11-29 09:00"),
        ("today after lunch", "2026-11-23 13:00"),
        ("when I have closed my laptop", "2026-11-23 09:00"),
        ("wednesday at 12am", "2026-11-25 00:00"),
        ("2026-99-99 whenever", "2026-11-23 09:00"),
        ("next week", "2026-11-29 09:00"),
        ("at 25:70", "2026-11-23 09:00"),
    ],
)
def test_a_cue_is_read_in_the_zone_of_its_writer(cue: str, moment: str):
    here = next_moment(cue, "Europe/Berlin", SUNDAY).astimezone(ZoneInfo("Europe/Berlin"))

    assert f"{here:%Y-%m-%d %H:%M}" == moment


def test_a_time_that_the_clocks_leave_out_is_moved():
    night = datetime(2027, 3, 27, 12, tzinfo=UTC)

    assert next_moment("Sunday 2:30", "Europe/Berlin", night) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@given(
    st.text(max_size=60),
    st.sampled_from(sorted(available_timezones())),
    st.integers(0, 4_000),
)
def test_a_reminder_always_lies_ahead(cue: str, zone: str, days: int):
    now = SUNDAY + timedelta(days=days)

    assert next_moment(cue, zone, now) > now

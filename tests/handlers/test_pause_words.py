"""Until when "pause 2d" or "pause until monday" lasts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.interactions.pause_words import LONGEST, paused_until

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("2d", timedelta(days=2)),
        ("2 days", timedelta(days=2)),
        ("for a week", timedelta(weeks=1)),
        ("3h", timedelta(hours=3)),
        ("1 hour", timedelta(hours=1)),
        ("2 weeks", timedelta(weeks=2)),
        ("", timedelta(days=1)),
    ],
)
def test_a_length_counts_from_now(words: str, length: timedelta):
    assert paused_until(words, MONDAY, "Europe/Berlin") == MONDAY + length


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("until friday", 27),
        ("until Fri", 27),
        ("until monday", 30),
        ("until next monday", 30),
        ("until tomorrow", 24),
        ("today", 24),
        ("until 2026-11-28", 28),
    ],
)
def test_a_day_is_its_start_where_the_person_is(words: str, day: int):
    assert paused_until(words, MONDAY, "Europe/Berlin") == datetime(2026, 11, day, tzinfo=BERLIN)


@pytest.mark.parametrize("words", ["soon", "2 dys", "until 2026-13-40", "until 2020-01-01", "999d", "0d"])
def test_words_that_name_no_time_to_come_are_not_guessed_at(words: str):
    assert paused_until(words, MONDAY, "UTC") is None


@given(st.text(max_size=30))
def test_whatever_is_written_the_pause_ends_and_not_too_late(words: str):
    until = paused_until(words, MONDAY, "Asia/Kolkata")

    assert until is None or MONDAY < until <= MONDAY + LONGEST

"""Until when "pause 2d", "pause until monday" or "for the rest of the month" lasts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.interactions import pause_words
from handlers.interactions.pause_words import LONGEST
from kernel.policy import Policy
from kernel.working_hours import ALWAYS, parse_hours

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ADA = make.helper(zone="Europe/Berlin", hours=ALWAYS)


def until(words: str, person=ADA, policy: Policy = make.POLICY) -> datetime | None:
    return pause_words.paused_until(words, MONDAY, person, policy)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("3h", timedelta(hours=3)),
        ("1 hour", timedelta(hours=1)),
        ("until 3pm", timedelta(hours=4)),
        ("till 12:30", timedelta(minutes=90)),
    ],
)
def test_hours_count_from_now(words: str, length: timedelta):
    assert until(words) == MONDAY + length


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2d", "11-25"),
        ("2 days", "11-25"),
        ("for a week", "11-30"),
        ("2 weeks", "12-07"),
        ("for the next two weeks", "12-07"),
        ("a couple of days", "11-25"),
        ("for 2 months", "01-23"),
        ("until friday", "11-27"),
        ("until Fri", "11-27"),
        ("until monday", "11-30"),
        ("until next monday", "11-30"),
        ("until after friday", "11-28"),
        ("until tomorrow", "11-24"),
        ("until the day after tomorrow", "11-25"),
        ("today", "11-24"),
        ("for the rest of the day", "11-24"),
        ("this week", "11-30"),
        ("until next week", "11-30"),
        ("next week", "12-07"),
        ("this month", "12-01"),
        ("next month", "01-01"),
        ("until the end of the year", "01-01"),
        ("until new year", "01-01"),
        ("until march", "03-01"),
        ("until 2026-11-28", "11-28"),
        ("until 5 January", "01-05"),
        ("until the 14th of December", "12-14"),
        ("until monday, 7 december", "12-07"),
        ("until Jan 11th", "01-11"),
        ("until the 14th", "12-14"),
        ("until the 30th", "11-30"),
    ],
)
def test_a_day_is_its_start_where_the_person_is(words: str, day: str):
    found = until(words)

    assert found is not None
    assert found.astimezone(BERLIN).strftime("%m-%d %H:%M") == f"{day} 00:00"


def test_a_day_begins_with_the_working_hours_of_the_first_day_that_is_worked():
    office = make.helper(zone="Europe/Berlin", hours=parse_hours("mon-thu 08:30-16:00"))
    policy = Policy(holidays=frozenset({datetime(2026, 11, 30, tzinfo=UTC).date()}))

    assert until("until friday", office) == datetime(2026, 11, 30, 8, 30, tzinfo=BERLIN)
    assert until("until friday", office, policy) == datetime(2026, 12, 1, 8, 30, tzinfo=BERLIN)
    assert until("2h", office) == MONDAY + timedelta(hours=2)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "2 dys",
        "until 2026-13-40",
        "until 30 february",
        "until 2020-01-01",
        "until 2027-12-01",
        "until 9am",
        "until 25:00",
        "999d",
        "0d",
        "forever",
        "a cron job",
        "until the release",
    ],
)
def test_words_that_name_no_time_to_come_are_not_guessed_at(words: str):
    assert until(words) is None


@pytest.mark.parametrize(
    ("words", "names", "begins"),
    [
        ("until monday", True, True),
        ("for a while", True, True),
        ("forever", True, False),
        ("until the release", False, True),
        ("a cron job", False, False),
    ],
)
def test_what_is_a_time_is_told_from_what_is_none(words: str, names: bool, begins: bool):
    assert pause_words.names_time(words, MONDAY) is names
    assert pause_words.is_until(words) is begins


def test_only_days_depend_on_where_somebody_is():
    assert pause_words.needs_zone("2d", MONDAY)
    assert not pause_words.needs_zone("2h", MONDAY)


@given(st.text(max_size=30))
def test_whatever_is_written_the_pause_ends_and_not_too_late(words: str):
    found = until(words)

    assert found is None or MONDAY < found <= MONDAY + LONGEST

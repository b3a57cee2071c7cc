"""Phrases that several cards share."""

import pytest

from handlers.block_kit import texts
from kernel.working_hours import parse_hours


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mon-fri 09:00-17:30", "Mon–Fri, 9:00–17:30"),
        ("mon,wed-thu 10:00-12:00 13:00-17:00", "Mon, Wed–Thu, 10:00–12:00 and 13:00–17:00"),
        ("mon 09:00-17:00; sat 22:00-02:00", "Mon, 9:00–17:00; Sat, 22:00–2:00"),
        ("tue 00:00-10:05", "Tue, 0:00–10:05"),
        ("always", "at any hour"),
        ("never", "without hours of your own"),
    ],
)
def test_hours_are_said_as_people_write_them(typed: str, said: str):
    assert texts.hours(parse_hours(typed)) == said

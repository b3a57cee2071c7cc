"""The two clocks: now can be ahead, wall never is."""

from datetime import UTC, datetime, timedelta

import pytest

from slackapp.process.clock import Clock
from slackapp.process.errors import Stop


def test_without_a_file_now_is_the_wall():
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(seconds=1)


def test_the_file_moves_now_and_never_the_wall(tmp_path):
    file = tmp_path / "clock"
    clock = Clock(file)
    before = clock.offset()

    file.write_text("86400.000\n")

    assert before == timedelta(0)
    assert clock.offset() == timedelta(days=1)
    assert abs(clock.wall() - datetime.now(UTC)) < timedelta(seconds=1)


def test_a_replaced_file_is_noticed(tmp_path):
    file, fresh = tmp_path / "clock", tmp_path / "clock.new"
    file.write_text("60")
    clock = Clock(file)
    clock.now()

    fresh.write_text("3600")
    fresh.replace(file)

    assert clock.offset() == timedelta(hours=1)


@pytest.mark.parametrize("content", [b"soon", b"nan", b"inf", b"1e300", b"1e11", b"\xff\0", b"1\n2"])
def test_a_file_that_holds_no_number_of_seconds_is_named_with_what_to_do(tmp_path, content):
    file = tmp_path / "clock"
    file.write_bytes(content)

    with pytest.raises(Stop, match=f"{file} does not hold by how many seconds"):
        Clock(file).now()

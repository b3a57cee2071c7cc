"""The two clocks: now can be ahead, wall never is."""

from datetime import UTC, datetime, timedelta

from slackapp.clock import Clock


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

"""One demo per folder, and nothing of a killed one left running."""

import os
import socket
import subprocess
import sys

import pytest
from patience import PATIENCE

from slackapp.demo.processes import alone, free_port, stop_leftover
from slackapp.process.errors import AlreadyRunning

SLEEPER = "import sys, time; print('up', flush=True); time.sleep(60)"


def sleeper(*words):
    process = subprocess.Popen([sys.executable, "-c", SLEEPER, *words], stdout=subprocess.PIPE)
    process.stdout.readline()
    return process


def test_a_playground_that_outlived_its_demo_is_stopped(tmp_path):
    record = tmp_path / "playground.pid"
    with sleeper("playground", str(tmp_path)) as left:
        record.write_text(f"{left.pid}\n")

        stop_leftover(record)

        assert left.wait(PATIENCE) != 0
    assert not record.exists()


def test_another_program_that_got_its_number_is_left_alone(tmp_path):
    record = tmp_path / "playground.pid"
    with sleeper("something", "else") as other:
        record.write_text(f"{other.pid}\n")

        stop_leftover(record)

        assert other.poll() is None
        other.kill()
    assert not record.exists()


@pytest.mark.parametrize("number", [99999999, None])
def test_a_record_of_nobody_is_taken_away(tmp_path, number):
    record = tmp_path / "playground.pid"
    if number:
        record.write_text(f"{number}\n")

    stop_leftover(record)

    assert not record.exists()


def test_a_folder_belongs_to_one_demo_at_a_time(tmp_path):
    with alone(tmp_path):
        (tmp_path / "address").write_text("http://127.0.0.1:8400")

        with pytest.raises(AlreadyRunning, match=r"127\.0\.0\.1:8400"), alone(tmp_path):
            pass

    with alone(tmp_path):
        pass


def test_a_busy_port_makes_way_for_the_next():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]

        assert free_port("127.0.0.1", taken) > taken


def test_our_own_process_is_never_taken_for_a_leftover(tmp_path):
    record = tmp_path / "playground.pid"
    record.write_text(f"{os.getpid()}\n")

    stop_leftover(record)

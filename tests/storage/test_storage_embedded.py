"""The private server: one per folder, adopted when it outlives its starter, never one that starts empty."""

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import redis_servers
from redis import Redis, exceptions
from redis_servers import wait_until

from storage.connection.errors import EmbeddedError
from storage.server.embedded import Folder, embedded, exposed_by
from storage.server.redis_program import Release, find_program, writer_of

STARTER = """
import asyncio, sys
from pathlib import Path
from storage.server.embedded import embedded

async def main():
    async with embedded(Path(sys.argv[1])) as url:
        print(url, flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


def server_id(url: str) -> str:
    with Redis.from_url(url, decode_responses=True) as redis:
        return str(redis.info("server")["run_id"])


def info(url: str) -> dict[str, object]:
    with Redis.from_url(url, decode_responses=True) as redis:
        return dict(redis.info("server"))


def say(url: str, *command: str) -> object:
    with Redis.from_url(url, decode_responses=True, protocol=2) as redis:
        return redis.execute_command(*command)  # type: ignore[no-untyped-call]


def program(folder: Path, version: str, kind: str = "Redis", *, name: str = "redis-server") -> str:
    """Make a server that only tells its version; return the PATH it lies on."""
    folder.mkdir()
    script = folder / name
    script.write_text(f"#!/bin/sh\necho '{kind} server v={version} sha=0'\n", "utf-8")
    script.chmod(0o700)
    return str(folder)


def write_files(folder: Path, header: bytes) -> None:
    """Lay an append-only file of today's form, whose base begins with a header, into a server's folder."""
    parts = folder / "appendonlydir"
    parts.mkdir(parents=True)
    (parts / "appendonly.aof.manifest").write_text(
        "file a.base.rdb seq 1 type b\nfile a.incr.aof seq 1 type i\n"
    )
    (parts / "a.base.rdb").write_bytes(header + b"...")


def release(text: str) -> Release:
    parsed = Release.parse(text)
    assert parsed
    return parsed


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


# Found by writing with each and loading with each; what is not "reads" starts empty, or does not start.
@pytest.mark.parametrize(
    ("writer", "readers"),
    [
        (
            "Redis 6.2.14",
            ["Redis 6.2.14", "Redis 7.0.15", "Redis 7.4.1", "Redis 8.2.3", "Valkey 9.0.0", "Valkey 9.1.2"],
        ),
        ("Redis 7.0.15", ["Redis 7.0.15", "Redis 7.4.1", "Redis 8.2.3", "Valkey 9.0.0", "Valkey 9.1.2"]),
        ("Redis 7.4.1", ["Redis 7.4.1", "Redis 8.2.3"]),
        ("Redis 8.2.3", ["Redis 8.2.3"]),
        ("Valkey 9.0.0", ["Valkey 9.0.0", "Valkey 9.1.2"]),
        ("Valkey 9.1.2", ["Valkey 9.1.2"]),
    ],
)
def test_a_server_is_run_only_on_data_that_it_reads_whole(writer: str, readers: list[str]):
    servers = ["Redis 6.2.14", "Redis 7.0.15", "Redis 7.4.1", "Redis 8.2.3", "Valkey 9.0.0", "Valkey 9.1.2"]

    assert [it for it in servers if release(it).reads(release(writer))] == readers


def test_no_redis_is_run_on_what_any_valkey_wrote():
    assert not any(release(it).reads(release("Valkey 7.2.5")) for it in ("Redis 6.2.14", "Redis 8.2.3"))


@pytest.mark.parametrize(
    ("stamp", "header", "writer"),
    [
        (None, None, None),
        ("7.0.15", None, "Redis 7.0.15"),
        ("Valkey 9.1.2", None, "Valkey 9.1.2"),
        ("", b"REDIS0010", "Redis 7.0"),
        (None, b"REDIS0011", "Redis 7.2"),
        (None, b"REDIS0012", "Redis 7.4"),
        (None, b"REDIS0099", "Redis 8.8"),
        (None, b"VALKEY080", "Valkey 9.0"),
        (None, b"*2\r\n$6\r\n", "Redis 7.0.0"),
        ("8.2.3", b"REDIS0012", "Redis 8.2.3"),
        ("Valkey 9.1.2", b"REDIS0010", "Valkey 9.1.2"),
        ("Valkey 9.1.2", b"REDIS0012", "Redis 7.4"),
        ("6.2.14", b"REDIS0010", "Redis 7.0"),
        ("Redis 7.0.15", b"VALKEY080", "Valkey 9.0"),
    ],
)
def test_who_wrote_a_folder_is_read_from_its_stamp_and_from_its_files(
    tmp_path: Path, stamp: str | None, header: bytes | None, writer: str | None
):
    if header:
        write_files(tmp_path, header)

    found = writer_of(tmp_path, stamp)

    assert found == (release(writer) if writer else None)


def test_files_that_are_not_whole_are_left_to_a_server_that_says_so(tmp_path: Path):
    write_files(tmp_path, b"VALKEY080")
    (tmp_path / "appendonlydir" / "a.base.rdb").unlink()

    assert writer_of(tmp_path, None) == release("Redis 7.0.0")


def test_the_one_file_of_old_servers_is_read_as_theirs(tmp_path: Path):
    (tmp_path / "appendonly.aof").write_bytes(b"REDIS0009...")
    assert writer_of(tmp_path, None) == release("Redis 6.2")

    (tmp_path / "appendonly.aof").write_bytes(b"*2\r\n")
    assert writer_of(tmp_path, None) == release("Redis 6.2.0")


@pytest.mark.parametrize(
    ("stamp", "refusal"),
    [
        ("Valkey 99.1.0", r"written by Valkey 99\.1\.0, which .*: install valkey-server 99\.1\.0 or newer"),
        ("Redis 99.1.0", r"written by Redis 99\.1\.0, which .*: install redis-server 99\.1\.0 or newer"),
        ("99.1.0", r"written by Redis 99\.1\.0, which Redis 7\.0\.1 and Valkey .* cannot read"),
    ],
)
async def test_data_that_no_server_reads_are_refused_and_left_alone(tmp_path: Path, stamp: str, refusal: str):
    (tmp_path / "data" / "redis").mkdir(parents=True)
    (tmp_path / "data" / "redis" / "version").write_text(stamp, "utf-8")

    with pytest.raises(EmbeddedError, match=refusal):
        async with embedded(tmp_path / "data", path=program(tmp_path / "old", "7.0.1")):
            pass

    assert (tmp_path / "data" / "redis" / "version").read_text("utf-8") == stamp


async def test_data_of_a_newer_redis_are_refused_without_a_stamp_too(tmp_path: Path):
    write_files(tmp_path / "redis", b"REDIS0012")

    with pytest.raises(EmbeddedError, match=r"written by Redis 7\.4, which Redis 6\.2\.1 and Valkey"):
        async with embedded(tmp_path, path=program(tmp_path / "old", "6.2.1")):
            pass


async def test_what_one_kind_wrote_the_other_takes_over_and_keeps(tmp_path: Path):
    if not shutil.which("redis-server"):
        pytest.skip("no redis-server lies on PATH")
    async with embedded(tmp_path) as url:
        say(url, "SET", "k", "v")
        assert "valkey_version" not in info(url)
    async with embedded(tmp_path, path="") as url:
        kept = say(url, "GET", "k")
        say(url, "SET", "l", "w")
        assert "valkey_version" in info(url)

    async with embedded(tmp_path) as url:
        both = say(url, "MGET", "k", "l")

    assert (kept, both) == ("v", ["v", "w"])


async def test_what_the_oldest_redis_wrote_the_wheel_s_server_takes_over(tmp_path: Path):
    async with embedded(tmp_path, path=str(redis_servers.oldest())) as url:
        say(url, "SET", "k", "v")
        assert info(url)["redis_version"] == "6.2.14"
    (tmp_path / "redis" / "version").write_text("6.2.14", "utf-8")

    async with embedded(tmp_path, path="") as url:
        assert say(url, "GET", "k") == "v"

    assert (tmp_path / "redis" / "version").read_text("utf-8").startswith("Valkey 9.")


def test_the_newest_program_on_the_path_is_taken_for_new_data(tmp_path: Path):
    path = os.pathsep.join(
        program(tmp_path / version, version) for version in ("6.0.9", "6.2.1", "7.4.2", "7.0.15")
    )
    newer = program(tmp_path / "valkey", "8.1.4", "Valkey", name="valkey-server")

    assert find_program(tmp_path, path=path).release == release("Redis 7.4.2")
    assert find_program(tmp_path, path=f"{path}{os.pathsep}{newer}").release == release("Valkey 8.1.4")


def test_the_kind_that_wrote_the_data_goes_first(tmp_path: Path):
    newer = program(tmp_path / "valkey", "99.1.0", "Valkey", name="valkey-server")
    path = os.pathsep.join((newer, program(tmp_path / "redis", "7.0.15")))

    assert find_program(tmp_path, release("Redis 7.0.2"), path=path).release == release("Redis 7.0.15")
    assert find_program(tmp_path, release("Redis 7.2.2"), path=path).release == release("Valkey 99.1.0")
    assert find_program(tmp_path, release("Valkey 9.0.2"), path=path).release == release("Valkey 99.1.0")


def test_what_a_program_says_counts_and_not_its_name(tmp_path: Path):
    path = program(tmp_path / "compat", "99.1.0", "Valkey", name="redis-server")

    assert find_program(tmp_path, path=path).release == release("Valkey 99.1.0")


def test_the_wheel_s_program_is_taken_where_the_path_has_none(tmp_path: Path):
    found = find_program(tmp_path, path=program(tmp_path / "old", "5.0.1")).release

    assert (found.kind, found.reads(release("Valkey 9.1.2"))) == ("Valkey", True)


async def test_the_wheel_s_program_runs(tmp_path: Path):
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

    with pytest.raises(EmbeddedError, match=r"does not start in .*no luck.*: mend"):
        async with embedded(tmp_path / "data", path=broken):
            pass

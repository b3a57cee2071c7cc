"""Whatever is wrong where a command runs, it ends at once in one sentence that names the cure."""

import errno
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis_servers
from app_world import MANIFEST
from click.testing import CliRunner, Result
from redis import Redis

from slackapp.commands.cli import main
from slackapp.process.redis_words import HOW_IT_IS
from slackapp.process.system_refusals import unusable
from storage import Trouble
from storage.connection.keys import ALL_SHARDS

TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "SLACK_API_URL": "http://127.0.0.1:9/api/",
}
KEY = {"WAYMARK_SECRET_KEY": "t2hFyx6lnvnv0vPjKQ9yH8mPzRA2kQG1xGgkGVQ7D1g="}
PLAIN = {"WAYMARK_MANIFEST": str(MANIFEST), "HOST": "127.0.0.1", "PORT": "0", "METRICS_PORT": "0"}
STORED = {
    "learn": ["learn"],
    "explain": ["explain"],
    "replay": ["topics", "replay", "--file", str(MANIFEST)],
    "reports": ["reports"],
    "letters": ["dead-letters", "list"],
    "again": ["dead-letters", "replay", "--all"],
    "drop": ["dead-letters", "drop", "--all"],
    "answers": ["answers"],
    "erase": ["privacy", "erase", "U0RAJ", "--yes"],
    "rotate": ["secret", "--rotate"],
    "import": ["people", "import", "-"],
    "run": ["run"],
    "doctor": ["doctor"],
}
SHEET = "slack_id,topics\nU0RAJ,python:3\n"


def waymark(words: list[str], environment: dict[str, str]) -> Result:
    """Run a command with just these variables."""
    everything = dict.fromkeys(os.environ) | {"PATH": os.environ["PATH"]} | PLAIN | TOKENS | KEY | environment
    return CliRunner(env=everything).invoke(main, words, input=SHEET)


def ends_in_a_sentence(shown: Result, cure: str) -> None:
    """Hold that a command has ended as it should."""
    assert isinstance(shown.exception, SystemExit), shown.exception
    assert shown.exit_code in (1, 2)
    said = shown.stderr.splitlines() or [it for it in shown.stdout.splitlines() if it.startswith("BAD")]
    assert len([line for line in said if cure in line]) == 1, shown.output
    assert all(len(line) < 700 for line in said)
    assert len(shown.stderr.splitlines()) <= 1
    assert "Traceback" not in shown.output


@dataclass(frozen=True)
class Redises:
    """Addresses at which something is, but not what is looked for."""

    open: str
    locked: str
    web: str


@contextmanager
def silent_listener() -> Iterator[int]:
    """Listen and never answer."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture(scope="module")
def redises(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redises]:
    """One Redis without a password, one with, and a program that is none."""
    folder = tmp_path_factory.mktemp("redises")
    (folder / "locked").mkdir()
    unix = folder / "locked" / "redis.sock"
    options = ("--port", "0", "--unixsocket", str(unix), "--requirepass", "right")
    web = subprocess.Popen(
        [sys.executable, "-c", ANSWERS], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    with redis_servers.one_server(folder) as plain, redis_servers.server(folder / "locked", *options), web:
        redis_servers.wait_until(Redis(unix_socket_path=str(unix), password="right").ping)
        assert web.stdout is not None
        yield Redises(plain, f"unix://{unix}", f"redis://127.0.0.1:{web.stdout.readline().strip()}")
        web.send_signal(signal.SIGKILL)


ANSWERS = """
import socket
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    caller, _ = listener.accept()
    caller.recv(1000)
    caller.sendall(b"HTTP/1.1 400 Bad Request\\r\\n\\r\\n")
    caller.close()
"""


def with_password(url: str, password: str) -> str:
    return url.replace("unix://", f"unix://:{password}@")


REDIS: dict[str, tuple[Callable[[Redises], str], str]] = {
    "wrong password": (lambda it: with_password(it.locked, "wrong"), "put the right ones into REDIS_URL"),
    "password missing": (lambda it: it.locked, "put the right ones into REDIS_URL"),
    "password though none is set": (lambda it: with_password(it.open, "any"), "take it out"),
    "no such database": (lambda it: f"{it.open}?db=99", "DB index is out of range"),
    "no Redis": (lambda it: it.web, "is no Redis"),
    "TLS to a plain port": (lambda it: it.web.replace("redis:", "rediss:"), "with redis://"),
    "no such host": (lambda it: "redis://no.such.host.invalid", "correct its name"),
    "no such cluster": (lambda it: it.web.replace("redis:", "redis+cluster:"), "REDIS_URL"),
}


@pytest.mark.parametrize("command", STORED)
@pytest.mark.parametrize("wrong", REDIS)
def test_a_redis_that_cannot_be_used(redises, tmp_path, command, wrong):
    url, cure = REDIS[wrong]

    shown = waymark(STORED[command], {"REDIS_URL": url(redises), "WAYMARK_DATA_DIR": str(tmp_path)})

    ends_in_a_sentence(shown, cure)


@pytest.mark.parametrize("command", sorted(set(STORED) - {"run"}))
def test_a_redis_that_is_not_there_is_not_waited_for(tmp_path, command):
    away = {"REDIS_URL": f"unix://{tmp_path}/none", "WAYMARK_DATA_DIR": str(tmp_path)}

    ends_in_a_sentence(waymark(STORED[command], away), "start it, or check REDIS_URL")


def test_a_redis_with_fewer_commands_stops_the_start(tmp_path):
    lacking = ("--port", "0", "--unixsocket", f"{tmp_path}/socket", "--rename-command", "XAUTOCLAIM", "")
    with redis_servers.server(tmp_path, *lacking):
        url = f"unix://{tmp_path}/socket"
        redis_servers.wait_until(Redis.from_url(url).ping)

        ends_in_a_sentence(waymark(["run"], {"REDIS_URL": url}), HOW_IT_IS[Trouble.LACKING])


def test_a_redis_that_takes_no_more_connections_says_so(tmp_path):
    few = ("--port", "0", "--unixsocket", f"{tmp_path}/socket", "--maxclients", "1")
    url = f"unix://{tmp_path}/socket"
    with redis_servers.server(tmp_path, *few), Redis.from_url(url) as other:
        redis_servers.wait_until(other.ping)

        ends_in_a_sentence(waymark(["dead-letters", "list"], {"REDIS_URL": url}), "maxclients")


def test_what_is_not_ours_under_a_name_that_is_ends_no_command_in_a_traceback(redises):
    key = ALL_SHARDS[0].lives
    with Redis.from_url(redises.open) as redis:
        redis.set(key, "another program's")
        shown = waymark(["reports"], {"REDIS_URL": redises.open})
        redis.delete(key)

    ends_in_a_sentence(shown, "give Waymark a Redis")


def a_file(folder: Path) -> Path:
    (folder / "data").write_text("x")
    return folder / "data"


def below_a_file(folder: Path) -> Path:
    return a_file(folder) / "deeper"


def where_nobody_may_write(_: Path) -> Path:
    return Path("/proc/waymark/data")


def a_file_for_redis(folder: Path) -> Path:
    (folder / "redis").write_text("x")
    return folder


def a_folder_for_a_lock(folder: Path) -> Path:
    (folder / "redis" / "users.lock").mkdir(parents=True)
    return folder


def a_folder_for_the_stamp(folder: Path) -> Path:
    (folder / "redis" / "version").mkdir(parents=True)
    return folder


def a_ring(folder: Path) -> Path:
    (folder / "ring").symlink_to(folder / "ring")
    return folder / "ring"


def a_name_too_long(folder: Path) -> Path:
    return folder / ("x" * 300)


FOLDERS = (
    a_file,
    below_a_file,
    where_nobody_may_write,
    a_file_for_redis,
    a_folder_for_a_lock,
    a_folder_for_the_stamp,
    a_ring,
    a_name_too_long,
)


@pytest.mark.parametrize("command", STORED)
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_data_folder_that_cannot_be_used(tmp_path, command, folder):
    shown = waymark(STORED[command], {"WAYMARK_DATA_DIR": str(folder(tmp_path))})

    ends_in_a_sentence(shown, "WAYMARK_DATA_DIR")


@pytest.mark.parametrize("folder", [below_a_file, where_nobody_may_write, a_ring, a_name_too_long])
def test_a_demo_without_a_folder(tmp_path, folder):
    ends_in_a_sentence(waymark(["demo"], {"WAYMARK_DATA_DIR": str(folder(tmp_path))}), "another place")


@pytest.mark.parametrize("command", STORED)
@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("SLACK_APPTOKEN", "xapp-1", "SLACK_APP_TOKEN"),
        ("REDIS_URI", "redis://127.0.0.1", "REDIS_URL"),
        ("WAYMARK_DATADIR", "x", "WAYMARK_DATA_DIR"),
        ("REDIS_URL", "redis://127.0.0.1:port", "REDIS_URL is malformed"),
        ("WAYMARK_LOG", "loud", "WAYMARK_LOG is malformed"),
    ],
)
def test_a_variable_that_is_wrong(tmp_path, command, name, value, cure):
    given = {"WAYMARK_DATA_DIR": str(tmp_path)} | {name: value}
    without = {"SLACK_APP_TOKEN": ""} if name == "SLACK_APPTOKEN" else {}

    ends_in_a_sentence(waymark(STORED[command], given | without), cure)


def no_file(folder: Path) -> Path:
    return folder / "none.yml"


def no_text(folder: Path) -> Path:
    (folder / "bytes.yml").write_bytes(b"\xff\xfe")
    return folder / "bytes.yml"


def no_manifest(folder: Path) -> Path:
    (folder / "other.yml").write_text("a: [")
    return folder / "other.yml"


READS = {
    name: STORED[name]
    for name in ("learn", "explain", "reports", "answers", "erase", "import", "run", "doctor")
}
READS |= {"check": ["manifest", "check"], "list": ["topics", "list"], "link": ["manifest", "link"]}


@pytest.mark.parametrize("command", READS)
@pytest.mark.parametrize(
    "manifest", [no_file, no_text, no_manifest, lambda folder: folder, a_ring, a_name_too_long]
)
def test_a_manifest_that_cannot_be_read(redises, tmp_path, command, manifest):
    file = manifest(tmp_path)
    given = {"WAYMARK_MANIFEST": str(file), "REDIS_URL": redises.open, "WAYMARK_DATA_DIR": str(tmp_path)}

    shown = waymark(READS[command], given)

    assert isinstance(shown.exception, SystemExit), shown.exception
    assert shown.exit_code in (1, 2)
    assert any(str(file) in line for line in shown.output.splitlines())


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EACCES, "change its rights"),
        (errno.EMFILE, "ulimit"),
        (None, "choose"),
    ],
)
def test_what_the_system_refuses_is_said_with_the_cure(code, cure):
    said = unusable(OSError(code, "No", "/some/file") if code else OSError("no"))

    assert cure in said
    assert said.endswith(".")


def in_a_process(words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell, with `waymark` in it."""
    given = {"PATH": os.environ["PATH"]} | PLAIN | environment
    line = f'waymark() {{ "{sys.executable}" -m slackapp "$@"; }}; {words}'
    root = MANIFEST.parent
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        env=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "waymark topics list > /dev/full",
            "The output cannot be written (no space left on device): make room.",
        ),
        ("waymark topics list | true", ""),
        ("PYTHONIOENCODING=ascii waymark topics list < /dev/null > /dev/null; waymark secret >&-", ""),
    ],
)
def test_where_output_cannot_go_nothing_is_complained_of_in_python(line, said):
    ended = in_a_process(line)

    assert ended.stderr.strip() == said
    assert ended.returncode in ((2,) if said else (0, 1))


def test_a_disk_that_is_full_is_said(tmp_path):
    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    given = os.environ | PLAIN | {"WAYMARK_DATA_DIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", "slackapp", "reports"],
        env=given,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=full,
    )

    assert ended.returncode == 2
    assert "WAYMARK_DATA_DIR" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


PRESSED_WHILE_READ = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "slackapp.commands.cli":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
from slackapp.__main__ import main
main()
"""


def test_ctrl_c_while_the_program_is_read_ends_it_without_a_word():
    ended = subprocess.run(
        [sys.executable, "-c", PRESSED_WHILE_READ], capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stderr) == (-signal.SIGINT, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_start_can_be_stopped(tmp_path, number):
    with silent_listener() as port:
        given = os.environ | PLAIN | TOKENS | {"SLACK_API_URL": f"http://127.0.0.1:{port}/api/"}
        given |= {"WAYMARK_DATA_DIR": str(tmp_path), "WAYMARK_LOG": "info"}
        process = subprocess.Popen(
            [sys.executable, "-m", "slackapp", "run"], env=given, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        first = process.stderr.readline()
        process.send_signal(number)
        _, rest = process.communicate()

    assert "private redis" in first
    assert (process.returncode, rest.splitlines()[-1]) == (1, "Stopped before it was ready.")

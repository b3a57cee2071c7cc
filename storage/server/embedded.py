"""A private Redis or Valkey for those who run none: on a unix socket, in a folder of its owner alone.

The server holds a lock on its folder as long as it lives, so it is never doubled. It survives the death of
the process that started it, and is then adopted by the next. Several may use it; the last one stops it.
"""

import asyncio
import fcntl
import os
import stat
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from storage.connection.errors import EmbeddedError
from storage.server.redis_program import Release, ServerProgram, find_program, writer_of

LONGEST_SOCKET = 100
START_SECONDS = 120
STOP_SECONDS = 15
POLL_SECONDS = 0.01
WATCH_SECONDS = 1.0

NOT_OURS = (
    "{path} is a link, a file or another user's folder, so no data are kept there: move it away, "
    "or set WAYMARK_DATA_DIR to a folder of your own."
)
CURE = "mend what that says, or move the folder away to begin with no data."
UNUSABLE = (
    "No data can be kept at {path} ({why}): set WAYMARK_DATA_DIR to a folder of your own with room in it."
)


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a private server keeps its data, and the small files beside them."""

    path: Path

    @property
    def socket(self) -> Path:
        """The recorded socket, or where a short enough path leads into the folder."""
        record = self.path / "socket"
        if record.exists():
            return Path(record.read_text("utf-8"))
        return self.path / "redis.sock"

    def choose_socket(self) -> None:
        """Record a socket in a new temporary folder where the path in the data folder would be too long."""
        (self.path / "socket").unlink(missing_ok=True)
        if len(os.fsencode(self.socket)) > LONGEST_SOCKET:
            short = Path(tempfile.mkdtemp(prefix="waymark-", dir="/tmp")) / "redis.sock"
            (self.path / "socket").write_text(str(short), "utf-8")

    def drop_socket(self) -> None:
        """Take away the temporary folder of a server that has stopped."""
        if (self.path / "socket").exists():
            with suppress(OSError):
                self.socket.unlink(missing_ok=True)
                self.socket.parent.rmdir()

    @property
    def written_by(self) -> Release | None:
        """The release that last wrote here, or None where there are no data."""
        stamp = self.path / "version"
        return writer_of(self.path, stamp.read_text("utf-8", "replace") if stamp.exists() else None)

    def stamp(self, program: ServerProgram) -> None:
        """Write down which release writes here from now on; it reads what all before it wrote."""
        (self.path / "version").write_text(str(program.release), "utf-8")

    @property
    def last_words(self) -> str:
        """The last line of the server's log."""
        log = self.path / "redis.log"
        lines = log.read_text("utf-8", "replace").splitlines() if log.is_file() else []
        said = [line.strip() for line in lines if line.strip()]
        return said[-1] if said else "it left no log"


@asynccontextmanager
async def embedded(data_dir: Path, *, path: str | None = None) -> AsyncIterator[str]:
    """Run a private server on *data_dir*, or adopt the one that runs there; yield its address.

    *path* is searched for a server in the place of PATH. A server that dies is started again. Raise
    EmbeddedError, which says in a sentence what to do.
    """
    folder = Folder((data_dir / "redis").absolute())
    async with AsyncExitStack() as stack:
        with _usable(folder.path):
            _claim(folder.path)
            users = stack.enter_context(_opened(folder.path / "users.lock"))
            async with _alone(folder):
                # The kernel drops our share when we die, however we die: so users are never miscounted.
                fcntl.flock(users, fcntl.LOCK_SH)
                await _ensure(folder, path)
        watch = asyncio.create_task(_keep_alive(folder, path))
        try:
            yield f"unix://{quote(str(folder.socket))}"
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch
            async with _alone(folder):
                if _try_lock(users):
                    await _stop(folder)


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    """Say in a sentence what the system refuses about a folder."""
    try:
        yield
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise EmbeddedError(UNUSABLE.format(path=error.filename or path, why=why)) from error
    except subprocess.TimeoutExpired as error:
        raise EmbeddedError(f"{error.cmd[0]} does not start in {path} in time: try again.") from error


def exposed_by(data_dir: Path) -> Path | None:
    """The folder on the way to the data in which every user may put another in their place, if any."""
    folder = data_dir.resolve()
    return next((each for each in (folder, *folder.parents) if _is_open(each)), None)


def _is_open(folder: Path) -> bool:
    # In a sticky folder, such as /tmp, only the owner may rename what lies there.
    mode = folder.stat().st_mode if folder.exists() else 0
    return bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX


def _claim(path: Path) -> None:
    """Make a folder that its owner alone can enter, or take the one of an earlier run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
    try:
        # What is opened is what is looked at and closed to others, whatever the name leads to by then.
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise EmbeddedError(NOT_OURS.format(path=path)) from error
    try:
        if os.fstat(descriptor).st_uid != os.geteuid():
            raise EmbeddedError(NOT_OURS.format(path=path))
        os.fchmod(descriptor, 0o700)
    finally:
        os.close(descriptor)


async def _ensure(folder: Folder, path: str | None) -> None:
    with _opened(folder.path / "server.lock") as lock:
        if _try_lock(lock):
            _start(folder, path, lock)
    await _ready(folder)


def _start(folder: Folder, path: str | None, lock: int) -> None:
    program = find_program(folder.path, folder.written_by, path=path)
    folder.choose_socket()
    # Before the start: a newer server may write at once what an older one cannot read.
    folder.stamp(program)
    # The server inherits the lock and so holds it until it dies, whatever becomes of us.
    started = subprocess.run(
        [program.path, *_options(folder)],
        pass_fds=[lock],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )
    if started.returncode:
        said = (started.stderr or started.stdout).strip().replace("\n", " ")
        why = said or folder.last_words
        raise EmbeddedError(f"{program.path} does not start in {folder.path} ({why}): {CURE}")


def _options(folder: Folder) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(folder.socket),
        "unixsocketperm": "700",
        "dir": str(folder.path),
        "daemonize": "yes",
        "pidfile": str(folder.path / "redis.pid"),
        "logfile": str(folder.path / "redis.log"),
        "loglevel": "warning",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",  # the append-only file has it all
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]


async def _ready(folder: Folder) -> None:
    """When the server answers; it may have to load its data first."""
    deadline = time.monotonic() + START_SECONDS
    while await _answer(folder.socket, b"PING\r\n") != b"+PONG\r\n":
        if not _is_running(folder):
            why = folder.last_words
            raise EmbeddedError(f"The private server stopped at once in {folder.path} ({why}): {CURE}")
        if time.monotonic() > deadline:
            raise EmbeddedError(
                f"The private server runs in {folder.path} but does not answer: stop it and try again."
            )
        await asyncio.sleep(POLL_SECONDS)


async def _stop(folder: Folder) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    await _answer(folder.socket, b"SHUTDOWN\r\n")
    while _is_running(folder) and time.monotonic() < deadline:
        await asyncio.sleep(POLL_SECONDS)
    folder.drop_socket()


async def _keep_alive(folder: Folder, path: str | None) -> None:
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        if not _is_running(folder):
            # Whatever prevents it now may be over in a moment: a full disk, a program being replaced.
            with suppress(EmbeddedError, OSError):
                async with _alone(folder):
                    await _ensure(folder, path)


async def _answer(socket: Path, command: bytes) -> bytes:
    """The first line that the server answers, or nothing."""
    try:
        reader, writer = await asyncio.open_unix_connection(str(socket))
    except OSError:
        return b""
    try:
        writer.write(command)
        async with asyncio.timeout(1):
            return await reader.readline()
    except (OSError, TimeoutError):
        return b""
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def _is_running(folder: Folder) -> bool:
    with _opened(folder.path / "server.lock") as lock:
        return not _try_lock(lock)


@asynccontextmanager
async def _alone(folder: Folder) -> AsyncIterator[None]:
    """Let one process at a time start, adopt or stop the server."""
    deadline = time.monotonic() + START_SECONDS
    with _opened(folder.path / "start.lock") as lock:
        while not _try_lock(lock):
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"Another process has been starting the private server in {folder.path} for too long: "
                    "stop it and try again."
                )
            await asyncio.sleep(POLL_SECONDS)
        yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

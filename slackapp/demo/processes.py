"""One demo per data folder, and nothing left running of one that was killed."""

import fcntl
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from slackapp.process.errors import AlreadyRunning

PATIENCE = 3.0


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; raise AlreadyRunning with where the other one is."""
    folder.mkdir(parents=True, exist_ok=True)
    address = folder / "address"
    with (folder / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = address.read_text(errors="replace") if address.exists() else "another address"
            raise AlreadyRunning(
                f"Waymark's demo already runs at {where}: open it, or give this one its own --data-dir."
            ) from None
        try:
            yield
        finally:
            address.unlink(missing_ok=True)


def stop_leftover(record: Path) -> None:
    """Stop the playground that a killed demo has left behind; *record* holds its process id."""
    if not record.exists():
        return
    # The number may belong to another program by now, so what runs under it is looked at before.
    number = record.read_text(errors="replace").strip()
    if number.isdecimal() and _is_playground(int(number), record.parent):
        _stop(int(number))
    record.unlink()


def free_port(host: str, wanted: int, tries: int = 50) -> int:
    """The first port from *wanted* on that nobody listens at."""
    ports = range(wanted, min(wanted + tries, 65536))
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind((host, port))
                return port
    raise AlreadyRunning(f"Ports {wanted} to {ports[-1]} are all taken: choose another with --port.")


def _is_playground(number: int, folder: Path) -> bool:
    """Whether a process is the playground of this folder, and not one that got its number since."""
    command = _command_line(number)
    return "playground" in command and str(folder) in command


def _command_line(number: int) -> str:
    file = Path(f"/proc/{number}/cmdline")
    if Path("/proc/self").exists():
        return file.read_bytes().replace(b"\0", b" ").decode(errors="replace") if file.exists() else ""
    listed = subprocess.run(
        ["ps", "-o", "command=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    return listed.stdout


def _stop(number: int) -> None:
    """Ask a process to end, and end it when it does not within a few seconds."""
    deadline = time.monotonic() + PATIENCE
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGTERM)
        while time.monotonic() < deadline:
            os.kill(number, 0)
            time.sleep(0.05)
        os.kill(number, signal.SIGKILL)

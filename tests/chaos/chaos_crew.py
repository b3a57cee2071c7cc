"""What the chaos breaks: the app's processes, two behind HTTP and one in Socket Mode, and their Redis."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

import aiohttp
import redis_servers
from patience import PATIENCE
from redis import Redis
from redis_servers import free_ports

from playground.driver import Playground
from storage.connection.keys import keys_of

PROGRAM = Path(__file__).parents[1] / "support" / "app_process.py"


class Server(Protocol):
    """A Redis that can be broken in ways that lose nothing which it has acknowledged."""

    url: str

    async def restart(self) -> None:
        """Kill it, and start it again."""

    async def hang(self, seconds: float) -> None:
        """Let it answer nobody for a while."""


@dataclass
class Single:
    """One server that writes everything down."""

    folder: Path
    url: str = ""
    _running: ExitStack = field(default_factory=ExitStack)
    _process: redis_servers.Process | None = None

    @classmethod
    @contextmanager
    def begun(cls, folder: Path) -> Iterator["Single"]:
        """Run it until the block ends."""
        server = cls(folder)
        server._start()
        try:
            yield server
        finally:
            server._running.close()

    async def restart(self) -> None:
        """Kill it, and start it again on what it had written."""
        await asyncio.to_thread(self._running.close)
        await asyncio.to_thread(self._start)

    async def hang(self, seconds: float) -> None:
        """Stop it in its tracks for a while."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)

    def _start(self) -> None:
        socket = self.folder / "redis.sock"
        options = ("--port", "0", "--unixsocket", str(socket), "--appendonly", "yes")
        self._process = self._running.enter_context(redis_servers.server(self.folder, *options))
        self.url = f"unix://{socket}"
        with Redis(unix_socket_path=str(socket)) as redis:
            redis_servers.wait_until(redis.ping)


@dataclass
class Cluster:
    """Three masters, each with a replica. What breaks is always the master of the playground's workspace."""

    nodes: redis_servers.Nodes
    url: str

    @classmethod
    @contextmanager
    def begun(cls, folder: Path) -> Iterator["Cluster"]:
        """Run it until the block ends."""
        with redis_servers.replicated(folder) as (url, nodes):
            yield cls(nodes, url)

    async def restart(self) -> None:
        """Kill the master, wait until its replica has taken over, and let it come back as a replica."""
        await asyncio.to_thread(self.nodes.fail_over, keys_of(Playground.team_id).changes)

    async def hang(self, seconds: float) -> None:
        """Stop the master for a while, too short for a failover."""
        process = await asyncio.to_thread(self.nodes.master_of, keys_of(Playground.team_id).changes)
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(min(seconds, 1.0))
        process.send_signal(signal.SIGCONT)


@dataclass
class Worker:
    """One process of the app, which is started again whenever it ends. *url* is where Slack reaches it."""

    settings: str
    url: str | None
    pid: int = 0
    hung: int = 0

    @property
    def is_alive(self) -> bool:
        """Whether its process is there."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, 0)
                return True
        return False

    async def end(self, number: signal.Signals) -> None:
        """End the process; what does not stop says where it hangs, and is killed."""
        try:
            await self._ended(number)
        except TimeoutError:
            self.hung += 1
            os.kill(self.pid, signal.SIGUSR1)
            await asyncio.sleep(1)
            await self._ended(signal.SIGKILL)

    async def _ended(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)
        async with asyncio.timeout(PATIENCE):
            while self.is_alive:
                await asyncio.sleep(0.02)


@dataclass
class Crew:
    """The workers; *nursery* starts a process for each line that it reads."""

    slack: Playground
    nursery: asyncio.subprocess.Process
    workers: list[Worker]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    @asynccontextmanager
    async def begun(
        cls, slack: Playground, clock: Path, given: Mapping[str, Any], lease: float, log: Path
    ) -> AsyncIterator["Crew"]:
        """Run two workers behind HTTP and one in Socket Mode until the block ends."""
        with log.open("ab") as lines:
            nursery = await asyncio.create_subprocess_exec(
                *(sys.executable, str(PROGRAM), str(clock), str(lease)),
                env=os.environ | given | {"WAYMARK_LOG": "warning"},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=lines,
            )
        ports = free_ports(2)
        workers = [Worker(f"PORT={port}", f"http://127.0.0.1:{port}/slack/events") for port in ports]
        crew = cls(slack, nursery, [*workers, Worker(f"SLACK_APP_TOKEN={slack.app_token}", None)])
        try:
            for worker in crew.workers:
                await crew.start(worker)
            yield crew
        finally:
            for worker in crew.workers:
                await worker.end(signal.SIGKILL)
            nursery.kill()
            await nursery.wait()

    async def start(self, worker: Worker) -> None:
        """Start the process of a worker."""
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        async with self._turn:
            self.nursery.stdin.write(f"go {worker.settings}\n".encode())
            await self.nursery.stdin.drain()
            worker.pid = int(await self.nursery.stdout.readline())

    async def ready(self) -> None:
        """When Slack reaches every worker; one that could not start, where Redis was slow, tries again."""
        async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
            for worker in self.workers:
                while not (worker.is_alive and await self._reaches(worker, session)):
                    if not worker.is_alive:
                        await self.start(worker)
                    await asyncio.sleep(0.1)

    async def _reaches(self, worker: Worker, session: aiohttp.ClientSession) -> bool:
        if worker.url is None:
            return self.slack.slack.link.sockets.count > 0
        with suppress(aiohttp.ClientError):
            async with session.get(worker.url.replace("slack/events", "readyz")) as answer:
                return answer.status == HTTPStatus.OK
        return False

    async def stop(self) -> None:
        """End every worker as an operator does."""
        await asyncio.gather(*(worker.end(signal.SIGTERM) for worker in self.workers))

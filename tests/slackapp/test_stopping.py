"""SIGTERM: a worker first says that it is not ready, then takes nothing more, and ends what it has taken."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from app_world import CAST as CAST_FILE
from app_world import MANIFEST, environment_for, start_world
from patience import PATIENCE
from raw_http import request, signed
from slack_posts import command, post

from slackapp.bootstrap.readiness import STOPPING

FORM = ("Content-Type", "application/x-www-form-urlencoded")
CALLERS = 6
CAST = [line.partition(",")[0] for line in CAST_FILE.read_text("utf-8").splitlines()[1:]]


@dataclass
class Worker:
    """One process of the app, and what a balancer last heard of it."""

    process: asyncio.subprocess.Process
    port: int
    is_ready: bool = True
    missing: str | None = None

    async def look(self) -> None:
        """Ask once whether it is ready."""
        address = f"http://127.0.0.1:{self.port}/readyz"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            self.missing, self.is_ready = (await answer.json())["missing"], answer.status == 200


@asynccontextmanager
async def worker(world, redis_url: str) -> AsyncIterator[Worker]:
    """Run `waymark run` by HTTP, with a grace that only a second signal ends."""
    given = environment_for(world.slack, redis_url, "http", MANIFEST) | {"WAYMARK_GRACE": "600"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "slackapp", "run"), env=os.environ | given, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield Worker(process, await ready(process))
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ready(process: asyncio.subprocess.Process) -> int:
    """The port that the log names once Slack can reach the process."""
    while True:
        line = json.loads(await process.stderr.readline())
        if line["event"] == "ready":
            return int(line["port"])


class Balancer:
    """Sends each question to a worker that was ready when it was last asked, and keeps what became of it."""

    def __init__(self, world, workers: list[Worker]) -> None:
        self.world, self.workers = world, workers
        self.acknowledged: list[str] = []
        self.lost: list[str] = []
        self.is_over = False
        self._people = iter(CAST * 5)
        self._answered = asyncio.Event()

    async def ask(self) -> None:
        """Go on asking until it is over."""
        while not self.is_over and (person := next(self._people, None)):
            chosen = next(it for it in self.workers if it.is_ready)
            text = f"Why does it stall? #python {len(self.acknowledged) + len(self.lost)} {person}"
            url = f"http://127.0.0.1:{chosen.port}/slack/events"
            try:
                status, answer = await post(url, self.world.slack.signing_secret, command(person, text))
            except aiohttp.ClientError as error:
                status, answer = 0, str(error)
            is_well = status == 200 and "keep you posted" in answer
            (self.acknowledged if is_well else self.lost).append(f"{status} {answer}")
            self._answered.set()

    async def more(self, count: int) -> None:
        """When so many more are acknowledged, or one was lost."""
        enough = len(self.acknowledged) + count
        while len(self.acknowledged) < enough and not self.lost:
            self._answered.clear()
            await self._answered.wait()

    async def watch(self, one: Worker) -> None:
        """Ask a worker again and again, until it is not ready."""
        while one.is_ready:
            await one.look()


async def half_sent(port: int, secret: str, body: bytes):
    """Begin a request; return its connection once the app waits for the body, and the body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    whole = request("POST", "/slack/events", [FORM, ("Expect", "100-continue"), *signed(secret, body)], body)
    writer.write(whole[: -len(body)])
    assert b"100 Continue" in await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def refuses(port: int) -> None:
    """When nobody listens any more."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionError:
            return
        writer.close()


async def test_under_load_nothing_is_refused_and_nothing_acknowledged_is_lost(tmp_path, redis_url):
    async with asyncio.timeout(PATIENCE), start_world(tmp_path, redis_url, transport="http") as world:
        body = command("U0MAYA", "Who knows this? #python").encode()
        async with worker(world, redis_url) as leaving, worker(world, redis_url) as staying:
            balancer = Balancer(world, [leaving, staying])
            load = [asyncio.create_task(balancer.ask()) for _ in range(CALLERS)]
            await balancer.more(2 * CALLERS)
            leaving.process.send_signal(signal.SIGTERM)
            await balancer.watch(leaving)
            await balancer.more(2 * CALLERS)
            reader, writer = await half_sent(leaving.port, world.slack.signing_secret, body)
            leaving.process.send_signal(signal.SIGTERM)
            await refuses(leaving.port)
            writer.write(body)
            answer = await reader.read()
            writer.close()
            code = await leaving.process.wait()
            balancer.is_over = True
            await asyncio.gather(*load)
        await world.settle()
        saved = await (await world.desk()).store.count("requests")

    assert balancer.lost == []
    assert leaving.missing == STOPPING
    assert (code, answer.splitlines()[0]) == (0, b"HTTP/1.1 200 OK")
    assert saved == len(balancer.acknowledged) + 1

"""What a worker loses to requests that nobody signed: `python bench/unverified.py`.

Three attacks on the running app, one after the other: many small posts, each with a `type` of its own; large
posts; and connections that never finish a request. Printed are the worker's memory and the size of its
figures around each, and how long a signed command takes while the last crowd stands. `grown` is the memory
after an attack over that before it.
"""

import asyncio
import json
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import aiohttp
from ack import QUESTION, SECRET, free_port, post, program, quantiles, settings_for
from aiohttp import ClientConnectionError, ClientTimeout
from command_line import print_figures

from playground.driver import Playground

AT_ONCE = 64
LARGE = 3_900_000
ASKS = 40
HALF = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


class Worker:
    """The app under attack."""

    def __init__(self, session: aiohttp.ClientSession, address: str, figures: str) -> None:
        self.session, self.figures, self.url = session, figures, f"{address}/slack/events"
        self.port = int(address.rpartition(":")[2])

    async def state(self) -> dict[str, float]:
        """The memory in MB, the size of the figures in kB, and the seconds that reading them took."""
        started = time.perf_counter()
        async with self.session.get(self.figures) as answer:
            text = await answer.text()
        memory = re.search(r"^process_resident_memory_bytes (.+)$", text, re.MULTILINE)
        return {
            "memory_mb": round(float(memory[1]) / 1e6, 1) if memory else 0.0,
            "figures_kb": round(len(text) / 1000, 1),
            "scrape_s": round(time.perf_counter() - started, 3),
        }

    async def post(self, body: bytes) -> None:
        """Send a body that nobody signed; whether it is answered or hung up on is the app's choice."""
        with suppress(ClientConnectionError):
            async with self.session.post(self.url, data=body) as answer:
                await answer.read()

    async def ask(self) -> float:
        """Send a signed command and return the seconds until its answer."""
        body = f"command=%2Fask-mentor&text={QUESTION[:4]}&team_id={Playground.team_id}&user_id=U0MAYA"
        body += f"&channel_id=C0GENERAL&trigger_id={time.time_ns()}"
        return (await post(self.session, self.url, body, "application/x-www-form-urlencoded"))[0]


async def measure(small: int, large: int, half: int) -> dict[str, Any]:
    """Run everything and return the figures."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        slack = await stack.enter_async_context(Playground.start(signing_secret=SECRET))
        port = free_port()
        environment = settings_for(slack, folder) | {"METRICS_PORT": str(port)}
        words = [sys.executable, "-m", "slackapp", "run"]
        address = await stack.enter_async_context(program(words, environment))
        connector = aiohttp.TCPConnector(limit=AT_ONCE)
        session = aiohttp.ClientSession(connector=connector, timeout=ClientTimeout(total=60))
        await stack.enter_async_context(session)
        worker = Worker(session, address, f"http://127.0.0.1:{port}/metrics")
        await _asks(worker)
        return {
            "distinct_types": await _around(worker, lambda: _flood(worker, small, _distinct)),
            "large_posts": await _around(worker, lambda: _flood(worker, large, _large)),
            "half_open": await _around(worker, lambda: _crowd(worker, half)),
        }


async def _around(worker: Worker, attack: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    before = await worker.state()
    found = await attack()
    after = await worker.state()
    grown = round(after["memory_mb"] / (before["memory_mb"] or 1), 3)
    return {"before": before, "after": after, "grown": grown, **found}


async def _flood(worker: Worker, count: int, body: Callable[[int], bytes]) -> dict[str, Any]:
    room = asyncio.Semaphore(AT_ONCE)

    async def send(number: int) -> None:
        async with room:
            await worker.post(body(number))

    started = time.perf_counter()
    await asyncio.gather(*map(send, range(count)))
    return {"posts": count, "posts_per_second": round(count / (time.perf_counter() - started))}


async def _crowd(worker: Worker, count: int) -> dict[str, Any]:
    """Open connections that send half of a request each, and ask beside them."""
    alone = await _asks(worker)
    crowd = [await asyncio.open_connection("127.0.0.1", worker.port) for _ in range(count)]
    for _, writer in crowd:
        writer.write(HALF)
    beside = await _asks(worker)
    opened = time.perf_counter()
    for reader, _ in crowd:
        await _ended(reader)
    lasted = time.perf_counter() - opened
    for _, writer in crowd:
        writer.close()
    return {"connections": count, "alone_ms": alone, "beside_ms": beside, "all_ended_s": round(lasted, 1)}


async def _asks(worker: Worker) -> dict[str, float]:
    return quantiles([await worker.ask() for _ in range(ASKS)])


async def _ended(reader: asyncio.StreamReader) -> None:
    with suppress(ConnectionError):
        await reader.read()


def _distinct(number: int) -> bytes:
    return json.dumps({"type": f"of-its-own-{number}" + "x" * 700}).encode()


def _large(number: int) -> bytes:
    return json.dumps({"type": f"{number}" + "x" * LARGE}).encode()


if __name__ == "__main__":
    print_figures(
        __doc__,
        measure,
        small=(20_000, "how many posts with a type of their own"),
        large=(60, "how many posts of 3.9 MB"),
        half=(3_000, "how many connections that never finish"),
    )

"""A crowd of half-open connections and few files: commands are answered, and the log stays short."""

import asyncio
import json
import os
import resource
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp
from app_world import MANIFEST, environment_for
from patience import PATIENCE
from redis_servers import free_ports
from slack_posts import command, post

from playground.driver import Playground
from playground.foundation.wall import StillWall

FILES, CROWD = 256, 600


def with_few_files() -> None:
    """Let the process that begins open few files."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))


@asynccontextmanager
async def few_files(slack: Playground, redis_url: str, log: Path) -> AsyncIterator[int]:
    """Run the app with few files until the block ends, and give its port."""
    (port,) = free_ports(1)
    environment = environment_for(slack, redis_url, "http", MANIFEST) | {"PORT": str(port)}
    with log.open("wb") as lines:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "slackapp", "run"),
            env=os.environ | environment,
            stderr=lines,
            preexec_fn=with_few_files,
        )
    try:
        async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
            while True:
                with suppress(aiohttp.ClientError):
                    async with session.get(f"http://127.0.0.1:{port}/healthz"):
                        break
                await asyncio.sleep(0.05)
        yield port
    finally:
        process.terminate()
        await process.wait()


async def test_commands_are_answered_beside_a_crowd_and_the_log_stays_short(tmp_path: Path, redis_url: str):
    log = tmp_path / "log"
    async with Playground.start(wall=StillWall()) as slack, few_files(slack, redis_url, log) as port:
        crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CROWD)]
        for _, writer in crowd:
            writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n")

        asked = command("U0MAYA", "How do I profile asyncio? #python")
        async with asyncio.timeout(PATIENCE):
            status, _ = await post(f"http://127.0.0.1:{port}/slack/events", slack.signing_secret, asked)

        for _, writer in crowd:
            writer.close()
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert status == 200
    assert len(lines) < 30
    assert "manifest not taken over" not in {line["event"] for line in lines}

"""Whom the app connects to in a coaching talk: Slack and Redis, and a provider only after three yeses."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from app_world import MANIFEST, MONDAY, environment_for

from playground.driver import Playground
from playground.foundation.wall import StillWall
from playground.provider import Provider
from slackapp.bootstrap.manifests import open_manifest
from slackapp.manifest.export import for_socket_mode

MAYA = "U0MAYA"
APP = Path(__file__).parents[1] / "support" / "guarded_app.py"
ANSWERS = (
    "A yes or no",
    "8, it is big",
    "I asked around",
    "write",
    "ask",
    "Write to her",
    "Tuesday at 10",
    "9",
    "That I knew it already",
    "Sam",
)
CASES = {
    "the default": (set(), False, 0),
    "all three": ({"set", "allowed"}, True, 1),
    "no provider": ({"allowed"}, True, 0),
    "no word of the admins": ({"set"}, True, 0),
    "no consent": ({"set", "allowed"}, False, 0),
}


@dataclass
class Guarded:
    """An app in a process of its own, and what it opened."""

    slack: Playground
    log: Path

    def seen(self, kind: str) -> set[str]:
        """The addresses of a kind of line."""
        lines = [line.split(" ", 1) for line in self.log.read_text("utf-8").splitlines()]
        return {address for name, address in lines if name == kind}


@asynccontextmanager
async def guarded(
    folder: Path, redis_url: str, provider: Provider, given: set[str]
) -> AsyncIterator[Guarded]:
    manifest, log, clock = folder / "manifest.yml", folder / "connections", folder / "clock"
    text = MANIFEST.read_text("utf-8").replace("support: []", "support: [{name: Line, how: dial 4711}]")
    manifest.write_text(
        text.replace("model: none", "model: allowed") if "allowed" in given else text, "utf-8"
    )
    declared = for_socket_mode(open_manifest(manifest).manifest)
    async with Playground.start(wall=StillWall(), now=MONDAY, clock_file=clock, manifest=declared) as slack:
        named = {"WAYMARK_MODEL": "openai:stand-in", "WAYMARK_MODEL_URL": provider.url}
        environment = environment_for(slack, redis_url, "socket", manifest) | (
            named if "set" in given else {}
        )
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(APP), str(clock), str(log), env=environment, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            await slack.connected(within=60)
            yield Guarded(slack, log)
        finally:
            process.terminate()
            await process.wait()


async def whole_talk(app: Guarded, agrees: bool) -> None:
    """Have a talk from the first word to its summary, whoever leads it."""
    answer = await app.slack.command(MAYA, "/coach-me", "I can't decide whether to take the new role")
    await app.slack.press(MAYA, answer.shown, "Think it through")
    choice = "Use the model" if agrees else "Stay with the script"
    shown = next(it for it in app.slack.messages(MAYA, "C0GENERAL") if it.ts == answer.shown.ts)
    if choice in shown.words:
        await app.slack.press(MAYA, shown, choice)
    asked = None
    for said in ANSWERS:
        asked = await app.slack.message(MAYA, containing="Skip", after=asked, within=20)
        await app.slack.say(MAYA, said, thread_ts=asked.thread_ts)
    await app.slack.message(MAYA, containing="Here's what I have. Is that right?", within=20)


@pytest.mark.parametrize("case", CASES)
async def test_a_whole_talk_reaches_slack_and_redis_and_a_provider_only_after_three_yeses(
    tmp_path: Path, redis_url: str, case: str
):
    given, agrees, hosts = CASES[case]
    async with Provider.start() as provider:
        async with guarded(tmp_path, redis_url, provider, given) as app:
            await whole_talk(app, agrees)
        slack, elsewhere = urlsplit(app.slack.url).netloc, urlsplit(provider.url).netloc

        strangers = app.seen("connect") - {slack, _redis(redis_url)}
        assert strangers == ({elsewhere} if hosts else set())
        assert app.seen("look-up") <= {"127.0.0.1", "localhost"}
        assert bool(app.seen("module")) == ("set" in given)
        assert bool(provider.requests) == bool(hosts)


def _redis(url: str) -> str:
    parts = urlsplit(url)
    return parts.path if parts.scheme == "unix" else f"{parts.hostname}:{parts.port}"

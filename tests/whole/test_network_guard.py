"""Whom the app connects to in a coaching talk: Slack and Redis, and a provider only after three yeses."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app_world import MANIFEST, MONDAY, environment_for

from playground.driver import Playground
from playground.foundation.wall import StillWall
from playground.provider import Provider
from slackapp.bootstrap.manifests import open_manifest
from slackapp.manifest.export import for_socket_mode

MAYA, RAJ, AIKO = "U0MAYA", "U0RAJ", "U0AIKO"
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
NONE, ALLOWED = "model: none", "model: allowed"


@dataclass
class Guarded:
    """An app in a process of its own, and what it opened; *own* are the addresses of Slack and Redis."""

    slack: Playground
    manifest: Path
    log: Path
    own: set[str]

    def seen(self, kind: str) -> set[str]:
        """The addresses of a kind of line."""
        lines = [line.split(" ", 1) for line in self.log.read_text("utf-8").splitlines()]
        return {address for name, address in lines if name == kind}

    def strangers(self) -> set[str]:
        """Whom it connected to besides Slack and Redis."""
        return self.seen("connect") - self.own

    async def change(self, old: str, new: str) -> None:
        """Let an admin edit the manifest, and wait until the app has taken that over."""
        label = f"DevOps with {new}"
        text = self.manifest.read_text("utf-8").replace(old, new)
        self.manifest.write_text(re.sub("label: DevOps.*", f"label: {label!r}", text), "utf-8")
        while label not in (await self.slack.command(MAYA, "/ask-mentor", "topics")).shown.words:
            await asyncio.sleep(0.2)


@asynccontextmanager
async def guarded(
    folder: Path, redis_url: str, provider: Provider, given: str, *, is_named: bool
) -> AsyncIterator[Guarded]:
    """Run the app with what the manifest says of models; where it *is_named*, the settings say a provider."""
    manifest, log, clock = folder / "manifest.yml", folder / "connections", folder / "clock"
    text = MANIFEST.read_text("utf-8").replace("support: []", "support: [{name: Line, how: dial 4711}]")
    manifest.write_text(text.replace(NONE, given), "utf-8")
    declared = for_socket_mode(open_manifest(manifest).manifest)
    async with Playground.start(wall=StillWall(), now=MONDAY, clock_file=clock, manifest=declared) as slack:
        named = {"WAYMARK_MODEL": "openai:stand-in", "WAYMARK_MODEL_URL": provider.url} if is_named else {}
        environment = environment_for(slack, redis_url, "socket", manifest) | named
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(APP), str(clock), str(log), env=environment, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            await slack.connected()
            yield Guarded(slack, manifest, log, {urlsplit(slack.url).netloc, _redis(redis_url)})
        finally:
            process.terminate()
            await process.wait()


async def whole_talk(app: Guarded, person: str, choice: str = "") -> None:
    """Have a talk from the first word to its summary; *choice* is what is said where a model is offered."""
    answer = await app.slack.command(person, "/coach-me", "I can't decide whether to take the new role")
    await app.slack.press(person, answer.shown, "Think it through")
    shown = next(it for it in app.slack.messages(person, "C0GENERAL") if it.ts == answer.shown.ts)
    assert ("Use the model" in shown.words) == bool(choice)
    if choice:
        await app.slack.press(person, shown, choice)
    asked = None
    for said in ANSWERS:
        asked = await app.slack.message(person, containing="Skip", after=asked)
        await app.slack.say(person, said, thread_ts=asked.thread_ts)
    await app.slack.message(person, containing="Here's what I have. Is that right?")


async def test_where_no_provider_is_named_talks_reach_slack_and_redis_only_whatever_admins_allow(
    tmp_path: Path, redis_url: str
):
    async with Provider.start() as provider:
        async with guarded(tmp_path, redis_url, provider, NONE, is_named=False) as app:
            await whole_talk(app, MAYA)
            await app.change(NONE, ALLOWED)
            await whole_talk(app, RAJ)

        assert app.strangers() == set()
        assert app.seen("look-up") <= {"127.0.0.1", "localhost"}
        assert app.seen("module") == set()
        assert provider.requests == []


async def test_a_provider_is_reached_only_after_three_yeses(tmp_path: Path, redis_url: str):
    async with Provider.start() as provider:
        async with guarded(tmp_path, redis_url, provider, ALLOWED, is_named=True) as app:
            await whole_talk(app, RAJ, "Stay with the script")
            await app.change(ALLOWED, NONE)
            await whole_talk(app, MAYA)
            before = app.strangers(), list(provider.requests)
            await app.change(NONE, ALLOWED)
            await whole_talk(app, AIKO, "Use the model")

        assert before == (set(), [])
        assert app.strangers() == {urlsplit(provider.url).netloc}
        assert app.seen("look-up") <= {"127.0.0.1", "localhost"}
        assert app.seen("module")
        assert provider.requests


def _redis(url: str) -> str:
    parts = urlsplit(url)
    return parts.path if parts.scheme == "unix" else f"{parts.hostname}:{parts.port}"

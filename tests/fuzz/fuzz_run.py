"""Sends hostile payloads to a running app and looks for what must never happen: `make fuzz`.

The app is real, its Redis too, and the playground is its Slack. First those send who have nothing to do with
any of the things that the payloads name; then those whose things they are.
"""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import redis_servers
from app_world import MANIFEST, QUICK, World, environment_for, open_manifest
from cryptography.fernet import Fernet
from fuzz_mutation import Sending, drawn
from fuzz_story import MARKER, MAYA, PRIYA, SECRET, Recorded, Registry, told
from redis.asyncio import Redis
from structlog.testing import capture_logs

from kernel.values import WorkspaceId
from playground.driver import Playground
from playground.foundation.wall import StillWall
from playground.line.signed_http import FORM, signed
from slackapp.manifest.export import for_http
from slackapp.process.clock import Clock
from slackapp.process.settings import read
from storage import Installation
from storage.connection.keys import keys_of

OTHER = WorkspaceId("T0OTHER")
ELSEWHERE = "Quokka"
OUTSIDERS = ("U0KAI", "U0GUS", "U0PAT", "U0BEA", "U0BUILDBOT")
OWNERS = (MAYA, PRIYA, "U0JONAS", "U0EMILY", *OUTSIDERS)
AT_ONCE = 8
ROUNDS = 3_000  # payloads after which what is stored is looked at
BUSY = "StorageAway"  # a machine at work elsewhere: no fault of a payload
ACTS_FOR_OTHERS = ("doc:load:",)  # asking a question books the helper's attention, as it should


@dataclass
class Report:
    """What was sent, and what must not have happened."""

    seed: int
    sent: Counter[str] = field(default_factory=Counter)
    names: set[tuple[str, str]] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    busy: int = 0
    seconds: float = 0.0

    def fault(self, what: str, sending: Sending | None = None) -> None:
        """Note what must not have happened, with the payload to send it again."""
        again = f" <- {sending.changes} {json.dumps(sending.payload)}" if sending else ""
        self.faults.append(f"{what}{again}")

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.sent.items()))
        return (
            f"{self.sent.total()} payloads of {len(self.names)} kinds ({kinds}) in {self.seconds:.0f} s, "
            f"answers {dict(self.statuses)}, "
            f"storage too slow {self.busy}, faults {len(self.faults)}, seed {self.seed}"
        )


class Errors(logging.Handler):
    """Takes down what libraries and handlers log as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take it down with the place where it was raised."""
        self.lines.append(logging.Formatter().format(record)[-1500:])


@asynccontextmanager
async def two_workspaces(folder: Path, redis_url: str) -> AsyncIterator[World]:
    """Run the app for two workspaces: the playground's, and one of which nobody there knows anything."""
    text = MANIFEST.read_text("utf-8").replace("support: []", "support: [{name: Line, how: dial 4711}]")
    manifest = folder / "manifest.yml"
    manifest.write_text(
        text.replace(
            "    label: DevOps and operations\n", "    label: DevOps and operations\n    channel: C0GENERAL\n"
        ),
        "utf-8",
    )
    file, clock_file = open_manifest(manifest), folder / "clock"
    declared = for_http(file.manifest, "https://waymark.example")
    async with Playground.start(wall=StillWall(), clock_file=clock_file, manifest=declared) as slack:
        given = environment_for(slack, redis_url, "http", manifest) | {
            "SLACK_CLIENT_ID": slack.client_id,
            "SLACK_CLIENT_SECRET": slack.client_secret,
            "WAYMARK_SECRET_KEY": Fernet.generate_key().decode(),
            "WAYMARK_URL": "https://waymark.example",
        }
        token = given.pop("SLACK_BOT_TOKEN")
        world = World(slack, None, read(given), file, Clock(clock_file), QUICK)
        await world.start()
        try:
            for workspace, bot_token in ((world.workspace, token), (OTHER, "xoxb-other")):
                installation = Installation(
                    workspace=workspace,
                    bot_token=bot_token,
                    bot_id="B0WAYMARK",
                    bot_user_id=slack.bot_user_id,
                    scopes=frozenset(["chat:write", "commands", "files:read"]),
                    installed_at=world.now,
                )
                await world.app.worker.stores.installations.save(installation)
            yield world
        finally:
            await world.stop()


async def documents(redis: Redis, workspace: WorkspaceId) -> dict[str, bytes]:
    """Every document of a workspace, by its key."""
    keys = [
        key async for key in redis.scan_iter(match=keys_of(workspace).document("", "")[:-1] + "*", count=1000)
    ]
    values = await redis.mget(keys) if keys else []
    return {key.decode(): value for key, value in zip(keys, values, strict=True) if value is not None}


async def mirror(redis: Redis, workspace: WorkspaceId) -> None:
    """Give the other workspace the same things under the same ids, with other words."""
    here, there = keys_of(workspace).document("", ""), keys_of(OTHER).document("", "")
    for key, value in (await documents(redis, workspace)).items():
        words = value.replace(MARKER.encode(), ELSEWHERE.encode()).replace(
            SECRET.encode(), ELSEWHERE.encode()
        )
        await redis.set(key.replace(here[:-1], there[:-1]), words)
        await redis.set(key.replace(here[:-1], there[:-1]) + "other", words)


def corpus_of(payloads: Sequence[Recorded], registry: Registry) -> list[Recorded]:
    """One or more payloads for whatever the app listens to.

    A button that the story does not come by is made of another's payload; forms, commands and events are not.
    """
    corpus = list(payloads)
    presses = [it for it in payloads if it.kind == "action"]
    for pattern in registry.of("action"):
        if not any(pattern.fullmatch(it.name) for it in presses):
            name = pattern.pattern.replace("(\\.\\w+)?", "").replace("\\w+", "yes").replace("\\d", "1")
            corpus += [
                _renamed(it, name.replace(".+", "1d").replace("\\", ""))
                for it in presses[:: len(presses) // 4]
            ]
    return [*corpus, *(_renamed(it, "of.an.earlier.version") for it in presses[:2])]


def _renamed(one: Recorded, name: str) -> Recorded:
    action = {**one.payload["actions"][0], "action_id": name}
    return Recorded("action", name, {**one.payload, "actions": [action]})


@dataclass
class Sender:
    """Sends payloads over signed HTTP, as Slack does."""

    world: World
    session: aiohttp.ClientSession
    report: Report
    sent: int = 0

    async def send(self, sending: Sending) -> int:
        """Send one payload with a fresh trigger, and look at its answer."""
        self.sent += 1
        payload = self._fresh(sending)
        body, content_type = _encoded(payload)
        headers = {
            "Content-Type": content_type,
            **signed(self.world.slack.signing_secret, body, int(time.time())),
        }
        url = f"http://127.0.0.1:{self.world.app.port}/slack/events"
        async with self.session.post(url, data=BytesIO(body.encode()), headers=headers) as answer:
            text = await answer.text()
        self.report.sent[sending.kind] += 1
        self.report.names.add((sending.kind, sending.name))
        self.report.statuses[answer.status] += 1
        if ELSEWHERE in text:
            self.report.fault("words of another workspace", sending)
        if SECRET in text:
            self.report.fault("words of another person", sending)
        return answer.status

    def _fresh(self, sending: Sending) -> dict[str, Any]:
        payload = sending.payload
        if "event" in payload:
            return {**payload, "event_id": f"Ev{self.report.seed}{self.sent}"}
        self.world.slack.slack.views.clear(sending.who)
        return {**payload, "trigger_id": self.world.slack.slack.triggers.issue(sending.who)}


def _encoded(payload: dict[str, Any]) -> tuple[str, str]:
    if "event" in payload:
        return json.dumps(payload), "application/json"
    if "command" in payload:
        return urlencode(
            {key: value if isinstance(value, str) else json.dumps(value) for key, value in payload.items()},
            errors="replace",
        ), FORM
    return urlencode({"payload": json.dumps(payload)}), FORM


@dataclass
class Fuzz:
    """One run: the world after the story, and what it must look like afterwards."""

    world: World
    redis: Redis
    corpus: list[Recorded]
    registry: Registry
    report: Report

    async def round(self, people: Sequence[str], count: int, seed: int, batch: int = 500) -> None:
        """Send so many payloads in the names of these people; nobody else's things may change."""
        before, elsewhere = await self._documents(), await documents(self.redis, OTHER)
        upcoming = await self.world.app.worker.stores.agenda.upcoming(self.world.workspace, 5_000)
        ids = sorted({key.split(":doc:")[1].split(":", 1)[1] for key in [*before, *elsewhere]})
        sendings = drawn(self.corpus, people, ids, count, seed)
        for start in range(0, len(sendings), batch):
            with capture_logs() as logged:
                await self._batch(sendings[start : start + batch])
            self._look_at(logged)
            say(f"\r{self.report.sent.total()} sent, {len(self.report.faults)} faults")
        # What has fallen due meanwhile has changed by itself.
        due = {entry.thing.split(".")[0] for entry in upcoming if entry.at <= self.world.now}
        # A question that stands in a channel is any member's to take.
        due |= {key.rpartition(":")[2] for key, value in before.items() if b'"channel_post":"' in value}
        unmoved = {key: value for key, value in before.items() if not any(thing in key for thing in due)}
        self._compare(unmoved, await self._documents(), people)
        if await documents(self.redis, OTHER) != elsewhere:
            self.report.fault("another workspace was changed")

    async def _documents(self) -> dict[str, bytes]:
        return await documents(self.redis, self.world.workspace)

    async def _batch(self, sendings: Sequence[Sending]) -> None:
        """Send a batch, some at a time."""
        room, errors = asyncio.Semaphore(AT_ONCE), Errors()
        logging.getLogger().addHandler(errors)
        async with aiohttp.ClientSession() as session:
            sender = Sender(self.world, session, self.report)

            async def send(sending: Sending) -> None:
                async with room:
                    seen = len(errors.lines)
                    status = await sender.send(sending)
                    if busy := [line for line in errors.lines[seen:] if BUSY in line]:
                        self.report.busy += len(busy)
                    elif status >= 500:
                        self.report.fault(f"status {status}", sending)
                    for line in errors.lines[seen:]:
                        if BUSY not in line:
                            self.report.fault(f"logged {line}", sending)

            await asyncio.gather(*map(send, sendings))
            seen = len(errors.lines)
            await self.world.settle()
            for line in (line for line in errors.lines[seen:] if BUSY not in line):
                self.report.fault(f"logged later {line}")
        logging.getLogger().removeHandler(errors)

    def _look_at(self, logged: Sequence[Any]) -> None:
        for line in logged:
            error = line.get("exc_info")
            if line["log_level"] in ("error", "critical") and BUSY not in repr(error):
                self.report.fault(
                    f"logged {line['event']} {line.get('kind', '')} {line.get('thing', '')} {error!r}"
                )
        for entry in self.world.slack.log():
            if entry.sender == "app" and ELSEWHERE in json.dumps(entry.request, default=str):
                self.report.fault(f"words of another workspace in {entry.name}")

    def _compare(self, before: dict[str, bytes], after: dict[str, bytes], people: Sequence[str]) -> None:
        for key, value in before.items():
            named = any(who in key or who.encode() in value for who in people)
            if not named and not any(part in key for part in ACTS_FOR_OTHERS) and after.get(key) != value:
                self.report.fault(f"changed {key}: {value!r} -> {after.get(key)!r}")

    def check_registry(self) -> None:
        """Everything that the app listens to was tried."""
        for kind, pattern in self.registry.tried:
            tried = [name for tried_kind, name in self.report.names if tried_kind == kind]
            if not any(pattern.fullmatch(name) for name in tried):
                self.report.fault(f"never tried: {kind} {pattern.pattern}")


async def fuzzed(folder: Path, redis_url: str, count: int, seed: int) -> Report:
    """Tell the story, send so many payloads, and return what was found."""
    report, started = Report(seed), time.monotonic()
    async with two_workspaces(folder, redis_url) as world:
        story, registry = await told(world), Registry()
        async with Redis.from_url(redis_url) as redis:
            await mirror(redis, world.workspace)
            fuzz = Fuzz(world, redis, corpus_of(story.payloads, registry), registry, report)
            for start in range(0, count, ROUNDS):
                size = min(ROUNDS, count - start)
                await fuzz.round(OUTSIDERS, size * 2 // 3, seed + 2 * start)
                await fuzz.round(OWNERS, size - size * 2 // 3, seed + 2 * start + ROUNDS)
            fuzz.check_registry()
    report.seconds = time.monotonic() - started
    return report


def say(text: str) -> None:
    """Say it at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="how many payloads (100,000)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="draw the same payloads again")
    given = parser.parse_args()
    say(f"seed {given.seed}\n")
    with tempfile.TemporaryDirectory() as name, redis_servers.one_server(Path(name)) as url:
        report = asyncio.run(fuzzed(Path(name), url, given.count, given.seed))
    for fault in report.faults[:400]:
        say(f"\n{fault[:3000]}")
    say(f"\n{report}\n")
    raise SystemExit(bool(report.faults))


if __name__ == "__main__":
    main()

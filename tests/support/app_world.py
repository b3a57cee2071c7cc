"""The whole of Waymark for a test: playground, app, a private Redis, and a clock that moves."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar

import pytest
from patience import PATIENCE
from redis_gate import Gate

from handlers.conversations import ALL, Conversations
from kernel.desk import Desk
from kernel.store import Key
from kernel.values import Document, WorkspaceId
from playground.driver import Playground
from playground.foundation.wall import StillWall
from slackapp.bootstrap.foundation import Tempo
from slackapp.bootstrap.manifests import open_manifest
from slackapp.bootstrap.wiring import Running, running
from slackapp.manifest.export import for_socket_mode
from slackapp.manifest.file import ManifestFile
from slackapp.people_import import importing
from slackapp.people_import import sheet as people_csv
from slackapp.people_import.sheet import COLUMNS
from slackapp.process.clock import Clock
from slackapp.process.settings import Settings, read
from slackapp.workspaces.workspaces import Place
from storage.connection.keys import keys_of

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HELP_LINE = "Employee line"
MANIFEST = Path(__file__).parents[2] / "manifest.yml"
CAST = Path(__file__).parents[2] / "playground" / "cast.csv"
QUICK = Tempo(beat=0.5, post=0.0, retry=0.2, storage=60.0, probe=0.0)
Transport = Literal["socket", "http"]
D = TypeVar("D", bound=Document)


@dataclass
class World:
    """A workspace with the app in it."""

    slack: Playground
    gate: Gate | None
    settings: Settings
    manifest: ManifestFile
    clock: Clock
    tempo: Tempo
    conversations: Conversations = ALL
    app: Running = field(init=False)
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def workspace(self) -> WorkspaceId:
        """The id of the workspace."""
        return WorkspaceId(self.slack.team_id)

    @property
    def now(self) -> datetime:
        """The time as people of the playground, and the app, see it."""
        return self.slack.now()

    async def place(self) -> Place:
        """The workspace as the app works in it."""
        return await self.app.worker.workspaces.at(self.workspace)

    async def desk(self) -> Desk:
        """What use cases work with."""
        return (await self.place()).desk

    async def get(self, type: type[D], id: str) -> D:
        """A document as it is now."""
        desk = await self.desk()
        return await desk.store.look(lambda read: read.get(type, id), load=[Key(type, id)])

    async def find(self, type: type[D], id: str) -> D | None:
        """A document as it is now, or None."""
        desk = await self.desk()
        return await desk.store.look(lambda read: read.find(type, id), load=[Key(type, id)])

    async def enrol(
        self,
        person_id: str,
        *,
        topics: Mapping[str, int],
        level: int = 4,
        minutes: int = 60,
        hours: str = "always",
        lanes: Collection[str] = ("peer", "senior", "reverse"),
    ) -> None:
        """Make a helper of someone, as a line of the CSV would."""
        skills = ";".join(f"{topic}:{own}" for topic, own in topics.items())
        line = [person_id, "", str(level), skills, str(minutes), hours, ";".join(lanes)]
        await self.import_people(f"{','.join(COLUMNS)}\n{','.join(line)}\n")

    async def enrol_cast(self) -> None:
        """Make helpers of the playground's cast, as the demo does."""
        await self.import_people(CAST.read_text("utf-8"))

    async def import_people(self, text: str) -> None:
        """Bring in the people of a CSV."""
        place = await self.place()
        sheet = people_csv.read(text, place.desk.topics)
        found = await importing.find(place, sheet.rows, lambda _read: None)
        assert not sheet.problems + found.problems
        await importing.load(place, found, self.now)

    async def settle(self, within: float = PATIENCE) -> None:
        """When no event is on its way, nothing is due and no notice is undelivered."""
        async with asyncio.timeout(within):
            seen = -1
            while (said := len(self.slack.log())) != seen:
                seen = said
                await self.slack.settled()
                await self.app.quiet([keys_of(self.workspace).shard])
                await self.slack.settled()

    async def skip(self, by: timedelta) -> None:
        """Move time ahead and let happen what is due by then."""
        await self.slack.skip(by)
        await self.settle()

    async def skip_to(self, moment: datetime) -> None:
        """Move time ahead to a moment and let happen what is due by then."""
        await self.slack.skip_to(moment)
        await self.settle()

    async def start(self) -> None:
        """Start the app and let the playground know where it is."""
        self.app = await self._running.enter_async_context(
            running(self.settings, self.manifest, self.clock, self.tempo, self.conversations)
        )
        if self.settings.app_token is None:
            self.slack.app_url = f"http://127.0.0.1:{self.app.port}/slack/events"
        else:
            await self.slack.connected()

    async def stop(self) -> None:
        """Stop the app; the playground and Redis stay."""
        await self._running.aclose()

    async def restart(self) -> None:
        """Stop the app and start it again on the same Redis."""
        await self.stop()
        await self.start()

    async def redis_away(self) -> None:
        """Let nothing reach Redis until *redis_back*; only where the world is gated."""
        await self.door.shut()

    async def redis_back(self) -> None:
        """Let Redis be reached again."""
        await self.door.open()

    @property
    def door(self) -> Gate:
        """The gate in front of Redis, where the world has one."""
        assert self.gate is not None, "mark the test with `gated`"
        return self.gate


@asynccontextmanager
async def start_world(
    folder: Path,
    redis_url: str,
    *,
    transport: Transport = "socket",
    manifest: Path = MANIFEST,
    scopes: Collection[str] | None = None,
    now: datetime = MONDAY,
    people: int = 0,
    tempo: Tempo = QUICK,
    environment: Mapping[str, str] | None = None,
    conversations: Conversations = ALL,
    gated: bool = False,
) -> AsyncIterator[World]:
    """Run everything until the block ends; where it is *gated*, Redis can be kept from the app."""
    file, clock_file = open_manifest(manifest, rules=conversations.features.policy), folder / "clock"
    declared = for_socket_mode(file.manifest)
    async with (
        Playground.start(
            wall=StillWall(), now=now, clock_file=clock_file, manifest=declared, scopes=scopes, people=people
        ) as slack,
        Gate.to(redis_url) if gated else nullcontext() as gate,
    ):
        url = gate.url if gate else redis_url
        given = environment_for(slack, url, transport, manifest) | dict(environment or {})
        settings = read(given)
        world = World(slack, gate, settings, file, Clock(clock_file), tempo, conversations)
        await world.start()
        try:
            yield world
        finally:
            if gate:
                await gate.open()
            await world.stop()


async def whole_help(world: World, person: str, command: str) -> str:
    """All that can be typed after a command, by way of the help in short."""
    answer = await world.slack.command(person, command, "help")
    assert answer.shown is not None
    await world.slack.press(person, answer.shown, "Show everything")
    window = world.slack.modal(person)
    assert window is not None
    await world.slack.close(person)
    return window.words


def with_support(folder: Path) -> Path:
    """A manifest that names somebody to turn to, so that guided talks are on."""
    named = f'support: [{{name: {HELP_LINE}, how: "dial 4711"}}]'
    manifest = folder / "manifest.yml"
    manifest.write_text(MANIFEST.read_text("utf-8").replace("support: []", named), "utf-8")
    return manifest


def settings_for(slack: Playground, redis_url: str, transport: Transport, manifest: Path) -> Settings:
    """The settings with which the app reaches this playground."""
    return read(environment_for(slack, redis_url, transport, manifest))


def environment_for(
    slack: Playground, redis_url: str, transport: Transport, manifest: Path
) -> dict[str, Any]:
    """The environment in which the app reaches this playground."""
    secret = (
        {"SLACK_APP_TOKEN": slack.app_token}
        if transport == "socket"
        else {"SLACK_SIGNING_SECRET": slack.signing_secret}
    )
    return secret | {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_API_URL": slack.api_url,
        "REDIS_URL": redis_url,
        "HOST": "127.0.0.1",
        "PORT": "0",
        "METRICS_PORT": "0",
        "WAYMARK_MANIFEST": str(manifest),
    }


@pytest.fixture(params=["socket", "http"])
async def world(
    request: pytest.FixtureRequest, tmp_path: Path, redis_url: str, gated: bool
) -> AsyncIterator[World]:
    """The whole of Waymark, once by Socket Mode and once by HTTP."""
    async with start_world(tmp_path, redis_url, transport=request.param, gated=gated) as started:
        yield started


@pytest.fixture
async def socket_world(tmp_path: Path, redis_url: str, gated: bool) -> AsyncIterator[World]:
    """The whole of Waymark by Socket Mode."""
    async with start_world(tmp_path, redis_url, gated=gated) as started:
        yield started


@pytest.fixture
async def http_world(tmp_path: Path, redis_url: str, gated: bool) -> AsyncIterator[World]:
    """The whole of Waymark by signed HTTP."""
    async with start_world(tmp_path, redis_url, transport="http", gated=gated) as started:
        yield started


@pytest.fixture
def gated(request: pytest.FixtureRequest) -> bool:
    """Whether the test keeps Redis from the app: only then all that is said to Redis goes through a gate."""
    return request.node.get_closest_marker("gated") is not None


def slower(tempo: Tempo, **changed: float) -> Tempo:
    """A tempo with some of it changed."""
    return replace(tempo, **changed)

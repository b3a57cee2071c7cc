"""The app for many workspaces, with as many workers as a test wants, beside a Slack to install it in."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from app_world import MANIFEST
from cryptography.fernet import Fernet
from redis_servers import free_ports

from playground.driver import Playground
from playground.foundation.wall import StillWall
from slackapp.bootstrap.foundation import Tempo
from slackapp.bootstrap.manifests import open_manifest
from slackapp.bootstrap.wiring import Running, running
from slackapp.manifest.export import for_http
from slackapp.process.clock import Clock
from slackapp.process.settings import read
from slackapp.workspaces.workspaces import AppStores

KEY = Fernet.generate_key().decode()
TEMPO = Tempo(beat=0.2, post=0.0, recover=2.0, lease=2.0, storage=60.0)
TEAM, MAYA = "T0PLAYGRND", "U0MAYA"


@dataclass
class Installable:
    """The app for many workspaces, beside a Slack in which it can be installed."""

    slack: Playground
    given: dict[str, str]
    clock: Clock
    stack: AsyncExitStack
    apps: list[Running] = field(default_factory=list)

    @property
    def app(self) -> Running:
        return self.apps[0]

    @property
    def base(self) -> str:
        return self.base_of(self.app)

    @property
    def stores(self) -> AppStores:
        return self.app.worker.stores

    def base_of(self, app: Running) -> str:
        return f"http://127.0.0.1:{app.port}/slack"

    def hears(self, app: Running) -> None:
        """Let Slack send everything to this one."""
        self.slack.app_url = f"{self.base_of(app)}/events"

    async def also(self, **changed: str) -> Running:
        """Run one more app on the same Redis."""
        settings, tempo = read(self.given | changed), TEMPO
        started = running(settings, open_manifest(MANIFEST), self.clock, tempo)
        self.apps.append(await self.stack.enter_async_context(started))
        return self.apps[-1]


@asynccontextmanager
async def installable(redis_url, clock=None, *, workers=1, scopes=None, **changed) -> AsyncIterator:
    """Run the app until the block ends; browsers reach the first worker."""
    file, [port] = open_manifest(MANIFEST), free_ports(1)
    url = f"http://127.0.0.1:{port}"
    declared = for_http(file.manifest, "https://waymark.example")
    async with (
        Playground.start(wall=StillWall(), manifest=declared, scopes=scopes) as slack,
        AsyncExitStack() as stack,
    ):
        given = {
            "SLACK_CLIENT_ID": slack.client_id,
            "SLACK_CLIENT_SECRET": slack.client_secret,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "WAYMARK_SECRET_KEY": KEY,
            "WAYMARK_URL": url,
            "SLACK_API_URL": slack.api_url,
            "REDIS_URL": redis_url,
            "HOST": "127.0.0.1",
            "METRICS_PORT": "0",
        }
        here = Installable(slack, given | changed, clock or Clock(), stack)
        for number in range(workers):
            await here.also(PORT=str(0 if number else port))
        here.hears(here.app)
        yield here


async def installed(session, base):
    async with session.get(f"{base}/install") as answer:
        return answer.status, await answer.text(), str(answer.url)


def browser():
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


async def consented(session, base):
    """The address to which Slack sends a browser back."""
    async with session.get(f"{base}/install", allow_redirects=False) as answer:
        consent = answer.headers["location"]
    async with session.get(consent, allow_redirects=False) as answer:
        return answer.headers["location"]

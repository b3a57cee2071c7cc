"""Whether this process may be sent work, and if not, why: what `/readyz` answers."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Generic, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from kernel.values import WorkspaceId
from slackapp.process.errors import SlackAway, SlackRefused
from slackapp.process.redis_words import dropping, sentence
from slackapp.transport.socket_mode import Socket
from slackapp.workspaces.identity import ask_who
from slackapp.workspaces.workspaces import AppStores, Workspaces
from storage import StorageAway, conditions, try_write

T = TypeVar("T")
Look = Callable[[], Awaitable[str | None]]

STOPPING = "The app is stopping."
REMOVED = "The app was removed from Slack: install it again, and start this with the new token."
TOKEN_SECONDS = 10.0


class Fresh(Generic[T]):
    """What *look* finds, looked up at most once in so many *seconds*, however many ask."""

    def __init__(
        self, look: Callable[[], Awaitable[T]], seconds: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._look, self._seconds, self._now = look, seconds, now
        self._asking = asyncio.Lock()
        self._found: tuple[float, T] | None = None

    async def get(self) -> T:
        """What was found last, or look again where that is too old."""
        async with self._asking:
            if self._found is None or self._now() - self._found[0] >= self._seconds:
                self._found = self._now(), await self._look()
            return self._found[1]


class Readiness:
    """What keeps the app from working, in the order in which it is looked at."""

    def __init__(self, looks: tuple[Look, ...]) -> None:
        self._looks = looks
        self.is_stopping = False

    async def missing(self) -> str | None:
        """The first thing that is missing, as a sentence; None where work may come."""
        if self.is_stopping:
            return STOPPING
        for look in self._looks:
            if missing := await look():
                return missing
        return None


def storage(stores: AppStores) -> Look:
    """A look at whether Redis takes what is written, and keeps it."""

    async def look() -> str | None:
        try:
            await try_write(stores.wire)
        except StorageAway as away:
            return sentence(away, stores.url)
        return await _dropping(stores)

    return look


def secret_keys(workspaces: Workspaces) -> Look:
    """A look at whether any stored token can be read."""

    async def look() -> str | None:
        locked = "No key in WAYMARK_SECRET_KEY opens the tokens that are stored."
        return locked if workspaces.is_locked_out else None

    return look


def connection(wire: Socket) -> Look:
    """A look at whether Slack can send anything in Socket Mode."""

    async def look() -> str | None:
        return None if await wire.is_connected() else "Slack is not connected."

    return look


def stay(stores: AppStores, workspace: WorkspaceId) -> Look:
    """A look at whether the app is still in its one workspace, as Slack has told."""

    async def look() -> str | None:
        try:
            return REMOVED if await stores.installations.has_left(workspace) else None
        except StorageAway as away:
            return sentence(away, stores.url)

    return look


class TokenWatch:
    """Asks Slack now and then whether it still takes the bot token; who asks for readiness makes no call."""

    def __init__(self, client: AsyncWebClient, token: str, now: Callable[[], datetime]) -> None:
        self._client, self._token, self._now = client, token, now
        self._refused: str | None = None

    async def look(self) -> str | None:
        """What Slack said last; while it is silent, that stands."""
        return self._refused

    async def watch(self, every: float) -> None:
        """Ask every so many seconds, until cancelled."""
        while True:
            await asyncio.sleep(every)
            try:
                await ask_who(self._client, self._token, self._now())
            except SlackRefused as refused:
                self._refused = refused.sentence
            except SlackAway:
                continue
            else:
                self._refused = None


async def _dropping(stores: AppStores) -> str | None:
    """Say whether a server may delete what was saved; one that does not tell is believed."""
    try:
        found = await conditions(stores.wire)
    except StorageAway:
        return None
    return next((dropping(each.policy) for each in found if each.drops_keys), None)

"""Whether this process may be sent work, and if not, why: what `/readyz` answers."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Generic, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from slackapp.errors import SlackAway, SlackRefused
from slackapp.identity import ask_who
from slackapp.redis_words import dropping, sentence
from slackapp.socket_mode import Socket
from slackapp.workspaces import AppStores, Workspaces
from storage import StorageAway, conditions, try_write

T = TypeVar("T")
Look = Callable[[], Awaitable[str | None]]

STOPPING = "The app is stopping."
TOKEN_SECONDS = 10.0
SLACKS_SHARE = 0.5  # seconds that Slack may take: whoever asks has as little patience as one


class Fresh(Generic[T]):
    """What *look* finds, looked up at most once in so many *seconds*, however many ask."""

    def __init__(
        self, look: Callable[[], Awaitable[T]], seconds: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._look, self._seconds, self._now = look, seconds, now
        self._asking = asyncio.Lock()
        self._found: tuple[float, T] | None = None

    async def get(self) -> T:
        """Return what was found last, or look again where that is too old."""
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
        """Return the first thing that is missing, as a sentence; None where work may come."""
        if self.is_stopping:
            return STOPPING
        for look in self._looks:
            if missing := await look():
                return missing
        return None


def storage(stores: AppStores) -> Look:
    """Return a look at whether Redis takes what is written, and keeps it."""

    async def look() -> str | None:
        try:
            await try_write(stores.wire)
        except StorageAway as away:
            return sentence(away, stores.url)
        return await _dropping(stores)

    return look


def secret_keys(workspaces: Workspaces) -> Look:
    """Return a look at whether any stored token can be read."""

    async def look() -> str | None:
        locked = "No key in WAYMARK_SECRET_KEY opens the tokens that are stored."
        return locked if workspaces.is_locked_out else None

    return look


def connection(wire: Socket) -> Look:
    """Return a look at whether Slack can send anything in Socket Mode."""

    async def look() -> str | None:
        return None if await wire.is_connected() else "Slack is not connected."

    return look


def token(client: AsyncWebClient, value: str, now: Callable[[], datetime]) -> Look:
    """Return a look at whether Slack still takes the bot token; while Slack is silent, as it was before."""
    known: str | None = None

    async def look() -> str | None:
        nonlocal known
        try:
            async with asyncio.timeout(SLACKS_SHARE):
                await ask_who(client, value, now())
        except SlackRefused as refused:
            known = refused.sentence
        except (SlackAway, TimeoutError):
            return known
        else:
            known = None
        return known

    return look


async def _dropping(stores: AppStores) -> str | None:
    """Say whether a server may delete what was saved; one that does not tell is believed."""
    try:
        found = await conditions(stores.wire)
    except StorageAway:
        return None
    return next((dropping(each.policy) for each in found if each.drops_keys), None)

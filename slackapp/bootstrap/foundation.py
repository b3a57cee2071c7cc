"""What everything else stands on: Redis, Slack and the model, reached before anything begins.

The commands that look at what is stored open no more than that.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING

import aiohttp
import structlog
from cryptography.fernet import Fernet
from slack_sdk.web.async_client import AsyncWebClient

from coaching.guide.model import LanguageModel
from kernel.errors import Undeclared
from kernel.values import WorkspaceId
from slackapp.bootstrap.readiness import TOKEN_SECONDS
from slackapp.delivery.outages import QUIET
from slackapp.manifest.file import ManifestFile
from slackapp.process import models
from slackapp.process.clock import Clock
from slackapp.process.errors import Stop
from slackapp.process.metrics import Metrics
from slackapp.process.redis_words import sentence
from slackapp.process.settings import Mode, Settings
from slackapp.workspaces.identity import PAUSES, identify
from slackapp.workspaces.slack_calls import web_client, web_session
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import ROSTER, AppStores, Find, Workspaces
from storage import Installation, StorageAway, Stores, try_write
from storage.server.embedded import embedded, exposed_by

if TYPE_CHECKING:
    from handlers.conversations import Conversations

log = structlog.get_logger()

STARTING = 5.0  # seconds in which a Redis that is started beside the app comes up


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast the loops go, in seconds.

    *recover* is when another worker's unfinished work is taken over, *quiet* how long Slack answers nothing
    before that counts as an outage, *storage* how long one answer of Redis may take. Whether the app is ready
    is told from how Redis was at most *probe* ago; Slack is asked about the bot token every *ask*. *retry* is
    the wait after a message that failed once.
    """

    beat: float = 1.0
    post: float = 1.0
    retry: float = 2.0
    recover: float = 30.0
    lease: float = 20.0
    quiet: float = QUIET
    storage: float = 1.0
    listen: float = 10.0
    probe: float = 1.0
    ask: float = TOKEN_SECONDS


@dataclass(frozen=True, slots=True)
class Foundation:
    """What everything else stands on. *client* makes a client of a token, on connections of *session*."""

    worker: Worker
    here: Installation | None
    session: aiohttp.ClientSession
    client: Callable[[str | None], AsyncWebClient]
    model: LanguageModel | None


@asynccontextmanager
async def grounded(
    settings: Settings,
    manifest: ManifestFile,
    clock: Clock,
    tempo: Tempo,
    conversations: "Conversations",
) -> AsyncIterator[Foundation]:
    """Reach Redis, Slack and the model, or raise Stop; Undeclared where the manifest's rules lack some."""
    if unread := conversations.features.sections.keys() - manifest.rules.model_fields.keys():
        raise Undeclared(f"section of policy {min(unread)}: the manifest was read without it")
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(stored(settings, clock, tempo, conversations, STARTING))
        await _written(stores)
        session = await stack.enter_async_context(web_session())
        client = partial(web_client, session, settings.api_url)
        find, here = await installed(settings, client, stores, clock)
        model = await stack.enter_async_context(models.opened(settings.access))
        workspaces = Workspaces(stores, find, manifest, client, clock, features=conversations.features)
        if settings.mode is Mode.OAUTH:
            await workspaces.try_keys()
        terms = model.terms if model else None
        worker = Worker(_name(), stores, workspaces, clock, Metrics(), conversations, terms)
        worker.metrics.skipped.set_function(lambda: len(stores.skipped))
        yield Foundation(worker, here, session, client, model)


async def _written(stores: AppStores) -> None:
    """Raise Stop where nothing can be saved: nobody could be served."""
    try:
        await try_write(stores.wire)
    except StorageAway as error:
        raise Stop(sentence(error, stores.url)) from error


@asynccontextmanager
async def stored(
    settings: Settings,
    clock: Clock,
    tempo: Tempo,
    conversations: "Conversations",
    within: float = 0.0,
) -> AsyncIterator[AppStores]:
    """Open storage: the Redis of the settings, or a private one in the data folder.

    Redis is waited for so many seconds, *within* which it may be starting.
    """
    async with AsyncExitStack() as stack:
        url = settings.redis_url
        if url is None:
            url = await stack.enter_async_context(embedded(settings.data_dir))
            log.info("private redis", data_dir=str(settings.data_dir))
            if exposed := exposed_by(settings.data_dir):
                log.warning("every user of this machine may replace the data", cure=f"chmod o-w {exposed}")
        given = settings.secret_key
        key = given.get_secret_value() if given else Fernet.generate_key().decode()
        try:
            wall = partial(_timestamp, clock)
            roster = replace(ROSTER, cards=conversations.features.cards)
            stores = await Stores.open(
                url, roster, secret=key, wall=wall, timeout=tempo.storage, within=within
            )
        except StorageAway as error:
            raise Stop(sentence(error, url)) from error
        stack.push_async_callback(stores.close)
        stores.agenda.queue.idle_seconds = stores.notices.queue.idle_seconds = tempo.recover
        stores.notices.lease_seconds = tempo.lease
        yield stores


async def installed(
    settings: Settings,
    client: Callable[[str | None], AsyncWebClient],
    stores: AppStores,
    clock: Clock,
    pauses: Sequence[float] = PAUSES,
) -> tuple[Find, Installation | None]:
    """How installations are found: the one of the bot token, or those that OAuth has stored.

    While Slack is away it is asked again after each pause. Where Slack has just taken the bot token, whatever
    removed the app before is over.
    """
    if settings.mode is Mode.OAUTH or settings.bot_token is None:
        return stores.installations.find, None
    _end_if_cancelled()
    token = settings.bot_token.get_secret_value()
    here = await identify(client(token), token, clock.now(), pauses)
    await stores.installations.arrive(here.workspace, here.installed_at)

    async def find(workspace: WorkspaceId) -> Installation | None:
        is_here = workspace == here.workspace and not await stores.installations.has_left(workspace)
        return here if is_here else None

    return find, here


def _end_if_cancelled() -> None:
    """Raise a cancellation that was lost: on Python 3.11 it can be, while redis-py sends."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _timestamp(clock: Clock) -> float:
    return clock.wall().timestamp()


def _name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}-{token_hex(3)}"

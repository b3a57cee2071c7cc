"""The one bootstrap: from settings to a running app, and back to nothing when the block ends.

Everything is built here and handed to whoever needs it; no module holds anything of its own.
"""

import asyncio
import math
import os
import re
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from secrets import token_hex

import aiohttp
import structlog
from aiohttp import web
from cryptography.fernet import Fernet
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from coaching.coach import Coaches
from coaching.engine import Guide
from coaching.model import Model
from mentoring.members import READ_MEMBERS
from mentoring.store import Due
from mentoring.values import WorkspaceId
from slackapp import http, models, readiness, steering
from slackapp.authorize import authorize_by
from slackapp.catching_up import CATCH_UP, CatchingUp
from slackapp.charts import Charts
from slackapp.clock import Clock
from slackapp.delivery import Delivery
from slackapp.errors import Stop
from slackapp.housekeeping import keep_house
from slackapp.identity import PAUSES, identify
from slackapp.intake import Intake
from slackapp.learner import Learner
from slackapp.loops import looping
from slackapp.manifest_file import ManifestFile
from slackapp.members import Members
from slackapp.messages import Messages
from slackapp.metrics import Metrics
from slackapp.middleware import Membership, Welcome
from slackapp.oauth import Installer
from slackapp.outages import QUIET, Outages
from slackapp.pacing import Pacer
from slackapp.people import Acquaintance
from slackapp.pump import Pump
from slackapp.readiness import Fresh, Readiness, TokenWatch
from slackapp.redis_words import sentence
from slackapp.response_urls import ResponseUrls
from slackapp.scheduler import Duties, Own
from slackapp.settings import Mode, Settings
from slackapp.signatures import Signatures
from slackapp.slack_calls import web_client, web_session
from slackapp.socket_mode import Socket
from slackapp.thinking import Thinking
from slackapp.worker import Worker
from slackapp.workspaces import ROSTER, AppStores, Find, Workspaces
from storage import Installation, Notice, StorageAway, Stores
from storage.dead_letters import count_dead
from storage.embedded import embedded, exposed_by

log = structlog.get_logger()

ANY_OTHER = re.compile(".*")
STARTING = 5.0  # seconds in which a Redis that is started beside the app comes up


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast the loops go, in seconds.

    *recover* is when another worker's unfinished work is taken over, *quiet* how long Slack answers nothing
    before that counts as an outage, *storage* how long one answer of Redis may take. Whether the app is ready
    is told from how Redis was at most *probe* ago; Slack is asked about the bot token every *ask*.
    """

    beat: float = 1.0
    post: float = 1.0
    recover: float = 30.0
    lease: float = 20.0
    quiet: float = QUIET
    storage: float = 1.0
    listen: float = 10.0
    probe: float = 1.0
    ask: float = readiness.TOKEN_SECONDS


@dataclass(frozen=True, slots=True)
class Running:
    """The parts of a running app.

    *port* is where its web server listens and *metrics_port* where its figures are read, *here* its only
    workspace, *wire* its connection in Socket Mode.
    """

    worker: Worker
    bolt: AsyncApp
    duties: Pump[Due]
    delivery: Pump[Notice]
    port: int
    metrics_port: int | None
    here: Installation | None
    wire: Socket | None
    outages: Outages
    readiness: Readiness

    async def quiet(self) -> None:
        """Return when nothing is due, undelivered or under way."""
        while await self.duties.quiet() + await self.delivery.quiet():
            pass


@dataclass(frozen=True, slots=True)
class Ground:
    """What everything else stands on. *client* makes a client of a token, on connections of *session*."""

    worker: Worker
    here: Installation | None
    session: aiohttp.ClientSession
    client: Callable[[str | None], AsyncWebClient]
    model: Model | None


@asynccontextmanager
async def running(
    settings: Settings, manifest: ManifestFile, clock: Clock, tempo: Tempo | None = None
) -> AsyncIterator[Running]:
    """Run the app until the block ends; what is being answered or delivered then is finished first."""
    tempo = tempo or Tempo()
    async with AsyncExitStack() as stack:
        ground = await stack.enter_async_context(grounded(settings, manifest, clock, tempo))
        worker, here = ground.worker, ground.here
        acquaintance, learner = Acquaintance(worker), Learner(worker)
        bolt = bolt_app(worker, ground.client(None), acquaintance)
        urls = ResponseUrls(settings.api_url, ground.session, ground.client(None).proxy)
        intake = Intake(bolt, urls, worker.metrics)
        wire = socket_mode(settings, bolt, ground.client(None), intake)
        token = _token(settings, ground)
        readiness = _readiness(ground, wire, token, tempo)
        counted = partial(_count_dead, worker)
        figures = await stack.enter_async_context(http.scraped(settings, worker.metrics, counted))
        outages = Outages(tempo.quiet)
        catching_up = CatchingUp(worker, intake, partial(_line, wire, outages))
        own = {CATCH_UP: catching_up.perform, "meet": acquaintance.meet, "relearn": learner.relearn}
        duties, delivery = await _work(ground, own, outages, tempo)
        await steering.mended(worker, here)
        others = [partial(steering.watch, manifest, worker, here), partial(keep_house, worker)]
        if token is not None:
            others.append(partial(token.watch, tempo.ask))
        await stack.enter_async_context(looping([duties, delivery], others, tempo.beat))
        await stack.enter_async_context(learner.working())
        # Entered last, so left first: nothing new comes in while the loops finish what is under way.
        site = _site(settings, ground, manifest, intake, readiness)
        served = http.listening(site, settings.host, settings.port, worker.metrics)
        port = await stack.enter_async_context(served)
        if wire is not None:
            await stack.enter_async_context(_connected(wire))
        everywhere = partial(_all, worker.stores, here)
        await stack.enter_async_context(catching_up.listening(everywhere, tempo.listen))
        yield Running(worker, bolt, duties, delivery, port, figures, here, wire, outages, readiness)


@asynccontextmanager
async def grounded(
    settings: Settings, manifest: ManifestFile, clock: Clock, tempo: Tempo
) -> AsyncIterator[Ground]:
    """Reach Redis, Slack and the model, or raise Stop."""
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(stored(settings, clock, tempo, STARTING))
        session = await stack.enter_async_context(web_session())
        client = partial(web_client, session, settings.api_url)
        find, here = await installed(settings, client, stores, clock)
        model = await stack.enter_async_context(models.opened(settings.access))
        workspaces = Workspaces(stores, find, manifest, client, clock)
        if settings.mode is Mode.OAUTH:
            await workspaces.try_keys()
        worker = Worker(_name(), stores, workspaces, clock, Metrics(), model.terms if model else None)
        worker.metrics.skipped.set_function(lambda: len(stores.skipped))
        yield Ground(worker, here, session, client, model)


async def _work(
    ground: Ground, own: Mapping[str, Own], outages: Outages, tempo: Tempo
) -> tuple[Pump[Due], Pump[Notice]]:
    """Return what does the agenda's duties, with those that are its *own*, and what delivers notices."""
    worker, members = ground.worker, Members(ground.worker)
    messages = Messages(Pacer(tempo.post), worker.metrics, outages)
    await members.begin(await _all(worker.stores, ground.here))
    both = {**own, READ_MEMBERS: members.read, "sprint_chart": Charts(worker).draw}
    lead = Coaches(ground.model, Thinking(worker)) if ground.model else Guide()
    return Duties(worker, both, lead).pump(), Delivery(worker, messages, outages).pump()


def _site(
    settings: Settings, ground: Ground, manifest: ManifestFile, intake: Intake, readiness: Readiness
) -> web.Application:
    """Return the pages of the settings' mode."""
    worker = ground.worker
    site = http.web_app(worker.metrics, readiness.missing, lambda: readiness.is_stopping)
    if settings.signing_secret and settings.mode is not Mode.SOCKET:
        signatures = Signatures(settings.signing_secret.get_secret_value(), worker.clock.wall)
        site.router.add_post("/slack/events", http.slack_events(intake, signatures))
    if settings.mode is Mode.OAUTH:
        Installer(settings, worker, ground.client(None), manifest).add_to(site)
    return site


def _token(settings: Settings, ground: Ground) -> TokenWatch | None:
    """Return what watches the token of the settings, where it serves the one workspace."""
    if settings.bot_token is None or ground.here is None:
        return None
    token = settings.bot_token.get_secret_value()
    return TokenWatch(ground.client(token), token, ground.worker.clock.now)


def _readiness(ground: Ground, wire: Socket | None, token: TokenWatch | None, tempo: Tempo) -> Readiness:
    stores = ground.worker.stores
    looks = [
        Fresh(readiness.storage(stores), tempo.probe).get,
        readiness.secret_keys(ground.worker.workspaces),
    ]
    if wire is not None:
        looks.append(readiness.connection(wire))
    if token is not None and ground.here is not None:
        stays = readiness.stay(stores, ground.here.workspace)
        looks += [Fresh(stays, tempo.probe).get, token.look]
    return Readiness(tuple(looks))


async def _count_dead(worker: Worker) -> None:
    """Bring the figure of what was given up up to date; while Redis is away it is not known."""
    try:
        worker.metrics.dead.set(await count_dead(worker.stores.wire))
    except StorageAway:
        worker.metrics.dead.set(math.nan)


@asynccontextmanager
async def stored(
    settings: Settings, clock: Clock, tempo: Tempo, within: float = 0.0
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
            stores = await Stores.open(
                url, ROSTER, secret=key, wall=wall, timeout=tempo.storage, within=within
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
    """Return how installations are found: the one of the bot token, or those that OAuth has stored.

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


def bolt_app(worker: Worker, client: AsyncWebClient, acquaintance: Acquaintance) -> AsyncApp:
    """Return Bolt with every listener; it saves first and acknowledges second.

    It verifies nothing: what reaches it came through an Intake.
    """
    app = AsyncApp(
        name="waymark",
        client=client,
        authorize=authorize_by(worker.workspaces),
        request_verification_enabled=False,
        process_before_response=True,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.use(Welcome(worker))
    # The first listener that matches runs: what handlers leave over is answered by their last module.
    acquaintance.register(app)
    handlers.register(app)
    app.use(Membership(worker))
    app.event(ANY_OTHER)(_of_no_concern)
    return app


async def _of_no_concern() -> None:
    """Acknowledge an event that nobody listens to, so that Slack does not send it again."""


def socket_mode(settings: Settings, bolt: AsyncApp, client: AsyncWebClient, intake: Intake) -> Socket | None:
    """Return the connection by which Slack reaches the app, unless it comes by HTTP."""
    if settings.app_token is None:
        return None
    return Socket(bolt, settings.app_token.get_secret_value(), client, intake)


async def _line(wire: Socket | None, outages: Outages) -> object:
    """Name the line by which Slack reaches the app, as long as there is one."""
    if outages.is_everywhere:
        return None
    return await wire.line() if wire else "http"


async def _all(stores: AppStores, here: Installation | None) -> Sequence[WorkspaceId]:
    return [here.workspace] if here else await stores.installations.workspaces()


@asynccontextmanager
async def _connected(wire: Socket) -> AsyncIterator[None]:
    try:
        await wire.open()
        yield
    finally:
        await wire.close()


def _end_if_cancelled() -> None:
    """Raise a cancellation that was lost: on Python 3.11 it can be, while redis-py sends."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _timestamp(clock: Clock) -> float:
    return clock.wall().timestamp()


def _name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}-{token_hex(3)}"

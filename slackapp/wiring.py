"""The one bootstrap: from settings to a running app, and back to nothing when the block ends.

Everything is built here and handed to whoever needs it; no module holds anything of its own.
"""

import os
import re
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from secrets import token_hex

import structlog
from cryptography.fernet import Fernet
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from coaching.coach import Coaches
from coaching.engine import Guide
from mentoring.members import READ_MEMBERS
from mentoring.store import Due
from mentoring.values import WorkspaceId
from slackapp import http, models, steering
from slackapp.authorize import authorize_by
from slackapp.catching_up import CATCH_UP, CatchingUp
from slackapp.charts import Charts
from slackapp.clock import Clock
from slackapp.delivery import Delivery
from slackapp.errors import Stop
from slackapp.housekeeping import keep_house
from slackapp.identity import identify
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
from slackapp.response_urls import ResponseUrls
from slackapp.scheduler import Duties
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


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast the loops go, in seconds.

    *recover* is when another worker's unfinished work is taken over, *quiet* how long Slack answers nothing
    before that counts as an outage, *storage* how long one answer of Redis may take.
    """

    beat: float = 1.0
    post: float = 1.0
    recover: float = 30.0
    lease: float = 20.0
    quiet: float = QUIET
    storage: float = 1.0
    listen: float = 10.0


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

    async def quiet(self) -> None:
        """Return when nothing is due, undelivered or under way."""
        while await self.duties.quiet() + await self.delivery.quiet():
            pass


@asynccontextmanager
async def running(
    settings: Settings, manifest: ManifestFile, clock: Clock, tempo: Tempo | None = None
) -> AsyncIterator[Running]:
    """Run the app until the block ends; what is being answered or delivered then is finished first."""
    tempo = tempo or Tempo()
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(stored(settings, clock, tempo))
        session = await stack.enter_async_context(web_session())
        client = partial(web_client, session, settings.api_url)
        find, here = await installed(settings, client, stores, clock)
        model = await stack.enter_async_context(models.opened(settings.access))
        workspaces = Workspaces(stores, find, manifest, client, clock)
        if settings.mode is Mode.OAUTH:
            await workspaces.try_keys()
        terms = model.terms if model else None
        worker = Worker(_name(), stores, workspaces, clock, Metrics(), terms)
        worker.metrics.skipped.set_function(lambda: len(stores.skipped))
        acquaintance = Acquaintance(worker)
        bolt = bolt_app(worker, client(None), acquaintance)
        outages = Outages(tempo.quiet)
        delivery = Delivery(worker, Messages(Pacer(tempo.post), worker.metrics, outages), outages).pump()
        learner, members = Learner(worker), Members(worker)
        await members.begin(await _all(stores, here))
        await steering.mended(worker, here)
        urls = ResponseUrls(settings.api_url, session, client(None).proxy)
        intake = Intake(bolt, urls, worker.metrics)
        wire = socket_mode(settings, bolt, client(None), intake)
        catching_up = CatchingUp(worker, intake, partial(_line, wire, outages))
        own = {
            CATCH_UP: catching_up.perform,
            "meet": acquaintance.meet,
            "relearn": learner.relearn,
            READ_MEMBERS: members.read,
            "sprint_chart": Charts(worker).draw,
        }
        duties = Duties(worker, own, Coaches(model, Thinking(worker)) if model else Guide()).pump()
        figures = await stack.enter_async_context(http.scraped(settings, worker.metrics))
        # Entered last, so left first: nothing new comes in while the loops finish what is under way.
        site = http.web_app(worker.metrics, partial(_missing, worker, wire))
        if settings.signing_secret and settings.mode is not Mode.SOCKET:
            signatures = Signatures(settings.signing_secret.get_secret_value(), clock.wall)
            site.router.add_post("/slack/events", http.slack_events(intake, signatures))
        if settings.mode is Mode.OAUTH:
            Installer(settings, worker, client(None), manifest).add_to(site)
        port = await stack.enter_async_context(
            http.listening(site, settings.host, settings.port, worker.metrics)
        )
        app = Running(worker, bolt, duties, delivery, port, figures, here, wire, outages)
        watch, tidying = partial(steering.watch, manifest, worker, here), partial(keep_house, worker)
        await stack.enter_async_context(looping([duties, delivery], [watch, tidying], tempo.beat))
        await stack.enter_async_context(learner.working())
        if wire is not None:
            await stack.enter_async_context(_connected(wire))
        await stack.enter_async_context(catching_up.listening(partial(_all, stores, here), tempo.listen))
        yield app


@asynccontextmanager
async def stored(settings: Settings, clock: Clock, tempo: Tempo) -> AsyncIterator[AppStores]:
    """Open storage: the Redis of the settings, or a private one in the data folder."""
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
            stores = await Stores.open(
                url, ROSTER, secret=key, wall=lambda: clock.wall().timestamp(), timeout=tempo.storage
            )
        except StorageAway as error:
            raise Stop("Redis cannot be reached: start it, or check REDIS_URL.") from error
        stack.push_async_callback(stores.close)
        stores.agenda.queue.idle_seconds = stores.notices.queue.idle_seconds = tempo.recover
        stores.notices.lease_seconds = tempo.lease
        yield stores


async def installed(
    settings: Settings, client: Callable[[str | None], AsyncWebClient], stores: AppStores, clock: Clock
) -> tuple[Find, Installation | None]:
    """Return how installations are found: the one of the bot token, or those that OAuth has stored.

    Slack has just taken the bot token, so whatever removed the app before is over.
    """
    if settings.mode is Mode.OAUTH or settings.bot_token is None:
        return stores.installations.find, None
    token = settings.bot_token.get_secret_value()
    here = await identify(client(token), token, clock.now())
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


async def _missing(worker: Worker, wire: Socket | None) -> str | None:
    """Return what keeps the app from working just now, as a sentence."""
    try:
        await worker.stores.ping()
        worker.metrics.dead.set(await count_dead(worker.stores.wire))
    except StorageAway:
        return "Redis cannot be reached."
    if worker.workspaces.is_locked_out:
        return "No key in WAYMARK_SECRET_KEY opens the tokens that are stored."
    if wire is not None and not await wire.is_connected():
        return "Slack is not connected."
    return None


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


def _name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}-{token_hex(3)}"

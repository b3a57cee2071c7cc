"""The one bootstrap: from settings to a running app, and back to nothing when the block ends.

Everything is built here and handed to whoever needs it; no module holds anything of its own.
"""

import math
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from coaching.ai.model_coach import Coaches
from coaching.guide.engine import Guide
from coaching.guide.talk import TALK_TURN
from coaching.sprints.sprint import SPRINT_CHART
from handlers.conversations import ALL, Conversations
from kernel.kinds import AgendaKind
from kernel.store import Due
from kernel.values import WorkspaceId
from mentoring.admins.member_list import READ_MEMBERS
from mentoring.model.appointment import MEETING_FILE
from mentoring.model.learned import RELEARN
from mentoring.model.person import MEET
from relationships.board.board import BOARD_PICTURE
from relationships.circles.circle import OPEN_CIRCLE_ROOM
from relationships.cohorts.programme import PROGRAMME_LIST, PROGRAMME_WORK
from relationships.growth_plan.growth_plan import EXPORT as GROWTH_EXPORT
from slackapp.background import manifest_watch
from slackapp.background.catching_up import CATCH_UP, CatchingUp
from slackapp.background.guided_turns import GuidedTurns
from slackapp.background.housekeeping import keep_house
from slackapp.background.learner import Learner
from slackapp.background.loops import looping
from slackapp.background.pump import Pump
from slackapp.background.scheduler import Duties, Own
from slackapp.bootstrap import readiness
from slackapp.bootstrap.foundation import Foundation, Tempo, grounded
from slackapp.bootstrap.readiness import Fresh, Readiness, TokenWatch
from slackapp.delivery.agent_status import Thinking
from slackapp.delivery.board_pictures import BoardPictures
from slackapp.delivery.charts import Charts
from slackapp.delivery.circle_rooms import CircleRooms
from slackapp.delivery.delivery import Delivery
from slackapp.delivery.growth_export import GrowthExports
from slackapp.delivery.meeting_files import MeetingFiles
from slackapp.delivery.messages import Messages
from slackapp.delivery.outages import Outages
from slackapp.delivery.pacing import Pacer
from slackapp.manifest.file import ManifestFile
from slackapp.pairing.programme_lists import ProgrammeLists
from slackapp.pairing.programme_work import ProgrammeWork
from slackapp.process.clock import Clock
from slackapp.process.models import WatchedModel
from slackapp.process.settings import Mode, Settings
from slackapp.transport import http
from slackapp.transport.intake import Intake
from slackapp.transport.listener_matching import quicken
from slackapp.transport.middleware import Membership, Unfold, Welcome
from slackapp.transport.oauth import Installer
from slackapp.transport.response_urls import ResponseUrls
from slackapp.transport.signatures import Signatures
from slackapp.transport.socket_mode import Socket
from slackapp.workspaces.authorize import authorize_by
from slackapp.workspaces.members import Members
from slackapp.workspaces.people import Acquaintance
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import AppStores
from storage import Installation, Notice, StorageAway
from storage.connection.keys import ALL_SHARDS, ShardKeys
from storage.queues.dead_letters import count_dead

ANY_OTHER = re.compile(".*")


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

    async def quiet(self, shards: Sequence[ShardKeys] = ALL_SHARDS) -> None:
        """When nothing of these shards is due or undelivered, and nothing is under way."""
        while await self.duties.quiet(shards) + await self.delivery.quiet(shards):
            pass


@asynccontextmanager
async def running(
    settings: Settings,
    manifest: ManifestFile,
    clock: Clock,
    tempo: Tempo | None = None,
    conversations: Conversations = ALL,
) -> AsyncIterator[Running]:
    """Run the app until the block ends; what is being answered or delivered then is finished first.

    *conversations* are the features that it serves. Raise Undeclared where what they declare does not fit.
    """
    tempo = tempo or Tempo()
    async with AsyncExitStack() as stack:
        ground = await stack.enter_async_context(grounded(settings, manifest, clock, tempo, conversations))
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
        own = {CATCH_UP: catching_up.perform, MEET: acquaintance.meet, RELEARN: learner.relearn}
        duties, delivery = await _work(ground, own, outages, tempo)
        await manifest_watch.mended(worker, here)
        others = [partial(manifest_watch.watch, manifest, worker, here), partial(keep_house, worker)]
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


async def _work(
    ground: Foundation, own: Mapping[AgendaKind, Own], outages: Outages, tempo: Tempo
) -> tuple[Pump[Due], Pump[Notice]]:
    """What does the agenda's duties, with those that are its *own*, and what delivers notices."""
    worker, members = ground.worker, Members(ground.worker)
    messages = Messages(Pacer(tempo.post), worker.metrics, outages)
    await members.begin(await _all(worker.stores, ground.here))
    lead = Coaches(WatchedModel(ground.model, worker.metrics), Thinking(worker)) if ground.model else Guide()
    turns, charts = GuidedTurns(worker, lead), Charts(worker)
    exports, pictures = GrowthExports(worker), BoardPictures(worker)
    drawn = {SPRINT_CHART: charts.draw, BOARD_PICTURE: pictures.send}
    sent = {GROWTH_EXPORT: exports.send, MEETING_FILE: MeetingFiles(worker).send}
    rooms = CircleRooms(worker, messages)
    pairs = {PROGRAMME_WORK: ProgrammeWork(worker).do, PROGRAMME_LIST: ProgrammeLists(worker).send}
    pairing = {**pairs, OPEN_CIRCLE_ROOM: rooms.open}
    all = {**own, **drawn, **sent, **pairing, READ_MEMBERS: members.read, TALK_TURN: turns.speak}
    return Duties(worker, all).pump(), Delivery(worker, messages, outages, tempo.retry).pump()


def _site(
    settings: Settings, ground: Foundation, manifest: ManifestFile, intake: Intake, readiness: Readiness
) -> web.Application:
    """The pages of the settings' mode."""
    worker = ground.worker
    site = http.web_app(worker.metrics, readiness.missing, lambda: readiness.is_stopping)
    if settings.signing_secret and settings.mode is not Mode.SOCKET:
        signatures = Signatures(settings.signing_secret.get_secret_value(), worker.clock.wall)
        site.router.add_post("/slack/events", http.slack_events(intake, signatures))
    if settings.mode is Mode.OAUTH:
        Installer(settings, worker, ground.client(None), manifest).add_to(site)
    return site


def _token(settings: Settings, ground: Foundation) -> TokenWatch | None:
    """What watches the token of the settings, where it serves the one workspace."""
    if settings.bot_token is None or ground.here is None:
        return None
    token = settings.bot_token.get_secret_value()
    return TokenWatch(ground.client(token), token, ground.worker.clock.now)


def _readiness(ground: Foundation, wire: Socket | None, token: TokenWatch | None, tempo: Tempo) -> Readiness:
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


def bolt_app(worker: Worker, client: AsyncWebClient, acquaintance: Acquaintance) -> AsyncApp:
    """Bolt with every listener; it saves first and acknowledges second.

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
    app.use(Unfold())
    app.use(Welcome(worker))
    # The first listener that matches runs: what handlers leave over is answered by their last module.
    acquaintance.register(app)
    worker.conversations.register(app)
    app.use(Membership(worker))
    app.event(ANY_OTHER)(_of_no_concern)
    quicken(app)
    return app


async def _of_no_concern() -> None:
    """Acknowledge an event that nobody listens to, so that Slack does not send it again."""


def socket_mode(settings: Settings, bolt: AsyncApp, client: AsyncWebClient, intake: Intake) -> Socket | None:
    """The connection by which Slack reaches the app, unless it comes by HTTP."""
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

"""`waymark demo`: a playground workspace and the app beside it, with people who help, on this machine alone.

The app runs exactly as it does for Slack, in Socket Mode; only the address of the API is another.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from secrets import token_hex
from typing import Any

from pydantic import SecretStr

from coaching.guide.consent import COACHING
from kernel.policy import Contact
from kernel.topics import Topic
from slackapp.bootstrap.foundation import Tempo
from slackapp.bootstrap.manifests import open_manifest
from slackapp.bootstrap.wiring import Running, running
from slackapp.demo import answers, past
from slackapp.demo.mentorship import seed_mentorship
from slackapp.demo.processes import alone, free_port, stop_leftover
from slackapp.demo.programme import seed_programme
from slackapp.demo.reverse import seed_reverse_pair
from slackapp.demo.sponsorship import seed_sponsorship
from slackapp.manifest.export import for_socket_mode
from slackapp.manifest.file import ManifestFile
from slackapp.manifest.manifest import Manifest
from slackapp.people_import import importing
from slackapp.people_import import sheet as people_csv
from slackapp.process.clock import Clock
from slackapp.process.errors import Stop
from slackapp.process.settings import Settings
from slackapp.process.stop_signal import StopSignal

BEGINS, ENDS = time(8), time(13)  # UTC
DAY, THURSDAY = timedelta(days=1), 3
HOST = "127.0.0.1"
STAND_IN = "stand-in"  # the model that the demo names: it is none
START_SECONDS = 120.0  # a second on a quiet machine; a playground that ends before is told of at once
REFUSED = "Error: "  # how the playground's log begins the sentence that says why it stopped
SUPPORT = (
    Contact(name="Emergency services", how="112 in Europe, 911 in North America, 999 in the UK"),
    Contact(name="Northwind's people team", how="in a real workspace, their number or channel stands here"),
)
# Where the playground's people talk about a topic and those below it; of all others everywhere.
CHANNELS = {"python": "C0PYTHON", "data": "C0DATA", "ux-design": "C0DESIGN", "career": "C0CAREERS"}
EVERYWHERE = "C0GENERAL"
TEMPO = Tempo(recover=10.0, lease=5.0)  # longer than a turn of a model may take
Say = Callable[[str], None]


def _fresh(prefix: str = "") -> str:
    secret: str = field(default_factory=lambda: prefix + token_hex(16))
    return secret


@dataclass(frozen=True, slots=True)
class Keys:
    """What lets the app and a browser into the playground, made anew at each start."""

    bot_token: str = _fresh("xoxb-playground-")
    app_token: str = _fresh("xapp-playground-")
    page_key: str = _fresh()

    def environment(self) -> dict[str, str]:
        """The variables that hand the keys over: arguments are shown in the list of processes."""
        return {f"PLAYGROUND_{each.name.upper()}": getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """Where the demo runs and keeps its things, and this start's keys."""

    folder: Path
    manifest: Path
    port: int
    has_model: bool = False
    metrics_port: int | None = None
    keys: Keys = field(default_factory=Keys)

    @property
    def clock(self) -> Path:
        """The file with the seconds by which the demo's time is ahead."""
        return self.folder / "clock"

    @property
    def record(self) -> Path:
        """The file with the playground's process id."""
        return self.folder / "playground.pid"


async def demo(plan: DemoPlan, say: Say) -> None:
    """Run until Ctrl-C; *say* gets the few lines for the terminal. Data stay in the folder."""
    stop = StopSignal()
    manifest = open_manifest(plan.manifest, modelled if plan.has_model else supported)
    with alone(plan.folder):
        stop_leftover(plan.record)
        if ahead := begin_at_work(plan.clock, datetime.now(UTC)):
            say(f"In the demo it is {datetime.now(UTC) + ahead:%A, %H:%M} UTC, so that people are at work.")
        port = free_port(HOST, plan.port)
        if port != plan.port:
            say(f"Port {plan.port} is taken, so the demo uses {port}.")
        address = f"http://{HOST}:{port}"
        model_port = free_port(HOST, port + 1) if plan.has_model else None
        model_url = f"http://{HOST}:{model_port}/v1" if model_port else None
        async with (
            playground(plan, manifest, port, model_port) as process,
            running(_settings(plan, address, model_url), manifest, Clock(plan.clock), TEMPO) as app,
        ):
            await seed(app)
            stop.started()
            page = f"{address}/?key={plan.keys.page_key}"
            (plan.folder / "address").write_text(page)
            if model_url:
                say(f"A stand-in for a model answers at {model_url}: fixed sentences, no model runs.")
            say(f"Waymark is ready: open {page} in a browser. Ctrl-C stops it; everything is kept.")
            await _first(stop.told.wait(), _died(process, plan))


def begin_at_work(clock: Path, wall: datetime) -> timedelta:
    """Set a new demo's clock ahead to when most of its cast are at work, and return by how much.

    That is Monday to Thursday, 8:00 to 13:00 UTC. Then, and where the demo has a clock, nothing changes.
    """
    if clock.exists():
        return timedelta(0)
    begins = wall if BEGINS <= wall.time() < ENDS else datetime.combine(wall.date(), BEGINS, UTC)
    if begins < wall:
        begins += DAY
    while begins.weekday() > THURSDAY:
        begins = datetime.combine(begins.date() + DAY, BEGINS, UTC)
    ahead = begins - wall
    clock.write_text(str(ahead.total_seconds()))
    return ahead


def supported(manifest: Manifest) -> Manifest:
    """A manifest that names somebody to turn to and channels to post in: both can be tried."""
    topics = replace(manifest.topics, all=tuple(_with_channel(topic) for topic in manifest.topics.all))
    policy = manifest.policy
    if not policy.support:
        policy = policy.model_copy(update={"support": SUPPORT})
    return replace(manifest, policy=policy, topics=topics)


def _with_channel(topic: Topic) -> Topic:
    channel = CHANNELS.get(topic.id) or (None if topic.parent else EVERYWHERE)
    return topic.model_copy(update={"channel": topic.channel or channel})


def modelled(manifest: Manifest) -> Manifest:
    """A manifest that lets a model lead guided talks, too."""
    named = supported(manifest)
    allowed = named.policy.of(COACHING).model_copy(update={"model": "allowed"})
    return replace(named, policy=named.policy.model_copy(update={COACHING.name: allowed}))


@asynccontextmanager
async def playground(
    plan: DemoPlan, manifest: ManifestFile, port: int, model_port: int | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the playground as a process of its own, and give it when it answers."""
    declared = plan.folder / "slack-manifest.json"
    declared.write_text(json.dumps(for_socket_mode(manifest.manifest)))
    words = ["--port", str(port), "--data", str(plan.folder / "playground")]
    words += ["--clock", str(plan.clock), "--manifest", str(declared)]
    words += ["--model-port", str(model_port)] if model_port else []
    # A session of its own: Ctrl-C must not stop the playground before the app has said its last words to it.
    with (plan.folder / "playground.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "playground", *words),
            env=os.environ | plan.keys.environment(),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    plan.record.write_text(f"{process.pid}\n")
    try:
        await _first(_answers(port), _died(process, plan))
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
        plan.record.unlink(missing_ok=True)


async def seed(app: Running) -> int:
    """Enrol the playground's cast, with some past, unless somebody is enrolled; return how many were."""
    assert app.here is not None
    place = await app.worker.workspaces.at(app.here.workspace)
    if await place.desk.store.count("helpers"):
        return 0
    text = files("playground").joinpath("cast.csv").read_text("utf-8")
    sheet = people_csv.read(text, place.desk.topics)
    if sheet.problems:
        raise Stop(f"The demo's people do not fit manifest.yml: {sheet.problems[0]}")
    found = await importing.find(place, sheet.rows, lambda _read: None)
    now = app.worker.clock.now()
    await importing.load(place, found, now)
    await seed_mentorship(place.desk, now)
    await seed_reverse_pair(place.desk, now)
    await past.grow(place.desk, now)
    await past.second_opinion(place.desk, now)
    await seed_sponsorship(place.desk, now)
    await past.board(place.desk, now)
    await answers.write_down(place.desk, now)
    await seed_programme(place.desk, now)
    return len(found.rows)


def _settings(plan: DemoPlan, address: str, model_url: str | None) -> Settings:
    return Settings(
        WAYMARK_MODEL=f"openai:{STAND_IN}" if model_url else None,
        WAYMARK_MODEL_URL=model_url,
        SLACK_BOT_TOKEN=SecretStr(plan.keys.bot_token),
        SLACK_APP_TOKEN=SecretStr(plan.keys.app_token),
        SLACK_API_URL=f"{address}/api/",
        HOST=HOST,
        PORT=0,
        METRICS_PORT=plan.metrics_port,
        WAYMARK_DATA_DIR=plan.folder,
        WAYMARK_MANIFEST=plan.manifest,
    )


async def _answers(port: int) -> None:
    """When something listens at the port."""
    try:
        async with asyncio.timeout(START_SECONDS):
            while not await _listens(port):
                await asyncio.sleep(0.02)
    except TimeoutError:
        late = f"The playground has not started within {START_SECONDS:.0f} s: try again on a quieter machine."
        raise Stop(late) from None


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    writer.close()
    return True


async def _died(process: asyncio.subprocess.Process, plan: DemoPlan) -> None:
    await process.wait()
    raise Stop(_last_words(plan.folder / "playground.log"))


def _last_words(log: Path) -> str:
    """Why the playground could not go on, in its own sentence where it wrote one."""
    lines = log.read_text("utf-8", errors="replace").splitlines()
    told = [line.removeprefix(REFUSED) for line in lines if line.startswith(REFUSED)]
    return told[-1] if told else f"The playground has stopped; its last words are in {log}."


async def _first(*waits: Coroutine[Any, Any, object]) -> None:
    """When the first of these is done, and raise what it raised."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()

"""Runs the app until the process is told to stop."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import structlog

from handlers.conversations import ALL
from kernel.policy import Policy
from slackapp.bootstrap.foundation import Tempo
from slackapp.bootstrap.sentence_model import model_folder, with_sentence_model
from slackapp.bootstrap.wiring import Running, running
from slackapp.manifest.file import Adapt, ManifestFile
from slackapp.manifest.manifest import read_file
from slackapp.process.clock import Clock
from slackapp.process.data_folder import exposure
from slackapp.process.errors import Stop
from slackapp.process.settings import Mode, Settings

log = structlog.get_logger()


def open_manifest(
    path: Path, adapt: Adapt = lambda read: read, rules: type[Policy] = ALL.features.policy
) -> ManifestFile:
    """Return the manifest that steers the app, changed by *adapt*, or raise Stop with what is wrong in it.

    *rules* are those of the features that are served.
    """
    if not path.exists():
        raise Stop(f"There is no {path} here: run this where manifest.yml lies, or set WAYMARK_MANIFEST.")
    reading = read_file(path, rules)
    if reading.manifest is None:
        first, *more = map(str, reading.problems)
        others = f" (and {len(more)} more: `waymark manifest check` lists them)" if more else ""
        raise Stop(f"{first}{others}")
    return ManifestFile(path, reading.manifest, adapt)


class StopSignal:
    """Ctrl-C or SIGTERM. While the app starts it ends the start, and afterwards *told* is set."""

    def __init__(self) -> None:
        self.told, self._hurried = asyncio.Event(), asyncio.Event()
        self._starting = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._hear, number)

    def started(self) -> None:
        """Let the signal end nothing by itself any more."""
        self._starting = None

    async def patience(self, seconds: float) -> None:
        """Wait so long after SIGTERM; a second signal ends that, and nobody waits after Ctrl-C."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurried.wait()

    def _hear(self, number: int) -> None:
        if self.told.is_set() or number == signal.SIGINT:
            self._hurried.set()
        self.told.set()
        if self._starting is not None:
            self._starting.cancel()


async def serve(
    settings: Settings,
    clock: Clock,
    *,
    tempo: Tempo | None = None,
    ready: Callable[[Running], None] = lambda _app: None,
) -> None:
    """Run the app; *ready* is called once Slack can reach it.

    Told to stop it first says that it is not ready, so that a balancer sends nothing more, then takes nothing
    more, and ends when what it has taken is done.
    """
    stop = StopSignal()
    if (found_open := exposure(settings.data_dir)) is not None:
        log.warning("data folder is open to others", sentence=found_open.sentence)
    adapt = with_sentence_model(model_folder(settings.sentence_model))
    async with running(settings, open_manifest(settings.manifest, adapt), clock, tempo) as app:
        stop.started()
        log.info("ready", mode=settings.mode.value, port=app.port)
        ready(app)
        await stop.told.wait()
        log.info("stopping")
        app.readiness.is_stopping = True
        if settings.mode is not Mode.SOCKET:
            await stop.patience(settings.grace)
    log.info("stopped")

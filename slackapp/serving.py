"""Runs the app until the process is told to stop."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

import structlog

from slackapp.clock import Clock
from slackapp.data_folder import exposure
from slackapp.errors import Stop
from slackapp.manifest import read_file
from slackapp.manifest_file import Adapt, ManifestFile
from slackapp.settings import Settings
from slackapp.wiring import Running, Tempo, running

log = structlog.get_logger()


def open_manifest(path: Path, adapt: Adapt = lambda read: read) -> ManifestFile:
    """Return the manifest that steers the app, changed by *adapt*, or raise Stop with what is wrong in it."""
    if not path.exists():
        raise Stop(f"There is no {path} here: run this where manifest.yml lies, or set WAYMARK_MANIFEST.")
    reading = read_file(path)
    if reading.manifest is None:
        first, *more = map(str, reading.problems)
        others = f" (and {len(more)} more: `waymark manifest check` lists them)" if more else ""
        raise Stop(f"{first}{others}")
    return ManifestFile(path, reading.manifest, adapt)


def stop_signal() -> asyncio.Event:
    """Return an event that is set when the process is told to stop, by Ctrl-C or by SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def serve(
    settings: Settings,
    clock: Clock,
    *,
    tempo: Tempo | None = None,
    ready: Callable[[Running], None] = lambda _app: None,
) -> None:
    """Run the app; *ready* is called once Slack can reach it."""
    stop = stop_signal()
    if (found_open := exposure(settings.data_dir)) is not None:
        log.warning("data folder is open to others", sentence=found_open.sentence)
    async with running(settings, open_manifest(settings.manifest), clock, tempo) as app:
        log.info("ready", mode=settings.mode.value, port=app.port)
        ready(app)
        await stop.wait()
        log.info("stopping")
    log.info("stopped")

"""Runs the app until the process is told to stop."""

import gc
from collections.abc import Callable

import structlog

from slackapp.bootstrap.foundation import Tempo
from slackapp.bootstrap.manifests import open_manifest
from slackapp.bootstrap.sentence_model import model_folder, with_sentence_model
from slackapp.bootstrap.wiring import Running, running
from slackapp.process.clock import Clock
from slackapp.process.data_folder import exposure
from slackapp.process.settings import Mode, Settings
from slackapp.process.stop_signal import StopSignal

log = structlog.get_logger()


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
        # What is loaded now stays: nothing that is answered waits while it is looked through for garbage.
        gc.freeze()
        log.info("ready", mode=settings.mode.value, port=app.port)
        ready(app)
        await stop.told.wait()
        log.info("stopping")
        app.readiness.is_stopping = True
        if settings.mode is not Mode.SOCKET:
            await stop.patience(settings.grace)
    log.info("stopped")

"""The agenda's `relearn`: at night, where there is something to learn, in a process of its own.

Fitting weights takes seconds to a minute of one core, and the event loop has acknowledgements to send.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import structlog

from kernel.desk import Desk
from kernel.errors import NotInstalled
from kernel.store import Due
from mentoring.learning import retraining
from slackapp.background.retraining import LearningRun
from slackapp.process.errors import LearnerFailed
from slackapp.workspaces.worker import Worker
from storage.connection.errors import StorageAway

log = structlog.get_logger()

MOST_SECONDS = 900
LATER = timedelta(minutes=5)
CAME = "{"  # with which what came of it begins, as JSON
COMMAND = (sys.executable, "-m", "slackapp.background.retraining")
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Learner:
    """Has one workspace at a time learn from its past. Leaving its block ends a process under way."""

    def __init__(
        self, worker: Worker, command: tuple[str, ...] = COMMAND, seconds: int = MOST_SECONDS
    ) -> None:
        self._worker, self._command, self._seconds = worker, command, seconds
        self._process: asyncio.subprocess.Process | None = None
        self._is_busy = self._is_over = False

    @property
    def process_id(self) -> int | None:
        """The process that learns at the moment."""
        return self._process.pid if self._process else None

    async def relearn(self, due: Due) -> None:
        """Perform one entry: learn, or say why not, or come back when another workspace has been served."""
        if self._is_over:
            return
        desk, now = (await self._worker.workspaces.at(due.workspace)).desk, self._worker.clock.now()
        if not desk.policy.learning.enabled:
            await retraining.skip(desk, "switched_off", now, due)
        elif not await retraining.is_worth_it(desk):
            await retraining.skip(desk, "too_few", now, due)
        elif self._is_busy:
            await retraining.put_off(desk, now + LATER, due)
        else:
            await self._learn(desk, due, now)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Learn until the block ends; what is under way then is left to the next worker."""
        try:
            yield
        finally:
            self._is_over = True
            self._kill()

    async def _learn(self, desk: Desk, due: Due, now: datetime) -> None:
        self._is_busy = True
        try:
            said, code = await self._run(self._learning_run(desk, due, now))
        finally:
            self._is_busy = False
        if said.startswith(CAME):
            log.info("learned", workspace=due.workspace, came_of_it=said)
        elif said == NotInstalled.__name__:
            self._worker.workspaces.forget(due.workspace)
            raise NotInstalled(due.workspace)
        elif said == StorageAway.__name__:
            log.warning("learning broken off", workspace=due.workspace, why=said)
            await retraining.put_off(desk, now + LATER, due)
        elif not self._is_over:
            why = said or f"exit {code}"
            log.warning("learning came to nothing", workspace=due.workspace, why=why)
            raise LearnerFailed(why)

    async def _run(self, learning_run: LearningRun) -> tuple[str, int]:
        """The process's last word, which alone tells what came of it, and its exit code.

        The code gets lost where whoever started the app has it ignore its children (SIGCHLD).
        """
        # Of its own session: Ctrl-C is for the app, which then ends the process itself.
        self._process = process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=os.environ | ONE_THREAD,
            start_new_session=True,
        )
        try:
            said, _ = await process.communicate(learning_run.model_dump_json().encode())
        finally:
            self._kill()
            self._process = None
        return said.decode(errors="replace").strip(), process.returncode or 0

    def _learning_run(self, desk: Desk, due: Due, now: datetime) -> LearningRun:
        return LearningRun(
            url=self._worker.stores.url,
            workspace=due.workspace,
            now=now,
            seconds=self._seconds,
            topics=desk.topics.all,
            policy=desk.policy,
            due=due,
        )

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()

"""The agenda's `programme_work`: pair a programme, read a list, propose its pairs, or take these back.

It is done off the event loop, or a few at a time. The window of whoever pressed shows how far it is, and then
what came of it; closed, or lost with a restart, it misses nothing: the page says the same.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from handlers.pairing import page
from kernel.desk import Desk
from kernel.errors import Refusal
from kernel.store import Due
from matching.pairing.values import BadPin
from relationships.cohorts import participants, programmes, sending
from relationships.cohorts.programme import Programme, Work
from slackapp.pairing import programme_reading
from slackapp.pairing.solving import COMMAND, solved
from slackapp.process.errors import SlackSays, Stop
from slackapp.workspaces.holding import meanwhile
from slackapp.workspaces.slack_calls import call
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import Place

log = structlog.get_logger()

EVERY = 1.0  # seconds between two looks at how far it is
Change = Callable[[Programme], Programme]


class ProgrammeWork:
    """Does what admins have begun, one pairing at a time."""

    def __init__(self, worker: Worker, command: tuple[str, ...] = COMMAND) -> None:
        self._worker, self._command = worker, command
        self._one = asyncio.Lock()

    async def do(self, due: Due) -> None:
        """Perform one entry, as long as something is under way; doing it twice changes nothing."""
        place = await self._worker.workspaces.at(due.workspace)
        programme, now = await place.desk.find(Programme, due.thing), self._worker.clock.now()
        if programme is None or programme.work is None:
            await self._worker.stores.agenda.done(due)
            return
        work = programme.work
        if work.do == "pair":
            change = await self._paired(place, programme, work, now)
        elif work.do == "read":
            change = await programme_reading.read(place, programme, work, now)
        elif work.do == "propose":
            change = await self._proposed(place, programme, work, now)
        else:
            change = await self._taken_back(place.desk, programme, now)
        await programmes.note(place.desk, work, change, now, due)
        await self._show(place, programme.id, work, now)

    async def _paired(self, place: Place, programme: Programme, work: Work, now: datetime) -> Change:
        cohort = await participants.cohort_of(place.desk, programme, now)
        steps: list[None] = []

        async def show() -> None:
            await self._show(place, programme.id, work, self._worker.clock.now(), len(steps))

        try:
            async with self._one, meanwhile(show, EVERY):
                pairing = await solved(cohort, lambda: steps.append(None), self._command)
        except BadPin as no:
            return programmes.failed(no)
        except Stop as error:
            log.warning("pairing broke off", why=str(error))
            return programmes.failed(None)
        return programmes.solved(pairing, cohort, now)

    async def _proposed(self, place: Place, programme: Programme, work: Work, now: datetime) -> Change:
        stands: Programme | None = programme
        while stands is not None:
            programme, stands = stands, await sending.propose_some(place.desk, stands, now)
            if stands is not None:
                await self._show(place, programme.id, work, now)
        await sending.tell_the_others(place.desk, programme, now)
        return Programme.rested

    async def _taken_back(self, desk: Desk, programme: Programme, now: datetime) -> Change:
        await sending.take_back(desk, programme, now)
        await sending.hold(desk, programme)
        return Programme.rested

    async def _show(self, place: Place, id: str, work: Work, now: datetime, steps: int = 0) -> None:
        """Draw the page in the window of whoever pressed, if it is still there."""
        if not work.window:
            return
        try:
            view = await page.page(place.desk, id, work.by, now, steps=steps)
            await call(place.client, "views.update", {"view_id": work.window, "view": view})
        except (Refusal, SlackSays) as error:
            log.info("the page of a programme was not shown", error=type(error).__name__)

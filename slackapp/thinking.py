"""Says in a talk's thread that a model is at work: a line of Slack's, best effort, gone with the answer."""

import asyncio
from contextlib import suppress

from coaching.talk import Talk
from mentoring.desk import Desk
from slackapp.errors import NotInstalled, SlackSays
from slackapp.slack_calls import call
from slackapp.worker import Worker

WITHIN = 0.8  # seconds that it may take from a turn
THINKING = "is thinking about what you wrote …"


class Thinking:
    """Shows the line for the talks of all workspaces."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def show(self, desk: Desk, talk: Talk) -> None:
        """Show it, where the talk has a thread and Slack can."""
        with suppress(SlackSays, NotInstalled, TimeoutError):
            async with asyncio.timeout(WITHIN):
                await self._show(desk, talk)

    async def _show(self, desk: Desk, talk: Talk) -> None:
        card = await self._worker.stores.notices.card(desk.store.workspace, talk.person_id, talk.thing)
        if card is None or not card.ts:
            return
        place = await self._worker.workspaces.at(desk.store.workspace)
        body = {"channel_id": card.channel, "thread_ts": card.ts, "status": THINKING}
        await call(place.client, "assistant.threads.setStatus", body)

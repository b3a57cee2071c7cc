"""Says in a guided talk's thread that a model is at work, with Slack's own stop button; best effort.

docs.slack.dev/ai/agent-sessions: a session is `processing`, then `suspended` while its person is to answer.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Literal

from coaching.forms import FORMS
from coaching.guide.talk import GuidedTalk
from kernel.desk import Desk
from kernel.errors import NotInstalled
from slackapp.process.errors import SlackSays
from slackapp.workspaces.slack_calls import call
from slackapp.workspaces.worker import Worker

WITHIN = 0.8  # seconds that each of the two calls may take from a turn
Status = Literal["processing", "suspended"]


class Thinking:
    """Shows it for the guided talks of all workspaces."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    @asynccontextmanager
    async def shown(self, desk: Desk, talk: GuidedTalk) -> AsyncIterator[None]:
        """Show it while the block lasts, where the guided talk has a thread and Slack can."""
        await self._say(desk, talk, "processing")
        try:
            yield
        finally:
            await self._say(desk, talk, "suspended")

    async def _say(self, desk: Desk, talk: GuidedTalk, status: Status) -> None:
        with suppress(SlackSays, NotInstalled, TimeoutError):
            async with asyncio.timeout(WITHIN):
                await self._set(desk, talk, status)

    async def _set(self, desk: Desk, talk: GuidedTalk, status: Status) -> None:
        card = await self._worker.stores.notices.card(desk.store.workspace, talk.person_id, talk.thing)
        if card is None or not card.ts:
            return
        place = await self._worker.workspaces.at(desk.store.workspace)
        body = {"channel_id": card.channel, "thread_ts": card.ts, "status": status}
        await call(place.client, "agents.sessions.setStatus", {**body, "title": FORMS[talk.form].title})

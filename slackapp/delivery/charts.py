"""The agenda's `sprint_chart`: a picture of a reviewed sprint, uploaded where Slack lets the app.

Without the scope, or where the upload is refused, the card's chart of plain text is what there is.
Whoever tries again looks first whether the picture stands.
"""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from coaching.sprints.sprint import Sprint
from handlers.sprints import texts as sprint_texts
from kernel.store import Due, Key
from slackapp.delivery.sprint_chart import drawn
from slackapp.delivery.uploads import upload
from slackapp.process.errors import MessageGone, Undeliverable
from slackapp.workspaces import history
from slackapp.workspaces.slack_calls import ask
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import Place
from storage.queues.notices import Card

log = structlog.get_logger()

TITLE = "Your sprint"


class Charts:
    """Draws and uploads charts."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def draw(self, due: Due) -> None:
        """Perform one entry; what cannot be uploaded for good is let go."""
        place = await self._worker.workspaces.at(due.workspace)
        sprint = await place.desk.store.look(
            lambda read: read.find(Sprint, due.thing), load=[Key(Sprint, due.thing)]
        )
        if sprint is not None and sprint.review is not None and sprint.check_ins:
            card = await self._worker.stores.notices.card(due.workspace, sprint.person_id, sprint.thing)
            if card is not None and card.channel and not await self._stands(place, sprint, card, due):
                await self._upload(place.client, sprint, card.channel)
        await self._worker.stores.agenda.done(due)

    async def _stands(self, place: Place, sprint: Sprint, card: Card, due: Due) -> bool:
        """Return whether an earlier attempt brought the picture; where nobody can look, that is counted."""
        if due.attempt == 1 or sprint.ended_at is None:
            return False
        try:
            oldest = sprint.ended_at.timestamp() - history.SKEW
            messages = history.since(partial(ask, place.client), card.channel, oldest)
            return any([_has_picture(message, place, sprint) async for message in messages])
        except Undeliverable as error:
            log.info("picture not looked for", sprint=sprint.id, code=error.code)
            await self._worker.stores.notices.repeat(due.workspace)
            self._worker.metrics.maybe_doubled.inc()
            return False

    async def _upload(self, client: AsyncWebClient, sprint: Sprint, channel: str) -> None:
        picture = await asyncio.to_thread(drawn, sprint)
        said = sprint_texts.chart_in_words(sprint)
        try:
            await upload(client, channel, _name(sprint), picture, title=TITLE, alt=said)
        except (Undeliverable, MessageGone) as error:
            log.info("no picture of a sprint", sprint=sprint.id, code=error.code)


def _name(sprint: Sprint) -> str:
    return f"sprint-{sprint.id}.png"


def _has_picture(message: Mapping[str, Any], place: Place, sprint: Sprint) -> bool:
    names = [file.get("name") for file in message.get("files", ())]
    return message.get("user") == place.installation.bot_user_id and _name(sprint) in names

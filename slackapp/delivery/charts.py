"""The agenda's `sprint_chart`: a picture of a reviewed sprint, uploaded where Slack lets the app.

Without the scope, or where the upload is refused, the card's chart of plain text is what there is.
"""

import asyncio

from coaching.sprints.sprint import Sprint
from handlers.sprints import words as sprint_words
from kernel.store import Due, Key
from slackapp.delivery.sprint_chart import drawn
from slackapp.delivery.uploads import File, Uploads
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import Place

TITLE = "Your sprint"


class Charts:
    """Draws and uploads charts."""

    def __init__(self, worker: Worker) -> None:
        self._worker, self._uploads = worker, Uploads(worker)

    async def draw(self, due: Due) -> None:
        """Perform one entry; what cannot be uploaded for good is let go."""
        place = await self._worker.workspaces.at(due.workspace)
        sprint = await place.desk.store.look(
            lambda read: read.find(Sprint, due.thing), load=[Key(Sprint, due.thing)]
        )
        if sprint is not None and sprint.review is not None and sprint.check_ins:
            card = await self._worker.stores.notices.card(due.workspace, sprint.person_id, sprint.thing)
            if card is not None and card.channel:
                await self._upload(place, sprint, card.channel)
        await self._worker.stores.agenda.done(due)

    async def _upload(self, place: Place, sprint: Sprint, channel: str) -> None:
        picture = await asyncio.to_thread(drawn, sprint)
        name, said = f"sprint-{sprint.id}.png", sprint_words.chart_in_words(sprint)
        await self._uploads.bring(place, channel, File(name, name, TITLE, picture, alt=said))

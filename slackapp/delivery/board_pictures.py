"""The agenda's `board_picture`: a board as a picture in its owner's messages, below the message in words.

Without the scope, or where the upload is refused, the words are what there is.
"""

import asyncio

from handlers.board import card
from kernel.store import Due
from kernel.values import PersonId
from relationships.board import boards
from relationships.board.boards import Look
from slackapp.delivery.board_picture import drawn
from slackapp.delivery.uploads import File, Uploads
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import Place

TITLE, NAME = "Your board", "board.png"


class BoardPictures:
    """Sends pictures of boards to their owners."""

    def __init__(self, worker: Worker) -> None:
        self._worker, self._uploads = worker, Uploads(worker)

    async def send(self, due: Due) -> None:
        """Perform one entry: `<person>.<number of the picture>`, unless a newer one is wanted."""
        owner, _, number = due.thing.rpartition(".")
        me, place = PersonId(owner), await self._worker.workspaces.at(due.workspace)
        now, agenda = self._worker.clock.now(), self._worker.stores.agenda
        seen = await boards.look(place.desk, me, now)
        if seen.board.pictures == int(number):
            channel = await self._uploads.conversation(place, due, me)
            if channel is not None:
                await self._upload(place, f"{due.kind} {due.thing}", channel, seen)
        await agenda.done(due)

    async def _upload(self, place: Place, of: str, channel: str, seen: Look) -> None:
        picture = await asyncio.to_thread(drawn, seen)
        said = card.spoken(seen, self._worker.clock.now())
        await self._uploads.bring(place, channel, File(of, NAME, TITLE, picture, alt=said))

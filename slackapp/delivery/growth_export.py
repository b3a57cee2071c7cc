"""The agenda's `growth_export`: a growth plan as a file in its owner's messages, or as messages.

Without the scope, or where the upload is refused, or where nobody knows the conversation, its text comes as
messages.
"""

import asyncio

from handlers.growth_plan import export
from kernel.store import Due
from kernel.values import PersonId
from relationships.growth_plan.sharing import send_as_messages
from slackapp.delivery.uploads import File, Uploads
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import Place

TITLE = "Your growth plan"


class GrowthExports:
    """Sends growth plans to their owners."""

    def __init__(self, worker: Worker) -> None:
        self._worker, self._uploads = worker, Uploads(worker)

    async def send(self, due: Due) -> None:
        """Perform one entry: `<person>.<number of the export>`, unless a newer one is wanted."""
        owner, _, number = due.thing.rpartition(".")
        me, place = PersonId(owner), await self._worker.workspaces.at(due.workspace)
        now, agenda = self._worker.clock.now(), self._worker.stores.agenda
        whole = await export.whole(place.desk, me, now)
        if whole.plan.exports and whole.plan.exported == int(number):
            channel = await self._uploads.conversation(place, due, me)
            await self._deliver(place, f"{due.kind} {due.thing}", whole, channel)
        await agenda.done(due)

    async def _deliver(self, place: Place, of: str, whole: export.Whole, channel: str | None) -> None:
        format = whole.plan.exports[-1].format
        text = await asyncio.to_thread(export.rendered, whole, format)
        file = File(of, export.file_name(format, whole.today), TITLE, text.encode())
        if not await self._uploads.bring(place, channel, file):
            seen = await asyncio.to_thread(export.rendered, whole, export.readable(format))
            await send_as_messages(place.desk, whole.plan.id, whole.plan.exported, len(export.parts(seen)))

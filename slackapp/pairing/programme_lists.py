"""The agenda's `programme_list`: a programme's pairs as a file in an admin's messages, or as messages."""

from handlers.pairing import pairs_list
from kernel.store import Due
from relationships.cohorts import lists
from relationships.cohorts.programme import Programme
from slackapp.delivery.uploads import File, Uploads
from slackapp.workspaces.worker import Worker

NAME = "pairs.csv"


class ProgrammeLists:
    """Sends the pairs of programmes to whoever asked for them."""

    def __init__(self, worker: Worker) -> None:
        self._worker, self._uploads = worker, Uploads(worker)

    async def send(self, due: Due) -> None:
        """Perform one entry: `<programme>.<number of the list>`, unless a newer one is wanted."""
        programme_id, _, number = due.thing.rpartition(".")
        place, now = await self._worker.workspaces.at(due.workspace), self._worker.clock.now()
        it, agenda = await place.desk.find(Programme, programme_id), self._worker.stores.agenda
        if it is None or it.listed_for is None or it.listings != int(number):
            await agenda.done(due)
            return
        channel = await self._uploads.conversation(place, due, it.listed_for)
        whole = await pairs_list.of_programme(place.desk, it, now)
        # With its mark, so that Excel takes it for UTF-8.
        file = File(f"{due.kind} {due.thing}", NAME, it.name, whole.encode("utf-8-sig"))
        if not await self._uploads.bring(place, channel, file):
            await lists.send_as_messages(place.desk, it, len(pairs_list.parts(whole)))
        await agenda.done(due)

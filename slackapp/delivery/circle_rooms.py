"""The agenda's `open_circle_room`: a group conversation for a circle, where the workspace grants that."""

import structlog

from kernel.store import Due
from relationships.circles import circles
from relationships.circles.circle import Circle
from slackapp.delivery.messages import Messages, Spot
from slackapp.process.errors import Undeliverable
from slackapp.workspaces.worker import Worker

log = structlog.get_logger()


class CircleRooms:
    """Opens the conversations of circles."""

    def __init__(self, worker: Worker, messages: Messages) -> None:
        self._worker, self._messages = worker, messages

    async def open(self, due: Due) -> None:
        """Perform one entry; opening twice gives the same conversation."""
        place, now = await self._worker.workspaces.at(due.workspace), self._worker.clock.now()
        circle = await place.desk.find(Circle, due.thing)
        if circle is None or circle.state != "going":
            await self._worker.stores.agenda.done(due)
            return
        channel = None
        try:
            spot = Spot(place.workspace, f"circle:{circle.id}", "")
            channel = await self._messages.open_group(place.client, spot, circle.members)
        except Undeliverable as error:
            log.info("no group conversation for a circle", code=error.code)
        await circles.opened_room(place.desk, circle.id, channel, now, due)

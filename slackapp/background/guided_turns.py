"""The agenda's `talk_turn`: the next thing that is said in a guided talk, by whatever leads it."""

from coaching.guide import talks
from coaching.guide.engine import Lead
from kernel.store import Due
from slackapp.workspaces.worker import Worker


class GuidedTurns:
    """Speaks in guided talks; *lead* says what leads them: the guide, or a model."""

    def __init__(self, worker: Worker, lead: Lead) -> None:
        self._worker, self._lead = worker, lead

    async def speak(self, due: Due) -> None:
        """Say what comes next in a guided talk."""
        desk, now = (await self._worker.workspaces.at(due.workspace)).desk, self._worker.clock.now()
        await talks.speak(desk, self._lead.at(desk, now), due.thing, now, due)

"""What workspaces have learned, in the memory of this process: read when it is new, and kept up to date.

Learning is done elsewhere. Here a small document is looked at once a minute, its memory is unpacked beside
the event loop, and the sessions that ended since are told to it. Only the routing of a request waits.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from kernel.desk import Desk
from kernel.values import RequestId, WorkspaceId
from matching.learning.memory import Memory, UnreadableMemory, unpack
from matching.ranking.priors import DECLARED
from matching.ranking.ranking import RankingModel
from matching.topics.model import TopicModel
from mentoring.learning import memory as learning
from mentoring.learning.events import Gave, Seen, happenings, tell
from mentoring.learning.request_history import PAGE, PastRequest, past_requests
from mentoring.model.learned import Learning

log = structlog.get_logger()

WORKSPACES = 64
LOOK_AGAIN = timedelta(minutes=1)
MOST_SINCE = 500


class LearnedExperience:
    """What one workspace has learned. The history grows in place: rank without awaiting in between."""

    def __init__(self) -> None:
        self._learning, self._memory = Learning(), Memory()
        self._looked_at: datetime | None = None
        self._told: set[str] = set()
        self._lock = asyncio.Lock()

    @property
    def topics(self) -> TopicModel | None:
        """How topics are found in words, as far as this process has read it."""
        return self._memory.topics

    async def model(self, desk: Desk, now: datetime) -> RankingModel:
        """How to rank, by what had ended a minute ago at the latest."""
        async with self._lock:
            # Time may go back where it can be moved.
            if self._looked_at is None or abs(now - self._looked_at) >= LOOK_AGAIN:
                await self._look(desk)
                self._looked_at = now
        if not self._learning.ranks:
            return DECLARED
        return self._memory.model(desk.policy.learning.load_price)

    async def _look(self, desk: Desk) -> None:
        found = await learning.last(desk)
        if found.version != self._learning.version:
            self._learning, self._memory = await _read(desk, found)
            self._told = set()
        if self._learning.ranks:
            await self._catch_up(desk)

    async def _catch_up(self, desk: Desk) -> None:
        """Tell the history of the sessions that ended after it was learned."""
        ids = await desk.store.ids("talks-ended", since=self._learning.until, limit=MOST_SINCE)
        new = [RequestId(id.rpartition(".")[0]) for id in reversed(ids) if id not in self._told]
        for start in range(0, len(new), PAGE):
            for past in await past_requests(desk, new[start : start + PAGE]):
                self._tell(past)
        self._told.update(ids)

    def _tell(self, past: PastRequest) -> None:
        since = self._learning.until
        if past.outcome is None or since is None or past.outcome.ended_at <= since:
            return
        for each in happenings(past):
            # The offers and answers of before were told with the rest; an ask is told once by itself.
            if not (isinstance(each, Gave | Seen) and each.at <= since):
                tell(self._memory.history, each)


class Experiences:
    """What was learned in the workspaces used last; of any other it is read when asked for."""

    def __init__(self, capacity: int = WORKSPACES) -> None:
        self._capacity = capacity
        self._held: OrderedDict[WorkspaceId, LearnedExperience] = OrderedDict()

    def of(self, workspace: WorkspaceId) -> LearnedExperience:
        """What one workspace has learned."""
        held = self._held.pop(workspace, None) or LearnedExperience()
        self._held[workspace] = held
        if len(self._held) > self._capacity:
            self._held.popitem(last=False)
        return held

    def forget(self, workspace: WorkspaceId) -> None:
        """Drop what this process remembers of a workspace."""
        self._held.pop(workspace, None)


@dataclass(frozen=True, slots=True)
class WorkspaceExperience:
    """What one workspace has learned, by whatever of it is in memory when it is asked for."""

    experiences: Experiences
    workspace: WorkspaceId

    @property
    def topics(self) -> TopicModel | None:
        """How topics are found in words, as far as this process has read it."""
        return self.experiences.of(self.workspace).topics

    async def model(self, desk: Desk, now: datetime) -> RankingModel:
        """How to rank, up to date."""
        return await self.experiences.of(self.workspace).model(desk, now)


async def _read(desk: Desk, found: Learning) -> tuple[Learning, Memory]:
    """What was learned; nothing where the memory is of another release, or gone a moment ago."""
    packed = await learning.remembered(desk, found)
    try:
        memory = await asyncio.to_thread(unpack, packed) if packed else Memory()
    except UnreadableMemory:
        log.warning("what was learned cannot be read; it is learned anew", workspace=desk.store.workspace)
        packed = None
    if not packed:
        return found.model_copy(update={"ranks": False, "guesses": False}), Memory()
    return found, memory

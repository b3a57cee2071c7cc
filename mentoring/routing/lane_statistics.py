"""In which lanes sessions about a topic have helped: counted where the asker says so, in the same commit.

Counts alone are kept, of nobody in particular. Two small numbers a lane cost a routing one read; the past
would cost hundreds.
"""

from collections.abc import Mapping
from typing import ClassVar, Self

from pydantic import Field

from kernel.desk import Desk
from kernel.store import NONE, Changes, Snapshot
from kernel.values import Document, TopicId
from matching.ranking.lane_order import Helpfulness, with_outcomes
from matching.values import Ask, Lane
from mentoring.model.request import Request
from mentoring.model.session import Session

__all__ = ["LaneRecord", "by_outcomes", "judged", "unjudged"]


class LaneRecord(Document):
    """The sessions about one topic that their askers have judged, and how many of them helped, by lane."""

    kind: ClassVar[str] = "lanes"
    id: TopicId
    talks: Mapping[Lane, int] = Field(default_factory=dict)
    helped: Mapping[Lane, int] = Field(default_factory=dict)

    def told(self, lane: Lane, *, talks: int, helped: int) -> Self:
        """Count more sessions in a lane."""
        counted = {
            "talks": {**self.talks, lane: self.talks.get(lane, 0) + talks},
            "helped": {**self.helped, lane: self.helped.get(lane, 0) + helped},
        }
        return self.model_copy(update=counted)


def judged(read: Snapshot, session: Session | None, before: bool | None, after: bool) -> Changes:
    """What is counted of a session: whether its asker thought *before* that it helped, and does now.

    None is for an asker who had not said. Advice that was used in the end has helped.
    """
    request = read.find(Request, session.request_id) if session else None
    talks, helped = int(before is None), int(after and not before)
    if session is None or request is None or not talks + helped:
        return NONE
    records = [read.find(LaneRecord, topic) or LaneRecord(id=topic) for topic in request.topics]
    return Changes(put=[record.told(session.lane, talks=talks, helped=helped) for record in records])


def unjudged(read: Snapshot, session: Session | None, before: bool | None) -> Changes:
    """What no longer counts where an asker takes back that advice was used; *before* as above."""
    request = read.find(Request, session.request_id) if session else None
    talks, helped = int(before is None), int(not before)
    if session is None or request is None or not talks + helped:
        return NONE
    records = read.all(LaneRecord, request.topics)
    return Changes(put=[record.told(session.lane, talks=-talks, helped=-helped) for record in records])


async def by_outcomes(desk: Desk, ask: Ask) -> Ask:
    """An ask with its lanes in the order in which they have helped with its first topic."""
    if not ask.topics or len(ask.lanes) < 2:
        return ask
    topic = ask.topics[0]
    record = await desk.find(LaneRecord, topic)
    return with_outcomes(ask, Helpfulness(record.talks, record.helped)) if record else ask

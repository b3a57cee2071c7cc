"""Tells admins when a topic that people help with, or ask about, is no longer in the manifest."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from kernel.desk import Desk
from kernel.store import Changes, Key, Snapshot, together
from kernel.values import WORKSPACE, Document, RequestId, TopicId
from mentoring.admins.admins import admins, met_admins
from mentoring.admins.alerts import MOST_OPEN, raised, withdraw_one
from mentoring.model.alert import Alert, withdrawn
from mentoring.model.request import ASKED_IN_TOPIC, Request

MOST_COUNTED = 500
ABOUT = "topic_gone"


class KnownTopics(Document):
    """The topics of the manifest as it was last in force, by id, with what people read."""

    kind: ClassVar[str] = "known_topics"
    id: str = WORKSPACE
    labels: Mapping[TopicId, str]


async def note_topics(desk: Desk, now: datetime) -> None:
    """Compare the topics with those of last time; doing it twice changes nothing.

    Admins hear of each that is gone while somebody helps with it or waits for an answer about it, until it is
    back. That holds across restarts, too.
    """
    await withdraw_unused(desk, now)
    known = await desk.find(KnownTopics, WORKSPACE)
    labels = {topic.id: topic.label for topic in desk.topics.all}
    if known is not None and known.labels == labels:
        return
    before = known.labels if known else {}
    back = [_alert_id(id) for id in labels if id not in before]
    uses = [await _used(desk, id, label) for id, label in before.items() if id not in labels]
    met = await met_admins(desk)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        told = admins(read, desk.policy, met)
        gone = [
            Alert(id=_alert_id(facts["topic"]), about=ABOUT, facts=facts, raised_at=now, told=told)
            for facts in uses
            if facts["helpers"] or facts["asks"]
        ]
        return None, together(
            Changes(put=[KnownTopics(labels=labels)]),
            *(raised(read, alert, desk.policy) for alert in gone),
            *(withdrawn(read, id, now) for id in back),
        )

    await desk.store.commit(decide, load=[Key(KnownTopics, WORKSPACE), *(Key(Alert, id) for id in back)])


async def withdraw_unused(desk: Desk, now: datetime) -> None:
    """Withdraw what admins heard of topics that are gone, and that nobody helps with or waits for now."""
    prefix = _alert_id("")
    for id in await desk.store.ids("alerts", limit=MOST_OPEN):
        if id.startswith(prefix):
            used = await _used(desk, TopicId(id.removeprefix(prefix)), "")
            if not (used["helpers"] or used["asks"]):
                await withdraw_one(desk.store, id, now)


async def _used(desk: Desk, topic: TopicId, label: str) -> Mapping[str, str | int]:
    """How many help with a topic, and how many of its last questions are not answered yet."""
    index = await desk.directory.index()
    ids = [RequestId(id) for id in await desk.store.ids(ASKED_IN_TOPIC.of(topic), limit=MOST_COUNTED)]
    asks = await desk.store.look(lambda read: _open(read, ids), load=[Key(Request, id) for id in ids])
    return {"topic": topic, "label": label, "helpers": len(index.holders(topic)[0]), "asks": asks}


def _open(read: Snapshot, ids: Sequence[RequestId]) -> int:
    return sum(not request.is_ended for request in read.all(Request, ids))


def _alert_id(topic: object) -> str:
    return f"{ABOUT}.{topic}"

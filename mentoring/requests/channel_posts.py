"""A question in its topic's channel: posted there, or refused by Slack, of which admins hear once."""

from datetime import datetime

from kernel.desk import Desk
from kernel.store import NONE, Changes, Key, Show, Snapshot, together
from kernel.values import RequestId
from mentoring.admins.admins import admins, met_admins
from mentoring.admins.alerts import raised
from mentoring.model.alert import Alert, withdrawn
from mentoring.model.request import Request


async def is_awaited(desk: Desk, request_id: RequestId, channel: str) -> bool:
    """Whether it is not known yet that a question stands in a channel where it is to stand."""
    request = await desk.find(Request, request_id)
    return request is not None and _is_awaited(request, channel)


async def posted(desk: Desk, request_id: RequestId, channel: str, link: str, now: datetime) -> None:
    """Note that a question stands in a channel; so posting there works. *link* may be empty."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        request = read.find(Request, request_id)
        if request is None or not _is_awaited(request, channel):
            return None, NONE
        stands = _shown(request.model_copy(update={"is_posted": True, "post_link": link}))
        return None, together(stands, withdrawn(read, alert_id(channel), now))

    await desk.store.commit(decide, load=[Key(Request, request_id)])


async def refused(desk: Desk, request_id: RequestId, channel: str, code: str, now: datetime) -> None:
    """Note that Slack lets nothing be posted in a channel, and why; tell the admins once."""
    met = await met_admins(desk)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        request = read.find(Request, request_id)
        facts = {"channel": channel, "code": code}
        told = admins(read, desk.policy, met)
        alert = Alert(id=alert_id(channel), about="channel", facts=facts, raised_at=now, told=told)
        raising = raised(read, alert, desk.policy)
        return None, together(_taken_back(request, channel) if request else NONE, raising)

    await desk.store.commit(decide, load=[Key(Request, request_id), Key(Alert, alert_id(channel))])


def alert_id(channel: str) -> str:
    """The id of the alert that a channel can't be posted to."""
    return f"channel.{channel}"


def _taken_back(request: Request, channel: str) -> Changes:
    if not _is_awaited(request, channel):
        return NONE
    return _shown(request.model_copy(update={"channel_post": None, "refused_by_channel": channel}))


def _is_awaited(request: Request, channel: str) -> bool:
    return request.channel_post == channel and not request.is_posted


def _shown(request: Request) -> Changes:
    return Changes(put=[request], show=[Show(request.thing, to=request.asker_id)])

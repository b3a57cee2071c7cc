"""Slack's own stop button, which stands in the thread of a guided talk while a model is at work there."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from coaching.guide import talks
from handlers.block_kit import payload
from handlers.block_kit.payload import Id, Line, Sent, Someone
from handlers.interactions import button_click, ids
from handlers.interactions.ports import App, Notices
from kernel.desk import Desk
from kernel.errors import NotFound, NotYours, Repeated


class _Thread(Sent):
    channel: Line
    thread_ts: Line
    user: Someone


class _Stopped(Sent):
    event: _Thread
    event_id: Id


async def stopped(body: dict[str, Any], desk: Desk, now: datetime, notices: Notices, client: Any) -> None:
    """Let the guided talk of a thread rest, and take the line away that says that a model is at work."""
    sent = payload.read(_Stopped, body)
    channel, thread_ts = sent.event.channel, sent.event.thread_ts
    card = await notices.card_at(desk.store.workspace, channel, thread_ts)
    stop = ids.of_event(body["event"], sent.event_id)
    kind, _, talk_id = card.thing.partition(":") if card else ("", "", "")
    if kind == "talk":
        with suppress(NotFound, NotYours, Repeated):
            await talks.pause(desk, talk_id, sent.event.user, now, event_id=stop)
    rests = {"channel_id": channel, "thread_ts": thread_ts, "status": "suspended"}
    await button_click.soon(client.api_call("agents.sessions.setStatus", json=rests))


def register(app: App) -> None:
    """Listen to the button."""
    app.event("agent_session_stopped")(stopped)

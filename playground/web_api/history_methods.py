"""The Web API's conversations.history and .replies: what stands in a conversation or thread of the app's."""

import re
from collections.abc import Sequence
from typing import Any

from playground.foundation.errors import SlackError
from playground.line.slack import Slack
from playground.web_api.calls import Answer, ApiCall, Method, require_scope
from playground.workspace.conversations import SlackConversation
from playground.workspace.messages import Message
from playground.workspace.people import BOT_USER_ID

SCOPES = {"channel": "channels:history", "im": "im:history", "app": "im:history", "mpim": "mpim:history"}
DEFAULT_LIMIT, MOST = 100, 999
TS = re.compile(r"\d+(\.\d+)?")


def conversations_history(slack: Slack, call: ApiCall) -> Answer:
    """conversations.history: the newest first; replies stand in their thread alone."""
    place = _readable(slack, call.need("channel"))
    roots = [it for it in slack.workspace.timeline(place.id).seen_by(BOT_USER_ID) if it.is_in_conversation]
    return _page(call, roots[::-1])


def conversations_replies(slack: Slack, call: ApiCall) -> Answer:
    """conversations.replies: a thread from its first message on."""
    place = _readable(slack, call.need("channel"))
    chain = slack.workspace.timeline(place.id).thread(call.need("ts"), BOT_USER_ID)
    if not chain:
        raise SlackError("thread_not_found")
    return _page(call, chain)


def _readable(slack: Slack, channel: str) -> SlackConversation:
    """A conversation that the app is in and may read; a person's id is none."""
    place = slack.workspace.conversation(channel)
    require_scope(slack, SCOPES[place.kind])
    if not place.with_app:
        raise SlackError("not_in_channel" if place.kind == "channel" else "channel_not_found")
    return place


def _page(call: ApiCall, messages: Sequence[Message]) -> Answer:
    found = [message for message in messages if not message.ephemeral and _within(call, message.ts)]
    start, limit = _start(call), _limit(call)
    shown = [_shown(message, call.flag("include_all_metadata")) for message in found[start : start + limit]]
    more = start + limit < len(found)
    cursor = {"response_metadata": {"next_cursor": f"at:{start + limit}"}} if more else {}
    return {"messages": shown, "has_more": more, **cursor}


def _start(call: ApiCall) -> int:
    cursor = call.get("cursor")
    if cursor and not (cursor.startswith("at:") and cursor[3:].isdigit()):
        raise SlackError("invalid_cursor")
    return int(cursor[3:]) if cursor else 0


def _limit(call: ApiCall) -> int:
    limit = call.get("limit") or str(DEFAULT_LIMIT)
    if not limit.isdigit() or not 1 <= int(limit) <= MOST:
        raise SlackError("invalid_limit")
    return int(limit)


def _within(call: ApiCall, ts: str) -> bool:
    """Whether a message lies between the two times; on them only where they are *inclusive*."""
    oldest, latest = _ts(call, "oldest", 0), _ts(call, "latest", float("inf"))
    is_edge = float(ts) in (oldest, latest)
    return oldest <= float(ts) <= latest and (call.flag("inclusive") or not is_edge)


def _ts(call: ApiCall, name: str, default: float) -> float:
    ts = call.get(name)
    if ts and not TS.fullmatch(ts):
        raise SlackError(f"invalid_ts_{name}")
    return float(ts) if ts else default


def _shown(message: Message, with_metadata: bool) -> dict[str, Any]:
    body = message.payload()
    return body if with_metadata else {key: value for key, value in body.items() if key != "metadata"}


METHODS: dict[str, Method] = {
    "conversations.history": Method(conversations_history),
    "conversations.replies": Method(conversations_replies),
}

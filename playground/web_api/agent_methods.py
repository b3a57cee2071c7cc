"""The Web API of agents: streamed messages, sessions with their status, suggested prompts."""

from typing import Any

from playground.acting.composing import composed, labelled
from playground.foundation.errors import SlackError
from playground.line.slack import Slack
from playground.web_api.calls import Answer, ApiCall, Method
from playground.web_api.chat_methods import place_for, require_thread
from playground.workspace.messages import Message
from playground.workspace.people import BOT_USER_ID

MOST_STREAMED = 12_000  # characters, by the pages of the three methods
MOST_PROMPTS = 4
STATUSES = ("active", "processing", "suspended", "closed")
UNSTOPPABLE = "missing_agent_session_stopped_event_subscription"


def start_stream(slack: Slack, call: ApiCall) -> Answer:
    """chat.startStream: a reply that grows; in a channel it needs to know for whom."""
    _require_agent(slack)
    place, thread_ts = place_for(slack, call.need("channel")), call.need("thread_ts")
    require_thread(slack, place, thread_ts)
    if place.kind == "channel" and not (call.get("recipient_user_id") and call.get("recipient_team_id")):
        raise SlackError("missing_recipient_user_id")
    slack.say_status(place, thread_ts, "active")
    text = _fitting(call.get("markdown_text"))
    message = slack.post(place, BOT_USER_ID, thread_ts=thread_ts, text=text, streaming=True)
    return {"channel": place.id, "ts": message.ts}


def append_stream(slack: Slack, call: ApiCall) -> Answer:
    """chat.appendStream"""
    message = _streaming(slack, call)
    changed = slack.workspace.edit(message, text=_fitting(message.text + call.need("markdown_text")))
    return {"channel": changed.conversation, "ts": changed.ts}


def stop_stream(slack: Slack, call: ApiCall) -> Answer:
    """chat.stopStream: the text stands as it is, with the blocks below it."""
    message = _streaming(slack, call)
    text = _fitting(message.text + call.get("markdown_text"))
    below = (
        composed({"text": text, "blocks": call.args["blocks"]})["blocks"] if call.args.get("blocks") else []
    )
    said = [{"type": "markdown", "text": text}] if text else []
    changed = slack.workspace.edit(
        message,
        text=text,
        blocks=[*said, *below],
        streaming=False,
        metadata=labelled(call.args.get("metadata")),
    )
    return {"channel": changed.conversation, "ts": changed.ts, "message": changed.payload()}


def set_status(slack: Slack, call: ApiCall) -> Answer:
    """agents.sessions.setStatus: while it is `processing`, people see that, and a button that stops it."""
    _require_agent(slack)
    place, thread_ts = place_for(slack, call.need("channel_id")), call.need("thread_ts")
    require_thread(slack, place, thread_ts)
    if (status := call.need("status")) not in STATUSES:
        raise SlackError("invalid_arguments", f"[ERROR] status must be one of {', '.join(STATUSES)}")
    slack.say_status(place, thread_ts, status)
    hears = slack.manifest.hears("agent_session_stopped")
    return {"status": status} | ({} if hears else {"warning": UNSTOPPABLE})


def set_suggested_prompts(slack: Slack, call: ApiCall) -> Answer:
    """assistant.threads.setSuggestedPrompts: at most four, each with a title and a message."""
    _require_agent(slack)
    place = place_for(slack, call.need("channel_id"))
    prompts = call.args.get("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise SlackError("invalid_arguments", "[ERROR] prompts must hold 1 to 4 items")
    if not all(isinstance(each, dict) and each.get("title") and each.get("message") for each in prompts):
        raise SlackError("invalid_arguments", "[ERROR] a prompt needs a title and a message")
    slack.prompts[place.id] = [{"title": each["title"], "message": each["message"]} for each in prompts]
    slack.feed.publish({"type": "world"}, *place.members)
    return {}


def _require_agent(slack: Slack) -> None:
    """Refuse what only an app has whose manifest declares it an agent, in a workspace that pays for it."""
    if slack.faults.no_agents or not slack.manifest.is_agent:
        raise SlackError("feature_not_enabled")


def _streaming(slack: Slack, call: ApiCall) -> Message:
    message = slack.workspace.message(slack.workspace.conversation(call.need("channel")).id, call.need("ts"))
    if not message.streaming:
        raise SlackError("message_not_in_streaming_state")
    return message


def _fitting(text: Any) -> str:
    if len(str(text)) > MOST_STREAMED:
        raise SlackError("msg_too_long")
    return str(text)


WRITE = ("chat:write",)
METHODS: dict[str, Method] = {
    "chat.startStream": Method(start_stream, WRITE),
    "chat.appendStream": Method(append_stream, WRITE),
    "chat.stopStream": Method(stop_stream, WRITE),
    "agents.sessions.setStatus": Method(set_status, WRITE),
    "assistant.threads.setSuggestedPrompts": Method(set_suggested_prompts, ("assistant:write",)),
}

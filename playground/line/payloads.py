"""The payloads that Slack sends, as pure functions from values."""

from datetime import datetime
from typing import Any

from playground.workspace.cast import DOMAIN
from playground.workspace.conversations import SlackConversation
from playground.workspace.messages import APP_ID, Message
from playground.workspace.people import BOT_USER_ID, TEAM_ID, SlackUser
from playground.workspace.views import OpenView

VERIFICATION_TOKEN = "playground"
Payload = dict[str, Any]


def slash_command(
    person: SlackUser, place: SlackConversation, command: str, text: str, *, url: str, trigger: str
) -> Payload:
    """What a slash command sends. Every value is a string, as in Slack's form."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "team_domain": DOMAIN,
        "channel_id": place.id,
        "channel_name": _spoken_name(place),
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": trigger,
    }


def interaction(kind: str, person: SlackUser, **parts: Any) -> Payload:
    """An interactive payload of a kind: who did it, where the app is installed, and *parts*."""
    return {
        "type": kind,
        "token": VERIFICATION_TOKEN,
        "api_app_id": APP_ID,
        "team": {"id": TEAM_ID, "domain": DOMAIN},
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id},
        "enterprise": None,
        "is_enterprise_install": False,
        **parts,
    }


def in_view(view: OpenView) -> Payload:
    """How a payload names the view it came from."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view.payload()}


def in_message(place: SlackConversation, message: Message) -> Payload:
    """How a payload names the message it came from. Slack does not repeat an ephemeral one."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": place.id,
        "is_ephemeral": message.ephemeral,
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
    }
    # An app that needs the text of its ephemeral message has to keep it in the buttons' values.
    body = {} if message.ephemeral else {"message": message.payload()}
    return {"container": container, "channel": channel(place), **body}


def channel(place: SlackConversation) -> Payload:
    """How a payload names a conversation."""
    return {"id": place.id, "name": _spoken_name(place)}


def event_callback(event: Payload, event_id: str, now: datetime) -> Payload:
    """The Events API's wrapping of an event."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(now.timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER_ID,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def message_event(place: SlackConversation, message: Message) -> Payload:
    """The event of a message that was written."""
    return {
        **message.payload(),
        "channel": place.id,
        "channel_type": place.channel_type,
        "event_ts": message.ts,
    }


def message_changed(place: SlackConversation, message: Message, before: Message, ts: str) -> Payload:
    """The event of a message that was edited."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": place.id,
        "channel_type": place.channel_type,
        "message": message.payload(),
        "previous_message": before.payload(),
        # Slack's mark of an event that shows nothing new.
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
    }


def tombstone(place: SlackConversation, before: Message, ts: str) -> Payload:
    """The event of a message that was taken away from above its replies: something is left in its place."""
    left = before.model_copy(update={"text": "This message was deleted.", "blocks": []}).payload()
    event = message_changed(place, before, before, ts)
    return {**event, "message": {**left, "subtype": "tombstone", "hidden": True}}


def message_deleted(place: SlackConversation, before: Message, ts: str) -> Payload:
    """The event of a message that was taken away."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "channel": place.id,
        "channel_type": place.channel_type,
        "deleted_ts": before.ts,
        "previous_message": before.payload(),
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
    }


def _spoken_name(place: SlackConversation) -> str:
    return "directmessage" if place.channel_type == "im" else place.name

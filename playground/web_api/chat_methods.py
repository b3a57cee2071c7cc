"""The Web API's chat.* and response URLs: what the app writes."""

from collections.abc import Mapping
from typing import Any

from playground.acting.composing import composed
from playground.foundation.errors import SlackError
from playground.line.slack import Slack
from playground.web_api.calls import Answer, ApiCall, Method
from playground.workspace.conversations import SlackConversation
from playground.workspace.messages import Message
from playground.workspace.people import BOT_USER_ID, SlackUser


def reachable(person: SlackUser) -> SlackUser:
    """Somebody the app can write to: not those who left, strangers or robots."""
    if person.deleted or person.is_stranger:
        raise SlackError("channel_not_found")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    return person


def place_for(slack: Slack, channel: str) -> SlackConversation:
    """Where a message goes: a conversation's id, or a person's for their DM with the app."""
    if channel in slack.workspace.people:
        return slack.workspace.dm(reachable(slack.workspace.people.get(channel)).id)
    place = slack.workspace.conversation(channel)
    if place.with_app:
        return place
    if place.kind != "channel":
        raise SlackError("channel_not_found")
    if "chat:write.public" not in slack.manifest.scopes:
        raise SlackError("not_in_channel")
    return place


def post_message(slack: Slack, call: ApiCall) -> Answer:
    """chat.postMessage"""
    place = place_for(slack, call.need("channel"))
    slack.faults.check_pace(place.id, slack.wall.now())
    thread_ts = call.get("thread_ts") or None
    if thread_ts:
        require_thread(slack, place, thread_ts)
    broadcast = thread_ts is not None and bool(call.args.get("reply_broadcast"))
    message = slack.post(place, BOT_USER_ID, thread_ts=thread_ts, broadcast=broadcast, **composed(call.args))
    if thread_ts:
        slack.say_status(place, thread_ts, "active")
    return {"channel": place.id, "ts": message.ts, "message": message.payload()}


def update(slack: Slack, call: ApiCall) -> Answer:
    """chat.update: without blocks the old ones stay, an empty list removes them."""
    message = _own_message(slack, call, "cant_update_message")
    # docs.slack.dev/reference/methods/chat.update: only an empty list takes the blocks away.
    kept = {"blocks": message.blocks} if call.args.get("blocks") is None else {}
    parts = composed({**kept, **{key: value for key, value in call.args.items() if value is not None}})
    changed = slack.edit(message, text=parts["text"], blocks=parts["blocks"])
    return {
        "channel": changed.conversation,
        "ts": changed.ts,
        "text": changed.text,
        "message": changed.payload(),
    }


def delete(slack: Slack, call: ApiCall) -> Answer:
    """chat.delete"""
    message = _own_message(slack, call, "cant_delete_message")
    slack.delete(message)
    return {"channel": message.conversation, "ts": message.ts}


def post_ephemeral(slack: Slack, call: ApiCall) -> Answer:
    """chat.postEphemeral"""
    place, user = place_for(slack, call.need("channel")), call.need("user")
    if user not in place.members:
        raise SlackError("user_not_in_channel")
    thread_ts = call.get("thread_ts") or None
    message = slack.post(place, BOT_USER_ID, ephemeral_to=user, thread_ts=thread_ts, **composed(call.args))
    return {"message_ts": message.ts}


def get_permalink(slack: Slack, call: ApiCall) -> Answer:
    """chat.getPermalink"""
    message = slack.workspace.message(
        slack.workspace.conversation(call.need("channel")).id, call.need("message_ts")
    )
    path = f"archives/{message.conversation}/p{message.ts.replace('.', '')}"
    return {"channel": message.conversation, "permalink": f"{slack.base_url}/{path}"}


def respond(slack: Slack, key: str, given: Mapping[str, Any]) -> None:
    """Answer through a response URL: a new message, the original replaced, or the original deleted."""
    url = slack.responses.spend(key)
    place = slack.workspace.conversation(url.conversation)
    original = slack.workspace.timeline(place.id).get(url.original) if url.original else None
    if given.get("delete_original"):
        if original is not None:
            slack.delete(original)
    elif given.get("replace_original") and original is not None:
        parts = composed(given)
        slack.edit(original, text=parts["text"], blocks=parts["blocks"])
    else:
        ephemeral_to = None if given.get("response_type") == "in_channel" else url.user
        thread_ts = given.get("thread_ts") or url.thread_ts
        message = slack.post(
            place, BOT_USER_ID, ephemeral_to=ephemeral_to, thread_ts=thread_ts, **composed(given)
        )
        slack.responses.shown(key, message.ts)


def _own_message(slack: Slack, call: ApiCall, refusal: str) -> Message:
    place = slack.workspace.conversation(call.need("channel"))
    message = slack.workspace.message(place.id, call.need("ts"))
    # An ephemeral message lives in a client alone: only its response URL reaches it.
    if message.ephemeral:
        raise SlackError("message_not_found")
    if not message.bot:
        raise SlackError(refusal)
    return message


def require_thread(slack: Slack, place: SlackConversation, thread_ts: str) -> None:
    """Refuse a thread whose first message is not there."""
    try:
        slack.workspace.message(place.id, thread_ts)
    except SlackError as error:
        raise SlackError("thread_not_found") from error


WRITE = ("chat:write",)
METHODS: dict[str, Method] = {
    "chat.postMessage": Method(post_message, WRITE),
    "chat.update": Method(update, WRITE),
    "chat.delete": Method(delete, WRITE),
    "chat.postEphemeral": Method(post_ephemeral, WRITE),
    "chat.getPermalink": Method(get_permalink),
}

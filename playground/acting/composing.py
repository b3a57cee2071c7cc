"""What a message says: text and blocks, checked as Slack checks them, ids filled in."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from playground.block_kit.validation import blocks_problems, view_problems
from playground.foundation.errors import SlackError
from playground.workspace.conversations import SlackConversation
from playground.workspace.people import SlackUsers
from playground.workspace.view_state import with_ids

# docs.slack.dev/reference/methods/chat.postMessage and /surfaces/modals.
LONGEST_TEXT = 40_000
LARGEST_VIEW = 250_000
MENTION = re.compile(r"(?<!\S)@([\w.-]+)")
CHANNEL = re.compile(r"(?<!\S)#([\w-]+)")
ENTITY = re.compile(r"&lt;([@#][A-Z0-9]+(?:\|[^&<>]*)?)&gt;")


def composed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Text, blocks and metadata of a message, or raise what Slack answers to bad ones."""
    text, blocks = given.get("text") or "", given.get("blocks") or []
    if not isinstance(text, str) or not isinstance(blocks, list):
        raise SlackError("invalid_arguments", "[ERROR] text must be a string and blocks a list")
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    if len(text) > LONGEST_TEXT:
        raise SlackError("msg_too_long")
    if problems := blocks_problems(blocks, "message"):
        raise SlackError("invalid_blocks", *problems, errors=problems)
    return {"text": text, "blocks": with_ids(blocks, _fresh), "metadata": labelled(given.get("metadata"))}


def labelled(metadata: Any) -> dict[str, Any] | None:
    """What a message carries for programs: the name of an event and its facts."""
    if metadata is None:
        return None
    # Bolt's own `say` in a thread of an agent has no facts to send.
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload", ""), dict | None):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    return metadata


def checked_view(view: Any, kind: str | None = None) -> dict[str, Any]:
    """The body of a view, ids filled in. *kind* is what it must be: modal or home."""
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", "[ERROR] missing required field: view [json-pointer:/view]")
    if problems := view_problems(view, kind):
        raise SlackError("invalid_arguments", *problems)
    if len(str(view)) > LARGEST_VIEW:
        raise SlackError("view_too_large")
    return {**view, "blocks": with_ids(view["blocks"], _fresh)}


def typed(text: str, people: SlackUsers, places: list[SlackConversation]) -> str:
    """What a person typed as Slack passes it on: specials escaped, @handles and #channels as ids."""
    handles = {person.name: person.id for person in people.named()} if "@" in text else {}
    rooms = {place.name: place.id for place in places if place.kind == "channel"} if "#" in text else {}
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # What the page has already marked as a person or channel stays marked.
    escaped = ENTITY.sub(r"<\1>", escaped)
    escaped = MENTION.sub(lambda match: _linked("@", match, handles), escaped)
    return CHANNEL.sub(lambda match: _linked("#", match, rooms), escaped)


def _linked(sign: str, match: re.Match[str], ids: Mapping[str, str]) -> str:
    name = match.group(1)
    return f"<{sign}{ids[name]}|{name}>" if name in ids else match.group()


def _fresh() -> str:
    return secrets.token_urlsafe(4)

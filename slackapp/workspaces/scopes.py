"""What an installation may not do, compared with what the manifest asks for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

WITHOUT = {
    "commands": "/ask-mentor and /coach-me are missing",
    "chat:write": "nobody gets a card or an answer",
    "im:history": "messages to the app do not arrive",
    "users:read": "names and time zones stay unknown",
    "dnd:read": "people are asked during do-not-disturb, too",
    "assistant:write": "no first sentences are offered above the messages",
    "mpim:write": "talks go through the app, not a group conversation; juniors who mentor get no group",
    "chat:write.public": "a channel is posted in only where the app was invited",
    "users:read.email": "people are imported by Slack id only",
    "files:write": "charts and exports come as text",
    "files:read": "a programme's lists can't be brought in from Home",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """The scopes that were not granted: those that are *needed*, and those that are *optional*."""

    needed: tuple[str, ...]
    optional: tuple[str, ...]


def missing(granted: Collection[str] | None, slack: Mapping[str, Any]) -> Missing:
    """What the manifest asks for and was not granted; *slack* is its upper part.

    Nothing is missing where it is not known what was granted (None).
    """
    if granted is None:
        return Missing((), ())
    scopes = slack["oauth_config"]["scopes"]
    optional = set(scopes.get("bot_optional", ()))
    absent = sorted(set(scopes["bot"]) - set(granted))
    return Missing(
        tuple(scope for scope in absent if scope not in optional),
        tuple(scope for scope in absent if scope in optional),
    )


def consequences(scopes: Collection[str]) -> str:
    """Scopes by name, each with what does not work without it where that is known."""
    return "; ".join(f"{scope} ({WITHOUT[scope]})" if scope in WITHOUT else scope for scope in scopes)

"""What the playground knows of the app: the part of Slack's app manifest that decides what is sent to it."""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

DEFAULT_MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Waymark"},
    "features": {
        "bot_user": {"display_name": "Waymark"},
        "slash_commands": [
            {
                "command": "/ask-mentor",
                "description": "Ask a colleague for help",
                "usage_hint": "your question",
                "should_escape": True,
            },
            {"command": "/coach-me", "description": "Think it through with a coach", "should_escape": True},
        ],
        "shortcuts": [],
        "agent_view": {"agent_description": "Finds the right colleague for a question"},
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "assistant:write",
                "chat:write",
                "chat:write.public",
                "commands",
                "dnd:read",
                "files:write",
                "files:read",
                "im:history",
                "mpim:write",
                "users:read",
                "users:read.email",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "agent_session_stopped",
                "app_home_opened",
                "app_uninstalled",
                "message.im",
                "tokens_revoked",
                "user_change",
            ]
        }
    },
}


# Slack sends an event only to an app that also holds the scope for reading it.
EVENT_SCOPES = {
    "message.channels": "channels:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "team_join": "users:read",
    "user_change": "users:read",
}


class ManifestPart(BaseModel):
    """A piece of the manifest; what the playground has no use for is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class DeclaredCommand(ManifestPart):
    """A slash command as the manifest declares it."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


class DeclaredShortcut(ManifestPart):
    """A global or message shortcut as the manifest declares it."""

    name: str
    type: str
    callback_id: str
    description: str = ""


class AppManifest(ManifestPart):
    """The declared commands, shortcuts, events and scopes of the app."""

    name: str = "Waymark"
    commands: tuple[DeclaredCommand, ...] = ()
    shortcuts: tuple[DeclaredShortcut, ...] = ()
    events: frozenset[str] = frozenset()
    scopes: tuple[str, ...] = Field(default=())
    is_agent: bool = False
    prompts: tuple[dict[str, str], ...] = ()

    def hears(self, event: str) -> bool:
        """Whether an event is sent to the app: subscribed to, and its scope granted."""
        return event in self.events and EVENT_SCOPES.get(event) in (None, *self.scopes)

    def command(self, name: str) -> DeclaredCommand | None:
        """The declared command, or None."""
        return next((each for each in self.commands if each.command == name), None)


def read_manifest(manifest: Mapping[str, Any], scopes: Collection[str] | None = None) -> AppManifest:
    """Take from Slack's manifest what matters here; *scopes* are those that were really granted."""
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    asked = manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    return AppManifest(
        name=manifest.get("display_information", {}).get("name", "Waymark"),
        commands=features.get("slash_commands", ()),
        shortcuts=features.get("shortcuts", ()),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        is_agent="agent_view" in features or "assistant_view" in features,
        prompts=(features.get("agent_view") or {}).get("suggested_prompts") or (),
        scopes=tuple(sorted(asked if scopes is None else scopes)),
    )

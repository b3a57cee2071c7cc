"""Slack's part of the manifest: its keys and lengths, and what Slack asks for beyond them.

Keys and lengths are those of Slack's published schema, version 2.0.0. Sections for hosted functions and the
app directory are passed on unread.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from mentoring.values import Value

Unread = Mapping[str, Any]
Url = Annotated[str, StringConstraints(pattern=r"^https?://", max_length=3500)]
ShortUrl = Annotated[str, StringConstraints(pattern=r"^https?://", max_length=3000)]
CallbackId = Annotated[str, StringConstraints(min_length=1, max_length=255)]
Event = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Scope = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=140)]


def text(longest: int, shortest: int = 1) -> StringConstraints:
    """Return the bounds of a text, in characters."""
    return StringConstraints(min_length=shortest, max_length=longest)


class DisplayInformation(Value):
    """How the app presents itself."""

    name: Annotated[str, text(35)]
    description: Line | None = None
    long_description: Annotated[str, text(4000, shortest=175)] | None = None
    background_color: Annotated[str, StringConstraints(pattern=r"^#(?:[0-9a-fA-F]{3}){1,2}$")] | None = None


class AppHome(Value):
    """The tabs of the app's own page."""

    home_tab_enabled: bool | None = None
    messages_tab_enabled: bool | None = None
    messages_tab_read_only_enabled: bool | None = None


class BotUser(Value):
    """The app as a member of the workspace."""

    display_name: Annotated[str, text(80)]
    always_online: bool | None = None


class SlashCommand(Value):
    """A word after a slash that Slack sends to the app."""

    command: Annotated[str, StringConstraints(pattern=r"^/", min_length=2, max_length=32)]
    description: Annotated[str, text(2000)]
    usage_hint: Annotated[str, text(1000)] | None = None
    should_escape: bool | None = None
    url: ShortUrl | None = None


class Shortcut(Value):
    """An entry of Slack's lightning menu, or of the menu of a message."""

    name: Annotated[str, text(24)]
    type: Literal["message", "global"]
    callback_id: CallbackId
    description: Annotated[str, text(150)]


class SuggestedPrompt(Value):
    """A first sentence that Slack offers to somebody who opens the app's conversation."""

    title: str
    message: str


class AgentAction(Value):
    """A quick action in the app's conversation."""

    name: str
    description: str


class AgentView(Value):
    """The app's conversation as Slack presents agents."""

    agent_description: Annotated[str, text(300, shortest=0)] | None = None
    suggested_prompts: Annotated[tuple[SuggestedPrompt, ...], Field(max_length=4)] | None = None
    actions: tuple[AgentAction, ...] | None = None


class Features(Value):
    """What people see of the app."""

    app_home: AppHome | None = None
    bot_user: BotUser | None = None
    slash_commands: Annotated[tuple[SlashCommand, ...], Field(min_length=1, max_length=50)] | None = None
    shortcuts: Annotated[tuple[Shortcut, ...], Field(min_length=1, max_length=10)] | None = None
    agent_view: AgentView | None = None
    assistant_view: Unread | None = None
    unfurl_domains: Annotated[tuple[str, ...], Field(min_length=1, max_length=5)] | None = None
    functions: tuple[Unread, ...] | None = None
    workflow_steps: tuple[Unread, ...] | None = None


class Scopes(Value):
    """What the app may do. An optional scope stands in both lists."""

    bot: Annotated[tuple[Scope, ...], Field(max_length=255)] = ()
    bot_optional: Annotated[tuple[Scope, ...], Field(max_length=255)] = ()
    user: Annotated[tuple[Scope, ...], Field(max_length=255)] = ()
    user_optional: Annotated[tuple[Scope, ...], Field(max_length=255)] = ()


class OauthConfig(Value):
    """How the app is installed."""

    redirect_urls: Annotated[tuple[Annotated[str, text(2500)], ...], Field(max_length=1000)] | None = None
    scopes: Scopes | None = None
    token_management_enabled: bool | None = None
    pkce_enabled: bool | None = None


class EventSubscriptions(Value):
    """What Slack tells the app."""

    request_url: Url | None = None
    bot_events: Annotated[tuple[Event, ...], Field(max_length=100)] | None = None
    user_events: Annotated[tuple[Event, ...], Field(max_length=100)] | None = None
    metadata_subscriptions: tuple[Unread, ...] | None = None


class Interactivity(Value):
    """Buttons, menus and forms."""

    is_enabled: bool
    request_url: Url | None = None
    message_menu_options_url: Url | None = None


class Settings(Value):
    """How Slack and the app talk to each other."""

    allowed_ip_address_ranges: Annotated[tuple[str, ...], Field(min_length=1, max_length=50)] | None = None
    event_subscriptions: EventSubscriptions | None = None
    incoming_webhooks: Unread | None = None
    interactivity: Interactivity | None = None
    org_deploy_enabled: bool | None = None
    socket_mode_enabled: bool | None = None
    token_rotation_enabled: bool | None = None
    is_hosted: bool | None = None
    is_mcp_enabled: bool | None = None
    siws_links: Unread | None = None
    hermes_app_type: str | None = None
    function_runtime: str | None = None


class SlackManifest(Value):
    """Everything that Slack reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    display_information: DisplayInformation
    features: Features = Features()
    oauth_config: OauthConfig = OauthConfig()
    settings: Settings = Settings()
    metadata: Unread | None = Field(default=None, alias="_metadata")
    json_schema: str | None = Field(default=None, alias="$schema")
    app_directory: Unread | None = None
    functions: Unread | None = None
    workflows: Unread | None = None
    datastores: Unread | None = None
    outgoing_domains: tuple[str, ...] | None = None
    types: Unread | None = None
    external_auth_providers: Unread | None = None
    mcp_servers: Unread | None = None


EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "dnd_updated_user": "dnd:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "team_join": "users:read",
    "user_change": "users:read",
}


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something that Slack asks for beyond its schema, and where in the manifest it is missing."""

    path: tuple[str | int, ...]
    sentence: str


def unmet(slack: SlackManifest) -> Iterator[Unmet]:
    """Yield what Slack would refuse though every key and length is right."""
    yield from _scopes(slack)
    yield from _events(slack)
    yield from _addresses(slack)
    yield from _names(slack.features)


def _scopes(slack: SlackManifest) -> Iterator[Unmet]:
    scopes = slack.oauth_config.scopes or Scopes()
    for field, needing in (("slash_commands", "slash commands need"), ("shortcuts", "shortcuts need")):
        if getattr(slack.features, field) and "commands" not in scopes.bot:
            yield Unmet(("features", field), f"{needing} the scope `commands` in `oauth_config.scopes.bot`")
    for whose, must in (("bot", scopes.bot), ("user", scopes.user)):
        for index, scope in enumerate(getattr(scopes, f"{whose}_optional")):
            if scope not in must:
                path = ("oauth_config", "scopes", f"{whose}_optional", index)
                yield Unmet(path, f"the optional scope `{scope}` must also stand in `{whose}`")


def _events(slack: SlackManifest) -> Iterator[Unmet]:
    granted = (slack.oauth_config.scopes or Scopes()).bot
    wanted = slack.settings.event_subscriptions or EventSubscriptions()
    for index, event in enumerate(wanted.bot_events or ()):
        scope = EVENT_SCOPES.get(event)
        if scope and scope not in granted:
            path = ("settings", "event_subscriptions", "bot_events", index)
            yield Unmet(path, f"the event `{event}` needs the scope `{scope}` in `oauth_config.scopes.bot`")


def _addresses(slack: SlackManifest) -> Iterator[Unmet]:
    """Yield what can reach the app neither by Socket Mode nor by an address."""
    settings, how = slack.settings, "set `socket_mode_enabled: true`, or give it"
    if settings.socket_mode_enabled:
        return
    events, buttons = settings.event_subscriptions, settings.interactivity
    if events and events.bot_events and not events.request_url:
        yield Unmet(("settings", "event_subscriptions"), f"events cannot arrive: {how} a `request_url`")
    if buttons and buttons.is_enabled and not buttons.request_url:
        yield Unmet(("settings", "interactivity"), f"buttons cannot arrive: {how} a `request_url`")
    for index, each in enumerate(slack.features.slash_commands or ()):
        if not each.url:
            path = ("features", "slash_commands", index)
            yield Unmet(path, f"`{each.command}` cannot arrive: {how} a `url`")


def _names(features: Features) -> Iterator[Unmet]:
    commands = [each.command for each in features.slash_commands or ()]
    shortcuts = [each.callback_id for each in features.shortcuts or ()]
    for field, key, names in (
        ("slash_commands", "command", commands),
        ("shortcuts", "callback_id", shortcuts),
    ):
        for index, name in enumerate(names):
            if name in names[:index]:
                yield Unmet(("features", field, index, key), f"`{name}` stands here twice")
    if features.agent_view and features.assistant_view:
        path = ("features", "assistant_view")
        yield Unmet(path, "`agent_view` has taken the place of `assistant_view`: leave this one out")

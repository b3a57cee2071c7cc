"""Slack's part of the manifest: its keys, kinds and lengths, as in Slack's published schema, version 2.0.0.

Sections for hosted functions and the app directory are passed on unread.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from kernel.values import Value

Unread = Mapping[str, Any]
T = TypeVar("T")


def _each_once(entries: tuple[T, ...]) -> tuple[T, ...]:
    doubles = {str(entry) for entry in entries if entries.count(entry) > 1}
    if doubles:
        raise ValueError(f"each entry may stand here once: {', '.join(sorted(doubles))}")
    return entries


Each = AfterValidator(_each_once)
Url = Annotated[str, StringConstraints(pattern=r"^https?://", max_length=3500)]
ShortUrl = Annotated[str, StringConstraints(pattern=r"^https?://", max_length=3000)]
CallbackId = Annotated[str, StringConstraints(min_length=1, max_length=255)]
Event = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Scope = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Domain = Annotated[str, StringConstraints(pattern=r"^[-a-z0-9][-a-z0-9.]*[a-z0-9]$", max_length=255)]
Octet = r"(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
Range = StringConstraints(pattern=rf"^{Octet}(?:\.{Octet}){{3}}(?:/(?:3[0-2]|[12]?[0-9]))?$")
Line = Annotated[str, StringConstraints(min_length=1, max_length=140)]


def text(longest: int, shortest: int = 1) -> StringConstraints:
    """The bounds of a text, in characters."""
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


class ManifestShortcut(Value):
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


class AssistantView(Value):
    """The app's conversation as Slack presented assistants; agents have taken their place."""

    assistant_description: str
    suggested_prompts: tuple[SuggestedPrompt, ...] | None = None


class ManifestFeatures(Value):
    """What people see of the app."""

    app_home: AppHome | None = None
    bot_user: BotUser | None = None
    slash_commands: Annotated[tuple[SlashCommand, ...], Field(min_length=1, max_length=50)] | None = None
    shortcuts: Annotated[tuple[ManifestShortcut, ...], Field(min_length=1, max_length=10)] | None = None
    agent_view: AgentView | None = None
    assistant_view: AssistantView | None = None
    unfurl_domains: Annotated[tuple[Domain, ...], Field(min_length=1, max_length=5), Each] | None = None
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

    redirect_urls: Annotated[tuple[Annotated[str, text(2500)], ...], Field(max_length=1000), Each] | None = (
        None
    )
    scopes: Scopes | None = None
    token_management_enabled: bool | None = None
    pkce_enabled: bool | None = None


class MetadataSubscription(Value):
    """Metadata of messages that Slack tells the app about."""

    app_id: str
    event_type: Event


class EventSubscriptions(Value):
    """What Slack tells the app."""

    request_url: Url | None = None
    bot_events: Annotated[tuple[Event, ...], Field(max_length=100), Each] | None = None
    user_events: Annotated[tuple[Event, ...], Field(max_length=100), Each] | None = None
    metadata_subscriptions: (
        Annotated[tuple[MetadataSubscription, ...], Field(min_length=1, max_length=20), Each] | None
    ) = None


class Interactivity(Value):
    """Buttons, menus and forms."""

    is_enabled: bool
    request_url: Url | None = None
    message_menu_options_url: Url | None = None


class IncomingWebhooks(Value):
    """Addresses to which others may post."""

    incoming_webhooks_enabled: bool | None = None


class SiwsLinks(Value):
    """Where signing in with Slack begins."""

    initiate_uri: Annotated[str, StringConstraints(pattern=r"^https://", max_length=3500)] | None = None


class ManifestSettings(Value):
    """How Slack and the app talk to each other."""

    allowed_ip_address_ranges: (
        Annotated[tuple[Annotated[str, Range], ...], Field(min_length=1, max_length=50), Each] | None
    ) = None
    event_subscriptions: EventSubscriptions | None = None
    incoming_webhooks: IncomingWebhooks | None = None
    interactivity: Interactivity | None = None
    org_deploy_enabled: bool | None = None
    socket_mode_enabled: bool | None = None
    token_rotation_enabled: bool | None = None
    is_hosted: bool | None = None
    is_mcp_enabled: bool | None = None
    siws_links: SiwsLinks | None = None
    hermes_app_type: str | None = None
    function_runtime: str | None = None


class Metadata(Value):
    """The version of the schema that a manifest keeps to."""

    schema_version: int | None = None
    min_version: int | None = None
    major_version: int | None = None
    minor_version: int | None = None


class SlackManifest(Value):
    """Everything that Slack reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    display_information: DisplayInformation
    features: ManifestFeatures = ManifestFeatures()
    oauth_config: OauthConfig = OauthConfig()
    settings: ManifestSettings = ManifestSettings()
    metadata: Metadata | None = Field(default=None, alias="_metadata")
    json_schema: str | None = Field(default=None, alias="$schema")
    app_directory: Unread | None = None
    functions: Unread | None = None
    workflows: Unread | None = None
    datastores: Unread | None = None
    outgoing_domains: Annotated[tuple[Domain, ...], Field(max_length=10), Each] | None = None
    types: Unread | None = None
    external_auth_providers: Unread | None = None
    mcp_servers: Unread | None = None

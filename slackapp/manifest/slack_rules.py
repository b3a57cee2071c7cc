"""What Slack asks of a manifest beyond its schema: scopes for what is used, ways for everything to arrive."""

from collections.abc import Iterator
from dataclasses import dataclass

from slackapp.manifest.slack_manifest import EventSubscriptions, ManifestFeatures, Scopes, SlackManifest

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


def _names(features: ManifestFeatures) -> Iterator[Unmet]:
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

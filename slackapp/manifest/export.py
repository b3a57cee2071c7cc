"""Slack's part of the manifest in the two forms that Slack takes: for Socket Mode, and for HTTP."""

import io
import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any
from urllib.parse import quote, urlsplit

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from slackapp.manifest.manifest import Manifest
from slackapp.manifest.yaml_tree import TRAPS
from slackapp.process.printable import STEERING

EVENTS = "/slack/events"
INSTALLED = "/slack/oauth_redirect"
CREATE = "https://api.slack.com/apps?new_app=1&manifest_json="
ADDRESSES = ("request_url", "message_menu_options_url")


def for_socket_mode(manifest: Manifest) -> dict[str, Any]:
    """The manifest of an app that Slack reaches by Socket Mode: it has no address."""
    slack = deepcopy(dict(manifest.slack))
    settings = slack.setdefault("settings", {})
    settings["socket_mode_enabled"] = True
    for part in (settings.get("interactivity", {}), settings.get("event_subscriptions", {})):
        for address in ADDRESSES:
            part.pop(address, None)
    for command in slack.get("features", {}).get("slash_commands", []):
        command.pop("url", None)
    return slack


def for_http(manifest: Manifest, base_url: str) -> dict[str, Any]:
    """The manifest of an app that Slack reaches at *base_url*; every address is below it."""
    slack = for_socket_mode(manifest)
    events = base_url + EVENTS
    settings = slack["settings"]
    settings["socket_mode_enabled"] = False
    settings.setdefault("interactivity", {"is_enabled": True})
    settings["interactivity"] |= dict.fromkeys(ADDRESSES, events)
    settings.setdefault("event_subscriptions", {})["request_url"] = events
    for command in slack.get("features", {}).get("slash_commands", []):
        command["url"] = events
    redirects = slack.setdefault("oauth_config", {}).setdefault("redirect_urls", [])
    if base_url + INSTALLED not in redirects:
        redirects.append(base_url + INSTALLED)
    return slack


def base_url(text: str) -> str:
    """The address that all others begin with, or raise ValueError with what is wrong with it."""
    parts = urlsplit(text.strip())
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError("Slack calls public addresses only: it should be like https://waymark.example.com")
    if parts.query or parts.fragment or parts.username:
        raise ValueError("it should be an address without a name, `?` or `#`")
    return text.strip().rstrip("/").removesuffix(EVENTS)


def as_yaml(slack: Mapping[str, Any]) -> str:
    """A manifest as YAML, in the order of the file."""
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    yaml.dump(_quoted(dict(slack)), text)
    return text.getvalue()


def _quoted(value: Any) -> Any:
    """Put in quotes what older readers of YAML take for true or false, and what a terminal has spelt out."""
    if isinstance(value, dict):
        return {key: _quoted(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_quoted(part) for part in value]
    is_trap = isinstance(value, str) and (TRAPS.fullmatch(value) or STEERING.search(value))
    return DoubleQuotedScalarString(value) if is_trap else value


def as_json(slack: Mapping[str, Any]) -> str:
    """A manifest as JSON, for the playground and for Slack's own tools."""
    return json.dumps(slack, indent=2, ensure_ascii=False) + "\n"


def create_link(slack: Mapping[str, Any]) -> str:
    """The address at which Slack creates an app from this manifest."""
    return CREATE + quote(json.dumps(slack, separators=(",", ":"), ensure_ascii=False), safe="")

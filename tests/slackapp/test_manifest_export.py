"""What Slack is handed: its own part alone, right by its own published schema."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from handlers.conversations import ALL
from slackapp.manifest.export import as_json, as_yaml, base_url, create_link, for_http, for_socket_mode
from slackapp.manifest.manifest import Manifest, read, read_file

HERE = Path(__file__).parents[1]
SHIPPED = HERE.parent / "manifest.yml"
SCHEMA = Draft7Validator(json.loads((HERE / "data" / "manifest.schema.2.0.0.json").read_text()))
TOPICS = {"topics": [{"id": "python", "label": "Python"}]}


@cache
def shipped() -> Manifest:
    manifest = read_file(SHIPPED, ALL.features.policy).manifest
    assert manifest is not None
    return manifest


def complaints(slack: Mapping[str, Any]) -> list[str]:
    return [error.message for error in SCHEMA.iter_errors(slack)]


def test_the_export_for_socket_mode_is_what_slack_accepts() -> None:
    slack = for_socket_mode(shipped())

    assert complaints(slack) == []
    assert slack["settings"]["socket_mode_enabled"] is True
    assert "http" not in as_yaml(slack).replace("https://api.slack.com", "")
    assert "topics" not in slack
    assert "policy" not in slack


def test_the_export_for_http_sends_everything_to_the_one_address() -> None:
    slack = for_http(shipped(), "https://waymark.example.com")

    events = "https://waymark.example.com/slack/events"
    assert complaints(slack) == []
    assert slack["settings"]["socket_mode_enabled"] is False
    assert slack["settings"]["event_subscriptions"]["request_url"] == events
    assert slack["settings"]["interactivity"]["request_url"] == events
    assert slack["settings"]["interactivity"]["message_menu_options_url"] == events
    assert {each["url"] for each in slack["features"]["slash_commands"]} == {events}
    assert slack["oauth_config"]["redirect_urls"] == ["https://waymark.example.com/slack/oauth_redirect"]


@pytest.mark.parametrize("export", [for_socket_mode, lambda it: for_http(it, "https://waymark.example.com")])
def test_what_is_exported_can_be_read_again(export: Any) -> None:
    slack = export(shipped())

    assert YAML(typ="safe", pure=True).load(as_yaml(slack)) == slack
    assert json.loads(as_json(slack)) == slack
    assert read(as_json({**slack, **TOPICS})).problems == ()


def test_an_export_leaves_the_manifest_as_it_was() -> None:
    manifest = shipped()
    before = deepcopy(manifest.slack)

    for_http(manifest, "https://waymark.example.com")

    assert manifest.slack == before


def test_going_back_to_socket_mode_takes_every_address_away() -> None:
    slack = for_http(shipped(), "https://waymark.example.com")
    manifest = read(as_json({**slack, **TOPICS})).manifest
    assert manifest is not None

    back = for_socket_mode(manifest)

    assert "/slack/events" not in json.dumps(back)


def test_only_optional_scopes_may_be_refused_and_no_history_of_channels_is_asked_for() -> None:
    scopes = for_socket_mode(shipped())["oauth_config"]["scopes"]

    assert set(scopes["bot"]) - set(scopes["bot_optional"]) == {
        "commands",
        "chat:write",
        "im:history",
        "users:read",
        "dnd:read",
        "assistant:write",
    }


def test_words_that_look_like_truth_values_are_exported_in_quotes() -> None:
    assert as_yaml({"a": ["on", "one"]}) == 'a:\n  - "on"\n  - one\n'


def test_the_link_carries_the_whole_manifest_and_fits_into_an_address_bar() -> None:
    slack = for_socket_mode(shipped())

    link = create_link(slack)

    address = urlsplit(link)
    query = parse_qs(address.query)
    assert (address.netloc, address.path, query["new_app"]) == ("api.slack.com", "/apps", ["1"])
    assert json.loads(query["manifest_json"][0]) == slack
    assert len(link) < 8_000


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://waymark.example.com", "https://waymark.example.com"),
        (" https://waymark.example.com/ ", "https://waymark.example.com"),
        ("https://example.com/waymark/", "https://example.com/waymark"),
        ("https://example.com/slack/events", "https://example.com"),
    ],
)
def test_a_base_url_is_taken_as_people_paste_it(given: str, used: str) -> None:
    assert base_url(given) == used


@pytest.mark.parametrize(
    "given",
    [
        "",
        "waymark.example.com",
        "http://example.com",
        "https://",
        "https://me@example.com",
        "https://e.com?x=1",
    ],
)
def test_an_address_that_slack_could_not_call_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="it should be"):
        base_url(given)


def put(slack: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The shipped manifest with one value put in."""
    changed = deepcopy(slack)
    at: Any = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return changed


def paths(at: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of everything in a manifest."""
    steps = at.items() if isinstance(at, dict) else enumerate(at) if isinstance(at, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from paths(inner, (*path, step))


COMMAND = {"command": "/x", "description": "x"}
SHORTCUT = {"name": "x", "type": "global", "callback_id": "x", "description": "x"}
PROMPT = {"title": "x", "message": "x"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("unknown",), 1),
        (("display_information", "name"), "n" * 36),
        (("display_information", "name"), ""),
        (("display_information", "name"), 7),
        (("display_information", "description"), "d" * 141),
        (("display_information", "long_description"), "d" * 174),
        (("display_information", "long_description"), "d" * 4001),
        (("display_information", "colour"), "#fff"),
        (("features", "unknown"), {}),
        (("features", "bot_user"), {}),
        (("features", "bot_user", "display_name"), "n" * 81),
        (("features", "app_home", "home_tab_enabled"), "true"),
        (("features", "slash_commands"), []),
        (("features", "slash_commands"), [{**COMMAND, "command": f"/{n}"} for n in range(51)]),
        (("features", "slash_commands", 0, "command"), "x"),
        (("features", "slash_commands", 0, "command"), "/" + "x" * 32),
        (("features", "slash_commands", 0, "description"), "d" * 2001),
        (("features", "slash_commands", 0, "usage_hint"), "d" * 1001),
        (("features", "slash_commands", 0, "url"), "ftp://x"),
        (("features", "shortcuts"), [{**SHORTCUT, "callback_id": str(n)} for n in range(11)]),
        (("features", "shortcuts", 0, "name"), "n" * 25),
        (("features", "shortcuts", 0, "type"), "channel"),
        (("features", "shortcuts", 0, "description"), "d" * 151),
        (("features", "shortcuts", 0, "callback_id"), "c" * 256),
        (("features", "shortcuts", 0), {"name": "x"}),
        (("features", "agent_view", "agent_description"), "d" * 301),
        (("features", "agent_view", "suggested_prompts"), [PROMPT] * 5),
        (("features", "agent_view", "suggested_prompts", 0), {"title": "x"}),
        (("oauth_config", "scopes", "bot"), "commands"),
        (("oauth_config", "scopes", "bot"), ["commands"] * 256),
        (("oauth_config", "scopes", "bots"), []),
        (("settings", "event_subscriptions", "bot_events"), [f"e{n}" for n in range(101)]),
        (("settings", "event_subscriptions", "bot_events"), ["e" * 51]),
        (("settings", "event_subscriptions", "request_url"), "x"),
        (("settings", "interactivity"), {}),
        (("settings", "interactivity", "is_enabled"), 1),
        (("settings", "socket_mode_enabled"), "yes"),
        (("settings", "unknown"), True),
        (("settings", "event_subscriptions", "bot_events"), ["user_change", "user_change"]),
        (("settings", "allowed_ip_address_ranges"), ["10.0.0.256"]),
        (("settings", "incoming_webhooks"), {"enabled": True}),
        (("settings", "siws_links"), {"initiate_uri": "http://example.com"}),
        (("settings", "event_subscriptions", "metadata_subscriptions"), [{"app_id": "*"}]),
        (("features", "unfurl_domains"), [".example.com"]),
        (("features", "assistant_view"), {}),
        (("oauth_config", "redirect_urls"), ["https://a", "https://a"]),
        (("outgoing_domains",), ["example.com"] * 2),
        (("_metadata", "major_version"), "2"),
        (("_metadata", "version"), 2),
    ],
)
def test_what_slacks_schema_refuses_is_found_here_too(path: tuple[str | int, ...], value: Any) -> None:
    broken = put(for_socket_mode(shipped()), path, value)

    assert complaints(broken)
    assert read(as_json({**broken, **TOPICS})).manifest is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("display_information", "name"), "n" * 35),
        (("display_information", "long_description"), "d" * 175),
        (("$schema",), "https://example.com/manifest.schema.json"),
        (("_metadata",), {"major_version": 2, "minor_version": 1}),
        (("features", "agent_view", "suggested_prompts"), []),
        (("features", "slash_commands", 0, "command"), "/" + "x" * 31),
        (("oauth_config", "scopes", "user"), []),
        (("settings", "allowed_ip_address_ranges"), ["10.0.0.0/8"]),
        (("settings", "is_mcp_enabled"), False),
        (("outgoing_domains",), []),
    ],
)
def test_what_slacks_schema_accepts_is_accepted_here_too(path: tuple[str | int, ...], value: Any) -> None:
    fine = put(for_socket_mode(shipped()), path, value)

    assert complaints(fine) == []
    assert read(as_json({**fine, **TOPICS})).problems == ()


ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    "",
    "x",
    "on",
    "/x",
    "x" * 400,
    [],
    ["x"],
    ["x", "x"],
    {},
    {"x": 1},
    [{}],
)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_is_accepted_here_slacks_schema_accepts(data: st.DataObject) -> None:
    slack = for_socket_mode(shipped())
    for _ in range(data.draw(st.integers(1, 2))):
        where = data.draw(st.sampled_from(sorted(paths(slack), key=str)))
        if data.draw(st.booleans()):
            where = (*where[:-1], "x") if isinstance(where[-1], str) else where
        slack = put(slack, where, data.draw(st.sampled_from(ODD)))

    manifest = read(as_json({**slack, **TOPICS})).manifest

    if manifest is not None:
        assert complaints(for_socket_mode(manifest)) == []
        assert complaints(for_http(manifest, "https://waymark.example.com")) == []

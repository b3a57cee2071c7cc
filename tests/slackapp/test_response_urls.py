"""An answer goes to Slack's own addresses alone, whatever a payload names, and nowhere from there."""

import asyncio
import json
from urllib.parse import urlencode, urlsplit

import pytest
from app_world import World
from sinks import Sink, sink
from slack_posts import post

from playground.driver import Playground
from playground.line.envelopes import Sending
from slackapp.process.settings import SLACK_API
from slackapp.transport.response_urls import ResponseUrls
from slackapp.workspaces.slack_calls import web_session

MAYA, GENERAL = "U0MAYA", "C0GENERAL"
NOT_HERE = {"id": "T0NOTHERE"}
SLACKS = [
    "https://hooks.slack.com/actions/T1/1/abc",
    "https://hooks.slack.com/commands/T1/1/abc",
    "https://hooks.slack-gov.com/actions/T1/1/abc",
]
OTHERS = [
    "",
    "https://hooks.slack.com",
    "https://hooks.slack.com@evil.example/",
    "https://hooks.slack.com:x@evil.example/",
    "https://hooks.slack.com.evil.example/",
    "https://hooks.slack.com./actions",
    "https://hooks.slack.com:443/actions",
    "https://hooks.slack.com:8443/actions",
    "https://hooks.slack.com\\@evil.example/",
    "https://hooks.slack.com\t/actions",
    "https://hooks.slack.com?@evil.example/",
    "https://hooks.slack.com#@evil.example/",
    "https://HOOKS.slack.com/actions",
    "HTTPS://hooks.slack.com/actions",
    "https:/hooks.slack.com/actions",
    "https:\\\\hooks.slack.com/actions",
    "//hooks.slack.com/actions",
    " https://hooks.slack.com/actions",
    "\nhttps://hooks.slack.com/actions",
    "http://hooks.slack.com/actions",
    "https://hооks.slack.com/actions",
    "https://xn--hks-7cdb.slack.com/actions",
    "https://hooks。slack。com/actions",
    "https://evil.example/https://hooks.slack.com/",
    "https://evil.example#https://hooks.slack.com/",
    "https://slack.com/api/chat.postMessage",
    "https://files.slack.com/",
    "https://hooks.slack-gov.com.evil.example/",
    "http://127.0.0.1:9999/x",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "file:///etc/passwd",
    "gopher://hooks.slack.com/",
]


@pytest.fixture
async def slacks():
    """The addresses that are answered to where the app belongs to Slack itself."""
    async with web_session() as session:
        yield ResponseUrls(SLACK_API, session)


@pytest.mark.parametrize("url", SLACKS)
async def test_slacks_own_addresses_are_answered_to(slacks: ResponseUrls, url: str):
    assert slacks.allow(url)


@pytest.mark.parametrize("url", OTHERS)
async def test_no_other_address_is_whatever_it_looks_like(slacks: ResponseUrls, url: str):
    assert not slacks.allow(url)


@pytest.mark.parametrize(
    ("api", "url", "is_allowed"),
    [
        ("http://127.0.0.1:8400/api/", "http://127.0.0.1:8400/respond/abc", True),
        ("http://127.0.0.1:8400/api/", "http://127.0.0.1:84000/respond/abc", False),
        ("http://127.0.0.1:8400/api/", "http://127.0.0.1:8401/respond/abc", False),
        ("http://127.0.0.1:8400/api/", "http://127.0.0.1/respond/abc", False),
        ("http://127.0.0.1:8400/api/", "https://127.0.0.1:8400/respond/abc", False),
        ("http://127.0.0.1:8400/api/", "http://127.0.0.1:8400@evil.example/", False),
        ("https://slack.com/api/", "https://slack.com/respond", False),
        ("https://www.slack.com/api/", "https://www.slack.com/respond", False),
        ("https://slack-gov.com/api/", "https://slack-gov.com/respond", False),
        ("https://slack.com.example/api/", "https://slack.com.example/respond", True),
    ],
)
async def test_a_stand_in_is_answered_at_its_very_address(api: str, url: str, is_allowed: bool):
    async with web_session() as session:
        assert ResponseUrls(api, session).allow(url) is is_allowed


async def test_no_redirect_is_followed():
    async with sink() as elsewhere, sink(onward=elsewhere.url) as stand_in, web_session() as session:
        urls = ResponseUrls(f"{stand_in.url.removesuffix('sink')}api/", session)
        assert urls.allow(stand_in.url)

        await urls.respond(stand_in.url)("Done.", replace_original=True)

        assert [json.loads(it) for it in stand_in.posted] == [{"text": "Done.", "replace_original": True}]
        assert elsewhere.posted == []


def pressed(**fields: object) -> dict[str, object]:
    return {
        "type": "block_actions",
        "team": {"id": "T0PLAYGRND"},
        "user": {"id": MAYA, "team_id": "T0PLAYGRND"},
        "trigger_id": "1.2",
        "actions": [{"action_id": "of.an.earlier.version", "block_id": "b", "type": "button"}],
        **fields,
    }


def foreign(elsewhere: Sink, slack: Playground) -> list[dict[str, object]]:
    """Payloads that would have the app post to the sink; a press can be answered in a window instead."""
    host, own = urlsplit(elsewhere.url).netloc, urlsplit(slack.api_url).netloc
    stranger = {"id": "U0STRANGER", "team_id": "T0ELSEWHERE"}
    uninstalled = {"team": NOT_HERE, "user": {"id": MAYA}}
    addresses = [elsewhere.url, f"http://{own}@{host}/", f"http://{host}#http://{own}/"]
    presses = [
        *(pressed(response_url=url) for url in addresses),
        *(pressed(response_urls=[{"response_url": url}]) for url in addresses),
        pressed(response_url=elsewhere.url, user=stranger),
        pressed(response_url=elsewhere.url, **uninstalled),
        pressed(response_urls=[{"response_url": elsewhere.url}], **uninstalled),
    ]
    return [
        *(press | {"trigger_id": slack.slack.triggers.issue(MAYA)} for press in presses),
        {"command": "/ask-mentor", "text": "help", "team_id": "T0PLAYGRND", "user_id": MAYA}
        | {"channel_id": GENERAL, "trigger_id": "1.3", "response_url": elsewhere.url},
    ]


async def test_a_signed_payload_that_names_another_address_is_not_followed(http_world: World):
    secret, url = http_world.slack.signing_secret, f"http://127.0.0.1:{http_world.app.port}/slack/events"
    async with sink() as elsewhere:
        payloads = foreign(elsewhere, http_world.slack)

        for payload in payloads:
            fields = payload if "command" in payload else {"payload": json.dumps(payload)}
            status, _ = await post(url, secret, urlencode(fields))
            is_known = payload.get("team") != NOT_HERE
            assert status == (200 if is_known else 424), "nobody of another workspace can be told anything"

        assert elsewhere.posted == []


async def test_nor_is_one_that_comes_by_socket_mode(socket_world: World):
    link = socket_world.slack.slack.link
    async with sink() as elsewhere:
        sent = [
            asyncio.create_task(
                link.send(Sending("slash_commands" if "command" in payload else "interactive", payload))
            )
            for payload in foreign(elsewhere, socket_world.slack)
        ]
        assert (await sent[-1]).ok
        await socket_world.stop()  # which finishes what was received
        assert sum(ack.ok for ack in await asyncio.gather(*sent)) == len(sent) - 2, "all but the uninstalled"

        assert elsewhere.posted == []


async def test_an_address_of_the_stand_in_itself_is_answered(world: World):
    slack = world.slack.slack
    own = slack.response_url(slack.workspace.conversation(GENERAL), MAYA)

    assert (await slack.link.send(Sending("interactive", pressed(response_url=own)))).ok

    assert (await world.slack.message(MAYA, containing="from an earlier time")).ephemeral

"""Whom the playground answers: its own page with a cookie, the app with its tokens, and nobody else."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from page_session import page_session
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.web import WebClient
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from playground.driver import Playground
from playground.foundation.wall import StillWall
from playground.provider import Provider

PATHS = (
    ("GET", "/"),
    ("GET", "/page/main.js"),
    ("GET", "/ui/world?user=U0MAYA"),
    ("GET", "/ui/home?user=U0MAYA"),
    ("GET", "/ui/live?user=U0MAYA"),
    ("POST", "/ui/message"),
    ("POST", "/ui/faults"),
    ("GET", "/api/auth.revoke?token={token}"),
    ("POST", "/api/auth.revoke?token={token}"),
    ("OPTIONS", "/api/auth.revoke"),
    ("POST", "/api/chat.postMessage?token={token}&channel=U0MAYA&text=hi"),
    ("POST", "/respond/abc"),
    ("POST", "/upload/F0ABC"),
    ("GET", "/files/F0ABC"),
    ("GET", "/link/?ticket={ticket}"),
    ("GET", "/oauth/v2/authorize?client_id={client}"),
    ("GET", "/archives/C0GENERAL/p1"),
    ("GET", "/nothing/here"),
)
FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "https://{host}"},
    {"Origin": "http://{host}.evil.example"},
    {"Origin": "http://localhost:{port}"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Referer": "https://evil.example/page"},
    {"Referer": "http://{host}.evil.example/"},
    {"Referer": "http://{host}@evil.example/"},
    {"Host": "evil.example:{port}"},
    {"Host": "evil.example"},
    {"Host": "127.0.0.1:1"},
    {"Host": "localhost.evil.example:{port}"},
    {"Host": "127.0.0.1.evil.example:{port}"},
    {"Host": "0.0.0.0:{port}"},
    {"Host": ""},
)


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with Playground.start(wall=StillWall()) as slack:
        yield slack


@pytest.fixture
async def page(slack: Playground) -> AsyncIterator[aiohttp.ClientSession]:
    async with page_session(slack.page_url) as page:
        yield page


def state(slack: Playground) -> Any:
    """What an effect would change: the log, messages, tokens, faults."""
    messages = [slack.messages("U0MAYA", place.id) for place in slack.conversations("U0MAYA")]
    return len(slack.log()), messages, set(slack.slack.bot_tokens), slack.faults.report()


def filled(text: str, slack: Playground) -> str:
    url = URL(slack.url)
    return text.format(
        host=f"{url.host}:{url.port}",
        port=url.port,
        token=slack.bot_token,
        client=slack.client_id,
        ticket=slack.slack.link.sockets.ticket() if "{ticket}" in text else "",
    )


@pytest.mark.parametrize("foreign", FOREIGN, ids=str)
async def test_what_another_page_or_another_name_asks_for_is_refused_on_every_path(
    slack: Playground, page: aiohttp.ClientSession, foreign: dict[str, str]
):
    before = state(slack)
    headers = {name: filled(value, slack) for name, value in foreign.items()}

    for verb, path in PATHS:
        async with page.request(
            verb, filled(path, slack), headers=headers, json={"user": "U0MAYA"}
        ) as answer:
            assert answer.status == 403, (verb, path)
            assert "Set-Cookie" not in answer.headers

    assert state(slack) == before


@pytest.mark.parametrize(("verb", "path"), PATHS[:7] + PATHS[13:14] + PATHS[16:])
async def test_without_the_cookie_there_is_nothing_to_see(slack: Playground, verb: str, path: str):
    before = state(slack)

    async with aiohttp.ClientSession() as other, other.request(verb, slack.url + path) as answer:
        assert answer.status == 401
        assert "the address that the terminal shows" in await answer.text()

    assert state(slack) == before


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_the_key_is_exchanged_for_a_cookie_that_no_script_and_no_other_site_gets(
    slack: Playground, name: str
):
    address = URL(slack.page_url).with_host(name)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as browser:
        async with browser.get(address, allow_redirects=False) as answer:
            cookie = answer.headers["Set-Cookie"]

        assert (answer.status, answer.headers["Location"]) == (303, "/")
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert slack.slack.credentials.page_key not in cookie
        async with browser.get(address.with_query(key="wrong")) as wrong:
            assert wrong.status == 401
            assert "Set-Cookie" not in wrong.headers


async def test_a_key_of_an_earlier_start_leads_a_browser_that_is_in_to_the_page(page: aiohttp.ClientSession):
    async with page.get("/?key=old") as answer:
        assert (answer.status, str(answer.url.relative())) == (200, "/")


async def test_two_playgrounds_in_one_browser_do_not_lock_each_other_out(slack: Playground):
    async with Playground.start(wall=StillWall()) as other, page_session(slack.page_url) as browser:
        async with browser.get(other.page_url) as second:
            assert second.status == 200
        async with browser.get("/ui/world") as first:
            assert first.status == 200


async def test_every_answer_forbids_frames_guesses_of_its_kind_and_strange_scripts(
    slack: Playground, page: aiohttp.ClientSession
):
    for path in ("/", "/page/main.js", "/ui/world", "/api/auth.test", "/nothing", "/files/F1"):
        async with page.get(path) as answer:
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_stock_clients_of_the_app_come_in(slack: Playground):
    answer = await AsyncWebClient(slack.bot_token, base_url=slack.api_url).auth_test()
    client = SocketModeClient(app_token=slack.app_token, web_client=WebClient(base_url=slack.api_url))
    try:
        await asyncio.to_thread(client.connect)
        await slack.connected()
    finally:
        await asyncio.to_thread(client.close)

    assert answer["ok"]


async def test_the_stand_in_for_a_model_is_broken_by_no_other_page():
    async with Provider.start() as provider, aiohttp.ClientSession() as browser:
        address = URL(provider.url).with_path("/fault")
        for foreign in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
            async with browser.post(address, data="error", headers=foreign) as answer:
                assert answer.status == 403

        assert provider.fault is None

"""With a data folder, a playground that is killed forgets nothing."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import make_blocks as make
import pytest
from page_session import page_session
from patience import PATIENCE
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from playground.driver import Playground


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "playground"


async def test_messages_views_people_and_the_clock_are_found_again(folder: Path):
    async with Playground.start(data_dir=folder) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        root = await slack.say("U0MAYA", "first")
        await client.chat_postMessage(channel="U0MAYA", text="reply", thread_ts=root.ts)
        group = (await client.conversations_open(users=["U0MAYA", "U0RAJ"]))["channel"]["id"]
        await client.views_publish(user_id="U0MAYA", view=make.home(make.section("My asks")))
        trigger_id = slack.slack.triggers.issue("U0RAJ")
        await client.views_open(trigger_id=trigger_id, view=make.modal(callback_id="open"))
        await slack.change_person("U0RAJ", tz="Europe/Paris")
        await slack.skip(timedelta(days=1))
        before = slack.now()

    async with Playground.start(data_dir=folder) as slack:
        home, modal = slack.home("U0MAYA"), slack.modal("U0RAJ")
        assert [message.text for message in slack.thread("U0MAYA", root.conversation, root.ts)] == [
            "first",
            "reply",
        ]
        assert group in [place.id for place in slack.conversations("U0RAJ")]
        assert home is not None
        assert home.words == "My asks"
        assert modal is not None
        assert modal.callback_id == "open"
        assert slack.slack.workspace.people.get("U0RAJ").tz == "Europe/Paris"
        assert slack.now() >= before
        assert slack.unread("U0MAYA") == 1


async def test_a_deleted_message_stays_gone(folder: Path):
    async with Playground.start(data_dir=folder) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        posted = await client.chat_postMessage(channel="U0MAYA", text="Oops")
        await client.chat_delete(channel=posted["channel"], ts=posted["ts"])

    async with Playground.start(data_dir=folder) as slack:
        assert slack.dm("U0MAYA") == []


async def test_the_next_start_installs_the_app_anew_with_tokens_of_its_own(folder: Path):
    async with Playground.start(data_dir=folder) as slack:
        first = slack.bot_token
        await AsyncWebClient(first, base_url=slack.api_url).auth_revoke()
        await slack.uninstall()
        assert slack.slack.bot_tokens == set()

    async with Playground.start(data_dir=folder) as slack:
        again = await AsyncWebClient(slack.bot_token, base_url=slack.api_url).auth_test()
        with pytest.raises(SlackApiError, match="invalid_auth"):
            await AsyncWebClient(first, base_url=slack.api_url).auth_test()

    assert again["ok"]


async def test_a_browser_that_was_let_in_stays_so_after_a_restart_and_the_key_does_not(folder: Path):
    async with Playground.start(data_dir=folder) as slack:
        port, first = URL(slack.url).port, slack.page_url
        async with page_session(first) as tab:
            cookies = list(tab.cookie_jar)

    async with Playground.start(data_dir=folder, port=port or 0) as slack, aiohttp.ClientSession() as other:
        headers = {"Cookie": "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies)}
        async with other.get(f"{slack.url}/ui/world", headers=headers) as answer:
            assert answer.status == 200
        async with other.get(first) as answer:
            assert answer.status == 401


@pytest.mark.parametrize("name", ["bot_token", "app_token", "signing_secret", "page_key"])
async def test_every_start_has_secrets_of_its_own_unless_they_are_given(name: str):
    async with (
        Playground.start() as one,
        Playground.start() as two,
        Playground.start(**{name: "ours"}) as given,
    ):
        secrets = [getattr(each.slack.credentials, name) for each in (one, two, given)]

    assert len(set(secrets)) == 3
    assert secrets[2] == "ours"


async def test_the_clock_file_holds_the_offset_in_seconds(tmp_path: Path):
    file = tmp_path / "offset"

    async with Playground.start(clock_file=file) as slack:
        await slack.skip(timedelta(hours=2))

        assert float(file.read_text()) == 7200.0


async def test_a_killed_program_comes_back_with_what_was_said(folder: Path):
    for number in range(2):
        async with program(folder) as page_url, page_session(page_url) as session:
            body = {"user": "U0MAYA", "conversation": "C0GENERAL", "text": f"round {number}"}
            async with session.post("/ui/message", json=body) as answer:
                assert answer.status == 200
            query = {"user": "U0MAYA", "conversation": "C0GENERAL"}
            async with session.get("/ui/messages", params=query) as answer:
                page: dict[str, Any] = await answer.json()

    assert [message["text"] for message in page["messages"]] == ["round 0", "round 1"]


@asynccontextmanager
async def program(folder: Path) -> AsyncIterator[str]:
    """Run the playground as a program of its own, give its address, and kill it in the end."""
    arguments = ["-u", "-m", "playground", "--port", "0", "--data", str(folder)]
    running = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    try:
        assert running.stdout is not None
        async with asyncio.timeout(PATIENCE):
            yield (await running.stdout.readline()).decode().split()[-1]
    finally:
        running.kill()
        await running.wait()

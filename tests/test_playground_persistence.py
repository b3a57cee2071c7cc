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
from slack_sdk.web.async_client import AsyncWebClient

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


async def test_a_deleted_message_and_a_revoked_token_stay_gone(folder: Path):
    async with Playground.start(data_dir=folder) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        posted = await client.chat_postMessage(channel="U0MAYA", text="Oops")
        await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
        await slack.uninstall()

    async with Playground.start(data_dir=folder) as slack:
        assert slack.dm("U0MAYA") == []
        assert slack.slack.bot_tokens == set()


async def test_the_clock_file_holds_the_offset_in_seconds(tmp_path: Path):
    file = tmp_path / "offset"

    async with Playground.start(clock_file=file) as slack:
        await slack.skip(timedelta(hours=2))

        assert float(file.read_text()) == 7200.0


async def test_a_killed_program_comes_back_with_what_was_said(folder: Path):
    for number in range(2):
        async with program(folder) as url, aiohttp.ClientSession() as session:
            body = {"user": "U0MAYA", "conversation": "C0GENERAL", "text": f"round {number}"}
            async with session.post(f"{url}/ui/message", json=body) as answer:
                assert answer.status == 200
            query = {"user": "U0MAYA", "conversation": "C0GENERAL"}
            async with session.get(f"{url}/ui/messages", params=query) as answer:
                page: dict[str, Any] = await answer.json()

    assert [message["text"] for message in page["messages"]] == ["round 0", "round 1"]


@asynccontextmanager
async def program(folder: Path) -> AsyncIterator[str]:
    """Run the playground as a program of its own, give its address, and kill it in the end."""
    arguments = ["-u", "-m", "playground", "--port", "0", "--data", str(folder)]
    running = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    try:
        assert running.stdout is not None
        async with asyncio.timeout(30):
            yield (await running.stdout.readline()).decode().split()[-1]
    finally:
        running.kill()
        await running.wait()

"""Files in the stand-in: an upload in three steps, as Slack wants it."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.driver import Playground

MAYA = "U0MAYA"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * 100


def client(slack: Playground) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


async def test_a_file_is_shown_in_a_message_with_its_alt_text():
    async with Playground.start(scopes=["chat:write", "files:write"]) as slack:
        here = slack.slack.workspace.dm(MAYA).id
        said = {"filename": "a.png", "title": "A chart", "alt_txt": "It rises"}
        done = await client(slack).files_upload_v2(content=PICTURE, channel=here, **said)

        assert done["ok"]
        [message] = [it for it in slack.dm(MAYA) if it.files]
        assert message.files[0]["alt_txt"] == "It rises"
        assert "It rises" in message.words


async def test_without_the_scope_nothing_is_uploaded():
    async with Playground.start(scopes=["chat:write"]) as slack:
        with pytest.raises(SlackApiError) as refused:
            await client(slack).files_getUploadURLExternal(filename="a.png", length=3)

        assert refused.value.response["error"] == "missing_scope"


async def test_a_file_without_its_bytes_cannot_be_finished():
    async with Playground.start(scopes=["chat:write", "files:write"]) as slack:
        room = await client(slack).files_getUploadURLExternal(filename="a.png", length=3)

        with pytest.raises(SlackApiError) as refused:
            await client(slack).files_completeUploadExternal(files=[{"id": room["file_id"], "title": "A"}])

        assert refused.value.response["error"] == "file_not_found"


async def test_a_file_is_still_there_after_a_restart(tmp_path: Path):
    async def uploaded(slack: Playground) -> Any:
        return await client(slack).files_upload_v2(content=PICTURE, filename="a.png")

    async with Playground.start(data_dir=tmp_path, scopes=["files:write"]) as slack:
        done = await uploaded(slack)
    async with Playground.start(data_dir=tmp_path, scopes=["files:write"]) as slack:
        assert slack.slack.uploads.get(done["files"][0]["id"]).content == PICTURE


async def test_what_a_person_hands_in_is_read_by_who_may_read_files():
    async with Playground.start(scopes=["files:read"]) as slack:
        file = slack.hand_in("people.csv", b"slack_id\n")
        found = (await client(slack).files_info(file=file))["file"]
        async with ClientSession() as session:
            bare = await session.get(found["url_private_download"])
            told = await session.get(
                found["url_private_download"], headers={"Authorization": f"Bearer {slack.bot_token}"}
            )

            assert found["name"] == "people.csv"
            assert bare.status == 403
            assert await told.read() == b"slack_id\n"

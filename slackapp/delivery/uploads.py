"""Sending a file into a conversation: where it goes, its bytes, and the message that shows it."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from slackapp.process.errors import SlackAway
from slackapp.workspaces.slack_calls import AWAY, ask, call

OK = 200


async def upload(
    client: AsyncWebClient, channel: str, name: str, content: bytes, *, title: str, alt: str = ""
) -> None:
    """Send a file; *alt* is what is read aloud of a picture. Raise as *call* does."""
    about = {"filename": name, "length": str(len(content)), **({"alt_txt": alt} if alt else {})}
    room = await ask(client, "files.getUploadURLExternal", about)
    await _send(client, room["upload_url"], content)
    done: dict[str, Any] = {"files": [{"id": room["file_id"], "title": title}], "channel_id": channel}
    await call(client, "files.completeUploadExternal", done)


async def _send(client: AsyncWebClient, url: str, content: bytes) -> None:
    """Send the bytes to the address that Slack named; a failure comes back later."""
    session = client.session
    assert session is not None
    try:
        async with session.post(url, data=content) as answer:
            if answer.status != OK:
                raise SlackAway(f"upload_{answer.status}")
    except AWAY as error:
        raise SlackAway(type(error).__name__) from error

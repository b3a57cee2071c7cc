"""Files in Slack: fetching one that was handed in; sending one once, though an answer may get lost.

A file's id is written down before the message that shows it: by it the message is found again. Where nobody
can look the file is sent again and counted.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientResponse
from slack_sdk.web.async_client import AsyncWebClient

from kernel.store import Due
from kernel.values import PersonId
from slackapp.process.errors import (
    AnswerLost,
    MessageGone,
    NotShownYet,
    RateLimited,
    SlackAway,
    SlackSays,
    Undeliverable,
)
from slackapp.workspaces import history
from slackapp.workspaces.slack_calls import AWAY, ask, call, part
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import Place
from storage.queues.notices import Upload

log = structlog.get_logger()

OK, LIMITED, TROUBLE = 200, 429, 500
SLOW = (408, 425)
PATIENCE = 30.0  # seconds
CHUNK = 64 * 1024
PATIENT = 3  # tries in which the first message to somebody, and so their conversation, may still arrive


@dataclass(frozen=True, slots=True)
class File:
    """What is sent; *alt* is what is read aloud of a picture.

    *of* names it for good: what is sent anew because the answer was lost has the same, another file has not.
    """

    of: str
    name: str
    title: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Uploads:
    """Sends the files of all workspaces."""

    worker: Worker

    async def conversation(self, place: Place, due: Due, person_id: PersonId) -> str | None:
        """A person's messages with the app, or None where they have none; raise NotShownYet at first.

        While Slack is away no message can begin them: that raises as *ask* does.
        """
        channel = await self.worker.stores.notices.dm(place.workspace, person_id)
        if channel is None:
            await ask(place.client, "auth.test", {})
            if due.attempt < PATIENT:
                raise NotShownYet("no_conversation_yet")
        return channel

    async def bring(self, place: Place, channel: str | None, file: File) -> bool:
        """Send a file, unless an earlier try has; say whether it is there.

        It is not where Slack refuses it for good, or where there is no *channel*. Of other errors raise what
        *call* does: a later try may go well.
        """
        try:
            if channel is None:
                raise Undeliverable("no_conversation")
            await self._send_once(place, channel, file)
        except (Undeliverable, MessageGone) as error:
            log.info("file not sent", file=file.of, code=error.code)
            return False
        return True

    async def _send_once(self, place: Place, channel: str, file: File) -> None:
        notices, here = self.worker.stores.notices, place.workspace
        begun = await notices.upload(here, file.of)
        if begun and await self._stands(place, channel, begun):
            return
        file_id = await _filled(place.client, file)
        at = self.worker.clock.now().timestamp()
        await notices.uploading(here, file.of, Upload(file_id, at))
        shown: dict[str, Any] = {"files": [{"id": file_id, "title": file.title}], "channel_id": channel}
        try:
            await call(place.client, "files.completeUploadExternal", shown)
        except SlackSays as error:
            if not isinstance(error, AnswerLost):
                await notices.uploading(here, file.of, None)
            raise

    async def _stands(self, place: Place, channel: str, begun: Upload) -> bool:
        """Whether the message is there; where nobody can look, that it may come twice is counted."""
        try:
            found = history.since(partial(ask, place.client), channel, begun.at - history.SKEW)
            return any([begun.file_id in _files(message) async for message in found])
        except Undeliverable as error:
            log.info("file not looked for", code=error.code)
            await self.worker.stores.notices.repeat(place.workspace)
            self.worker.metrics.maybe_doubled.inc()
            return False


async def _filled(client: AsyncWebClient, file: File) -> str:
    """The id of a file whose bytes are at Slack, and which nobody sees yet."""
    about = {"filename": file.name, "length": str(len(file.content))}
    about |= {"alt_txt": file.alt} if file.alt else {}
    room = await ask(client, "files.getUploadURLExternal", about)
    await _send(client, part(room, "upload_url", str), file.content)
    return part(room, "file_id", str)


def _files(message: dict[str, Any]) -> list[str]:
    return [str(file.get("id")) for file in message.get("files", ())]


async def download(client: AsyncWebClient, file_id: str, *, at_most: int) -> bytes:
    """The bytes of a file in Slack; of a longer one, some more than *at_most*. Raise as *call* does.

    One that lies elsewhere, as a file that another app only links to, is refused: the token stays with Slack.
    """
    about = part(await ask(client, "files.info", {"file": file_id}), "file", dict)
    address = part(about, "url_private_download", str)
    if not is_at_slack(address, client.base_url):
        raise Undeliverable("file_lies_elsewhere")
    session, bearer = client.session, {"Authorization": f"Bearer {client.token}"}
    assert session is not None
    try:
        async with session.get(address, headers=bearer) as answer:
            _check(answer, "download")
            whole = bytearray()
            async for chunk in answer.content.iter_chunked(CHUNK):
                whole += chunk
                if len(whole) > at_most:
                    break
            return bytes(whole)
    except AWAY as error:
        raise SlackAway(type(error).__name__) from error


def is_at_slack(address: str, api: str) -> bool:
    """Whether an address is of the same host as Slack's API, or of one below it, by the same protocol."""
    file, own = urlsplit(address), urlsplit(api)
    home = (own.hostname or "").removeprefix("www.")
    return file.scheme == own.scheme and f".{file.hostname}".endswith(f".{home}")


def _check(answer: ClientResponse, what: str) -> None:
    """Raise as *call* does where a file was not taken or given: only Slack's own trouble is worth a wait."""
    if answer.status == LIMITED:
        raise RateLimited(PATIENCE)
    if answer.status >= TROUBLE or answer.status in SLOW:
        raise SlackAway(f"{what}_{answer.status}")
    if answer.status != OK:
        raise Undeliverable(f"{what}_{answer.status}")


async def _send(client: AsyncWebClient, url: str, content: bytes) -> None:
    """Send the bytes to the address that Slack named; a failure comes back later."""
    session = client.session
    assert session is not None
    try:
        async with session.post(url, data=content) as answer:
            _check(answer, "upload")
    except AWAY as error:
        raise SlackAway(type(error).__name__) from error

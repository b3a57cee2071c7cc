"""How a picture becomes calls to Slack: a new message, a change in place, or the Home tab.

A picture that is quiet changes its message in place; one that knocks becomes a new message, and the old one
shrinks to the line that closes it, or goes.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers.block_kit import blocks
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from kernel.values import WorkspaceId
from slackapp.delivery.outages import Outages
from slackapp.delivery.pacing import Pacer
from slackapp.process.errors import MessageGone, RateLimited, SlackAway, SlackSays, Undeliverable
from slackapp.process.metrics import Metrics
from slackapp.workspaces import history
from slackapp.workspaces.slack_calls import ask, call, outcome, part

log = structlog.get_logger()

PATIENCE = 1.5
NOT_HERE = 3600.0  # seconds until a workspace that does not stream is tried again
STREAM_WORDS, STREAM_PAUSE = 8, 0.08
Caller = Callable[[AsyncWebClient, str, dict[str, Any]], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """What stands in Slack: where, in which state, and a digest of its looks."""

    channel: str
    ts: str
    state: str
    digest: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message goes: to whom, in which conversation, and under which root of a thread."""

    workspace: WorkspaceId
    to: str
    channel: str
    thread_ts: str | None = None


class NoteMark(Protocol):
    """Takes note that a message is being posted, since the answer may get lost."""

    def begun(self, *, streams: bool = False) -> AbstractAsyncContextManager[Mapping[str, Any]]:
        """Note it while the block posts; yield what the message carries."""

    async def stands(self, ts: str) -> None:
        """Note which message it is that is still growing."""


class Messages:
    """Posts and changes messages, at most one new message a second in a conversation.

    Raises what *call* raises; RateLimited also when the conversation is not free soon enough.
    """

    def __init__(
        self, pacer: Pacer, metrics: Metrics, outages: Outages, *, tick: Callable[[], float] = monotonic
    ) -> None:
        self._pacer, self._metrics, self._outages, self._tick = pacer, metrics, outages, tick

    async def show(
        self,
        client: AsyncWebClient,
        picture: Picture,
        spot: Spot,
        before: ShownMessage | None,
        mark: NoteMark,
    ) -> ShownMessage:
        """Bring a picture before its reader: nothing when it looks the same, a change, or a new message."""
        digest = digest_of(picture)
        if picture.is_gone and before is not None:
            return await self._remove(
                client, spot, before, ShownMessage(before.channel, before.ts, picture.state, digest)
            )
        if before is not None and (before.digest, before.state) == (digest, picture.state):
            return before
        if before is not None and not (picture.knock and picture.state != before.state):
            with suppress(MessageGone):
                await self._change(client, spot, before, picture.text, self._drawable(picture, spot))
                return ShownMessage(before.channel, before.ts, picture.state, digest)
        return await self._post(client, picture, spot, mark)

    async def _remove(
        self, client: AsyncWebClient, spot: Spot, before: ShownMessage, after: ShownMessage
    ) -> ShownMessage:
        """Delete a message; one that is gone already stays so."""
        if before.digest != after.digest:
            with suppress(MessageGone):
                await self._call(client, "chat.delete", spot, {"channel": before.channel, "ts": before.ts})
        return after

    async def close(self, client: AsyncWebClient, spot: Spot, old: ShownMessage, line: str) -> None:
        """Shrink an old message to one line, or delete it without one; what Slack refuses stays as it is."""
        try:
            if line:
                await self._change(
                    client, spot, old, line, [{"type": "context", "elements": [_mrkdwn(line)]}]
                )
            else:
                await self._call(client, "chat.delete", spot, {"channel": old.channel, "ts": old.ts})
        except (SlackAway, RateLimited):
            raise
        except SlackSays as error:
            log.info("old card left as it was", code=error.code)

    async def publish(
        self, client: AsyncWebClient, spot: Spot, view: Mapping[str, Any], before: ShownMessage | None
    ) -> ShownMessage:
        """Show a Home tab, unless it looks as it did."""
        digest = _digest(["", [view]])
        if before is None or before.digest != digest:
            await self._call(client, "views.publish", spot, {"user_id": spot.to, "view": view})
        return ShownMessage(spot.to, "", "home", digest)

    async def open_group(self, client: AsyncWebClient, spot: Spot, people: Sequence[str]) -> str:
        """The conversation of these people and the app: the same for the same people."""
        answer = await self._call(client, "conversations.open", spot, {"users": ",".join(people)})
        return part(part(answer, "channel", dict), "id", str)

    async def permalink(self, client: AsyncWebClient, spot: Spot, ts: str) -> str:
        """The address of a message."""
        where = {"channel": spot.channel, "message_ts": ts}
        return part(await self._call(client, "chat.getPermalink", spot, where, by=ask), "permalink", str)

    def since(self, client: AsyncWebClient, spot: Spot, moment: float) -> AsyncIterator[dict[str, Any]]:
        """What stands in someone's conversation with the app, or in a thread there, since a moment."""

        def read(method: str, params: dict[str, Any]) -> Awaitable[dict[str, Any]]:
            return self._call(client, method, spot, params, by=ask)

        return history.since(read, spot.channel, moment, spot.thread_ts)

    async def _post(
        self, client: AsyncWebClient, picture: Picture, spot: Spot, mark: NoteMark
    ) -> ShownMessage:
        # By receiver and not by channel: the first message goes to a person's id, the next to the DM's.
        gate = f"{spot.workspace} {spot.to} post"
        if (wait := self._pacer.wait(gate, self._tick())) > PATIENCE:
            raise RateLimited(wait)
        await asyncio.sleep(self._pacer.take(gate, self._tick()))
        digest = digest_of(picture)
        if (streamed := await self._streamed(client, picture, spot, mark)) is not None:
            return ShownMessage(spot.channel, streamed, picture.state, digest)
        body: dict[str, Any] = {
            "channel": spot.channel,
            "text": picture.text,
            "blocks": self._drawable(picture, spot),
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if spot.thread_ts:
            body |= {"thread_ts": spot.thread_ts, "reply_broadcast": picture.is_broadcast}
        async with mark.begun() as label:
            answer = await self._call(client, "chat.postMessage", spot, {**body, **label})
        return ShownMessage(part(answer, "channel", str), part(answer, "ts", str), picture.state, digest)

    async def _streamed(
        self, client: AsyncWebClient, picture: Picture, spot: Spot, mark: NoteMark
    ) -> str | None:
        """Let a reply grow before its reader's eyes, and return its ts; None where Slack does not do that."""
        gate = _agents(spot)
        if (
            not picture.streams
            or picture.is_broadcast
            or not spot.thread_ts
            or self._pacer.wait(gate, self._tick())
        ):
            return None
        first, *more = pieces(picture.streams)
        body = {"channel": spot.channel, "thread_ts": spot.thread_ts, "markdown_text": first}
        try:
            async with mark.begun(streams=True):
                ts = part(await self._call(client, "chat.startStream", spot, body), "ts", str)
        except (Undeliverable, RateLimited) as error:
            self._pacer.close(gate, error.after if isinstance(error, RateLimited) else NOT_HERE, self._tick())
            return None
        await mark.stands(ts)
        try:
            await self._grow(client, picture, spot, ts, more)
        except SlackSays:
            # It stands there half-way: the whole of it takes its place.
            await self._change(
                client, spot, ShownMessage(spot.channel, ts, "", ""), picture.text, picture.blocks
            )
        return ts

    def _drawable(self, picture: Picture, spot: Spot) -> list[Block]:
        """A picture's blocks as its workspace shows them: without agents, their buttons are plain."""
        has_agents = not self._pacer.wait(_agents(spot), self._tick())
        return picture.blocks if has_agents else blocks.without_agents(picture.blocks)

    async def _grow(
        self, client: AsyncWebClient, picture: Picture, spot: Spot, ts: str, more: Sequence[str]
    ) -> None:
        place = {"channel": spot.channel, "ts": ts}
        for piece in more:
            await asyncio.sleep(STREAM_PAUSE)
            await self._call(client, "chat.appendStream", spot, {**place, "markdown_text": piece})
        await self._call(client, "chat.stopStream", spot, {**place, "blocks": picture.blocks[1:]})

    async def _change(
        self,
        client: AsyncWebClient,
        spot: Spot,
        old: ShownMessage,
        text: str,
        shown: Sequence[Mapping[str, Any]],
    ) -> None:
        body = {"channel": old.channel, "ts": old.ts, "text": text, "blocks": shown}
        await self._call(client, "chat.update", spot, body)

    async def _call(
        self, client: AsyncWebClient, method: str, spot: Spot, body: dict[str, Any], by: Caller = call
    ) -> dict[str, Any]:
        """Make one call, unless Slack said to wait with this method for this receiver."""
        gate, ended = f"{spot.workspace} {spot.to} {method}", "ok"
        if wait := self._pacer.wait(gate, self._tick()):
            raise RateLimited(wait)
        try:
            answer = await by(client, method, body)
        except SlackAway as error:
            ended = outcome(error)
            self._outages.failed(spot.workspace)
            raise
        except SlackSays as error:
            ended = outcome(error)
            self._outages.answered(spot.workspace)
            if isinstance(error, RateLimited):
                self._pacer.close(gate, error.after, self._tick())
            raise
        else:
            self._outages.answered(spot.workspace)
            return answer
        finally:
            self._metrics.calls.labels(method, ended).inc()


def _agents(spot: Spot) -> str:
    """The gate that is shut for a while once a workspace turned out to have no agents."""
    return f"{spot.workspace} stream"


def pieces(text: str) -> list[str]:
    """A text in pieces of a few words, which make the text again when they are put together."""
    words = re.findall(r"\S+\s*|\s+", text)
    return ["".join(words[start : start + STREAM_WORDS]) for start in range(0, len(words), STREAM_WORDS)]


def digest_of(picture: Picture) -> str:
    """The same short word for the same looks."""
    return _digest([picture.text, picture.blocks])


def _digest(looks: Any) -> str:
    written = json.dumps(looks, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(written.encode(), digest_size=12).hexdigest()


def _mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}

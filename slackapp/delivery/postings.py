"""Messages whose answer may get lost: written down before, looked for later, counted where nobody can look.

A message to a person carries an id of its own as metadata, by which it is found again in their conversation
with the app (docs.slack.dev/messaging/message-metadata). The app reads no other conversation: what it posts
elsewhere is posted again and counted.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Any

import structlog

from handlers.block_kit.picture import Picture
from kernel.values import Kept
from slackapp.delivery.messages import Messages, ShownMessage, Spot, digest_of
from slackapp.process.errors import AnswerLost, MessageGone, SlackSays, Undeliverable
from slackapp.process.metrics import Metrics
from slackapp.workspaces.history import SKEW
from slackapp.workspaces.workspaces import Place
from storage.queues.notices import Lease, Notices, is_dm

log = structlog.get_logger()

EVENT = "waymark_message"
LANDS_WITHIN = 60.0  # seconds in which Slack, or a proxy on the way, may come to do what nobody waits for
HALF_WAY = "half-way"  # the digest of a message that has not its last looks


class Posting(Kept):
    """A message on its way: where it goes, what it shows, and what then becomes of the one before it.

    *at* is the time of the conversation, *wall* that of the machine, which no clock ahead moves. *ts* is
    known as soon as a reply that *streams* has begun; *has_ended*, that Slack is through with it.
    """

    id: str
    at: float
    wall: float = 0.0
    channel: str
    thread_ts: str | None
    state: str
    digest: str
    closing: str | None
    streams: bool = False
    ts: str = ""
    has_ended: bool = False

    def may_land(self, wall: float) -> bool:
        """Whether Slack may still come to post it: nobody heard it end, and that is not long ago."""
        return not self.has_ended and wall - self.wall < LANDS_WITHIN


class Old(Kept):
    """A message that a newer one has replaced, and the line to which it shrinks; without one it goes."""

    channel: str
    ts: str
    line: str


def old_of(before: ShownMessage | None, closing: str | None) -> str:
    """What a card says of the message before, until it is closed; nothing where it stays as it is."""
    if before is None or closing is None:
        return ""
    return Old(channel=before.channel, ts=before.ts, line=closing).model_dump_json()


@dataclass(slots=True)
class PostingMark:
    """What stands on a card from before its message is posted until Slack's answer is known."""

    notices: Notices
    metrics: Metrics
    lease: Lease
    posting: Posting
    repeats: bool

    @asynccontextmanager
    async def begun(self, *, streams: bool = False) -> AsyncIterator[dict[str, Any]]:
        """Write it down while the block posts; yield what the message carries. A refusal is noted, too."""
        self.posting = self.posting.model_copy(update={"streams": streams})
        await self._write()
        try:
            yield self._label()
        except AnswerLost as error:
            if error.has_ended:
                self.posting = self.posting.model_copy(update={"has_ended": True})
                await self._write()
            raise
        except SlackSays:
            await self.notices.posting(self.lease, "")
            raise

    async def stands(self, ts: str) -> None:
        """Say which message it is that is still growing."""
        self.posting = self.posting.model_copy(update={"ts": ts})
        await self._write()

    async def _write(self) -> None:
        await self.notices.posting(self.lease, self.posting.model_dump_json(), repeats=self.repeats)
        if self.repeats:
            self.metrics.maybe_doubled.inc()
        self.repeats = False

    def _label(self) -> dict[str, Any]:
        """The metadata of a message to a person; elsewhere nobody would look for it."""
        if self.posting.channel.startswith(("C", "G")):
            return {}
        return {"metadata": {"event_type": EVENT, "event_payload": {"id": self.posting.id}}}


@dataclass(frozen=True, slots=True)
class Postings:
    """Writes down what is posted, and looks for it where the answer was lost."""

    notices: Notices
    messages: Messages
    metrics: Metrics

    def mark(self, lease: Lease, picture: Picture, spot: Spot, now: datetime) -> PostingMark:
        """The mark for a picture that may have to be posted."""
        posting = Posting(
            id=token_hex(8),
            at=now.timestamp(),
            wall=self.notices.wall(),
            channel=spot.channel,
            thread_ts=spot.thread_ts,
            state=picture.state,
            digest=digest_of(picture),
            closing=picture.closing,
        )
        return PostingMark(self.notices, self.metrics, lease, posting, repeats=bool(lease.card.posting))

    async def found(self, place: Place, lease: Lease, posting: Posting) -> ShownMessage | Lease:
        """The message where it stands; else the lease, with no posting where that is certain."""
        try:
            standing = await self._standing(place, lease, posting)
        except (Undeliverable, MessageGone) as error:
            log.info("not looked for", thing=lease.card.thing, code=error.code)
            return lease
        if standing is None and not posting.may_land(self.notices.wall()):
            return replace(lease, card=replace(lease.card, posting=""))
        return standing or lease

    async def _standing(self, place: Place, lease: Lease, posting: Posting) -> ShownMessage | None:
        """The message, or None where it does not stand; raise Undeliverable where nobody can tell."""
        if posting.ts:
            return ShownMessage(posting.channel, posting.ts, posting.state, HALF_WAY)
        to, channel = lease.card.to, posting.channel
        mine = channel if is_dm(channel) else lease.card.channel
        known = mine if is_dm(mine) else await self.notices.dm(place.workspace, to)
        if known is None or posting.streams:
            raise Undeliverable("no_place_to_look")
        spot = Spot(place.workspace, to, known, posting.thread_ts)
        author = place.installation.bot_user_id
        async for message in self.messages.since(place.client, spot, posting.at - SKEW):
            label = message.get("metadata") or {}
            if message.get("user") == author and label.get("event_payload") == {"id": posting.id}:
                return ShownMessage(known, str(message["ts"]), posting.state, posting.digest)
        return None

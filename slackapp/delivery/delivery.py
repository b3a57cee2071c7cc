"""Notices on their way to Slack: leased, drawn as things are now, shown, and recorded.

Two workers never show one card at a time. Where Slack's answer to a message was lost, it is looked for before
it is posted again; where nobody can look, it may appear twice, which is counted.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from time import perf_counter

import structlog

from handlers.block_kit.picture import Picture, Root
from kernel.errors import LockedOut, NotInstalled
from kernel.kinds import HOME
from kernel.values import PersonId
from mentoring.admins import alerts
from slackapp.background.pump import Pump, patiently
from slackapp.delivery.conversations import ROOM, Rooms
from slackapp.delivery.messages import Messages, ShownMessage, Spot
from slackapp.delivery.outages import Outages
from slackapp.delivery.postings import Old, Posting, Postings, old_of
from slackapp.process.errors import (
    NotShownYet,
    RateLimited,
    SlackAway,
    SlackSays,
    TokenRefused,
    Undeliverable,
    UnknownKind,
    Unrecorded,
)
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import Place
from storage.connection.errors import LeaseLost, StorageAway
from storage.connection.keys import ShardKeys
from storage.queues.notices import Card, Lease, Notice

log = structlog.get_logger()

AT_ONCE = 32
ATTEMPTS = 8
LONGEST_WAIT = 300.0
AWAY_ATTEMPTS = 72 * 3600 // int(LONGEST_WAIT)
HELD_SECONDS = 15.0, 45.0
ROOT_PAUSES = 0.05, 0.1, 0.2, 0.4, 0.8
AGENT = "assistant:write"  # the scope of agents, without which nothing is streamed


def backoff(attempt: int, first: float) -> float:
    """The seconds to wait after an attempt: *first*, then twice as long each time, at most five minutes."""
    return min(first * 2.0 ** (min(attempt, 10) - 1), LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class ShownCard:
    """What was shown, and what the card says of the old message that a new one has replaced."""

    shown: ShownMessage
    old: str = ""


class Delivery:
    """Delivers the notices of all workspaces. *retry* is the wait after a first failure, in seconds."""

    def __init__(self, worker: Worker, messages: Messages, outages: Outages, retry: float) -> None:
        self._worker, self._messages, self._rooms = worker, messages, Rooms(messages)
        self._outages, self._retry = outages, retry
        self._notices, self._workspaces = worker.stores.notices, worker.workspaces
        self._clock, self._metrics = worker.clock, worker.metrics
        self._postings = Postings(self._notices, messages, worker.metrics)

    def pump(self) -> Pump[Notice]:
        """The pump that delivers notices."""
        return Pump("delivery", self.take, self.deliver, self._notices.wake, at_once=AT_ONCE)

    async def take(self, limit: int, shards: Sequence[ShardKeys]) -> Sequence[Notice]:
        """Notices that belong to nobody yet."""
        return await self._notices.take(self._worker.name, limit, shards)

    async def deliver(self, notice: Notice) -> None:
        """Show one card as it is now, or say when to try again, or give it up."""
        started = perf_counter()
        lease = await self._notices.lease(notice, by=f"{self._worker.name} {notice.entry}")
        if lease is None:
            return
        if self._outages.holds(notice.workspace):
            await self._notices.hold(notice, lease, after=random.uniform(*HELD_SECONDS))
            return
        try:
            await self._try(notice, lease)
        except NotInstalled:
            with suppress(LeaseLost):
                await self._notices.settle(lease)
        self._metrics.delivery.observe(perf_counter() - started)

    async def _try(self, notice: Notice, lease: Lease) -> None:
        """Show the card, or see to it that it is tried again or given up; raise NotInstalled."""
        try:
            await self._show_all(notice, lease)
        except (StorageAway, NotInstalled):
            raise
        except Exception as error:  # the outermost edge: said below what becomes of each
            await self._failed(notice, lease, error)
        if self._outages.is_over(notice.workspace):
            log.info("slack back", workspace=notice.workspace)
            await self._notices.hurry(notice.workspace)

    async def _failed(self, notice: Notice, lease: Lease, error: Exception) -> None:
        match error:
            case Unrecorded():  # to begin again would post again: whoever takes the lease over counts that
                log.warning("left for later", loop="delivery", thing=notice.thing, exc_info=error)
            case LeaseLost():
                log.info("card taken over by another worker", thing=notice.thing)
                self._metrics.maybe_doubled.inc(int(error.may_double))
            case RateLimited():  # which is no failure
                await self._notices.hold(notice, lease, after=error.after)
            case LockedOut():  # which the log has said once; until it is mended nothing is given up
                await self._try_again(notice, lease, type(error).__name__)
            case TokenRefused():
                await self._look_up_again(notice, lease, error.code)
            case Undeliverable():
                await self._give_up(notice, lease, error.code)
            case SlackAway() | NotShownYet():
                await self._wait_for_slack(notice, lease, error)
            case UnknownKind():
                await self._leave(notice, lease)
            case _:
                await self._later(notice, lease, error)

    async def _leave(self, notice: Notice, lease: Lease) -> None:
        """Leave it to a process of the newer release that wrote it; what none takes is set aside whole."""
        log.warning("left for a newer release", thing=notice.thing, attempt=notice.attempt)
        if notice.attempt >= ATTEMPTS:
            await self._notices.bury(notice, lease, UnknownKind.__name__)
        else:
            await self._try_again(notice, lease, UnknownKind.__name__)

    async def _show_all(self, notice: Notice, lease: Lease) -> None:
        """Go round until what is shown is what is wanted."""
        place = await self._workspaces.at(notice.workspace)
        round: Lease | None = lease
        while round is not None:
            round = await self._go_round(place, round)

    async def _go_round(self, place: Place, lease: Lease) -> Lease | None:
        """Finish what was begun on a card, show what is true now, and return the lease for what is left."""
        if lease.card.old:
            await self._close(place, lease.card)
        if lease.card.posting:
            posting = Posting.model_validate_json(lease.card.posting)
            found = await self._postings.found(place, lease, posting)
            if isinstance(found, ShownMessage):
                old = old_of(_before(lease.card), posting.closing)
                return await self._stands(place, lease, ShownCard(found, old), lease.card.shown)
            lease = found
        look = await self._look(place, lease)
        if look is None:
            more = await self._notices.settle(lease, also=_home_of(lease.card))
            await self._rooms.told(place, lease.notice, None, self._clock.now())
            return more
        return await self._stands(place, lease, look, lease.card.wanted)

    async def _stands(self, place: Place, lease: Lease, look: ShownCard, revision: int) -> Lease | None:
        """Record what is shown now and what follows from its being there."""
        more = await self._record(lease, look, revision)
        await self._rooms.told(place, lease.notice, look.shown, self._clock.now())
        return more

    async def _close(self, place: Place, card: Card) -> None:
        old = Old.model_validate_json(card.old)
        spot = Spot(place.workspace, card.to, old.channel)
        await self._messages.close(place.client, spot, ShownMessage(old.channel, old.ts, "", ""), old.line)

    async def _look(self, place: Place, lease: Lease) -> ShownCard | None:
        card, now = lease.card, self._clock.now()
        if card.thing == HOME:
            return await self._home(place, card)
        if (kind := card.thing.partition(":")[0]) not in self._worker.conversations.cards:
            raise UnknownKind(kind)
        picture = await self._worker.conversations.paint(place.desk, card.thing, card.to, now)
        before = _before(card)
        if picture is None or (picture.is_gone and before is None):
            return None
        spot = await self._spot(place, card, picture)
        if spot is None:
            return None
        granted = place.installation.scopes
        if granted is not None and AGENT not in granted:
            picture = replace(picture, streams="")
        mark = self._postings.mark(lease, picture, spot, now)
        shown = await self._messages.show(place.client, picture, spot, before, mark)
        moved = before is not None and before.ts != shown.ts
        return ShownCard(shown, old_of(before, picture.closing) if moved else "")

    async def _home(self, place: Place, card: Card) -> ShownCard:
        view = await self._worker.conversations.home.paint(place.desk, PersonId(card.to), self._clock.now())
        spot = Spot(place.workspace, card.to, card.to)
        return ShownCard(await self._messages.publish(place.client, spot, view, _before(card)))

    async def _spot(self, place: Place, card: Card, picture: Picture) -> Spot | None:
        """Where a picture goes; None when its room has just been given up."""
        # To a person by their own id: their DM would take a message even where their account is closed.
        known = card.channel if card.to.startswith(ROOM) else ""
        channel = known or await self._rooms.channel(place, card, self._clock.now())
        if not channel or picture.thread_of is None:
            return Spot(place.workspace, card.to, channel) if channel else None
        root = await self._root(place, card.to, picture.thread_of)
        return Spot(place.workspace, card.to, root.channel, root.ts)

    async def _root(self, place: Place, to: str, wanted: Root, pauses: Sequence[float] = ROOT_PAUSES) -> Card:
        """The card on which a reply hangs: both may come at once, and the reply be drawn sooner."""
        for pause in (0.0, *pauses):
            await asyncio.sleep(pause)
            root = await self._notices.card(place.workspace, to, wanted.thing)
            if root is not None and root.ts and root.state.startswith(wanted.state):
                return root
        raise NotShownYet("no_thread_yet")

    async def _record(self, lease: Lease, look: ShownCard, revision: int) -> Lease | None:
        """Write down where the message stands; Redis being away for a moment must not double it."""

        async def write() -> Lease | None:
            return await self._notices.shown(
                lease,
                channel=look.shown.channel,
                ts=look.shown.ts,
                state=look.shown.state,
                digest=look.shown.digest,
                revision=revision,
                old=look.old,
                also=_home_of(lease.card),
            )

        try:
            return await patiently(write)
        except StorageAway as error:
            raise Unrecorded from error

    async def _look_up_again(self, notice: Notice, lease: Lease, code: str) -> None:
        """Try once more with the installation as it is now: another process may have seen the app removed."""
        self._workspaces.forget(notice.workspace)
        if notice.attempt > 1:
            await self._give_up(notice, lease, code)
        else:
            await self._notices.retry(notice, lease, code, after=1.0)

    async def _wait_for_slack(self, notice: Notice, lease: Lease, error: SlackSays) -> None:
        """Try again while Slack is away, however long; what fails while others succeed, for three days."""
        pause = self._outages.pause(notice.workspace)
        log.warning("slack away", thing=notice.thing, attempt=notice.attempt, why=error.code)
        if pause is None and notice.attempt >= AWAY_ATTEMPTS:
            await self._give_up(notice, lease, error.code)
        else:
            await self._try_again(notice, lease, error.code, pause)

    async def _later(self, notice: Notice, lease: Lease, error: Exception) -> None:
        code = type(error).__name__
        log.warning("not delivered yet", thing=notice.thing, attempt=notice.attempt, exc_info=error)
        if notice.attempt >= ATTEMPTS:
            await self._give_up(notice, lease, code)
        else:
            await self._try_again(notice, lease, code)

    async def _try_again(self, notice: Notice, lease: Lease, code: str, after: float | None = None) -> None:
        """Try again after so many seconds, or the longer the more often it has failed."""
        wait = backoff(notice.attempt, self._retry) if after is None else after
        await self._notices.retry(notice, lease, code, after=wait)

    async def _give_up(self, notice: Notice, lease: Lease, code: str) -> None:
        """Go on without it, bury it, and tell the admins once; what cannot reach an admin is only logged."""
        log.error("undeliverable", thing=notice.thing, to=notice.to, code=code)
        place = await self._workspaces.at(notice.workspace)
        is_new, now = not lease.card.ts, self._clock.now()
        is_told = await self._rooms.refused(place, notice, code, now, is_new=is_new)
        is_told |= notice.thing.startswith("alert:")
        if await self._notices.bury(notice, lease, code) and not is_told:
            await alerts.undelivered(place.desk, notice.to, code, now)


def _home_of(card: Card) -> str:
    """What has changed with a card for its reader: their Home tab, if they ever opened it."""
    return "" if card.thing == HOME else HOME


def _before(card: Card) -> ShownMessage | None:
    return ShownMessage(card.channel, card.ts, card.state, card.digest) if card.digest else None

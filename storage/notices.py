"""What is to be shown to whom, and what each of them sees of it now.

A notice says that a card is behind, not what it should say: whoever takes it leases the card, draws what is
true now and says what it showed. A lease that ends unreleased is taken over: only there may a message appear
twice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mentoring.values import WorkspaceId
from storage.dead_letters import DEAD_KEPT, ERROR_LENGTH
from storage.errors import LeaseLost
from storage.keys import ALL_SHARDS, GROUP, ShardKeys, entry_of, keys_of, parts_of
from storage.queue import Entry, Queue
from storage.scripts import script
from storage.wake import Wake
from storage.wire import Wire, Word, pairs

LEASE_SECONDS = 20.0
BATCH = 256


@dataclass(frozen=True, slots=True)
class Notice:
    """A card that is behind, as a worker holds it. *attempt* counts from 1."""

    workspace: WorkspaceId
    to: str
    thing: str
    entry: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Card:
    """What one receiver sees of one thing: the message that shows it, and how far behind that is.

    *state* and *digest* are whatever the delivery said when it showed *shown*; empty before the first time.
    """

    to: str
    thing: str
    wanted: int
    shown: int = 0
    channel: str = ""
    ts: str = ""
    state: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to show a card for a short time. *is_takeover*: another worker may have shown it already."""

    notice: Notice
    card: Card
    token: str
    is_takeover: bool


@dataclass(slots=True)
class Notices:
    """The notices and cards of all workspaces. *wake* says which shards this process has just written to."""

    wire: Wire
    queue: Queue
    wall: Callable[[], float]
    lease_seconds: float = LEASE_SECONDS
    wake: Wake = field(default_factory=Wake)

    async def take(
        self, consumer: str, limit: int = 64, shards: Sequence[ShardKeys] = ALL_SHARDS
    ) -> list[Notice]:
        """Return notices to deliver, those among them whose postponement is over."""
        await self._resume(shards)
        return [_notice(entry) for entry in await self.queue.take(consumer, limit, shards)]

    async def lease(self, notice: Notice) -> Lease | None:
        """Return the right to show the notice's card, or None: then nothing is left to do with the notice.

        Either the card is up to date, or another worker shows it: if that one dies, the notice comes again.
        """
        at = keys_of(notice.workspace)
        shard = at.shard
        keys = [at.card(notice.to, notice.thing), shard.notices, shard.postponed, shard.failures]
        words: list[Word] = [
            GROUP,
            notice.entry,
            _entry(notice),
            self._wall(),
            self._wall(self.lease_seconds),
        ]
        answer, *facts = await self.wire.run(script("lease"), [*keys, shard.sequence, shard.tally], words)
        if answer != "leased":
            return None
        return Lease(notice, _card(facts[2]), str(facts[0]), bool(facts[1]))

    async def shown(
        self, lease: Lease, *, channel: str, ts: str, state: str, digest: str, revision: int
    ) -> Lease | None:
        """Say that this message shows *revision* of the card; raise LeaseLost when another worker has it.

        Return a renewed lease when more was wanted meanwhile: go round with it. None: all shown, and settled.
        """
        message = keys_of(lease.notice.workspace).message(channel, ts)
        target = f"{lease.card.to} {lease.card.thing}"
        return await self._shown(lease, revision, [message], [channel, ts, state, digest, target])

    async def settle(self, notice: Notice, lease: Lease | None = None) -> Lease | None:
        """End a notice without a message, since there is nothing to show; with its lease when it has one.

        Return a renewed lease when more was wanted meanwhile, as `shown` does.
        """
        # Without a message there is nothing that a slow worker could have painted over.
        if lease is not None:
            return await self._shown(lease, lease.card.wanted, [], [])
        stream = keys_of(notice.workspace).shard.notices
        await self.wire.calls([("XACK", stream, GROUP, notice.entry), ("XDEL", stream, notice.entry)])
        return None

    async def retry(self, notice: Notice, lease: Lease, error: str, *, after: float) -> bool:
        """Give the lease back and deliver in so many seconds; return False when the lease was lost."""
        return await self._release(notice, lease, "later", error, after)

    async def bury(self, notice: Notice, lease: Lease, error: str) -> bool:
        """Give up: the notice goes to the dead letters; return False when the lease was lost."""
        return await self._release(notice, lease, "dead", error, 0)

    async def card(self, workspace: WorkspaceId, to: str, thing: str) -> Card | None:
        """Return what a receiver sees of a thing, or None where it was never to be shown."""
        answer = await self.wire.call("HGETALL", keys_of(workspace).card(to, thing))
        return _card(answer) if answer else None

    async def card_at(self, workspace: WorkspaceId, channel: str, ts: str) -> Card | None:
        """Return the card that a message shows or once showed, or None when it is none of ours."""
        target = await self.wire.call("GET", keys_of(workspace).message(channel, ts))
        if target is None:
            return None
        to, thing = target.split(" ", 1)
        return await self.card(workspace, to, thing)

    async def taken_over(self) -> int:
        """Return how many leases ended unreleased: the upper bound of messages that were sent twice."""
        return sum(
            int(it or 0)
            for it in await self.wire.calls(
                [("HGET", shard.tally, "leases_taken_over") for shard in ALL_SHARDS]
            )
        )

    async def _resume(self, shards: Sequence[ShardKeys]) -> None:
        wall = self._wall()
        first = await self.wire.calls(
            [("ZRANGEBYSCORE", shard.postponed, "-inf", wall, "LIMIT", 0, 1) for shard in shards]
        )
        for shard, entries in zip(shards, first, strict=True):
            if entries:
                keys = [shard.postponed, shard.notices, shard.failures]
                await self.wire.run(script("resume"), keys, [wall, BATCH])

    async def _shown(self, lease: Lease, revision: int, message: list[str], words: list[str]) -> Lease | None:
        notice, at = lease.notice, keys_of(lease.notice.workspace)
        card = at.card(notice.to, notice.thing)
        keys = [card, at.shard.notices, at.shard.failures, at.stay, at.installation, *message]
        ends = self._wall(self.lease_seconds)
        fixed: list[Word] = [GROUP, notice.entry, _entry(notice), lease.token, revision, ends]
        answer, *facts = await self.wire.run(script("shown"), keys, [*fixed, *words])
        if answer == "lost":
            raise LeaseLost(notice.to, notice.thing)
        return Lease(notice, _card(facts[0]), lease.token, False) if answer == "again" else None

    async def _release(self, notice: Notice, lease: Lease, fate: str, error: str, after: float) -> bool:
        at = keys_of(notice.workspace)
        shard = at.shard
        keys = [at.card(notice.to, notice.thing), shard.notices, shard.postponed, shard.failures, shard.dead]
        words: list[Word] = [GROUP, notice.entry, _entry(notice), lease.token, fate, self._wall(after)]
        words += [notice.attempt, error[:ERROR_LENGTH], DEAD_KEPT]
        return bool(await self.wire.run(script("release"), keys, words))

    def _wall(self, after: float = 0) -> int:
        return int((self.wall() + after) * 1000)


def _notice(entry: Entry) -> Notice:
    workspace, to, thing = parts_of(entry.fields["entry"])
    return Notice(workspace, to, thing, entry.id, int(entry.fields["attempt"]) + entry.deliveries - 1)


def _entry(notice: Notice) -> str:
    return entry_of(notice.workspace, notice.to, notice.thing)


def _card(answer: Mapping[str, str] | Iterable[str]) -> Card:
    if not isinstance(answer, Mapping):
        answer = dict(pairs(answer))
    texts = {name: answer.get(name, "") for name in ("to", "thing", "channel", "ts", "state", "digest")}
    return Card(wanted=int(answer["wanted"]), shown=int(answer.get("shown", 0)), **texts)

"""What is to be shown to whom, and what each of them sees of it now.

A notice says that a card is behind, not what it should say: whoever takes it leases the card, draws what is
true now and says what it showed. A lease that ends unreleased is taken over. What is posted is written down
before: whoever comes later sees that its answer was lost, and looks for it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex

from kernel.kinds import Owners
from kernel.values import WorkspaceId
from storage.connection.errors import LeaseLost
from storage.connection.keys import ALL_SHARDS, GROUP, ShardKeys, entry_of, keys_of, message_of, parts_of
from storage.connection.scripts import script
from storage.connection.wire import Wire, Word, pairs
from storage.queues.dead_letters import DEAD_KEPT, ERROR_LENGTH
from storage.queues.queue import Entry, Queue
from storage.queues.wakeup import Wake

LEASE_SECONDS = 20.0
BATCH = 256
DM_SECONDS = 30 * 24 * 3600
UPLOAD_SECONDS = 2 * 24 * 3600  # longer than an entry of the agenda is tried
TEXTS = ("to", "thing", "channel", "ts", "state", "digest", "posting", "old")


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
    *posting* is what it said before a message whose answer is not known, *old* what it said of a message that
    is still to be closed.
    """

    to: str
    thing: str
    wanted: int
    shown: int = 0
    channel: str = ""
    ts: str = ""
    state: str = ""
    digest: str = ""
    posting: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to show a card for a short time."""

    notice: Notice
    card: Card
    token: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way: its id in Slack, and since when, in seconds."""

    file_id: str
    at: float


@dataclass(slots=True)
class Notices:
    """The notices and cards of all workspaces. *wake* says which shards this process has just written to."""

    wire: Wire
    queue: Queue
    wall: Callable[[], float]
    lease_seconds: float = LEASE_SECONDS
    owners: Owners = field(default_factory=lambda: Owners({}))
    wake: Wake = field(default_factory=Wake)

    async def take(
        self, consumer: str, limit: int = 64, shards: Sequence[ShardKeys] = ALL_SHARDS
    ) -> list[Notice]:
        """Notices to deliver, those among them whose postponement is over."""
        await self._resume(shards)
        return [_notice(entry) for entry in await self.queue.take(consumer, limit, shards)]

    async def lease(self, notice: Notice, by: str = "") -> Lease | None:
        """The right to show the notice's card, or None: then nothing is left to do with the notice.

        Either the card is up to date, or another worker shows it: if that one dies, the notice comes again.
        Whoever asks again under the same name, *by*, gets the same lease: its answer may have been lost.
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
            by or token_hex(8),
        ]
        answer, *facts = await self.wire.run(script("lease"), [*keys, shard.sequence], words)
        if answer != "leased":
            return None
        return Lease(notice, _card(facts[1]), str(facts[0]))

    async def posting(self, lease: Lease, words: str, *, repeats: bool = False) -> None:
        """Write down what is about to be posted, or with no words that it does not stand there.

        *repeats*: it may be the second of its kind, which is counted. The lease is renewed; raise LeaseLost
        when another worker has it.
        """
        at = keys_of(lease.notice.workspace)
        keys = [at.card(lease.card.to, lease.card.thing), at.shard.tally]
        ends = self._wall(self.lease_seconds)
        if not await self.wire.run(script("posting"), keys, [lease.token, ends, words, int(repeats)]):
            raise LeaseLost(lease.card.to, lease.card.thing)

    async def shown(
        self,
        lease: Lease,
        *,
        channel: str,
        ts: str,
        state: str,
        digest: str,
        revision: int,
        old: str = "",
        also: str = "",
    ) -> Lease | None:
        """Say that this message shows *revision* of the card; raise LeaseLost when another worker has it.

        *old* says which message is to be closed now. Return a renewed lease when there is one, or more was
        wanted meanwhile: go round with it. None: all shown, and settled; then *also*, another thing, is shown
        anew to the same receiver, if they have a card of it.
        """
        at, card = keys_of(lease.notice.workspace), lease.card
        keys = [at.message(channel, ts), at.belongings(self.owners.of(card.thing, card.to))]
        keys += [at.dm(card.to)] if is_dm(channel) else []
        words: list[Word] = [channel, ts, state, digest, f"{card.to} {card.thing}", old, DM_SECONDS]
        words.append(message_of(channel, ts))
        return await self._shown(lease, revision, also, keys, words)

    async def settle(self, lease: Lease, *, also: str = "") -> Lease | None:
        """End a notice without a message, since there is nothing to show.

        Return a renewed lease when more was wanted meanwhile, and show something *also*, as `shown` does.
        """
        # Without a message there is nothing that a slow worker could have painted over.
        return await self._shown(lease, lease.card.wanted, also, [], [])

    async def retry(self, notice: Notice, lease: Lease, error: str, *, after: float) -> bool:
        """Give the lease back and deliver in so many seconds; return False when the lease was lost."""
        return await self._release(notice, lease, "later", error, after)

    async def hold(self, notice: Notice, lease: Lease, *, after: float) -> bool:
        """Give the lease back untried, and come again in so many seconds; return False when it was lost."""
        return await self._release(notice, lease, "held", "", after)

    async def hurry(self, workspace: WorkspaceId) -> None:
        """Let everything of a workspace that was postponed be delivered now."""
        shard, wall, cursor = keys_of(workspace).shard, self._wall(), 0
        while True:
            words = (shard.postponed, cursor, "MATCH", f"{workspace} *", "COUNT", BATCH)
            answer = await self.wire.call("ZSCAN", *words)
            scores = [word for entry, _ in answer[1] for word in (wall, entry)]
            if scores:
                await self.wire.call("ZADD", shard.postponed, "XX", *scores)
            if (cursor := int(answer[0])) == 0:
                return

    async def bury(self, notice: Notice, lease: Lease, error: str) -> bool:
        """Give up: the notice goes to the dead letters; return False when the lease was lost."""
        return await self._release(notice, lease, "dead", error, 0)

    async def card(self, workspace: WorkspaceId, to: str, thing: str) -> Card | None:
        """What a receiver sees of a thing, or None where it was never to be shown."""
        answer = await self.wire.call("HGETALL", keys_of(workspace).card(to, thing))
        return _card(answer) if answer else None

    async def card_at(self, workspace: WorkspaceId, channel: str, ts: str) -> Card | None:
        """The card that a message shows or once showed, or None when it is none of ours."""
        target = await self.wire.call("GET", keys_of(workspace).message(channel, ts))
        if target is None:
            return None
        to, thing = target.split(" ", 1)
        return await self.card(workspace, to, thing)

    async def dm(self, workspace: WorkspaceId, person: str) -> str | None:
        """The conversation of someone with the app, where a message was shown there of late."""
        found = await self.wire.call("GET", keys_of(workspace).dm(person))
        return None if found is None else str(found)

    async def upload(self, workspace: WorkspaceId, name: str) -> Upload | None:
        """The file that was begun to be sent under a name of the app's own; None where it was refused."""
        found = await self.wire.call("GET", keys_of(workspace).upload(name))
        if found is None:
            return None
        file_id, at = str(found).split(" ")
        return Upload(file_id, float(at))

    async def uploading(self, workspace: WorkspaceId, name: str, upload: Upload | None) -> None:
        """Write down, for two days, which file is about to be shown; None: it was refused."""
        key = keys_of(workspace).upload(name)
        if upload is None:
            await self.wire.call("DEL", key)
        else:
            await self.wire.call("SET", key, f"{upload.file_id} {upload.at}", "EX", UPLOAD_SECONDS)

    async def repeat(self, workspace: WorkspaceId) -> None:
        """Count something else than a card's message that may now stand twice."""
        await self.wire.call("HINCRBY", keys_of(workspace).shard.tally, "maybe_doubled", 1)

    async def maybe_doubled(self) -> int:
        """How many messages of all processes may stand twice, as the answer to the first was lost."""
        commands = [("HGET", shard.tally, "maybe_doubled") for shard in ALL_SHARDS]
        return sum(int(count or 0) for count in await self.wire.calls(commands))

    async def _resume(self, shards: Sequence[ShardKeys]) -> None:
        wall = self._wall()
        first = await self.wire.calls(
            [("ZRANGEBYSCORE", shard.postponed, "-inf", wall, "LIMIT", 0, 1) for shard in shards]
        )
        for shard, entries in zip(shards, first, strict=True):
            if entries:
                keys = [shard.postponed, shard.notices, shard.failures]
                await self.wire.run(script("resume"), keys, [wall, BATCH])

    async def _shown(
        self, lease: Lease, revision: int, also: str, message: list[str], words: list[Word]
    ) -> Lease | None:
        notice, at = lease.notice, keys_of(lease.notice.workspace)
        card, other = at.card(notice.to, notice.thing), at.card(notice.to, also)
        keys = [card, at.shard.notices, at.shard.failures, at.shard.tally, at.stay, at.installation, other]
        ends = self._wall(self.lease_seconds)
        fixed: list[Word] = [GROUP, notice.entry, _entry(notice), lease.token, revision, ends]
        fixed.append(entry_of(notice.workspace, notice.to, also) if also else "")
        answer, *facts = await self.wire.run(script("shown"), [*keys, *message], [*fixed, *words])
        if answer in ("lost", "doubled"):
            raise LeaseLost(notice.to, notice.thing, may_double=answer == "doubled")
        if answer == "again":
            return Lease(notice, _card(facts[0]), lease.token)
        if facts:
            self.wake.touch(at.shard.shard)
        return None

    async def _release(self, notice: Notice, lease: Lease, fate: str, error: str, after: float) -> bool:
        at = keys_of(notice.workspace)
        shard = at.shard
        keys = [at.card(notice.to, notice.thing), shard.notices, shard.postponed, shard.failures, shard.dead]
        words: list[Word] = [GROUP, notice.entry, _entry(notice), lease.token, fate, self._wall(after)]
        words += [notice.attempt, error[:ERROR_LENGTH], DEAD_KEPT]
        return bool(await self.wire.run(script("release"), keys, words))

    def _wall(self, after: float = 0) -> int:
        return int((self.wall() + after) * 1000)


def is_dm(channel: str) -> bool:
    """Whether a conversation of Slack is one person's with the app."""
    return channel.startswith("D")


def _notice(entry: Entry) -> Notice:
    workspace, to, thing = parts_of(entry.fields["entry"])
    return Notice(workspace, to, thing, entry.id, int(entry.fields["attempt"]) + entry.deliveries - 1)


def _entry(notice: Notice) -> str:
    return entry_of(notice.workspace, notice.to, notice.thing)


def _card(answer: Mapping[str, str] | Iterable[str]) -> Card:
    if not isinstance(answer, Mapping):
        answer = dict(pairs(answer))
    texts = {name: answer.get(name, "") for name in TEXTS}
    return Card(wanted=int(answer["wanted"]), shown=int(answer.get("shown", 0)), **texts)

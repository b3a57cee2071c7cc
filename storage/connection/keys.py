"""How every key is called. A workspace lies in one of 64 shards for ever, so in one slot of a cluster.

Keys of a shard have three parts (`wm:{7}:agenda`), keys of a workspace four or more (`wm:{7}:T1:doc:…`).
"""

import re
from dataclasses import dataclass
from zlib import crc32

from kernel.values import WorkspaceId

SHARDS = 64
GROUP = "waymark"
WORKSPACE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
INSTALLATION = re.compile(rf"wm:\{{\d+\}}:({WORKSPACE.pattern}):installation")
ALL_INSTALLATIONS = "wm:{*}:*:installation"
CARD, MESSAGE, OWNED = "card:", "at:", "of:"


def shard_of(workspace: WorkspaceId) -> int:
    """The shard of a workspace: crc32 of its name, the same in every process and release."""
    return crc32(workspace.encode()) % SHARDS


def entry_of(workspace: str, kind: str, thing: str) -> str:
    """The one name under which the agenda, or the delivery of notices, knows an entry."""
    if not kind or " " in kind:
        raise ValueError(f"a kind on the agenda, or a receiver, is one word: {kind!r}")
    return f"{workspace} {kind} {thing}"


def parts_of(entry: str) -> tuple[WorkspaceId, str, str]:
    """Workspace, kind and thing of an entry's name."""
    workspace, kind, thing = entry.split(" ", 2)
    return WorkspaceId(workspace), kind, thing


def card_of(to: str, thing: str) -> str:
    """The name of a card inside its workspace."""
    return f"{CARD}{to} {thing}"


def message_of(channel: str, ts: str) -> str:
    """The name of a message's pointer inside its workspace."""
    return f"{MESSAGE}{channel} {ts}"


@dataclass(frozen=True, slots=True)
class ShardKeys:
    """The keys that all workspaces of one shard share."""

    shard: int

    def _key(self, name: str) -> str:
        return f"wm:{{{self.shard}}}:{name}"

    @property
    def sequence(self) -> str:
        """Counts commits: the source of versions, generations and fences."""
        return self._key("sequence")

    @property
    def trial(self) -> str:
        """A string with an end, written to see that writing works."""
        return self._key("trial")

    @property
    def agenda(self) -> str:
        """A sorted set: what is due when."""
        return self._key("agenda")

    @property
    def lives(self) -> str:
        """A hash: the generation and attempt in which each entry of the agenda lives now."""
        return self._key("lives")

    @property
    def due(self) -> str:
        """A stream: entries whose time has come."""
        return self._key("due")

    @property
    def notices(self) -> str:
        """A stream: what is to be shown to whom."""
        return self._key("notices")

    @property
    def postponed(self) -> str:
        """A sorted set: notices that are tried again later, by the wall clock."""
        return self._key("postponed")

    @property
    def listening(self) -> str:
        """A string, in the first shard alone: since when the app has listened, and until when at least."""
        return self._key("listening")

    @property
    def failures(self) -> str:
        """A hash: how often the delivery of a notice has failed so far."""
        return self._key("failures")

    @property
    def dead(self) -> str:
        """A stream: what was given up."""
        return self._key("dead")

    @property
    def tally(self) -> str:
        """A hash of counters for the metrics."""
        return self._key("tally")

    @property
    def tidied(self) -> str:
        """A string that stands for a day after somebody has tidied up; in one shard, for all of them."""
        return self._key("tidied")


@dataclass(frozen=True, slots=True)
class WorkspaceKeys:
    """The keys of one workspace."""

    workspace: WorkspaceId
    shard: ShardKeys

    def document(self, kind: str, id: str) -> str:
        """A string: version, space, JSON."""
        return self.named(f"{kind}:{id}")

    def named(self, name: str) -> str:
        """The document that a card calls its owner, `<kind>:<id>`."""
        return self._key(f"doc:{name}")

    def belongings(self, owner: str) -> str:
        """A set: the cards of a document and the messages that show them, to be dropped with it."""
        return self._key(f"{OWNED}{owner}")

    def belonging(self, member: str) -> str:
        """The key that a member of such a set stands for."""
        return self._key(member)

    def list(self, name: str) -> str:
        """A sorted set of ids, newest first."""
        return self._key(f"list:{name}")

    def gists(self, name: str) -> str:
        """A hash: what stands beside the ids in a list, for whoever reads many of them at once."""
        return self._key(f"gists:{name}")

    def card(self, to: str, thing: str) -> str:
        """A hash: what one receiver sees of one thing."""
        return self._key(card_of(to, thing))

    def message(self, channel: str, ts: str) -> str:
        """A string: whose card a message of Slack is."""
        return self._key(message_of(channel, ts))

    def dm(self, person: str) -> str:
        """A string: the conversation that someone has with the app, for some time after a message there."""
        return self._key(f"dm:{person}")

    def once(self, name: str) -> str:
        """A string that stands while a commit must not be repeated."""
        return self._key(f"once:{name}")

    def upload(self, name: str) -> str:
        """A string, for two days: a file that is being sent, and since when."""
        return self._key(f"upload:{name}")

    @property
    def changes(self) -> str:
        """A stream: the names of the watched documents that changed."""
        return self._key("changes")

    @property
    def installation(self) -> str:
        """A string: the encrypted installation."""
        return self._key("installation")

    @property
    def stay(self) -> str:
        """A string: `here` and since when, or `left`: then nothing is written in this workspace."""
        return self._key("stay")

    @property
    def everything(self) -> str:
        """A pattern that every key of this workspace matches, and no other key."""
        return re.sub(r"([*?\[\]\\])", r"\\\1", self._key("")) + "*"

    def _key(self, name: str) -> str:
        return f"wm:{{{self.shard.shard}}}:{self.workspace}:{name}"


def keys_of(workspace: WorkspaceId) -> WorkspaceKeys:
    """The keys of a workspace, whose name is made of letters, digits, `_`, `-` and `.`."""
    if not WORKSPACE.fullmatch(workspace):
        raise ValueError(f"not the id of a workspace: {workspace!r}")
    return WorkspaceKeys(workspace, ShardKeys(shard_of(workspace)))


def owner_of_installation(key: str) -> WorkspaceId | None:
    """The workspace whose installation a key holds, None for any other key."""
    found = INSTALLATION.fullmatch(key)
    return WorkspaceId(found[1]) if found else None


ALL_SHARDS = tuple(ShardKeys(shard) for shard in range(SHARDS))

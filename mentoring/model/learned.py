"""What a workspace has learned, as it is kept: one small document, and the memory in pieces beside it.

All of it is written in one commit: a reader finds either what was learned before or what was learned now.
"""

from datetime import datetime, timedelta
from typing import ClassVar, Literal
from zlib import crc32

from pydantic import AwareDatetime

from kernel.kinds import AgendaKind
from kernel.store import NONE, Changes, Key, Later, Never, Snapshot
from kernel.values import Document

Came = Literal["learned", "too_few", "switched_off"]
LEARNING = "workspace"
RELEARN = AgendaKind("relearn", "slackapp.background.learner.Learner.relearn")
QUIET_HOUR, SPREAD_MINUTES = 2, 180
OVERDUE = timedelta(days=2)


class Learning(Document):
    """What came of learning last, and when it is done next. Without pieces nothing is remembered.

    *ranks* and *guesses* say whether there was enough to rank by, and to find topics by. *before* and
    *after* are the mean log chance that old and new weights gave to the latest outcomes; new ones that did
    worse are not used, which *is_refitted* says. What happened up to *until* is in it.
    """

    kind: ClassVar[str] = "learning"
    id: str = LEARNING
    version: int = 0
    pieces: int = 0
    came: Came | None = None
    tried_at: AwareDatetime | None = None
    until: AwareDatetime | None = None
    asks: int = 0
    outcomes: int = 0
    ranks: bool = False
    guesses: bool = False
    is_refitted: bool = False
    before: float | None = None
    after: float | None = None
    next_at: AwareDatetime | None = None

    @property
    def keys(self) -> list[Key]:
        """Where the pieces of the memory are."""
        return [Key(Piece, piece_id(self.version, number)) for number in range(self.pieces)]


class Piece(Document):
    """A part of the memory of one version, as text."""

    kind: ClassVar[str] = "memory"
    text: str


def piece_id(version: int, number: int) -> str:
    """The id of one part of a memory."""
    return f"{version}.{number}"


def planned(read: Snapshot, now: datetime) -> Changes:
    """The changes that have something learned the next night, unless that stands on the agenda already."""
    learning = read.find(Learning, LEARNING) or Learning()
    if learning.next_at is not None and now < learning.next_at + OVERDUE:
        return NONE
    learning = learning.model_copy(update={"next_at": next_night(now, "")})
    return Changes(put=[learning], later=[later(learning)])


def next_night(now: datetime, workspace: str) -> datetime:
    """The next quiet moment, in UTC: at night, and for each workspace at another minute."""
    minutes = QUIET_HOUR * 60 + crc32(workspace.encode()) % SPREAD_MINUTES
    night = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)
    return night if night > now else night + timedelta(days=1)


def later(learning: Learning) -> Later | Never:
    """What stands on the agenda for this document."""
    if learning.next_at is None:
        return Never(RELEARN, LEARNING)
    return Later(RELEARN, LEARNING, learning.next_at)

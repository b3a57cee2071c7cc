"""The list of a workspace's members as it was read from Slack, page by page, and their names.

Two lists take turns: while one is read the other stays as it was, so that what is in use is always whole.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Self
from zlib import crc32

from pydantic import AwareDatetime

from mentoring.changes import NONE, together
from mentoring.desk import Desk
from mentoring.person import SlackFacts
from mentoring.store import Changes, Due, Key, Later, Never, Snapshot
from mentoring.values import Document, Kept

MEMBERS = "workspace"
READ_MEMBERS = "read_members"
EVERY = timedelta(hours=23)
SPREAD_MINUTES = 120
PAUSE = timedelta(seconds=3)  # between two pages: Slack allows twenty in a minute
SOON = timedelta(
    minutes=10
)  # a reading that stands on the agenda and has not moved for so long is begun anew
DROPPED_AT_ONCE = 25


class Member(Kept):
    """Somebody on the list: what Slack says of them, and the handle that they go by."""

    facts: SlackFacts
    handle: str = ""


class Reading(Kept):
    """A reading that is under way: the pages that are written, where Slack goes on, and the zones so far."""

    began_at: AwareDatetime
    pages: int = 0
    cursor: str = ""
    zones: Mapping[str, int] = {}

    def and_then(self, cursor: str, members: Sequence[Member]) -> Self:
        """Return it one page further."""
        zones = Counter(self.zones) + Counter(
            it.facts.zone for it in members if it.facts.standing == "active"
        )
        return self.model_copy(update={"pages": self.pages + 1, "cursor": cursor, "zones": dict(zones)})


class MemberList(Document):
    """Which list of members is in use, if one was read to its end, and the reading that is under way.

    *before* is how many pages the list before has, which is still there; *zone* is where most members live.
    """

    kind: ClassVar[str] = "members"
    id: str = MEMBERS
    version: int = 0
    pages: int = 0
    before: int = 0
    zone: str = "UTC"
    read_at: AwareDatetime | None = None
    reading: Reading | None = None
    moved_at: AwareDatetime | None = None

    @property
    def keys(self) -> list[Key]:
        """Return where the pages in use are."""
        return [Key(MemberPage, page_id(self.version, number)) for number in range(self.pages)]

    @property
    def is_read(self) -> bool:
        """Return whether a whole list is in use."""
        return self.read_at is not None

    def is_planned(self, now: datetime) -> bool:
        """Return whether the next reading, or the next page, is on the agenda as far as one can tell."""
        if self.reading is None and self.read_at is not None:
            return now < self.read_at + 2 * EVERY
        return self.moved_at is not None and now < self.moved_at + SOON


class MemberPage(Document):
    """The names of some members, as they may be called."""

    kind: ClassVar[str] = "member_page"
    names: tuple[str, ...] = ()


def page_id(version: int, number: int) -> str:
    """Return the id of a page; the lists before and after share theirs, and so replace each other."""
    return f"{version % 2}.{number}"


def found(read: Snapshot) -> MemberList:
    """Return what is known of the members' list, as a decision sees it."""
    return read.find(MemberList, MEMBERS) or MemberList()


async def known(desk: Desk) -> MemberList:
    """Return what is known of the members' list."""
    return await desk.store.look(found, load=[Key(MemberList, MEMBERS)])


async def want(desk: Desk, now: datetime) -> MemberList:
    """Have the members read, unless they are or are about to be."""

    def decide(read: Snapshot) -> tuple[MemberList, Changes]:
        return found(read), wanted(read, now)

    return await desk.store.commit(decide, load=[Key(MemberList, MEMBERS)])


def wanted(read: Snapshot, now: datetime) -> Changes:
    """Return the changes that have the members read, unless they are or are about to be."""
    listed = found(read)
    if listed.is_planned(now):
        return NONE
    begun = listed.model_copy(update={"moved_at": now})
    return Changes(put=[begun], later=[Later(READ_MEMBERS, MEMBERS, now)])


async def take(
    desk: Desk, members: Sequence[Member], cursor: str, now: datetime, due: Due | None = None
) -> MemberList:
    """Write one page down; with the last one what was read is in use. *cursor* is where Slack goes on."""

    def decide(read: Snapshot) -> tuple[MemberList, Changes]:
        listed = found(read)
        under_way = listed.reading or Reading(began_at=now)
        page = MemberPage(id=page_id(listed.version + 1, under_way.pages), names=_names(members))
        further = under_way.and_then(cursor, members)
        if not cursor:
            done, changes = _finished(read, listed, further, now)
            again = Later(READ_MEMBERS, MEMBERS, _next(now, desk.store.workspace))
            return done, together(changes, Changes(put=[page], later=[again]))
        listed = listed.model_copy(update={"reading": further, "moved_at": now})
        return listed, Changes(put=[listed, page], later=[Later(READ_MEMBERS, MEMBERS, now + PAUSE)])

    return await desk.store.commit(decide, load=[Key(MemberList, MEMBERS)], due=due)


async def put_off(desk: Desk, until: datetime, now: datetime, due: Due | None = None) -> None:
    """Go on a little later, from the same page."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        listed = found(read).model_copy(update={"moved_at": max(now, until)})
        return None, Changes(put=[listed], later=[Later(READ_MEMBERS, MEMBERS, until)])

    await desk.store.commit(decide, load=[Key(MemberList, MEMBERS)], due=due)


async def begin_anew(desk: Desk, now: datetime, due: Due | None = None) -> None:
    """Read from the first page again: Slack no longer knows where the reading was."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        listed = found(read).model_copy(update={"reading": None, "moved_at": now})
        return None, Changes(put=[listed], later=[Later(READ_MEMBERS, MEMBERS, now + PAUSE)])

    await desk.store.commit(decide, load=[Key(MemberList, MEMBERS)], due=due)


async def forget(desk: Desk, now: datetime, due: Due | None = None) -> None:
    """Drop what was read, some pages at a time from the last, and read no more."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        listed = found(read)
        left = max(listed.pages, listed.before, listed.reading.pages if listed.reading else 0)
        least = max(left - DROPPED_AT_ONCE, 0)
        ids = [page_id(version, number) for version in (0, 1) for number in range(least, left)]
        gone = [Key(MemberPage, page.id) for page in read.all(MemberPage, ids)]
        if least:
            fewer = MemberList(version=listed.version, before=least, moved_at=now)
            return None, Changes(put=[fewer], drop=gone, later=[Later(READ_MEMBERS, MEMBERS, now)])
        if read.find(MemberList, MEMBERS) is not None:
            gone.append(Key(MemberList, MEMBERS))
        return None, Changes(drop=gone, later=[Never(READ_MEMBERS, MEMBERS)])

    await desk.store.commit(decide, load=[Key(MemberList, MEMBERS)], due=due)


def _finished(
    read: Snapshot, listed: MemberList, reading: Reading, now: datetime
) -> tuple[MemberList, Changes]:
    """Put the list that was read in the place of the one before the last, of which nothing stays."""
    zone = max(sorted(reading.zones), key=lambda it: reading.zones[it], default="UTC")
    new = {"version": listed.version + 1, "pages": reading.pages, "before": listed.pages, "zone": zone}
    done = listed.model_copy(update={**new, "read_at": now, "reading": None, "moved_at": now})
    over = [page_id(done.version, number) for number in range(done.pages, listed.before)]
    drop = [Key(MemberPage, it.id) for it in read.all(MemberPage, over)]
    return done, Changes(put=[done], drop=drop)


def _next(now: datetime, workspace: str) -> datetime:
    """Return when to read again: about a day later, each workspace at another minute."""
    return now + EVERY + timedelta(minutes=crc32(workspace.encode()) % SPREAD_MINUTES)


def _names(members: Sequence[Member]) -> tuple[str, ...]:
    """Return what the people of a page may be called, none twice; apps are no people."""
    people = [it for it in members if it.facts.standing != "bot"]
    called = (name for it in people for name in (it.facts.real_name, it.facts.name, it.handle))
    return tuple(dict.fromkeys(filter(None, called)))

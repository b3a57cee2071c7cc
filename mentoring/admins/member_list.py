"""The list of a workspace's members as it is read from Slack, page by page: who steers, and the names.

Who steers is kept of every list, the names only where they are needed. Two lists of names take turns: while
one is read the other stays as it was, so that what is in use is always whole.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Self
from zlib import crc32

from pydantic import AwareDatetime

from kernel.desk import Desk
from kernel.kinds import AgendaKind
from kernel.store import NONE, Changes, Due, Key, Later, Never, Snapshot, together
from kernel.values import WORKSPACE, Document, Kept, PersonId
from mentoring.admins.admins import MOST, Admins
from mentoring.model.alert import REACH_ADMINS
from mentoring.model.person import SlackFacts

MEMBERS = "workspace"
READ_MEMBERS = AgendaKind("read_members", "slackapp.workspaces.members.Members.read")
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


class MembersReading(Kept):
    """A reading that is under way: where Slack goes on, and who of those so far steers.

    *absent* are those whom the policy named when it began and who have not been on a page so far.

    With *has_names* also the pages that are written, and how many live in which zone.
    """

    began_at: AwareDatetime
    has_names: bool = True
    pages: int = 0
    cursor: str = ""
    zones: Mapping[str, int] = {}
    admins: tuple[PersonId, ...] = ()
    absent: frozenset[PersonId] = frozenset()

    def and_then(self, cursor: str, members: Sequence[Member]) -> Self:
        """The reading, one page further."""
        here = [member.facts for member in members if member.facts.standing == "active"]
        admins = [*self.admins, *(facts.id for facts in here if facts.is_admin)]
        absent = self.absent - {
            member.facts.id for member in members if member.facts.standing in ("active", "guest")
        }
        further: dict[str, object] = {
            "cursor": cursor,
            "admins": tuple(dict.fromkeys(admins))[:MOST],
            "absent": absent,
        }
        if self.has_names:
            zones = Counter(self.zones) + Counter(facts.zone for facts in here)
            further |= {"pages": self.pages + 1, "zones": dict(zones)}
        return self.model_copy(update=further)


class MemberList(Document):
    """Which list of names is in use, if one was read to its end, and the reading that is under way.

    *before* is how many pages the list before has, which is still there; *zone* is where most members live.
    *listed_at* is when a reading last came to its end, with names or without.
    """

    kind: ClassVar[str] = "members"
    id: str = MEMBERS
    version: int = 0
    pages: int = 0
    before: int = 0
    zone: str = "UTC"
    read_at: AwareDatetime | None = None
    listed_at: AwareDatetime | None = None
    reading: MembersReading | None = None
    moved_at: AwareDatetime | None = None

    @property
    def keys(self) -> list[Key]:
        """Where the pages in use are."""
        return [Key(MemberPage, page_id(self.version, number)) for number in range(self.pages)]

    @property
    def is_read(self) -> bool:
        """Whether a whole list of names is in use."""
        return self.read_at is not None

    @property
    def has_pages(self) -> bool:
        """Whether names may be written down."""
        return bool(self.is_read or self.pages or self.before or (self.reading and self.reading.pages))

    def is_planned(self, now: datetime, *, names: bool) -> bool:
        """Whether the next reading, or the next page, is on the agenda as far as one can tell."""
        last = self.read_at if names else self.listed_at
        if self.reading is None and last is not None:
            return now < last + 2 * EVERY
        return self.moved_at is not None and now < self.moved_at + SOON


class MemberPage(Document):
    """The names of some members, as they may be called."""

    kind: ClassVar[str] = "member_page"
    names: tuple[str, ...] = ()


def page_id(version: int, number: int) -> str:
    """The id of a page; the lists before and after share theirs, and so replace each other."""
    return f"{version % 2}.{number}"


def found(read: Snapshot) -> MemberList:
    """What is known of the members' list, as a decision sees it."""
    return read.find(MemberList, MEMBERS) or MemberList()


async def known(desk: Desk) -> MemberList:
    """What is known of the members' list."""
    return await desk.store.look(found, load=[Key(MemberList, MEMBERS)])


async def want(desk: Desk, now: datetime, *, names: bool = True) -> MemberList:
    """Have the members read, unless they are or are about to be; with *names* only such a reading counts."""

    def decide(read: Snapshot) -> tuple[MemberList, Changes]:
        return found(read), wanted(read, now, names=names)

    return await desk.store.commit(decide, load=[Key(MemberList, MEMBERS)])


def wanted(read: Snapshot, now: datetime, *, names: bool = True) -> Changes:
    """The changes that have the members read, unless they are or are about to be."""
    listed = found(read)
    if listed.is_planned(now, names=names):
        return NONE
    begun = listed.model_copy(update={"moved_at": now})
    return Changes(put=[begun], later=[Later(READ_MEMBERS, MEMBERS, now)])


async def take(
    desk: Desk,
    members: Sequence[Member],
    cursor: str,
    now: datetime,
    due: Due | None = None,
    *,
    names: bool = True,
) -> MemberList:
    """Write one page down; with the last one what was read is in use. *cursor* is where Slack goes on.

    *names* says whether a reading that begins here keeps names.
    """

    def decide(read: Snapshot) -> tuple[MemberList, Changes]:
        listed = found(read)
        under_way = listed.reading or MembersReading(began_at=now, has_names=names, absent=desk.policy.admins)
        page = MemberPage(id=page_id(listed.version + 1, under_way.pages), names=_names(members))
        written = Changes(put=[page] if under_way.has_names else [])
        further = under_way.and_then(cursor, members)
        if not cursor:
            done, changes = _finished(read, listed, further, now)
            again = Later(READ_MEMBERS, MEMBERS, next_reading(now, desk.store.workspace))
            return done, together(changes, written, Changes(later=[again]))
        listed = listed.model_copy(update={"reading": further, "moved_at": now})
        going_on = Changes(put=[listed], later=[Later(READ_MEMBERS, MEMBERS, now + PAUSE)])
        return listed, together(going_on, written)

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


async def forget(desk: Desk, now: datetime, due: Due | None = None, *, then_read: bool = False) -> None:
    """Drop what was read, some pages at a time from the last; read no more, or anew from the first page."""
    next_step = Later(READ_MEMBERS, MEMBERS, now) if then_read else Never(READ_MEMBERS, MEMBERS)

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
        return None, Changes(drop=gone, later=[next_step])

    await desk.store.commit(decide, load=[Key(MemberList, MEMBERS)], due=due)


def _finished(
    read: Snapshot, listed: MemberList, reading: MembersReading, now: datetime
) -> tuple[MemberList, Changes]:
    """Put what was read in the place of what was known; of the names before the last ones nothing stays."""
    steering = Admins(ids=reading.admins, absent=reading.absent, read_at=now)
    known = Changes(put=[steering], later=[Later(REACH_ADMINS, WORKSPACE, now)])
    over = {"listed_at": now, "reading": None, "moved_at": now}
    if not reading.has_names:
        done = listed.model_copy(update=over)
        return done, together(Changes(put=[done]), known)
    zone = max(sorted(reading.zones), key=lambda it: reading.zones[it], default="UTC")
    new = {"version": listed.version + 1, "pages": reading.pages, "before": listed.pages, "zone": zone}
    done = listed.model_copy(update={**new, **over, "read_at": now})
    surplus = [page_id(done.version, number) for number in range(done.pages, listed.before)]
    drop = [Key(MemberPage, member_page.id) for member_page in read.all(MemberPage, surplus)]
    return done, together(Changes(put=[done], drop=drop), known)


def next_reading(now: datetime, workspace: str) -> datetime:
    """When to read again: about a day later, each workspace at another minute."""
    return now + EVERY + timedelta(minutes=crc32(workspace.encode()) % SPREAD_MINUTES)


def _names(members: Sequence[Member]) -> tuple[str, ...]:
    """What the people of a page may be called, none twice; apps are no people."""
    people = [member for member in members if member.facts.standing != "bot"]
    called = (
        name for person in people for name in (person.facts.real_name, person.facts.name, person.handle)
    )
    return tuple(dict.fromkeys(filter(None, called)))

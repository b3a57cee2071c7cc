"""The names of a workspace's people, kept ready to be hidden from a model.

They are those of the list that Slack gives, read in the background, and of whoever the app has met since;
who was met a moment ago is known at the next asking.
Until the list was read to its end nothing is known, and so nothing may be sent.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.store import Snapshot
from kernel.values import WorkspaceId
from mentoring.admins.member_list import MemberList, MemberPage
from mentoring.model.person import Person
from sensing.privacy.masking import Names

FRESH = timedelta(minutes=10)
ON_THE_WAY = timedelta(minutes=1)  # from when somebody is seen until they can be read
MOST = 200_000
AT_ONCE = 500
PAGES_AT_ONCE = 20
KEPT = 64  # workspaces; each takes some 2 MB for 100,000 people


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    listed: Names
    until: datetime
    all: Names
    added: frozenset[str] = field(default_factory=frozenset)  # since it was made


class KnownNames:
    """The names of the workspaces in use, in this process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[WorkspaceId, _Kept] = OrderedDict()
        self._building = asyncio.Lock()

    async def of(self, desk: Desk, listed: MemberList, now: datetime) -> Names | None:
        """The names of everyone, or None while the list has not been read."""
        return await self._kept_of(desk, listed, now) if listed.is_read else None

    async def met(self, desk: Desk, listed: MemberList, now: datetime) -> Names:
        """The names of everyone; while the list has not been read, of those whom the app has met."""
        known = await self.of(desk, listed, now)
        return known or await self._kept_of(desk, MemberList(), now) or Names()

    async def _kept_of(self, desk: Desk, listed: MemberList, now: datetime) -> Names | None:
        async with self._building:
            kept = self._kept.get(desk.store.workspace)
            if kept is None or kept.version != listed.version or not kept.until - FRESH <= now < kept.until:
                kept = await _built(desk, listed, kept, now)
            else:
                kept = await _with_the_newest(desk, kept)
            if kept is None:
                return None
            self._kept[desk.store.workspace] = kept
            self._kept.move_to_end(desk.store.workspace)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return kept.all


async def _built(desk: Desk, listed: MemberList, kept: _Kept | None, now: datetime) -> _Kept | None:
    """The names anew, made beside the event loop; None where a page of the list is gone."""
    if kept is None or kept.version != listed.version:
        pages = await _pages(desk, listed)
        if len(pages) < listed.pages:
            return None
        of_list = await asyncio.to_thread(Names.of, (name for page in pages for name in page.names))
    else:
        of_list = kept.listed
    everyone = await asyncio.to_thread(Names.of, await _met(desk), of_list)
    return _Kept(listed.version, of_list, now + FRESH, everyone)


async def _with_the_newest(desk: Desk, kept: _Kept) -> _Kept:
    """What is kept, and the names of those who were seen since it was made."""
    since = kept.until - FRESH - ON_THE_WAY
    ids = await desk.store.ids("people", since=since, limit=AT_ONCE)
    new = frozenset(await _names_of(desk, ids)) - kept.added
    if not new:
        return kept
    return replace(kept, all=await asyncio.to_thread(Names.of, new, kept.all), added=kept.added | new)


async def _pages(desk: Desk, listed: MemberList) -> list[MemberPage]:
    ids = [key.id for key in listed.keys]
    chunks = [ids[start : start + PAGES_AT_ONCE] for start in range(0, len(ids), PAGES_AT_ONCE)]
    return [page for chunk in chunks for page in await _some(desk, chunk)]


async def _some(desk: Desk, ids: list[str]) -> list[MemberPage]:
    return await desk.store.look(lambda read: read.all(MemberPage, ids))


async def _met(desk: Desk) -> list[str]:
    """The names of everyone whom the app has met."""
    ids = await desk.store.ids("people", limit=MOST)
    chunks = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
    return [name for chunk in chunks for name in await _names_of(desk, chunk)]


async def _names_of(desk: Desk, ids: list[str]) -> list[str]:
    def view(read: Snapshot) -> list[str]:
        people = read.all(Person, ids)
        return [name for person in people for name in (person.name, person.real_name) if name]

    return await desk.store.look(view)

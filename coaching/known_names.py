"""The names of a workspace's people, kept ready to be hidden from a model; read anew every ten minutes."""

from datetime import datetime, timedelta

from mentoring.desk import Desk
from mentoring.person import Person
from mentoring.store import Snapshot
from mentoring.values import WorkspaceId
from sensing.masking import Names

FRESH = timedelta(minutes=10)
MOST = 200_000
AT_ONCE = 500


class KnownNames:
    """The names of the workspaces in use, in this process."""

    def __init__(self) -> None:
        self._kept: dict[WorkspaceId, tuple[datetime, Names]] = {}

    async def of(self, desk: Desk, now: datetime) -> Names:
        """Return the names of everyone whom the app has met."""
        kept = self._kept.get(desk.store.workspace)
        if kept is None or not kept[0] <= now < kept[0] + FRESH:
            kept = self._kept[desk.store.workspace] = (now, await _names(desk))
        return kept[1]


async def _names(desk: Desk) -> Names:
    ids = await desk.store.ids("people", limit=MOST)
    chunks = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
    return Names.of([name for chunk in chunks for name in await _names_of(desk, chunk)])


async def _names_of(desk: Desk, ids: list[str]) -> list[str]:
    def view(read: Snapshot) -> list[str]:
        people = read.all(Person, ids)
        return [name for person in people for name in (person.name, person.real_name) if name]

    return await desk.store.look(view)

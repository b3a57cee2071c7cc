"""Where a mentorship ends without a press: somebody leaves or steps back; and where the last of it goes."""

from datetime import datetime

from kernel.changes import NONE
from kernel.desk import Desk
from kernel.store import Changes, Due, Key, Snapshot
from kernel.values import PersonId
from relationships.mentorships.mentorship import OPEN_MENTORSHIPS, Mentorship
from relationships.mentorships.own_notes import OwnNotes, own_notes_id
from relationships.mentorships.reminders import go_on

MOST = 50


async def end_where_parted(desk: Desk, who: PersonId, now: datetime) -> None:
    """End those mentorships of somebody that can't go on, as they left or wish to be kept apart."""
    for mentorship_id in await desk.store.ids(OPEN_MENTORSHIPS.of(who), limit=MOST):
        await go_on(desk, mentorship_id, now)


async def forget(desk: Desk, mentorship_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop a mentorship whose time to be kept is over, with what each noted for themselves."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        found = read.find(Mentorship, mentorship_id)
        if found is None or found.is_open:
            return None, NONE
        own = [Key(OwnNotes, own_notes_id(mentorship_id, each)) for each in found.both]
        there = [key for key in own if read.find(OwnNotes, key.id) is not None]
        return None, Changes(drop=[Key(Mentorship, mentorship_id), *there])

    await desk.store.commit(decide, load=[Key(Mentorship, mentorship_id)], due=due)

"""Where a mentorship ends without a press: somebody leaves or steps back; and where the last of it goes."""

from datetime import datetime
from functools import partial

from kernel.desk import Desk
from kernel.store import EVERY, NONE, Changes, Due, Key, Snapshot
from kernel.values import PersonId
from relationships.mentorships.changes import changed, go_on
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.pair import pair_of
from relationships.mentorships.record import MENTORSHIPS, OPEN_MENTORSHIPS, OwnNotes, own_notes_id

MOST = 50


async def end_where_parted(desk: Desk, who: PersonId, now: datetime) -> None:
    """End those mentorships of somebody that can't go on, as they left or wish to be kept apart."""
    for mentorship_id in await desk.store.ids(OPEN_MENTORSHIPS.of(who), limit=MOST):
        await go_on(desk, mentorship_id, now)


async def part(desk: Desk, me: PersonId, other: PersonId, now: datetime) -> None:
    """End what two people have who are never to be matched now; neither learns why it ended."""
    await end_where_parted(desk, me, now)


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """End what goes on as if by the person's own wish, and forget their words in all that is kept."""

    def decide(read: Snapshot, mentorship_id: str) -> tuple[None, Changes]:
        before = read.find(Mentorship, mentorship_id)
        if before is None:
            return None, NONE
        after = before.close("closed", now, but=me).without_words_of(me)
        return None, changed(read, before, after, pair_of(read, before, desk.policy, now), now)

    for mentorship_id in await desk.store.ids(MENTORSHIPS.of(me), limit=EVERY):
        await desk.store.commit(partial(decide, mentorship_id=mentorship_id))


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

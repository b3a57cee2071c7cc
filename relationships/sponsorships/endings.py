"""Where a sponsorship ends without a press: somebody leaves, or is erased; and where the last of it goes."""

from datetime import datetime
from functools import partial

from kernel.desk import Desk
from kernel.store import EVERY, NONE, Changes, Due, Key, Snapshot
from kernel.values import PersonId
from relationships.sponsorships.changes import changed, pair_of
from relationships.sponsorships.reminders import go_on
from relationships.sponsorships.sponsorship import OPEN_SPONSORSHIPS, SPONSORSHIPS, Sponsorship


async def end_where_parted(desk: Desk, who: PersonId, now: datetime) -> None:
    """End those of somebody that can't go on, as they left or wish to be kept apart."""
    for sponsorship_id in await desk.store.ids(OPEN_SPONSORSHIPS.of(who), limit=EVERY):
        await go_on(desk, sponsorship_id, now)


async def part(desk: Desk, me: PersonId, other: PersonId, now: datetime) -> None:
    """End what two people have who are never to be matched now; neither learns why it ended."""
    await end_where_parted(desk, me, now)


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Forget the person who asks to be erased: as a protégé all of it, as a sponsor their words."""

    def decide(read: Snapshot, sponsorship_id: str) -> tuple[None, Changes]:
        before = read.find(Sponsorship, sponsorship_id)
        if before is None:
            return None, NONE
        if before.protege_id == me:
            return None, Changes(drop=[Key(Sponsorship, sponsorship_id)])
        after = before.close("closed", now, by=me).without_words_of_sponsor()
        return None, changed(read, after, pair_of(read, after, desk.policy, now), now)

    for sponsorship_id in await desk.store.ids(SPONSORSHIPS.of(me), limit=EVERY):
        await desk.store.commit(partial(decide, sponsorship_id=sponsorship_id))


async def forget(desk: Desk, sponsorship_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop a sponsorship whose time to be kept is over."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        found = read.find(Sponsorship, sponsorship_id)
        is_over = found is not None and not found.is_open
        return None, Changes(drop=[Key(Sponsorship, sponsorship_id)]) if is_over else NONE

    await desk.store.commit(decide, load=[Key(Sponsorship, sponsorship_id)], due=due)

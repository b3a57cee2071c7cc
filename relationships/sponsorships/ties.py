"""Who sponsors a person, for the board on which they see who stands for them."""

from datetime import datetime

from kernel.desk import Desk, Tie
from kernel.store import EVERY
from kernel.values import PersonId
from relationships.sponsorships.sponsorship import OPEN_SPONSORSHIPS, Sponsorship


async def of_sponsors(desk: Desk, me: PersonId, since: datetime) -> list[Tie]:
    """Who sponsors the person, as often as acts count, where either did something since a moment."""
    ids = await desk.store.ids(OPEN_SPONSORSHIPS.of(me), limit=EVERY)
    found = await desk.store.look(lambda read: read.all(Sponsorship, ids))
    mine = [it for it in found if it.protege_id == me and it.state == "going" and it.touched_at >= since]
    return [Tie(it.sponsor_id, "sponsor", it.touched_at, max(len(it.confirmed), 1)) for it in mine]

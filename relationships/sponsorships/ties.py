"""Whom a person has as a sponsor, and whose sponsor they are: what a picture of their network needs."""

from dataclasses import dataclass
from datetime import datetime

from kernel.desk import Desk
from kernel.features import EVERY
from kernel.values import PersonId
from relationships.sponsorships.sponsorship import OPEN_SPONSORSHIPS, Sponsorship
from relationships.sponsorships.sponsorships import Role


@dataclass(frozen=True, slots=True)
class Tie:
    """Another person, what they are to one, since when, and when either of the two last did something."""

    other_id: PersonId
    is_my: Role
    since: datetime
    last_contact_at: datetime


async def ties_of(desk: Desk, me: PersonId) -> list[Tie]:
    """Return the sponsorships of somebody that go on, the latest contact first."""
    ids = await desk.store.ids(OPEN_SPONSORSHIPS.of(me), limit=EVERY)
    found = await desk.store.look(lambda read: read.all(Sponsorship, ids))
    ties = [_tie(it, me, it.began_at) for it in found if it.state == "going" and it.began_at]
    return sorted(ties, key=lambda it: (it.last_contact_at, it.other_id), reverse=True)


def _tie(it: Sponsorship, me: PersonId, since: datetime) -> Tie:
    is_my: Role = "protege" if me == it.sponsor_id else "sponsor"
    return Tie(it.other(me), is_my, since, it.touched_at)

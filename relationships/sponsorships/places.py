"""How many people somebody sponsors at a time at most: those they act for, and those whom they offered it."""

from collections.abc import Iterable

from pydantic import Field

from kernel.desk import Desk
from kernel.policy import Section
from kernel.store import EVERY, Snapshot
from kernel.values import PersonId, Value
from relationships.sponsorships.sponsorship import OPEN_SPONSORSHIPS, Sponsorship


class SponsorRules(Value):
    """What one sponsor takes on."""

    proteges: int = Field(
        default=3,
        ge=1,
        le=20,
        description="people whom one person sponsors at a time: pilots begin with one or two each",
    )


RULES = Section("sponsorship", SponsorRules, "what one sponsor takes on")


async def of_sponsor(desk: Desk, sponsor_id: PersonId) -> list[str]:
    """The ids of what is open of a person, as `is_full` takes them."""
    return await desk.store.ids(OPEN_SPONSORSHIPS.of(sponsor_id), limit=EVERY)


def is_full(read: Snapshot, ids: Iterable[str], sponsor_id: PersonId, desk: Desk, *, but: str = "") -> bool:
    """Whether a sponsor has no place for one more, *but* being the one that is to take it."""
    mine = [it for it in read.all(Sponsorship, ids) if it.sponsor_id == sponsor_id and it.id != but]
    taken = sum(it.state == "going" or (it.is_open and it.asked_by == sponsor_id) for it in mine)
    return taken >= desk.policy.of(RULES).proteges

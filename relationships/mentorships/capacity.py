"""How many people somebody mentors at most, and whether one more fits beside them and the asks of a week."""

from typing import ClassVar

from pydantic import Field

from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.policy import Policy
from kernel.store import Changes, Snapshot
from kernel.values import Document, PersonId
from mentoring.model.load import load_of
from mentoring.model.person import Person

MOST = 20


class MentorPlaces(Document):
    """How many mentorships a person takes on at a time, in their own words; none: they mentor nobody."""

    kind: ClassVar[str] = "mentor-places"
    id: PersonId
    most: int = Field(ge=0)


def most_of(read: Snapshot, who: PersonId, policy: Policy) -> int:
    """How many people somebody mentors at most: as they said, or else as the policy says."""
    said = read.find(MentorPlaces, who)
    return said.most if said else policy.mentorships


def has_place(read: Snapshot, mentor: Person, mentorship_id: str, minutes: int, policy: Policy) -> bool:
    """Whether a mentor has a place left, and so many minutes of every week."""
    load, most = load_of(read, mentor.id), most_of(read, mentor.id, policy)
    return load.can_promise(mentorship_id, minutes, most, mentor.limits(policy.limits))


def check_place(read: Snapshot, mentor: Person, mentorship_id: str, minutes: int, policy: Policy) -> None:
    """Refuse a mentor who has no place left, or no minutes."""
    if not has_place(read, mentor, mentorship_id, minutes, policy):
        taken = len([it for it in load_of(read, mentor.id).promised if it != mentorship_id])
        raise Invalid("places", "full" if taken >= most_of(read, mentor.id, policy) else "no_minutes")


async def places(desk: Desk, me: PersonId) -> int:
    """How many people a person mentors at most."""
    return await desk.store.look(lambda read: most_of(read, me, desk.policy))


async def set_places(desk: Desk, me: PersonId, most: int) -> None:
    """Say how many people one mentors at most; those that are mentored stay."""
    if not 0 <= most <= MOST:
        raise Invalid("places", "unknown")
    await desk.store.commit(lambda _: (None, Changes(put=[MentorPlaces(id=me, most=most)])))

"""The two people of a mentorship as they are now: their hours, their zones, and whether they may go on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kernel.policy import Policy
from kernel.store import Snapshot
from kernel.values import PersonId
from matching.hours import OpenHours
from mentoring.model.load import load_of
from mentoring.model.person import Person, stranger
from mentoring.people.managers import managers_of
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import End

AT_WORK = ("active", "unknown")


@dataclass(frozen=True, slots=True)
class Pair:
    """Both people, and the rules of their workspace."""

    mentor: Person
    mentee: Person
    policy: Policy

    def of(self, who: PersonId) -> Person:
        """One of the two."""
        return self.mentor if who == self.mentor.id else self.mentee

    @property
    def zone(self) -> str:
        """The zone by whose days the months and the usual hour are counted: the mentee's."""
        return self.mentee.zone

    def hours(self, who: PersonId) -> OpenHours:
        """The working hours of one of the two."""
        person = self.of(who)
        return person.hours.in_zone(person.zone, self.policy.holidays)

    def opens(self, who: PersonId, at: datetime) -> datetime:
        """The first moment from *at* on in somebody's working hours, or *at* if they have none."""
        return self.hours(who).next_open(at) or at


def pair_of(read: Snapshot, mentorship: Mentorship, policy: Policy, now: datetime) -> Pair:
    """The two people of a mentorship."""
    mentor, mentee = (read.find(Person, each) or stranger(each, now) for each in mentorship.both)
    return Pair(mentor, mentee, policy)


def have_one(read: Snapshot, mentor_id: PersonId, other: PersonId, listed: Iterable[str]) -> bool:
    """Whether a mentor and the other have a mentorship that goes on.

    *listed* are those of either as they stood before. What the mentor carries is written by whoever begins
    one: so that of two that begin at once the later sees the first.
    """
    carried = load_of(read, mentor_id).promised
    found = read.all(Mentorship, dict.fromkeys([*listed, *carried]))
    return any({mentor_id, other} == set(it.both) and it.is_open for it in found)


def parted(read: Snapshot, pair: Pair) -> End | None:
    """Why two people can't go on, or None: one is no member, stands above the other, or wishes so."""
    mentor, mentee = pair.mentor, pair.mentee
    if mentor.standing not in AT_WORK or mentee.is_gone or mentee.standing == "bot":
        return "left"
    if mentor.id in managers_of(read, mentee) or mentee.id in managers_of(read, mentor):
        return "line"
    return "apart" if mentor.is_kept_from(mentee) else None

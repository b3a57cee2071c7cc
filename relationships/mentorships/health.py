"""How a mentorship stands: four facts, and what each side picked, moved and finished; no score. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.values import PersonId
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import PairStep

ENOUGH_TALKS = 3  # of fewer it says nothing who picks and who moves
LATE = 1.5  # of the rhythm agreed on, from which on it is not kept


@dataclass(frozen=True, slots=True)
class Facts:
    """The next talk, the last talk, the next step, and the time between talks beside the one agreed on.

    *gap* is from the last talk to the next one or, without one, to now; none before the first talk.
    """

    next_at: datetime | None
    last_at: datetime | None
    step: PairStep | None
    gap: timedelta | None
    planned: timedelta

    @property
    def is_rhythm_kept(self) -> bool | None:
        """Whether talks come about as often as agreed; None before the first."""
        return None if self.gap is None else self.gap <= self.planned * LATE


@dataclass(frozen=True, slots=True)
class Balance:
    """What one side did: times picked and moved, of so many talks; own next steps finished, of so many."""

    picked: int
    moved: int
    talks: int
    done: int
    steps: int


def facts(mentorship: Mentorship, now: datetime) -> Facts:
    """How it stands."""
    talk, held = mentorship.talk, mentorship.held
    next_at = talk.at if talk and talk.at and talk.at > now else None
    last_at = held[-1].at if held else None
    gap = (next_at or max(now, last_at)) - last_at if last_at else None
    open_steps = [step for step in mentorship.steps if step.done_at is None]
    planned = timedelta(weeks=mentorship.agreement.every_weeks)
    return Facts(next_at, last_at, open_steps[0] if open_steps else None, gap, planned)


def balance(mentorship: Mentorship, who: PersonId) -> Balance | None:
    """What one of the two did; None where there were too few talks to say."""
    due = [talk for talk in mentorship.talks if talk.picked_by is not None and talk.came is not None]
    if len(due) < ENOUGH_TALKS:
        return None
    own = [step for step in mentorship.steps if step.of == who]
    return Balance(
        picked=sum(talk.picked_by == who for talk in due),
        moved=sum(talk.moved_by.count(who) for talk in mentorship.talks),
        talks=len(due),
        done=sum(step.done_at is not None for step in own),
        steps=len(own),
    )

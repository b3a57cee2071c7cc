"""When the two of a session meet: the times that one proposes, the one agreed on, and that both are there."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import Invalid
from kernel.kinds import AgendaKind, CardKind
from kernel.values import Kept, PersonId

MEET_SOON = AgendaKind("meet_soon", "mentoring.sessions.appointments.announce")
ASK_TALKED = AgendaKind("ask_talked", "mentoring.sessions.appointments.ask_talked")
TELL_OF_MEETING = AgendaKind("tell_of_meeting", "mentoring.sessions.appointments.tell_later")
MEETING_FILE = AgendaKind("meeting_file", "slackapp.delivery.meeting_files.MeetingFiles.send")
TIMES_LAPSE = AgendaKind("times_lapse", "mentoring.sessions.appointments.lapse")
MEETING = CardKind("meeting", "session")  # what one of the two is told of it in a message of its own

Unmet = Literal["no_time", "by_helper", "by_asker"]
FIELDS = ("first", "second", "third", "fourth")  # what is wrong with one of the times is about
FARTHEST = timedelta(days=14)  # a session that is to come takes one of the few that a helper may have open
DELAY = timedelta(minutes=10)  # that one "running late" is
DELAYS = 3
SOON = timedelta(minutes=10)  # before its time a session is announced
EARLY = timedelta(minutes=15)  # before its time, whoever writes in a relay is there for it


class Appointment(Kept):
    """When a session is held.

    open      they talk as soon as both are there                → proposed, agreed, begun
    proposed  *times* wait for the other's word until *answer_by* → proposed anew, agreed, begun
    agreed    they talk *at* this time                           → proposed, agreed on a later one, begun
    begun     both were there, and the clock runs since *begun_at* → proposed: they go on another time

    *here* are those who are there and wait for the other, *late* those who said that they come later, once
    for every ten minutes. *asked* were asked whether they talked. *unmet* says why they won't: no time was
    chosen, or one of the two called it off. *told* are those who have a message of its own about it.
    """

    times: tuple[AwareDatetime, ...] = ()
    proposed_by: PersonId | None = None
    answer_by: AwareDatetime | None = None
    at: AwareDatetime | None = None
    agreed_at: AwareDatetime | None = None
    agreed_by: PersonId | None = None
    announced_at: AwareDatetime | None = None
    here: frozenset[PersonId] = frozenset()
    begun_at: AwareDatetime | None = None
    late: tuple[PersonId, ...] = ()
    asked: frozenset[PersonId] = frozenset()
    unmet: Unmet | None = None
    told: frozenset[PersonId] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether they talk as soon as both are there."""
        return not (self.times or self.at or self.begun_at)

    @property
    def expected_at(self) -> datetime | None:
        """When the session has begun or begins, at the latest; None for as soon as both are there."""
        return self.begun_at or self.at or max(self.times, default=None)

    @property
    def announce_at(self) -> datetime | None:
        """When the two are reminded of it; None where it was agreed on a moment before."""
        if self.at is None or self.agreed_at is None or self.at - self.agreed_at < 2 * SOON:
            return None
        return self.at - SOON

    def propose(self, times: Sequence[datetime], me: PersonId, answer_by: datetime, now: datetime) -> Self:
        """Ask the other to choose one of up to four times; what was agreed on no longer holds."""
        checked = _checked(times, now)
        return self._anew(times=checked, proposed_by=me, answer_by=min(answer_by, checked[-1]))

    def choose(self, at: datetime, me: PersonId, now: datetime) -> Self:
        """Agree on one of the times that the other has proposed; the same one again changes nothing."""
        if at == self.at:
            return self
        if at not in self.times or me == self.proposed_by:
            raise Invalid("time", "not_offered")
        if at <= now:
            raise Invalid("time", "past")
        return self._anew(at=at, agreed_at=now, agreed_by=me)

    def fix(self, at: datetime, me: PersonId, now: datetime) -> Self:
        """Say when, as long as nothing was said about it."""
        return self._anew(at=at, agreed_at=now, agreed_by=me) if self.is_open else self

    def arrive(self, me: PersonId, other: PersonId, now: datetime) -> Self:
        """Be there; with both the clock begins to run."""
        if self.begun_at is not None or me in self.here:
            return self
        here = self.model_copy(update={"here": self.here | {me}})
        return here.begin(now) if other in self.here else here

    def begin(self, now: datetime) -> Self:
        """Let the clock run from now on."""
        over = {"times": (), "proposed_by": None, "answer_by": None, "begun_at": now}
        return self if self.begun_at else self.model_copy(update=over)

    def come_later(self, me: PersonId, now: datetime) -> Self:
        """Come ten minutes later than agreed, or than now where that has passed; a few times only."""
        if self.at is None or self.begun_at is not None:
            raise Invalid("time", "not_offered")
        if len(self.late) >= DELAYS:
            raise Invalid("time", "too_late", limit=len(self.late) * int(DELAY.total_seconds() // 60))
        at = max(self.at, now) + DELAY
        later = {"at": at, "late": (*self.late, me), "here": self.here - {me}, "asked": frozenset[PersonId]()}
        return self.model_copy(update=later)

    def announce(self, now: datetime) -> Self:
        """Note that the two were reminded of it."""
        return self.model_copy(update={"announced_at": now})

    def ask(self, people: frozenset[PersonId]) -> Self:
        """Note who was asked whether they talked."""
        return self.model_copy(update={"asked": self.asked | people})

    def tell(self, people: Iterable[PersonId]) -> Self:
        """Note who has a message of its own about it."""
        return self.model_copy(update={"told": self.told | set(people)})

    def give_up(self, why: Unmet) -> Self:
        """Note why it comes to nothing."""
        return self.model_copy(update={"unmet": why})

    def hears(self, now: datetime) -> bool:
        """Whether who writes in a relay now is there for the session, and not arranging it."""
        return not self.times and (self.at is None or now >= self.at - EARLY)

    def _anew(self, **said: Any) -> Self:
        """Forget what was said about it, but for this; who is told, and what a newer release adds, stays."""
        return self.model_copy(update={**_NOTHING, **said})


def _checked(times: Sequence[datetime], now: datetime) -> tuple[datetime, ...]:
    """Times in order, each once; or refuse those that cannot be, each under its field."""
    if not times:
        raise Invalid(FIELDS[0], "empty")
    wrong = [
        Invalid(field, "past" if at <= now else "too_far", limit=FARTHEST.days)
        for field, at in zip(FIELDS, times, strict=False)
        if not now < at < now + FARTHEST
    ]
    if wrong:
        raise wrong[0].along_with(*wrong[1:])
    return tuple(sorted(set(times[: len(FIELDS)])))


_NOTHING = {name: value for name, value in Appointment() if name != "told"}

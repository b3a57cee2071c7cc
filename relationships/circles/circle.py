"""A circle: one mentor with three to seven mentees for months; who says yes, its rhythm, its end. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from kernel.errors import Ended, NotYours
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.store import Show
from kernel.values import Document, PersonId
from matching.pairing.values import CIRCLE
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.calendar import months_after
from relationships.mentorships.record import PairingReason

CIRCLES, OPEN_CIRCLES = ListName("circles-of"), ListName("open-circles-of")
CIRCLE_DUE = AgendaKind("circle_due", "relationships.circles.circles.go_on")
FORGET_CIRCLE = AgendaKind("forget_circle", "relationships.circles.leaving.forget")
OPEN_CIRCLE_ROOM = AgendaKind("open_circle_room", "slackapp.delivery.circle_rooms.CircleRooms.open")
CIRCLE_ROOM = CardKind("circle-room", "circle")
FEWEST, MOST = CIRCLE
ANSWER_WITHIN = timedelta(days=7)
LEFT_OVER = 2  # mentees with fewer of whom a circle ends
LOOKED_AT_EVERY = timedelta(days=1)

State = Literal["gathering", "going", "ended"]
# Why it ended: its time ran out; its mentor or an admin ended it; too few said yes, or are left; the mentor
# said no, or has left.
End = Literal["over", "closed", "taken_back", "few", "no_mentor"]
Room = Literal["wanted", "group", "none"]


class Circle(Document):
    """One mentor and several mentees, for a programme.

    gathering → going (the mentor and at least three mentees said yes), ended
    going     → ended

    *answers* are what each said, *left* who went since. *turn* counts the talks that were called for,
    *next_at* is when the next one is. *channel* is their group conversation, if there could be one.

    *reasons* say why a mentee and the mentor were brought together; only these two read them.

    *in_line* are those who had to go, as one of it now leads them or is led by them. *torn* says from how
    many of it somebody wishes to be kept apart, and *stays* how many these were when they chose to stay.
    """

    kind: ClassVar[str] = "circle"
    mentor_id: PersonId
    mentee_ids: tuple[PersonId, ...]
    agreement: Agreement
    reasons: Mapping[PersonId, tuple[PairingReason, ...]] = Field(default_factory=dict)
    answers: Mapping[PersonId, bool] = Field(default_factory=dict)
    left: frozenset[PersonId] = frozenset()
    in_line: frozenset[PersonId] = frozenset()
    torn: Mapping[PersonId, int] = Field(default_factory=dict)
    stays: Mapping[PersonId, int] = Field(default_factory=dict)
    state: State = "gathering"
    made_at: AwareDatetime
    began_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    end: End | None = None
    turn: int = 0
    next_at: AwareDatetime | None = None
    room: Room = "wanted"
    channel: str | None = None
    looked_at: AwareDatetime | None = None

    def lists(self) -> Mapping[str, datetime]:
        """The circles of each, and those that are open to them."""
        names = [CIRCLES.of(it) for it in self.everyone]
        names += [OPEN_CIRCLES.of(it) for it in self.everyone if self.is_open and self.is_in(it)]
        return dict.fromkeys(names, self.made_at)

    @property
    def everyone(self) -> tuple[PersonId, ...]:
        """All who were asked, the mentor first."""
        return self.mentor_id, *self.mentee_ids

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state != "ended"

    @property
    def has_its_mentor(self) -> bool:
        """Whether its mentor has said yes: from then on it takes a place of theirs, not only once it goes."""
        return self.is_open and self.answers.get(self.mentor_id, False)

    @property
    def mentees(self) -> tuple[PersonId, ...]:
        """The mentees who said yes and are still there."""
        return tuple(it for it in self.mentee_ids if self.answers.get(it) and it not in self.left)

    @property
    def members(self) -> tuple[PersonId, ...]:
        """Who is in it, the mentor first."""
        return self.mentor_id, *self.mentees

    @property
    def answer_by(self) -> datetime:
        """Until when people can say yes."""
        return self.made_at + ANSWER_WITHIN

    def is_in(self, me: PersonId) -> bool:
        """Whether somebody is in it, or may still say yes."""
        return me in self.everyone and me not in self.left and self.answers.get(me, True)

    def is_torn(self, me: PersonId) -> bool:
        """Whether somebody is to say if they stay, as they wish to be kept apart from one who is in it."""
        return self.is_open and self.is_in(me) and self.torn.get(me, 0) > self.stays.get(me, 0)

    def shows(self) -> list[Show]:
        """Where it is shown: each has a card, and so has the conversation that they share."""
        room = [Show(CIRCLE_ROOM.of(self.id), to=self.channel)] if self.channel else []
        return [*(Show(self.thing, to=it) for it in self.everyone), *room]

    def answer(self, me: PersonId, now: datetime, *, yes: bool) -> Self:
        """Say yes or no as one who was asked, until it begins; with the last answer it is settled."""
        if me not in self.everyone:
            raise NotYours
        if self.state != "gathering" or me in self.in_line:
            raise Ended
        return self.model_copy(update={"answers": {**self.answers, me: yes}}).settled(now)

    def settled(self, now: datetime) -> Self:
        """Begin it or end it, as soon as that is sure: all have answered, or the time to is over."""
        if self.state != "gathering":
            return self
        waits = now < self.answer_by and any(it not in self.answers for it in self.everyone)
        could = [it for it in self.mentee_ids if self.answers.get(it, waits)]
        if not self.answers.get(self.mentor_id, waits):
            return self.close("no_mentor", now)
        if len(could) < FEWEST:
            return self.close("few", now)
        return self if waits else self._begun(now)

    def _begun(self, now: datetime) -> Self:
        ends_at = months_after(now, self.agreement.months, "UTC")
        begun = {
            "state": "going",
            "began_at": now,
            "ends_at": ends_at,
            "turn": 1,
            "next_at": self._after(now),
        }
        return self.model_copy(update=begun)

    def leave(self, me: PersonId, now: datetime) -> Self:
        """Go, without a reason; without its mentor, or with too few left, it ends."""
        if me not in self.everyone:
            raise NotYours
        if not self.is_open or me in self.left:
            return self
        if self.state == "gathering":
            return self.answer(me, now, yes=False)
        gone = self.model_copy(update={"left": self.left | {me}})
        if me == self.mentor_id:
            return gone.close("no_mentor", now)
        return gone.close("few", now) if len(gone.mentees) < LEFT_OVER else gone

    def go_out_of_line(self, who: PersonId, now: datetime) -> Self:
        """Have somebody go who leads one of it now, or is led by one; they alone are told why."""
        if not self.is_open:
            return self
        gone = self.leave(who, now)
        return gone.model_copy(update={"in_line": gone.in_line | {who}})

    def tear(self, who: PersonId, apart: int) -> Self:
        """Note from how many of it somebody wishes to be kept apart; where these are more, they are asked."""
        if not self.is_open or self.torn.get(who, 0) == apart:
            return self
        return self.model_copy(update={"torn": {**self.torn, who: apart}})

    def stay(self, me: PersonId) -> Self:
        """Stay all the same."""
        if me not in self.everyone:
            raise NotYours
        if not self.is_torn(me):
            return self
        return self.model_copy(update={"stays": {**self.stays, me: self.torn[me]}})

    def close(self, end: End, now: datetime) -> Self:
        """End it; twice changes nothing."""
        if not self.is_open:
            return self
        return self.model_copy(update={"state": "ended", "end": end, "ended_at": now, "next_at": None})

    def go_on(self, now: datetime, opens: datetime) -> Self:
        """Settle it, call for the next talk, or end it, whichever is due.

        The call waits until its mentor is at work, from *opens* on.
        """
        if self.state != "going" or self.ends_at is None or self.next_at is None:
            return self.settled(now)
        if now >= self.ends_at:
            return self.close("over", now)
        if now < self.next_at:
            return self
        if now < opens:
            return self.model_copy(update={"next_at": opens})
        return self.model_copy(update={"turn": self.turn + 1, "next_at": self._after(now)})

    @property
    def due_at(self) -> datetime | None:
        """When something is next to be done, or None; once a day it is looked at who may be in it."""
        look = (self.looked_at or self.began_at or self.made_at) + LOOKED_AT_EVERY
        if self.state == "going" and self.ends_at and self.next_at:
            return min(self.next_at, self.ends_at, look)
        return min(self.answer_by, look) if self.state == "gathering" else None

    def in_room(self, channel: str | None) -> Self:
        """Note the conversation that they share; without one each has their card alone."""
        return self.model_copy(update={"room": "group" if channel else "none", "channel": channel})

    def without(self, me: PersonId) -> Self:
        """Forget one mentee, of whom nothing more is to be known."""
        answers = {who: said for who, said in self.answers.items() if who != me}
        reasons = {who: why for who, why in self.reasons.items() if who != me}
        mentees = tuple(it for it in self.mentee_ids if it != me)
        gone = {"left": self.left - {me}, "in_line": self.in_line - {me}}
        apart = {
            name: {who: number for who, number in numbers.items() if who != me}
            for name, numbers in (("torn", self.torn), ("stays", self.stays))
        }
        kept = {"mentee_ids": mentees, "answers": answers, "reasons": reasons}
        return self.model_copy(update={**kept, **gone, **apart})

    def _after(self, now: datetime) -> datetime:
        return now + timedelta(weeks=self.agreement.every_weeks)


def terms(programme: str) -> Agreement:
    """What people of a circle say yes to: an hour every two weeks for five months."""
    return Agreement(purpose=programme, minutes=60).checked()

"""What one person carries, in one document: a limit is a rule of one value, checked atomically.

A limit holds where something is begun. What has happened (a session that took longer) is recorded as it was.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from kernel.errors import HelperFull, TooManyOpen
from kernel.kinds import AgendaKind
from kernel.store import Snapshot
from kernel.values import Document, Kept, OfferId, PersonId, RequestId, SessionId
from matching.values import Limits

FREE_UP = AgendaKind("free_up", "mentoring.retention.free_up")

WEEK = timedelta(hours=168)
REMEMBERED = 50
REPLIES = 20
QUESTIONS = 20
LINE = 20
SEATS = 2  # second opinions that others wait for: in writing, over two working days
Reply = Literal["yes", "no", "none"]
WORTH: Mapping[Reply, float] = {"yes": 1.0, "no": 0.5, "none": 0.0}


class Booking(Kept):
    """Minutes that a session takes from its helper's week, from the moment it was accepted."""

    session_id: SessionId
    minutes: int
    at: AwareDatetime


class Load(Document):
    """A person's open requests and second opinions; as helper the open offers, sessions and booked minutes.

    *open_seats* are second opinions that others wait for: in writing, they can wait beside a question.
    *own_wishes* are, by kind, what the person looks for of which few may be open: a mentor, a sponsor.
    Whoever begins one more writes this, so that of two at once the later sees the first.
    *promised* are minutes of every week that its mentorships take, by their ids: asks get what is left.
    *replies* are the answers to the latest offers, the newest last; none is for one that ran out. They serve
    to guess who will answer in time, and are shown to nobody. *asked_at* is when the latest questions were
    put to the helper, in order, as far back as a week needs them. *in_line* are requests that wait until the
    helper has answered another one, the first first. The limits given to its methods are the person's own:
    their minutes and questions a week, or the policy's if fewer.
    """

    kind: ClassVar[str] = "load"
    id: PersonId
    open_requests: tuple[RequestId, ...] = ()
    open_offers: tuple[OfferId, ...] = ()
    open_sessions: tuple[SessionId, ...] = ()
    bookings: tuple[Booking, ...] = ()
    helped: Mapping[PersonId, int] = Field(default_factory=dict)
    last_helped_at: AwareDatetime | None = None
    replies: tuple[Reply, ...] = ()
    asked_at: tuple[AwareDatetime, ...] = ()
    promised: Mapping[str, int] = Field(default_factory=dict)
    open_opinions: tuple[str, ...] = ()
    open_seats: tuple[str, ...] = ()
    own_wishes: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    in_line: tuple[RequestId, ...] = ()

    @property
    def answered(self) -> float:
        """How many of the latest offers were answered in time; a no counts a half."""
        return sum(WORTH[reply] for reply in self.replies)

    @property
    def minutes_kept(self) -> int:
        """The minutes promised and of every booking kept.

        Old bookings go by `forget_old`, which the agenda calls.
        """
        return self.minutes_promised + sum(booking.minutes for booking in self.bookings)

    @property
    def minutes_promised(self) -> int:
        """The minutes of every week that go to mentorships."""
        return sum(self.promised.values())

    def minutes_booked(self, now: datetime) -> int:
        """The minutes promised, and booked in the 168 hours before *now*."""
        booked = sum(booking.minutes for booking in self.bookings if booking.at > now - WEEK)
        return self.minutes_promised + booked

    def can_promise(self, mentorship_id: str, minutes: int, most: int, limits: Limits) -> bool:
        """Whether a mentorship of so many minutes a week fits beside at most *most* - 1 others."""
        others = {id: taken for id, taken in self.promised.items() if id != mentorship_id}
        return len(others) < most and sum(others.values()) + minutes <= limits.minutes_per_week

    def promise(self, mentorship_id: str, minutes: int) -> Self:
        """Give a mentorship minutes of every week, or other ones than before; none while it rests."""
        return self.model_copy(update={"promised": {**self.promised, mentorship_id: minutes}})

    def keep_promise_no_more(self, mentorship_id: str) -> Self:
        """Give the minutes of a mentorship that has ended back to asks."""
        kept = {id: taken for id, taken in self.promised.items() if id != mentorship_id}
        return self.model_copy(update={"promised": kept})

    def with_request(self, request_id: RequestId, limit: int) -> Self:
        """Add an open request; the same one again changes nothing."""
        if request_id in self.open_requests:
            return self
        if len(self.open_requests) >= limit:
            raise TooManyOpen(limit)
        return self.model_copy(update={"open_requests": (*self.open_requests, request_id)})

    def without_request(self, request_id: RequestId) -> Self:
        """Take a request off."""
        return self.model_copy(update={"open_requests": _without(self.open_requests, request_id)})

    def with_opinion(self, opinion_id: str) -> Self:
        """Add a second opinion that is waited for; how many there may be is for whoever asks to look at."""
        return self.model_copy(update={"open_opinions": (*self.open_opinions, opinion_id)})

    def without_opinion(self, opinion_id: str) -> Self:
        """Take a second opinion off."""
        return self.model_copy(update={"open_opinions": _without(self.open_opinions, opinion_id)})

    def with_wish(self, wish: Document, open_ones: Iterable[Document]) -> Self:
        """Add what is looked for from now on; of those of its kind that were before, *open_ones* stay."""
        ids = tuple(dict.fromkeys(it.id for it in [*open_ones, wish]))
        return self.model_copy(update={"own_wishes": {**self.own_wishes, wish.kind: ids}})

    def wishes(self, kind: type[Document]) -> tuple[str, ...]:
        """What the person looked for of late, by the ids of its documents; some may have ended."""
        return self.own_wishes.get(kind.kind, ())

    def with_offer(self, offer_id: OfferId, limits: Limits, now: datetime) -> Self:
        """Put a question: add an open offer, which reserves nothing; the same one again changes nothing."""
        if offer_id in self.open_offers:
            return self
        if self.has_all_offers(limits) or self.asked_again_at(limits.questions_per_week, now):
            raise HelperFull(self.id)
        return self._asked(now, open_offers=(*self.open_offers, offer_id))

    def can_sit(self, limits: Limits, now: datetime) -> bool:
        """Whether a second opinion can be asked for: two may wait, beside questions."""
        is_free = len(self.open_seats) < SEATS
        return is_free and self.asked_again_at(limits.questions_per_week, now) is None

    def with_seat(self, seat_id: str, now: datetime) -> Self:
        """Ask for a second opinion, whatever else waits; the same one again changes nothing."""
        return (
            self if seat_id in self.open_seats else self._asked(now, open_seats=(*self.open_seats, seat_id))
        )

    def without_seat(self, seat_id: str) -> Self:
        """Take a second opinion that somebody was asked for off."""
        return self.model_copy(update={"open_seats": _without(self.open_seats, seat_id)})

    def _asked(self, now: datetime, **waits: tuple[str, ...]) -> Self:
        asked = (*self._asked_since(now - WEEK), now)[-QUESTIONS:]
        return self.model_copy(update={**waits, "asked_at": asked})

    def asked_again_at(self, limit: int | None, now: datetime) -> datetime | None:
        """When the week has room for a question again, or None where it has room now."""
        asked = self._asked_since(now - WEEK)
        return asked[-limit] + WEEK if limit and len(asked) >= limit else None

    def has_all_offers(self, limits: Limits) -> bool:
        """Whether as many questions wait for an answer as may."""
        return limits.open_offers is not None and len(self.open_offers) >= limits.open_offers

    def stand_in_line(self, request_id: RequestId) -> Self:
        """Have a request wait until the helper has answered; the same one keeps its place."""
        others = tuple(id for id in self.in_line if id != request_id)
        is_new = len(others) == len(self.in_line)
        return self.model_copy(update={"in_line": (*others, request_id)[-LINE:]}) if is_new else self

    def dissolve_line(self) -> Self:
        """Have nobody wait any more."""
        return self.model_copy(update={"in_line": ()})

    def has_all_questions(self, limit: int | None) -> bool:
        """Whether as many questions are kept as a week may have; old ones go by `forget_old`."""
        return limit is not None and len(self.asked_at) >= limit

    def _asked_since(self, moment: datetime) -> tuple[datetime, ...]:
        return tuple(at for at in self.asked_at if at > moment)

    def with_offer_again(self, offer_id: OfferId) -> Self:
        """Add an offer that was there before, whatever else has come meanwhile; it counts as asked once."""
        if offer_id in self.open_offers:
            return self
        return self.model_copy(update={"open_offers": (*self.open_offers, offer_id)})

    def without_offer(self, offer_id: OfferId) -> Self:
        """Take an offer off."""
        return self.model_copy(update={"open_offers": _without(self.open_offers, offer_id)})

    def with_reply(self, reply: Reply | None) -> Self:
        """Remember what became of an offer; only the latest are kept."""
        return self.model_copy(update={"replies": (*self.replies, reply)[-REPLIES:]}) if reply else self

    def without_reply(self, reply: Reply | None) -> Self:
        """Forget the latest such reply, since it was taken back."""
        if reply is None or reply not in self.replies:
            return self
        last = len(self.replies) - 1 - self.replies[::-1].index(reply)
        return self.model_copy(update={"replies": (*self.replies[:last], *self.replies[last + 1 :])})

    def has_room(self, minutes: int, limits: Limits, now: datetime) -> bool:
        """Whether a session of *minutes* fits."""
        free = limits.minutes_per_week - self.minutes_booked(now)
        return len(self.open_sessions) < limits.open_sessions and minutes <= free

    def book(
        self, session_id: SessionId, asker_id: PersonId, minutes: int, limits: Limits, now: datetime
    ) -> Self:
        """Begin a session with an asker; the same one again changes nothing."""
        if session_id in self.open_sessions:
            return self
        if not self.has_room(minutes, limits, now):
            raise HelperFull(self.id)
        booking = Booking(session_id=session_id, minutes=minutes, at=now)
        return self.model_copy(
            update={
                "open_sessions": (*self.open_sessions, session_id),
                "bookings": (*self.bookings, booking),
                "helped": _counted(self.helped, asker_id),
                "last_helped_at": now,
            }
        )

    def extend(self, session_id: SessionId, minutes: int, limits: Limits, now: datetime) -> Self:
        """Give an open session more minutes, as far as the week has any."""
        if minutes > limits.minutes_per_week - self.minutes_booked(now):
            raise HelperFull(self.id)
        return self.correct(session_id, self.minutes_of(session_id) + minutes)

    def give(self, id: SessionId, minutes: int, now: datetime) -> Self:
        """Take the minutes of an answer in writing, which is no session; the same again changes nothing."""
        if self.minutes_of(id):
            return self
        booking = Booking(session_id=id, minutes=minutes, at=now)
        return self.model_copy(update={"bookings": (*self.bookings, booking)})

    def minutes_of(self, session_id: SessionId) -> int:
        """The minutes booked for a session."""
        return sum(booking.minutes for booking in self.bookings if booking.session_id == session_id)

    def correct(self, session_id: SessionId, minutes: int) -> Self:
        """Record what a session really took, even where that is more than the week had."""
        corrected = tuple(
            booking.model_copy(update={"minutes": minutes}) if booking.session_id == session_id else booking
            for booking in self.bookings
        )
        return self.model_copy(update={"bookings": corrected})

    def release(self, session_id: SessionId) -> Self:
        """End a session; its minutes stay booked until their week is over."""
        return self.model_copy(update={"open_sessions": _without(self.open_sessions, session_id)})

    def forget_helping(self, asker_id: PersonId) -> Self:
        """Take one session with an asker off, since nothing is kept of it any more."""
        times = self.helped.get(asker_id, 0) - 1
        others = {id: count for id, count in self.helped.items() if id != asker_id}
        kept = {**self.helped, asker_id: times} if times > 0 else others
        return self.model_copy(update={"helped": kept})

    def forget_old(self, now: datetime) -> Self:
        """Drop the bookings and questions whose week is over."""
        kept = tuple(booking for booking in self.bookings if booking.at > now - WEEK)
        return self.model_copy(update={"bookings": kept, "asked_at": self._asked_since(now - WEEK)})

    def next_forgotten_at(self) -> datetime | None:
        """When the week of the oldest booking or question is over, or None where there is neither."""
        since = [*(booking.at for booking in self.bookings), *self.asked_at]
        return min(since) + WEEK if since else None


def load_of(read: Snapshot, person_id: PersonId) -> Load:
    """What a person carries; nothing, if nothing was ever written."""
    return read.find(Load, person_id) or Load(id=person_id)


def _without(ids: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(id for id in ids if id != gone)


def _counted(helped: Mapping[PersonId, int], asker_id: PersonId) -> Mapping[PersonId, int]:
    """Count one more session with an asker; only those helped most recently are remembered."""
    # The mapping is in the order of the last session, so that the oldest comes first.
    others = [(id, times) for id, times in helped.items() if id != asker_id][1 - REMEMBERED :]
    return dict([*others, (asker_id, helped.get(asker_id, 0) + 1)])

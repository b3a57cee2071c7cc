"""A second opinion: one question, three seats for people who answer it blind to each other, its moves."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2s
from typing import Any, ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from kernel.errors import Ended, NotFound, NotYours, OfferOver
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.policy import Section
from kernel.values import Document, Kept, PersonId, RequestId, TopicId, Value
from kernel.working_time import Span
from matching.values import LANES, Lane, Reason

SECOND_OPINIONS = ListName("second-opinions-of")
OPEN_SECOND_OPINIONS = ListName("open-second-opinions-of")
VIEWS_ASKED = ListName("views-asked-of")
VIEWS_OF = ListName("views-of")
VIEW = CardKind("view", "second-opinion")
FILL_SEATS = AgendaKind("fill_seats", "relationships.second_opinions.seats.fill")
VIEWS_DUE = AgendaKind("views_due", "relationships.second_opinions.views.close")
ASK_OUTCOME = AgendaKind("ask_outcome", "relationships.second_opinions.outcome.ask")
CLOSE_OUTCOME = AgendaKind("close_outcome", "relationships.second_opinions.outcome.close")
FORGET_SECOND_OPINION = AgendaKind("forget_second_opinion", "relationships.second_opinions.leaving.forget")

LONGEST_WORDS = 300  # characters of what came of it
LONGEST = 600  # characters of the question, of a view and of one's own
MINUTES = 5  # of the week of whoever gives a view
SEATS, ENOUGH = 3, 2
MOST_ASKED = 9  # people for one question
TIME = Span.parse("2wd")


class SecondOpinionRules(Value):
    """The rules of second opinions."""

    open: int = Field(
        default=2,
        ge=1,
        le=10,
        description="per asker, waited for at a time: each takes minutes of three people",
    )


RULES = Section("second_opinions", SecondOpinionRules, "one question to three people, blind to each other")
State = Literal["gathering", "shown", "decided", "asked_back", "over", "unanswered", "withdrawn"]
SeatState = Literal["asked", "answered", "declined", "expired", "released"]
Outcome = Literal["acted", "otherwise", "open"]
Gap = Literal["time", "nobody"]
ENDS: frozenset[State] = frozenset({"over", "unanswered", "withdrawn"})
# The one table of legal moves; the property test holds every method to it.
MOVES: Mapping[State, frozenset[State]] = {
    "gathering": frozenset({"shown", "unanswered", "withdrawn"}),
    "shown": frozenset({"decided", "asked_back", "over"}),
    "decided": frozenset({"asked_back", "over"}),
    "asked_back": frozenset({"over"}),
    "over": frozenset(),
    "unanswered": frozenset(),
    "withdrawn": frozenset(),
}


class Seat(Kept):
    """One person's place: asked, and then answered (which they may change) or, for ever, one of three ends.

    declined: no time · expired: silent to the end · released: taken back, or they paused, left, were parted
    *is_told*: what came of it was news to them, and not only a change of their card.
    """

    number: int
    person_id: PersonId
    lane: Lane
    reasons: tuple[Reason, ...] = ()
    asked_at: AwareDatetime
    state: SeatState = "asked"
    text: str = ""
    answered_at: AwareDatetime | None = None
    is_told: bool = False

    @property
    def is_taken(self) -> bool:
        """Whether its person has answered or may still do so."""
        return self.state in ("asked", "answered")


class SecondOpinion(Document):
    """One question put to three people. `MOVES` is the table of its states.

    gathering   people are asked            → shown (two have answered, or time is over with one), unanswered
    shown       the asker reads the answers → decided (talk with one, or thank all), asked_back
    decided     the asker has chosen        → asked_back, over
    asked_back  what came of it is asked    → over

    *gap* says why fewer than two are shown: time was over, or nobody else could be asked. *chosen* is the
    seat with whose person a talk was asked for, in *request_id*. *seeks_at* is when somebody can be asked
    again. *asked_in_all* numbers the seats, also those that were erased. *reported_by* told the admins that
    something is wrong: an asker isn't asked what came of it then, and nobody else is told.
    """

    kind: ClassVar[str] = "second-opinion"
    asker_id: PersonId
    question: str
    topics: tuple[TopicId, ...]
    own_view: str = ""
    anonymous: bool = False
    asked_at: AwareDatetime
    closes_at: AwareDatetime
    state: State = "gathering"
    seats: tuple[Seat, ...] = ()
    asked_in_all: int = 0
    gap: Gap | None = None
    seeks_at: AwareDatetime | None = None
    shown_at: AwareDatetime | None = None
    chosen: int | None = None
    request_id: RequestId | None = None
    decided_at: AwareDatetime | None = None
    outcome: Outcome | None = None
    outcome_words: str = ""
    ended_at: AwareDatetime | None = None
    reported_by: frozenset[PersonId] = frozenset()

    def lists(self) -> Mapping[str, datetime]:
        """The asker's, those not ended, and for each who was asked: all, and those that wait for a view."""
        at = self.asked_at
        names = {SECOND_OPINIONS.of(self.asker_id): at}
        names |= {VIEWS_OF.of(seat.person_id): at for seat in self.seats}
        names |= {VIEWS_ASKED.of(seat.person_id): at for seat in self.waiting}
        return names if self.is_ended else {**names, OPEN_SECOND_OPINIONS.of(self.asker_id): at}

    @property
    def is_ended(self) -> bool:
        """Whether it has come to its end."""
        return self.state in ENDS

    @property
    def waiting(self) -> tuple[Seat, ...]:
        """The seats whose people may still answer."""
        return tuple(seat for seat in self.seats if seat.state == "asked")

    @property
    def answered(self) -> tuple[Seat, ...]:
        """The seats with an answer, in an order that is drawn once for this question."""
        return tuple(sorted((seat for seat in self.seats if seat.state == "answered"), key=self._lot))

    @property
    def taken(self) -> tuple[Seat, ...]:
        """The seats of whoever has answered or may still do so."""
        return tuple(seat for seat in self.seats if seat.is_taken)

    @property
    def free_seats(self) -> int:
        """How many more are to be asked: none once the answers are shown, or so many were asked."""
        if self.state != "gathering":
            return 0
        return max(0, min(SEATS - len(self.taken), MOST_ASKED - self.asked_in_all))

    @property
    def lanes_free(self) -> tuple[Lane, ...]:
        """The lanes in which nobody sits, as many as there are free seats at most."""
        held = {seat.lane for seat in self.taken}
        return tuple(lane for lane in LANES if lane not in held)[: self.free_seats]

    @property
    def is_stuck(self) -> bool:
        """Whether nobody may still answer, and nobody else may be asked."""
        return self.state == "gathering" and not (self.waiting or self.free_seats)

    def seat_of(self, person_id: PersonId) -> Seat:
        """Somebody's seat, or refuse whoever has none: NotYours."""
        found = next((seat for seat in self.seats if seat.person_id == person_id), None)
        if found is None:
            raise NotYours
        return found

    def check_asker(self, me: PersonId) -> Self:
        """Give it to its asker, and refuse it to anyone else: NotYours."""
        if me != self.asker_id:
            raise NotYours
        return self

    def seat(self, person_id: PersonId, lane: Lane, reasons: tuple[Reason, ...], now: datetime) -> Self:
        """Ask one more person."""
        self._must("gathering")
        if not self.free_seats or person_id in {self.asker_id, *(it.person_id for it in self.seats)}:
            raise Ended
        number = self.asked_in_all + 1
        seat = Seat(number=number, person_id=person_id, lane=lane, reasons=reasons, asked_at=now)
        return self._changed(seats=(*self.seats, seat), asked_in_all=number, seeks_at=None)

    def seek_at(self, at: datetime | None) -> Self:
        """Note when somebody can be asked again, or, with None, that nobody is waited for."""
        return self._changed(seeks_at=at)

    def answer(self, person_id: PersonId, text: str, now: datetime) -> Self:
        """Give a view, or change it while none is shown; the second one shows them to the asker."""
        seat = self.seat_of(person_id)
        if seat.state == "answered" and seat.text == text:
            return self
        if not seat.is_taken or (seat.state == "answered" and self.state != "gathering"):
            raise OfferOver
        self._must("gathering", "shown")
        given = self._with(seat, state="answered", text=text, answered_at=seat.answered_at or now)
        return given._shown(now) if given.state == "gathering" and len(given.answered) >= ENOUGH else given

    def decline(self, person_id: PersonId) -> Self:
        """Say that there is no time; twice changes nothing."""
        return self._leave(self.seat_of(person_id), "declined")

    def release(self, person_id: PersonId) -> Self:
        """Free somebody from answering, if they still may."""
        seat = self.seat_of(person_id)
        return self._leave(seat, "released") if seat.state == "asked" else self

    def without(self, person_id: PersonId) -> Self:
        """Forget somebody's seat, with their answer."""
        seats = tuple(seat for seat in self.seats if seat.person_id != person_id)
        is_chosen = any(seat.number == self.chosen for seat in seats)
        return self._changed(seats=seats, chosen=self.chosen if is_chosen else None)

    def write_own(self, text: str) -> Self:
        """Take down the asker's own view, which they write before they read another's."""
        if text == self.own_view:
            return self
        self._must("gathering")
        return self._changed(own_view=text)

    def close(self, gap: Gap, now: datetime) -> Self:
        """Wait for nobody any more, since time is over or nobody is left; show what there is."""
        if self.state not in ("gathering", "shown"):
            return self
        over = self._all_waiting("expired")
        if over.state == "shown":
            return over
        if over.answered:
            return over._shown(now)._changed(gap=gap)
        return over._move("unanswered", gap=gap, seeks_at=None, ended_at=now)

    def withdraw(self, now: datetime) -> Self:
        """Take the question back before anything is shown; twice changes nothing."""
        if self.state == "withdrawn":
            return self
        self._must("gathering")
        return self._all_waiting("released")._move("withdrawn", seeks_at=None, ended_at=now)

    def choose(self, number: int, request_id: RequestId, now: datetime) -> Self:
        """Ask the person of one seat for a talk."""
        self._must("shown")
        if number not in {seat.number for seat in self.answered}:
            raise NotFound("seat", str(number))
        return self.settle(now)._changed(chosen=number, request_id=request_id)

    def settle(self, now: datetime) -> Self:
        """Have read enough; twice changes nothing."""
        if self.state in ("decided", "asked_back", "over"):
            return self
        self._must("shown")
        return self._all_waiting("released")._move("decided", decided_at=now)

    def ask_back(self) -> Self:
        """Ask the asker what came of it."""
        self._must("shown", "decided")
        return self._all_waiting("released")._move("asked_back")

    def come_to(self, outcome: Outcome, words: str, now: datetime) -> Self:
        """Take down what came of it; the same again changes nothing."""
        if self.state == "over" and (self.outcome, self.outcome_words) == (outcome, words):
            return self
        self._must("decided", "asked_back")
        return self._move("over", outcome=outcome, outcome_words=words, ended_at=now)

    def end(self, now: datetime) -> Self:
        """End it without a word on what came of it."""
        if self.is_ended:
            return self
        if self.state == "gathering":
            return self.withdraw(now)
        return self._all_waiting("released")._move("over", ended_at=now)

    def report(self, me: PersonId) -> Self:
        """Note that somebody has told the admins that something is wrong."""
        return self._changed(reported_by=self.reported_by | {me})

    def tell(self, person_id: PersonId) -> Self:
        """Note that what came of it is news to somebody."""
        return self._with(self.seat_of(person_id), is_told=True)

    def _shown(self, now: datetime) -> Self:
        return self._move("shown", shown_at=now, seeks_at=None)

    def _leave(self, seat: Seat, state: SeatState) -> Self:
        if seat.state == state:
            return self
        if seat.state != "asked":
            raise OfferOver
        return self._with(seat, state=state)

    def _all_waiting(self, state: SeatState) -> Self:
        ended = {it.number: it.model_copy(update={"state": state}) for it in self.waiting}
        return self._changed(seats=tuple(ended.get(it.number, it) for it in self.seats))

    def _with(self, seat: Seat, **changed: Any) -> Self:
        new = seat.model_copy(update=changed)
        return self._changed(seats=tuple(new if it.number == seat.number else it for it in self.seats))

    def _must(self, *states: State) -> None:
        if self.state not in states:
            raise Ended

    def _move(self, state: State, **changed: Any) -> Self:
        return self._changed(state=state, **changed)

    def _changed(self, **changed: Any) -> Self:
        return self.model_copy(update=changed)

    def _lot(self, seat: Seat) -> bytes:
        return blake2s(f"{self.id} {seat.number}".encode()).digest()


def seat_id(opinion_id: str, person_id: PersonId) -> str:
    """The name under which a seat counts among what its person has open, and among their minutes."""
    return f"{opinion_id}.{person_id}"

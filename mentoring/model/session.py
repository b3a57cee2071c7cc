"""A session: the talk of two that an accepted offer becomes, and the step of whoever was helped after it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.store import Show
from kernel.values import Document, Kept, PersonId, RequestId, SessionId, Value
from matching.values import Lane
from mentoring.model.appointment import MEETING, Appointment
from mentoring.model.offer import Offer
from mentoring.model.request import Request, Way

SESSIONS = ListName("sessions-of")
PEER_SESSIONS = ListName("peer-coaching-of")
OPEN_SESSIONS = ListName("talks-of")
REMIND_END = AgendaKind("remind_end", "mentoring.sessions.sessions.remind")
TURN_OVER = AgendaKind("turn_over", "mentoring.routing.peer_turns.turn_over")
AUTO_CLOSE = AgendaKind("auto_close", "mentoring.sessions.sessions.close")
ASK_FEEDBACK = AgendaKind("ask_feedback", "mentoring.sessions.feedback.ask")
PEER_TURN = CardKind("peer-turn", "session", numbered=True)
UNCHANGED = CardKind("unchanged", "session")
AWAY = CardKind("away")  # that the app did not hear what was written meanwhile

State = Literal["open", "wrapped", "closed"]
Room = Literal["wanted", "group", "relay"]
Break = Literal["left", "no_member"]
LONGEST_STEP = 500
LONGEST_THOUGHT = 1_500
LATEST_STEP = timedelta(days=366)
LONGEST_TALK = 240
EXTENSIONS = 3
TURNS = 2


class NextStep(Kept):
    """An if-then plan: "after <cue>, I will <action>"; *at* is when to remind of it."""

    cue: str
    action: str
    at: AwareDatetime | None = None


class WrapUp(Value):
    """How a session ended: the minutes it really took, and the asker's next step if there is one."""

    minutes: int
    next_step: NextStep | None = None


class Session(Document):
    """A session between asker and helper. `began_at` is when the helper accepted.

    Its clock runs from when both are there, as its *appointment* says; *ends_at* is then its end, and before
    that the end that is expected. Begun by a release without appointments it runs from `began_at`.

    open    → wrapped (someone wrapped it up) or closed (by time, or because one of the two moved on or left)
    wrapped, closed  are ends
    room: wanted → group, or wanted → relay; anonymous ones are relayed from the start
    broken_off: it was not held to its end, as *gone* has left or is no member any more
    turn: in peer coaching 0 → 1 (the helper coaches) → 2 (the asker coaches) → 3 (both turns are over)
    helper_thought, helper_step: in peer coaching, what the helper would like to think through, and their step
    has_own_card: each of the two sees it on a card of its own, as an earlier release began it
    """

    kind: ClassVar[str] = "session"
    id: SessionId
    request_id: RequestId
    asker_id: PersonId
    helper_id: PersonId
    lane: Lane
    minutes: int
    began_at: AwareDatetime
    ends_at: AwareDatetime
    appointment: Appointment | None = None
    extended: int = 0
    room: Room = "wanted"
    channel: str | None = None
    anonymous: bool = False
    way: Way = "help"
    turn: int = 0
    turn_ends_at: AwareDatetime | None = None
    reveal: frozenset[PersonId] = frozenset()
    state: State = "open"
    reminded_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    spent_minutes: int | None = None
    next_step: NextStep | None = None
    helper_thought: str = ""
    helper_step: NextStep | None = None
    reported_by: frozenset[PersonId] = frozenset()
    broken_off: Break | None = None
    gone: PersonId | None = None
    has_own_card: bool = True

    @classmethod
    def begin(cls, request: Request, offer: Offer, now: datetime, starts_at: datetime | None = None) -> Self:
        """Make a session of an accepted offer, which the two can begin now, or else at *starts_at*."""
        return cls(
            id=SessionId(offer.id),
            request_id=request.id,
            asker_id=request.asker_id,
            helper_id=offer.helper_id,
            lane=offer.lane,
            minutes=request.minutes,
            began_at=now,
            ends_at=(starts_at or now) + timedelta(minutes=request.minutes),
            appointment=Appointment(),
            room="relay" if request.anonymous else "wanted",
            anonymous=request.anonymous,
            way=request.way,
            has_own_card=False,
        )

    def lists(self) -> Mapping[str, datetime]:
        """The sessions of both, of coaching each other, the open ones; all that are relayed or ended."""
        both = (self.asker_id, self.helper_id)
        names = {SESSIONS.of(person_id): self.began_at for person_id in both}
        if self.way == "peer_coaching":
            names |= {PEER_SESSIONS.of(person_id): self.began_at for person_id in both}
        if self.ended_at is not None:
            names["talks-ended"] = self.ended_at
        if self.is_open:
            names |= {OPEN_SESSIONS.of(person_id): self.began_at for person_id in both}
            names |= {"relayed": self.began_at} if self.room == "relay" else {}
        return names

    def shows(self) -> list[Show]:
        """Where it is shown: to both, and in the room they share unless the session is relayed."""
        room = [] if self.room == "relay" else [Show(self.thing, to=f"room:{self.id}")]
        told = sorted(self.appointment.told) if self.appointment else []
        meeting = [Show(MEETING.of(self.id), to=person_id) for person_id in told]
        return [*(Show(self.card_of(me), to=me) for me in (self.asker_id, self.helper_id)), *room, *meeting]

    def turn_shows(self) -> list[Show]:
        """Where the turn that goes on, and the one before it, are shown, in peer coaching."""
        to = [f"room:{self.id}"] if self.room == "group" else [self.asker_id, self.helper_id]
        turns = [turn for turn in (self.turn - 1, self.turn) if turn > 0]
        return [Show(PEER_TURN.of(self.id, turn), to=one) for turn in turns for one in to]

    def card_of(self, me: PersonId) -> str:
        """As a thing, the card on which one of the two sees it: the question's or the offer's."""
        if self.has_own_card:
            return self.thing
        return f"{Request.kind}:{self.request_id}" if me == self.asker_id else f"{Offer.kind}:{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether the two still talk."""
        return self.state == "open"

    @property
    def is_hidden(self) -> bool:
        """Whether the two do not know each other's names (yet)."""
        return self.anonymous and not {self.asker_id, self.helper_id} <= self.reveal

    @property
    def has_begun(self) -> bool:
        """Whether its clock runs."""
        return self.appointment is None or self.appointment.begun_at is not None

    @property
    def was_held(self) -> bool:
        """Whether it is over and the two have talked, as far as anybody can tell."""
        return not self.is_open and (self.has_begun or self.state == "wrapped" or bool(self.spent_minutes))

    @property
    def starts_at(self) -> datetime:
        """When it has begun, or is to begin."""
        if self.appointment is None:
            return self.began_at
        return self.appointment.begun_at or self.ends_at - timedelta(minutes=self.minutes)

    @property
    def helped(self) -> tuple[PersonId, ...]:
        """Whom it is to help: the asker, and in peer coaching both."""
        return (self.asker_id, self.helper_id) if self.way == "peer_coaching" else (self.asker_id,)

    def step_of(self, me: PersonId) -> NextStep | None:
        """The next step that one of the two has written down, who was helped."""
        return self.next_step if me == self.asker_id else self.helper_step

    def think_through(self, thought: str, me: PersonId) -> Self:
        """Note what the helper would like to think through; the asker's question is theirs."""
        self.other(me)
        self._must_be_open()
        if me not in self.helped or me == self.asker_id:
            raise NotYours
        tidy = thought.strip()
        if not tidy:
            raise Invalid("thought", "empty")
        if len(tidy) > LONGEST_THOUGHT:
            raise Invalid("thought", "too_long", limit=LONGEST_THOUGHT, length=len(tidy))
        return self.model_copy(update={"helper_thought": tidy})

    def take_back_thoughts(self) -> Self:
        """Go on without the helper's own words."""
        return self.model_copy(update={"helper_thought": "", "helper_step": None})

    def meet(self, appointment: Appointment) -> Self:
        """Hold it as an appointment says, with its end so long after."""
        self._must_be_open()
        starts_at = appointment.expected_at or self.starts_at
        ends_at = starts_at + timedelta(minutes=self.minutes)
        return self.model_copy(update={"appointment": appointment, "ends_at": ends_at, "reminded_at": None})

    def other(self, me: PersonId) -> PersonId:
        """Whom *me* talks to, or refuse anyone who is not in this session."""
        if me not in (self.asker_id, self.helper_id):
            raise NotYours
        return self.helper_id if me == self.asker_id else self.asker_id

    def wrap_up(self, end: WrapUp, me: PersonId, now: datetime) -> Self:
        """End it with what it took. The first to wrap up counts; the other may still add the next step."""
        self.other(me)
        if self.state == "wrapped":
            return self.plan(end.next_step, me, now)
        self._must_be_open()
        spent = min(max(end.minutes, 1), LONGEST_TALK)
        ended = self.model_copy(update={"state": "wrapped", "ended_at": now, "spent_minutes": spent})
        return ended.plan(end.next_step, me, now)

    def close(self, now: datetime) -> Self:
        """End it without a wrap-up; its minutes are those since it began or was to, as far as booked."""
        if not self.is_open:
            return self
        passed = int((now - self.starts_at).total_seconds() // 60)
        spent = max(min(passed, self.minutes), 0)
        over = {"state": "closed", "ended_at": now, "spent_minutes": spent, "appointment": self._off(now)}
        return self.model_copy(update=over)

    def _off(self, now: datetime) -> Appointment | None:
        """The appointment of a session that ends; where its time is still to come the helper is told."""
        meeting = self.appointment
        if meeting is None or meeting.at is None or self.has_begun or now >= meeting.at:
            return meeting
        return meeting.tell({self.helper_id})

    def break_off(self, why: Break, gone: PersonId, now: datetime) -> Self:
        """End it before its end, as *gone* can't go on with it."""
        if not self.is_open:
            return self
        return self.close(now).model_copy(update={"broken_off": why, "gone": gone})

    def give_up(self, appointment: Appointment, now: datetime) -> Self:
        """End it without a talk: it takes no minutes."""
        self._must_be_open()
        over = {"state": "closed", "ended_at": now, "spent_minutes": 0, "appointment": appointment}
        return self.model_copy(update=over)

    def more_time(self, minutes: int, now: datetime) -> Self:
        """Go on for some minutes from the end or from now, whichever is later; a few times only."""
        self._must_be_open()
        if self.extended >= EXTENSIONS:
            raise Invalid("minutes", "too_often", limit=EXTENSIONS)
        return self.model_copy(
            update={
                "minutes": self.minutes + minutes,
                "ends_at": max(self.ends_at, now) + timedelta(minutes=minutes),
                "extended": self.extended + 1,
                "reminded_at": None,
            }
        )

    @property
    def coach_id(self) -> PersonId | None:
        """Who coaches now, in peer coaching while a turn goes on."""
        return {1: self.helper_id, 2: self.asker_id}.get(self.turn)

    def next_turn(self, after: int, minutes: int, now: datetime) -> Self:
        """Begin the turn that follows *after*, of so many minutes; done already, it changes nothing."""
        self._must_be_open()
        if self.way != "peer_coaching":
            raise Ended
        if self.turn != after or after > TURNS:
            return self
        turn, ends_at = after + 1, now + timedelta(minutes=minutes)
        left = timedelta(minutes=minutes * max(TURNS - after, 0))
        over = {"turn": turn, "turn_ends_at": ends_at if turn <= TURNS else None}
        begun = self.appointment.begin(now) if self.appointment else None
        ends_at = max(now + left, now)
        return self.model_copy(update={**over, "ends_at": ends_at, "reminded_at": None, "appointment": begun})

    def remind(self, now: datetime) -> Self:
        """Note that both were reminded of the end."""
        return self.model_copy(update={"reminded_at": now}) if self.is_open else self

    def opened(self, channel: str) -> Self:
        """Note the room where the two talk; a session that is relayed stays so."""
        if self.room == "relay":
            return self
        return self.model_copy(update={"room": "group", "channel": channel})

    def fall_back(self) -> Self:
        """Talk through the app instead of a room."""
        return self.model_copy(update={"room": "relay", "channel": None})

    def propose_reveal(self, me: PersonId) -> Self:
        """Agree to be named; names are shown once both have."""
        self.other(me)
        return self.model_copy(update={"reveal": self.reveal | {me}}) if self.anonymous else self

    def take_back_reveal(self, me: PersonId) -> Self:
        """Stay without a name after all, as long as the other has not agreed."""
        self.other(me)
        return self.model_copy(update={"reveal": self.reveal - {me}}) if self.is_hidden else self

    def report(self, me: PersonId) -> Self:
        """Note that one of the two has reported it; nobody is asked about it any more."""
        self.other(me)
        return self.model_copy(update={"reported_by": self.reported_by | {me}})

    def plan(self, step: NextStep | None, me: PersonId, now: datetime) -> Self:
        """Write the asker's next step down. Either may do so first; only the asker may change it.

        In peer coaching each writes their own.
        """
        self.other(me)
        if step is None:
            return self
        if me in self.helped and me == self.helper_id:
            return self.model_copy(update={"helper_step": tidy(step, now)})
        if self.next_step is not None and me != self.asker_id:
            return self
        return self.model_copy(update={"next_step": tidy(step, now)})

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise Ended


def tidy(step: NextStep, now: datetime) -> NextStep:
    """The step without stray blanks; a step needs an action, and a time that is still to come."""
    if not step.action.strip():
        raise Invalid("action", "empty")
    if len(step.cue) > LONGEST_STEP or len(step.action) > LONGEST_STEP:
        raise Invalid("action" if len(step.action) > LONGEST_STEP else "cue", "too_long", limit=LONGEST_STEP)
    if step.at is not None and not now < step.at < now + LATEST_STEP:
        raise Invalid("at", "past" if step.at <= now else "too_far", limit=LATEST_STEP.days)
    return step.model_copy(update={"cue": step.cue.strip(), "action": step.action.strip()})

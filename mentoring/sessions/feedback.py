"""Feedback: both are asked the same day how a session went, and neither sees the other's words before."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel import nudges
from kernel.desk import Desk
from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.policy import Policy
from kernel.presence import UNKNOWN, Available
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot, together
from kernel.values import Document, PersonId, SessionId, Value
from mentoring.model.check import Thanks
from mentoring.model.offer import Offer, parts_of
from mentoring.model.person import Person, only_here, working_hour
from mentoring.model.request import Request
from mentoring.model.session import ASK_FEEDBACK, Session
from mentoring.routing.lane_statistics import judged

FEEDBACK = ListName("feedback-of")
FEEDBACK_ASKED = ListName("feedback-asked-of")
ASK_FEEDBACK_OF = AgendaKind("ask_feedback_of", "mentoring.sessions.feedback.ask_later")
FEEDBACK_CLOSES = AgendaKind("feedback_closes", "mentoring.sessions.feedback.close")

Helped = Literal["yes", "partly", "no"]
State = Literal["asked", "answered", "lapsed"]
LONGEST = 1_000
LONGEST_TALK = 240
WAITS = timedelta(hours=20)  # for an answer on the card of the session


class Answer(Value):
    """What one of the two says. *thanks* is for the other, *private_note* for oneself."""

    helped: Helped | None = None
    minutes: int | None = None
    thanks: str = ""
    private_note: str = ""


class Feedback(Document):
    """One side's feedback. *heard* is what the other said in thanks, filled in when it may be seen.

    asked → answered, or lapsed after some days; both are ends. Who has answered can add words once, at
    *worded_at*. *has_own_card*: it is asked on a card of its own, else quietly on that of the session, and
    once more, with a notification at *knocked_at*, if it still waits. What notifies is counted to their week.
    """

    kind: ClassVar[str] = "feedback"
    session_id: SessionId
    person_id: PersonId
    about: PersonId
    role: Literal["asker", "helper"]
    asked_at: AwareDatetime
    state: State = "asked"
    answered_at: AwareDatetime | None = None
    helped: Helped | None = None
    minutes: int | None = None
    thanks: str = ""
    private_note: str = ""
    heard: str = ""
    worded_at: AwareDatetime | None = None
    has_own_card: bool = True
    knocked_at: AwareDatetime | None = None

    @classmethod
    def begin(cls, session: Session, person_id: PersonId, now: datetime) -> Self:
        """Ask one of the two."""
        return cls(
            id=feedback_id(session.id, person_id),
            session_id=session.id,
            person_id=person_id,
            about=session.other(person_id),
            role="asker" if person_id == session.asker_id else "helper",
            asked_at=now,
            has_own_card=session.has_own_card,
        )

    def lists(self) -> Mapping[str, datetime]:
        """The person's feedback, and what waits for them."""
        names = {FEEDBACK.of(self.person_id): self.asked_at}
        return names | ({FEEDBACK_ASKED.of(self.person_id): self.asked_at} if self.state == "asked" else {})

    @property
    def show(self) -> Show:
        """Where it is shown: to the one who was asked."""
        return Show(self._card, to=self.person_id)

    @property
    def _card(self) -> str:
        if self.has_own_card:
            return self.thing
        request_id, _ = parts_of(self.session_id)
        return f"{Request.kind}:{request_id}" if self.role == "asker" else f"{Offer.kind}:{self.session_id}"

    def reply(self, said: Answer, now: datetime) -> Self:
        """Answer, once; after that nothing but words can be added, as long as there are none."""
        if self.state == "lapsed":
            raise Ended
        tidy = _tidy(said)
        worded = {"worded_at": now} if tidy.thanks else {}
        if self.state == "asked":
            return self.model_copy(
                update={**tidy.model_dump(), "state": "answered", "answered_at": now, **worded}
            )
        return (
            self.model_copy(update={"thanks": tidy.thanks, **worded}) if not self.thanks and worded else self
        )

    def lapse(self) -> Self:
        """Stop waiting for an answer."""
        return self.model_copy(update={"state": "lapsed"}) if self.state == "asked" else self

    def hear(self, other: Self) -> Self:
        """See what the other said in thanks."""
        return self.model_copy(update={"heard": other.thanks})


async def ask(desk: Desk, session_id: SessionId, now: datetime, due: Due | None = None) -> None:
    """Ask both how it went, if both are still there; asking again changes nothing.

    On the card of the session it is asked quietly, and once more where it waits for most of a day; a card of
    its own waits for their working hours.
    """
    session = await desk.find(Session, session_id)
    seen = await desk.presence.look([session.asker_id, session.helper_id]) if session else {}

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = read.find(Session, session_id)
        if session is None or session.is_open or session.reported_by or _pair(read, session):
            return None, NONE
        both = [
            Feedback.begin(session, person_id, now) for person_id in (session.asker_id, session.helper_id)
        ]
        if len(only_here(read, [feedback.show for feedback in both])) < len(both):
            return None, NONE
        closes = Later(FEEDBACK_CLOSES, session_id, now + timedelta(days=desk.policy.feedback_open_days))
        asked = [
            _asked(read, feedback, desk.policy, seen.get(feedback.person_id, UNKNOWN), now)
            for feedback in both
        ]
        return None, together(Changes(put=both, later=[closes]), *asked)

    await desk.store.commit(decide, load=[Key(Session, session_id)], due=due)


async def ask_later(desk: Desk, feedback_id: str, now: datetime, due: Due | None = None) -> None:
    """Ask one of the two who was not at work when it was due, or has not answered, if that still waits."""
    waiting = await desk.find(Feedback, feedback_id)
    seen = await desk.presence.look([waiting.person_id]) if waiting else {}

    def decide(read: Snapshot) -> tuple[None, Changes]:
        mine = read.find(Feedback, feedback_id)
        if mine is None or mine.state != "asked":
            return None, NONE
        told = _told(read, mine, desk.policy, seen.get(mine.person_id, UNKNOWN), now)
        is_knock = bool(told.show) and not mine.has_own_card
        knocked = [mine.model_copy(update={"knocked_at": now})] if is_knock else []
        return None, together(told, Changes(put=knocked))

    await desk.store.commit(decide, load=[Key(Feedback, feedback_id)], due=due)


def _asked(read: Snapshot, mine: Feedback, policy: Policy, seen: Available, now: datetime) -> Changes:
    """The changes that ask somebody: quietly, else with a message, when they are at work."""
    if mine.has_own_card:
        return _told(read, mine, policy, seen, now)
    at = working_hour(read.find(Person, mine.person_id), now + WAITS, policy)
    return Changes(later=[Later(ASK_FEEDBACK_OF, mine.id, at)], show=only_here(read, [mine.show]))


def _told(read: Snapshot, mine: Feedback, policy: Policy, seen: Available, now: datetime) -> Changes:
    """The changes that send somebody a message when they are at work and their week has room for it."""
    at, rules = working_hour(read.find(Person, mine.person_id), now, policy, seen), policy.nudges
    week = nudges.unasked(read, mine.person_id)
    if at <= now and week.has_room(rules, now):
        return Changes(put=[week.sent(now)], show=only_here(read, [mine.show]))
    wait = at if at > now else week.room_at(now) if rules.per_week else None
    return Changes(later=[Later(ASK_FEEDBACK_OF, mine.id, wait)] if wait else [])


async def answer(desk: Desk, feedback_id: str, me: PersonId, said: Answer, now: datetime) -> Feedback:
    """Say how it went, or add words to it. Once both have answered, each sees what the other said in thanks.

    Words that nobody would see any more are refused: Ended.
    """

    def decide(read: Snapshot) -> tuple[Feedback, Changes]:
        before = read.get(Feedback, feedback_id)
        if before.person_id != me:
            raise NotYours
        mine = before.reply(said, now)
        other = read.find(Feedback, _id_of_other(before))
        if mine == before:
            return mine, NONE
        if before.state == "answered" and other is not None and other.state == "lapsed":
            raise Ended
        counted = _counted(read, mine) if before.state == "asked" else NONE
        # Nobody hears the other before having answered, and the other not before they have.
        if other is None or other.state == "asked":
            return mine, together(Changes(put=[mine], show=[mine.show]), counted)
        closed = Never(FEEDBACK_CLOSES, mine.session_id)
        mine, other = mine.hear(other), other.hear(mine)
        heard = Changes(put=[mine, other], later=[closed], show=[mine.show, other.show])
        return mine, together(heard, counted)

    return await desk.store.commit(decide, load=[Key(Feedback, feedback_id)])


async def close(desk: Desk, session_id: SessionId, now: datetime, due: Due | None = None) -> None:
    """Stop asking after some days; whoever answered is heard, though the other never did."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = read.find(Session, session_id)
        pair = _pair(read, session) if session else []
        if len(pair) < 2:
            return None, NONE
        one, two = pair[0].lapse(), pair[1].lapse()
        return None, Changes(put=[one.hear(two), two.hear(one)], show=[one.show, two.show])

    await desk.store.commit(decide, load=[Key(Session, session_id)], due=due)


def unasked(read: Snapshot, session: Session) -> Changes:
    """The changes by which nobody is asked about a session any more, and what waits is let go."""
    waiting = [feedback.lapse() for feedback in _pair(read, session) if feedback.state == "asked"]
    return Changes(put=waiting, later=_no_more(session), show=[feedback.show for feedback in waiting])


def left_unasked(read: Snapshot, session: Session, gone: PersonId) -> Changes:
    """The changes by which nobody is asked about a session that one has left; their words are heard."""
    theirs = read.find(Feedback, feedback_id(session.id, gone))
    mine = read.find(Feedback, feedback_id(session.id, session.other(gone)))
    heard = mine.hear(theirs) if mine and theirs and mine.state == "asked" else mine
    ended = [feedback.lapse() for feedback in (heard, theirs) if feedback]
    return Changes(
        put=ended,
        later=_no_more(session),
        show=[feedback.show for feedback in ended if feedback.person_id != gone],
    )


def _no_more(session: Session) -> list[Never]:
    of_both = (feedback_id(session.id, me) for me in (session.asker_id, session.helper_id))
    whole = [Never(kind, session.id) for kind in (ASK_FEEDBACK, FEEDBACK_CLOSES)]
    return [*whole, *(Never(ASK_FEEDBACK_OF, id) for id in of_both)]


def feedback_id(session_id: SessionId, person_id: PersonId) -> str:
    """The id of one side's feedback."""
    return f"{session_id}.{person_id}"


def _counted(read: Snapshot, mine: Feedback) -> Changes:
    """What is counted of an asker's word on a session; one that was thanked for has been counted."""
    if mine.role != "asker" or mine.helped is None or has_thanked(read, mine.session_id):
        return NONE
    return judged(read, read.find(Session, mine.session_id), None, mine.helped == "yes")


def has_thanked(read: Snapshot, session_id: SessionId) -> bool:
    """Whether an asker has said, and not taken back, that advice was used."""
    thanks = read.find(Thanks, session_id)
    return thanks is not None and not thanks.undone


def _id_of_other(mine: Feedback) -> str:
    return feedback_id(mine.session_id, mine.about)


def _pair(read: Snapshot, session: Session) -> list[Feedback]:
    both = (session.asker_id, session.helper_id)
    found = [read.find(Feedback, feedback_id(session.id, person_id)) for person_id in both]
    return [feedback for feedback in found if feedback is not None]


def _tidy(said: Answer) -> Answer:
    """An answer without stray blanks, or refuse words that are too long and minutes that cannot be."""
    for field, text in (("thanks", said.thanks), ("private_note", said.private_note)):
        if len(text) > LONGEST:
            raise Invalid(field, "too_long", limit=LONGEST, length=len(text))
    if said.minutes is not None and not 0 <= said.minutes <= LONGEST_TALK:
        raise Invalid("minutes", "out_of_range", limit=LONGEST_TALK)
    return said.model_copy(update={"thanks": said.thanks.strip(), "private_note": said.private_note.strip()})

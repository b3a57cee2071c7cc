"""What is kept of a mentorship: its two people, its terms, talks, notes and questions, and who is told. Pure.

The moves that change it stand in `mentorship.py`. What one of the two notes for themselves lies in a document
apart, and is never shown to the other.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.store import Show
from kernel.values import Document, Kept, PersonId, TopicId
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.talk import MentorTalk

MENTORSHIPS = ListName("mentorships-of")
OPEN_MENTORSHIPS = ListName("open-mentorships-of")
MENTORING_UPWARDS = ListName("mentoring-upwards")
OWN_NOTES = ListName("own-notes-of")
MENTORSHIP_DUE = AgendaKind("mentorship_due", "relationships.mentorships.changes.go_on")
FORGET_MENTORSHIP = AgendaKind("forget_mentorship", "relationships.mentorships.endings.forget")

State = Literal["agreeing", "going", "paused", "ended"]
# Why it ended: its time ran out; one closed it; no match; one is no member, or stands above the other;
# one wishes to be kept apart; it was never agreed on; nothing was heard of it; somebody else goes on.
End = Literal[
    "finished", "closed", "no_fit", "left", "line", "apart", "never_agreed", "silent", "handed_over"
]
About = Literal["agree", "fit", "quality", "silence", "ending"]
# What the latest message to somebody is about.
News = Literal[
    "agree",
    "changed",
    "swapped",
    "agreed",
    "booked",
    "moved",
    "not_held",
    "talk",
    "after",
    "question",
    "more",
    "break",
    "back",
    "hand_over",
    "ended",
    "reopen",
    "reopened",
]
MOVES: Mapping[State, frozenset[State]] = {
    "agreeing": frozenset({"going", "ended"}),
    "going": frozenset({"paused", "ended"}),
    "paused": frozenset({"going", "ended"}),
    "ended": frozenset({"going"}),
}
ANSWERS: Mapping[About, frozenset[str]] = {
    "agree": frozenset(),
    "fit": frozenset({"good", "deciding", "not_good"}),
    "quality": frozenset({"yes", "better", "no"}),
    "silence": frozenset({"fine"}),
    "ending": frozenset({"more", "end"}),
}
PRESSING: tuple[About, ...] = ("agree", "fit", "quality", "ending", "silence")
REOPENED: frozenset[End] = frozenset({"finished", "closed", "silent"})
_OWN_LONGEST, _OWN_KEPT = 2_000, 80


class SharedNote(Kept):
    """A note that both read."""

    talk: int
    by: PersonId
    text: str
    at: AwareDatetime


class PairStep(Kept):
    """A next step of one of the two, which both see."""

    number: int
    of: PersonId
    text: str
    set_at: AwareDatetime
    done_at: AwareDatetime | None = None


class AppQuestion(Kept):
    """A question of the app's own to *who*, each alone: when it is due, who was asked, what they answered."""

    about: About
    due_at: AwareDatetime
    who: tuple[PersonId, ...]
    asked: Mapping[PersonId, AwareDatetime] = Field(default_factory=dict)
    answers: Mapping[PersonId, str] = Field(default_factory=dict)

    def is_open_to(self, me: PersonId) -> bool:
        """Whether somebody was asked and has not answered."""
        return me in self.asked and me not in self.answers

    def waits_for(self) -> tuple[PersonId, ...]:
        """Who is still to be asked."""
        return tuple(it for it in self.who if it not in self.asked and it not in self.answers)


class HandOver(Kept):
    """That the mentor can't go on: whom they suggest, if anyone, and a word to the mentee."""

    suggested: PersonId | None = None
    word: str = ""
    at: AwareDatetime


class PairingReason(Kept):
    """What speaks for two who were paired: a wish of one, or what the mentor knows, from 1 to 3 in depth."""

    kind: Literal["wish", "their_wish", "knows"]
    topic: TopicId | None = None
    depth: int = 0


class Record(Document):
    """A mentorship as it is kept.

    *knocks* counts the messages to each, *news* is what the latest is about until they have pressed
    something. *stirred_at* is when either last did something. What each answers to a question is theirs.

    *is_reverse*: the mentor is the junior of the two, who can leave at any time without it being told.
    *is_proposed*: a programme paired the two, which also said who mentors; *reasons* are what speaks for it.
    *is_taken_back*: it never began, as an admin took the proposal back.
    *reported_by* are those of the two who told the admins that something is wrong: they are asked no more.
    """

    kind: ClassVar[str] = "mentorship"
    mentor_id: PersonId
    mentee_id: PersonId
    is_reverse: bool = False
    is_proposed: bool = False
    is_taken_back: bool = False
    reasons: tuple[PairingReason, ...] = ()
    topics: tuple[TopicId, ...] = ()
    agreement: Agreement
    agreed: frozenset[PersonId] = frozenset()
    changed_by: PersonId | None = None
    state: State = "agreeing"
    made_at: AwareDatetime
    began_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    end: End | None = None
    talks: tuple[MentorTalk, ...] = ()
    goals: tuple[str, ...] = ()
    steps: tuple[PairStep, ...] = ()
    notes: tuple[SharedNote, ...] = ()
    questions: Mapping[str, AppQuestion] = Field(default_factory=dict)
    put_off: Mapping[PersonId, AwareDatetime] = Field(default_factory=dict)
    stirred_at: AwareDatetime
    looked_at: AwareDatetime
    knocks: Mapping[PersonId, int] = Field(default_factory=dict)
    news: Mapping[PersonId, News] = Field(default_factory=dict)
    paused_at: AwareDatetime | None = None
    back_at: AwareDatetime | None = None
    extended: int = 0
    is_to_be_discussed: bool = False
    reopen_by: PersonId | None = None
    gained: Mapping[PersonId, str] = Field(default_factory=dict)
    hand_over: HandOver | None = None
    reported_by: frozenset[PersonId] = frozenset()

    def lists(self) -> Mapping[str, datetime]:
        """The mentorships of each of the two, and those that are open; those in which a junior mentors."""
        names = (MENTORSHIPS, OPEN_MENTORSHIPS) if self.is_open else (MENTORSHIPS,)
        listed = {name.of(each): self.made_at for name in names for each in self.both}
        is_upwards = self.is_reverse and self.is_open
        return {**listed, MENTORING_UPWARDS.of(self.mentor_id): self.made_at} if is_upwards else listed

    @property
    def both(self) -> tuple[PersonId, PersonId]:
        """Mentor and mentee."""
        return self.mentor_id, self.mentee_id

    @property
    def to_ask(self) -> tuple[PersonId, ...]:
        """Whom it is asked how it goes: not who has reported it."""
        return tuple(each for each in self.both if each not in self.reported_by)

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state != "ended"

    @property
    def talk(self) -> MentorTalk | None:
        """The talk that lies ahead or is being asked about."""
        return self.talks[-1] if self.talks and self.talks[-1].came is None else None

    @property
    def held(self) -> tuple[MentorTalk, ...]:
        """The talks that took place, the latest last."""
        return tuple(talk for talk in self.talks if talk.came == "met")

    def shows(self) -> list[Show]:
        """Where it is shown: each of the two has one card."""
        return [Show(self.thing, to=each) for each in self.both]

    def other(self, me: PersonId) -> PersonId:
        """The other of the two."""
        return self.mentee_id if me == self.mentor_id else self.mentor_id

    def check_one_of(self, me: PersonId) -> Self:
        """Refuse anybody but the two."""
        if me not in self.both:
            raise NotYours
        return self

    def question_to(self, me: PersonId) -> tuple[str, AppQuestion] | None:
        """What somebody was asked last, with its key; None where that is answered.

        What was asked before it is let go. Of two at once the more pressing counts.
        """
        if me in self.reported_by:
            return None
        asked = [it for it in self.questions.items() if me in it[1].asked and self.state == "going"]
        last = max(asked, key=lambda it: (it[1].asked[me], PRESSING.index(it[1].about)), default=None)
        return last if last and last[1].is_open_to(me) else None

    def is_deciding(self, me: PersonId) -> bool:
        """Whether somebody is to be asked once more if the two are a good fit."""
        again = self.questions.get("fit:2")
        return again is not None and me in again.waits_for()

    def said_of_the_end(self, me: PersonId) -> str | None:
        """What somebody answered to the question before its present end: `more`, `end`, or nothing yet."""
        asked = self.questions.get(f"ending:{self.extended}")
        return asked.answers.get(me) if asked else None

    def with_talk(self, talk: MentorTalk) -> Self:
        """Put a talk in the place of the one of its number."""
        talks = tuple(talk if it.number == talk.number else it for it in self.talks)
        return self.model_copy(update={"talks": talks})

    def knock(self, news: News, *who: PersonId) -> Self:
        """Have a new message brought to these, about this."""
        counted = {each: self.knocks.get(each, 0) + 1 for each in who}
        return self.tell(news, *who).model_copy(update={"knocks": {**self.knocks, **counted}})

    def tell(self, news: News, *who: PersonId) -> Self:
        """Have the card of these say this, without a new message."""
        told: dict[PersonId, News] = dict.fromkeys(who, news)
        return self.model_copy(update={"news": {**self.news, **told}})

    def _stirred(self, me: PersonId, now: datetime) -> Self:
        """Note that one of the two has done something, and so has seen the latest news: a silence is over."""
        news = {who: it for who, it in self.news.items() if who != me}
        questions = {key: it for key, it in self.questions.items() if it.about != "silence"}
        return self.model_copy(update={"stirred_at": now, "news": news, "questions": questions})

    def _must_be(self, *states: State) -> None:
        if self.state not in states:
            raise Ended

    def _moved(self, state: State, **update: object) -> Self:
        if state not in MOVES[self.state]:
            raise Ended
        return self.model_copy(update={"state": state, **update})


class OwnNote(Kept):
    """One note, and the talk that it was written after."""

    talk: int
    text: str
    at: AwareDatetime


class OwnNotes(Document):
    """All that one person noted for themselves in one mentorship."""

    kind: ClassVar[str] = "own-notes"
    person_id: PersonId
    mentorship_id: str
    notes: tuple[OwnNote, ...] = ()
    made_at: AwareDatetime

    def lists(self) -> Mapping[str, datetime]:
        """The notes of their writer."""
        return {OWN_NOTES.of(self.person_id): self.made_at}

    def add(self, note: OwnNote) -> Self:
        """Add a note, or refuse one that is too long."""
        if len(note.text) > _OWN_LONGEST:
            raise Invalid("mine", "too_long", limit=_OWN_LONGEST)
        return self.model_copy(update={"notes": (*self.notes, note)[-_OWN_KEPT:]})


def own_notes_id(mentorship_id: str, me: PersonId) -> str:
    """The id of somebody's own notes in a mentorship."""
    return f"{mentorship_id}.{me}"

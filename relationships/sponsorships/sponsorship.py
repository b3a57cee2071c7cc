"""A sponsorship: who acts for whom, the line for the room, the acts, and the moves that are legal. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.store import Show
from kernel.values import Document, Kept, PersonId
from mentoring.model.undo import can_undo
from relationships.sponsorships.act import Act, Deed, Outcome, Word, furthest

SPONSORSHIPS = ListName("sponsorships-of")
OPEN_SPONSORSHIPS = ListName("open-sponsorships-of")
ACTS_FOR = ListName("sponsored-acts-for")
SPONSORSHIP_DUE = AgendaKind("sponsorship_due", "relationships.sponsorships.reminders.go_on")
FORGET_SPONSORSHIP = AgendaKind("forget_sponsorship", "relationships.sponsorships.endings.forget")

Role = Literal["sponsor", "protege"]
State = Literal["asked", "going", "ended"]
# Why it ended: a no; no answer; taken back; one finished it; nothing was heard; one is no member, or stands
# above the other; one wishes to be kept apart.
End = Literal["no", "late", "withdrawn", "closed", "silent", "left", "line", "apart"]
# What the card says first, until its reader has pressed something.
News = Literal["begun", "happened"]
MOVES: Mapping[State, frozenset[State]] = {
    "asked": frozenset({"going", "ended"}),
    "going": frozenset({"ended"}),
    "ended": frozenset({"asked"}),
}
LONGEST, LONGEST_LINE = 500, 140
ACTS_KEPT = 200
NOT_AGAIN = timedelta(days=90)  # after a no, or an end by the other
UNANSWERED = 3  # questions in a row, after which it is finished


class TalkOffered(Kept):
    """That the sponsor would rather talk something through; *about* is what they wrote."""

    about: str
    at: AwareDatetime


class Sponsorship(Document):
    """One person who acts for another. `MOVES` is the table of its states.

    asked → going (a yes), ended
    going → ended
    ended → asked (anew; what was done stays)

    *asked_by* is whose *wants* it is. *stirred_at* is the sponsor's last word, from which the month of the
    next question counts; *question_at* is when it was put, while it has no answer, and *unanswered* how many
    in a row have none. *touched_at* is when either last did something. *knocks* counts the messages to each,
    *news* is what their card says first until they have pressed something. *reported_by* are those of the
    two who told the admins that something is wrong: they are asked no more.
    """

    kind: ClassVar[str] = "sponsorship"
    sponsor_id: PersonId
    protege_id: PersonId
    asked_by: PersonId
    wants: str
    brief: str = ""
    state: State = "asked"
    made_at: AwareDatetime
    answer_by: AwareDatetime | None = None
    began_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    end: End | None = None
    ended_by: PersonId | None = None
    acts: tuple[Act, ...] = ()
    noted: int = 0
    stirred_at: AwareDatetime
    question_at: AwareDatetime | None = None
    unanswered: int = 0
    talk: TalkOffered | None = None
    put_off: Mapping[PersonId, AwareDatetime] = Field(default_factory=dict)
    touched_at: AwareDatetime
    knocks: Mapping[PersonId, int] = Field(default_factory=dict)
    news: Mapping[PersonId, News] = Field(default_factory=dict)
    reported_by: frozenset[PersonId] = frozenset()

    def lists(self) -> Mapping[str, datetime]:
        """Those of each of the two, those that are open, and for whom something confirmed was done."""
        names = (SPONSORSHIPS, OPEN_SPONSORSHIPS) if self.is_open else (SPONSORSHIPS,)
        found = {name.of(each): self.made_at for name in names for each in self.both}
        latest = max((act.said_at for act in self.acts if act.counts and act.said_at), default=None)
        return {**found, ACTS_FOR.of(self.protege_id): latest} if latest else found

    @property
    def both(self) -> tuple[PersonId, PersonId]:
        """Sponsor and protégé."""
        return self.sponsor_id, self.protege_id

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state != "ended"

    @property
    def asked_id(self) -> PersonId:
        """Who was asked."""
        return self.other(self.asked_by)

    @property
    def confirmed(self) -> tuple[Act, ...]:
        """The acts that count, in the order in which they were noted."""
        return tuple(act for act in self.acts if act.counts)

    @property
    def unconfirmed(self) -> tuple[Act, ...]:
        """The acts on which the protégé has not said a word yet."""
        return tuple(act for act in self.acts if act.word == "open")

    def just_said(self, now: datetime) -> tuple[Act, ...]:
        """The acts on which the protégé's word can still be taken back."""
        return tuple(act for act in self.acts if can_undo(act.said_at, now))

    @property
    def waiting(self) -> tuple[Act, ...]:
        """The acts of which it was asked what came of them, without an answer."""
        return tuple(act for act in self.acts if act.waits)

    @property
    def furthest(self) -> int:
        """The highest step that was reached."""
        return furthest(self.acts)

    def shows(self) -> list[Show]:
        """Where it is shown: each of the two has one card."""
        return [Show(self.thing, to=each) for each in self.both]

    def other(self, me: PersonId) -> PersonId:
        """The other of the two."""
        return self.protege_id if me == self.sponsor_id else self.sponsor_id

    def check_one_of(self, me: PersonId) -> Self:
        """Refuse anybody but the two."""
        if me not in self.both:
            raise NotYours
        return self

    def is_barred(self, me: PersonId, now: datetime) -> bool:
        """Whether somebody may not ask again yet: the other said no, let it pass, or finished it."""
        refused = self.end in ("no", "late") and self.asked_by == me
        finished = self.end == "closed" and self.ended_by == self.other(me)
        recently = self.ended_at is not None and now < self.ended_at + NOT_AGAIN
        return recently and (refused or finished)

    def ask_again(self, me: PersonId, wants: str, brief: str, answer_by: datetime, now: datetime) -> Self:
        """Ask anew after an end; what was done stays, and the protégé's line where no new one is given."""
        asks = self._moved("asked", asked_by=me, wants=wants, made_at=now, answer_by=answer_by)
        fresh = {"ended_at": None, "end": None, "ended_by": None, "began_at": None, "talk": None}
        again = {"brief": brief or self.brief, "put_off": {}, "reported_by": frozenset[PersonId]()}
        kept = asks.model_copy(update={**fresh, **again})
        return kept._touched(me, now).knock(self.other(me))

    def accept(self, me: PersonId, now: datetime, brief: str = "") -> Self:
        """Say yes as whoever was asked, with a line for the room if there is one. Twice changes nothing."""
        if self.state == "going" and me == self.asked_id:
            return self
        self._must_be("asked", me, self.asked_id)
        going = self._moved("going", began_at=now, answer_by=None, stirred_at=now, question_at=None)
        begun = going.model_copy(update={"unanswered": 0, "touched_at": now, "brief": brief or self.brief})
        return begun._tell("begun", *self.both).knock(self.other(me))

    def decline(self, me: PersonId, now: datetime) -> Self:
        """Say not now as whoever was asked, without a reason. Twice changes nothing."""
        if self.end == "no" and me == self.asked_id:
            return self
        self._must_be("asked", me, self.asked_id)
        return self._over("no", now, me)._touched(me, now).knock(self.asked_by)

    def lapse(self, now: datetime) -> Self:
        """Take no answer for a no."""
        return self._over("late", now, None).knock(self.asked_by)

    def withdraw(self, me: PersonId, now: datetime) -> Self:
        """Take the question back as whoever asked. Twice changes nothing."""
        if self.end == "withdrawn" and me == self.asked_by:
            return self
        self._must_be("asked", me, self.asked_by)
        return self._over("withdrawn", now, me)._touched(me, now)

    def write_line(self, me: PersonId, line: str, now: datetime) -> Self:
        """Write the line for the room, as the protégé, whose words it is."""
        self._must_be("going", me, self.protege_id)
        return self._touched(me, now).model_copy(update={"brief": line})

    def alike(self, deed: Deed, on: date) -> Act | None:
        """An act that is likely the one about to be noted, the latest first."""
        return next((act for act in reversed(self.acts) if act.is_like(deed, on)), None)

    def note(self, me: PersonId, act: Act, now: datetime) -> Self:
        """Note an act as the sponsor; the protégé is asked to confirm it."""
        self._must_be("going", me, self.sponsor_id)
        numbered = act.model_copy(update={"number": self.noted + 1})
        acts = (*self.acts, numbered)[-ACTS_KEPT:]
        noted = self._stirred(now).model_copy(update={"acts": acts, "noted": self.noted + 1})
        return noted._touched(me, now).knock(self.protege_id)

    def take_back(self, me: PersonId, number: int, now: datetime) -> Self:
        """Take an act back as the sponsor, as long as the protégé has said nothing on it."""
        self._must_be("going", me, self.sponsor_id)
        act = self._act(number)
        if act is None:
            return self
        if act.word != "open":
            raise Ended
        left = tuple(it for it in self.acts if it.number != number)
        return self.model_copy(update={"acts": left})._touched(me, now)

    def confirm(self, me: PersonId, number: int, word: Word, now: datetime) -> Self:
        """Say as the protégé whether it was so."""
        self._must_be("going", me, self.protege_id)
        act = self._act(number)
        if act is None:
            raise Ended
        return self._with(act.confirm(word, now))._touched(me, now)

    def unsay(self, me: PersonId, number: int, now: datetime) -> Self:
        """Take back as the protégé what they have just said of an act: it waits for their word again."""
        self._must_be("going", me, self.protege_id)
        act = self._act(number)
        if act is None:
            raise Ended
        return self._with(act.unsay(now))._touched(me, now)

    def come_to(self, me: PersonId, number: int, outcome: Outcome, now: datetime) -> Self:
        """Say as the protégé what came of an act; that it happened is news to the sponsor, once."""
        self._must_be("going", me, self.protege_id)
        act = self._act(number)
        if act is None:
            raise Ended
        said = self._with(act.come_to(outcome, now))._touched(me, now)
        is_news = outcome == "happened" != act.outcome
        return said._tell("happened", self.sponsor_id).knock(self.sponsor_id) if is_news else said

    def nothing_new(self, me: PersonId, now: datetime) -> Self:
        """Say as the sponsor that there was nothing this month; the protégé won't hear about it."""
        self._must_be("going", me, self.sponsor_id)
        return self._stirred(now)._touched(me, now)

    def offer_talk(self, me: PersonId, about: str, now: datetime) -> Self:
        """Offer a talk as the sponsor: advice is welcome, and no act."""
        self._must_be("going", me, self.sponsor_id)
        offered = self._stirred(now).model_copy(update={"talk": TalkOffered(about=about, at=now)})
        return offered._touched(me, now).knock(self.protege_id)

    def settle_talk(self, me: PersonId, now: datetime) -> Self:
        """Take the talk up, or leave it, as the protégé."""
        self._must_be("going", me, self.protege_id)
        return self.model_copy(update={"talk": None})._touched(me, now)

    def ask_sponsor(self, now: datetime) -> Self:
        """Ask the sponsor what they did this month."""
        self._must_be("going")
        asked = {"question_at": now, "unanswered": self.unanswered + 1}
        return self.model_copy(update=asked).knock(self.sponsor_id)

    def ask_outcomes(self, now: datetime) -> Self:
        """Ask the protégé what came of every act of which it is time to ask."""
        self._must_be("going")
        due = [act.ask() if act.ask_at and act.ask_at <= now else act for act in self.acts]
        return self.model_copy(update={"acts": tuple(due)}).knock(self.protege_id)

    def close(self, end: End, now: datetime, *, by: PersonId | None = None) -> Self:
        """End it. Both read the same of it; whoever has done it sees it at once. Twice changes nothing."""
        if not self.is_open:
            return self
        if self.state == "asked" and end not in ("left", "line"):
            return self.lapse(now)  # whoever asked reads what they would read of a no
        over = self._over(end, now, by)
        return over.knock(*(each for each in self.both if each != by))

    def report(self, me: PersonId) -> Self:
        """Note that one of the two has told the admins that something is wrong; they are asked no more."""
        noted = self.reported_by | {me}
        if me == self.sponsor_id:
            return self.model_copy(update={"reported_by": noted, "question_at": None, "unanswered": 0})
        acts = tuple(act.model_copy(update={"waits": False}) for act in self.acts)
        return self.model_copy(update={"reported_by": noted, "acts": acts})

    def without_words_of_sponsor(self) -> Self:
        """Forget what the sponsor has written; what kind of act it was, when, and what came of it stays."""
        acts = tuple(act.model_copy(update={"what": ""}) for act in self.acts)
        wants = "" if self.asked_by == self.sponsor_id else self.wants
        return self.model_copy(update={"acts": acts, "wants": wants, "talk": None})

    def knock(self, *who: PersonId) -> Self:
        """Have a new message brought to these."""
        counted = {each: self.knocks.get(each, 0) + 1 for each in who}
        return self.model_copy(update={"knocks": {**self.knocks, **counted}})

    def _tell(self, news: News, *who: PersonId) -> Self:
        told: dict[PersonId, News] = dict.fromkeys(who, news)
        return self.model_copy(update={"news": {**self.news, **told}})

    def _touched(self, me: PersonId, now: datetime) -> Self:
        """Note that one of the two has done something, and so has seen the latest news."""
        news = {who: it for who, it in self.news.items() if who != me}
        return self.model_copy(update={"news": news, "touched_at": now})

    def _stirred(self, now: datetime) -> Self:
        """Note the sponsor's word: what was asked this month is answered."""
        return self.model_copy(update={"stirred_at": now, "question_at": None, "unanswered": 0})

    def _act(self, number: int) -> Act | None:
        return next((act for act in self.acts if act.number == number), None)

    def _with(self, act: Act) -> Self:
        return self.model_copy(
            update={"acts": tuple(act if it.number == act.number else it for it in self.acts)}
        )

    def _over(self, end: End, now: datetime, by: PersonId | None) -> Self:
        acts = tuple(act.model_copy(update={"waits": False}) for act in self.acts)
        rest: dict[str, object] = {
            "answer_by": None,
            "question_at": None,
            "talk": None,
            "acts": acts,
            "news": {},
        }
        return self._moved("ended", ended_at=now, end=end, ended_by=by, **rest)

    def _must_be(self, state: State, me: PersonId | None = None, whose: PersonId | None = None) -> None:
        """Refuse where it is in another state, or *me* is not *whose* this is to do."""
        if me != whose:
            raise NotYours
        if self.state != state:
            raise Ended

    def _moved(self, state: State, **update: object) -> Self:
        if state not in MOVES[self.state]:
            raise Ended
        return self.model_copy(update={"state": state, **update})


def sponsorship_id(sponsor_id: PersonId, protege_id: PersonId) -> str:
    """The one id under which somebody sponsors another; it names neither."""
    return blake2b(f"{sponsor_id} {protege_id}".encode(), digest_size=12).hexdigest()


def asked(
    sponsor_id: PersonId,
    protege_id: PersonId,
    by: PersonId,
    wants: str,
    brief: str,
    *,
    answer_by: datetime,
    now: datetime,
) -> Sponsorship:
    """A sponsorship that one of the two has asked the other for."""
    fresh = Sponsorship(
        id=sponsorship_id(sponsor_id, protege_id),
        sponsor_id=sponsor_id,
        protege_id=protege_id,
        asked_by=by,
        wants=wants,
        brief=brief,
        made_at=now,
        answer_by=answer_by,
        stirred_at=now,
        touched_at=now,
    )
    return fresh.knock(fresh.asked_id)


def one_line(text: str, field: str = "line") -> str:
    """The line for the room, on one line, or refuse one that is too long to be said."""
    line = " ".join(text.split())
    if len(line) > LONGEST_LINE:
        raise Invalid(field, "too_long", limit=LONGEST_LINE)
    return line

"""A mentoring programme: its pairs as they stand, what admins have decided, and what is under way. Pure.

Who takes part stands in sign-ups of their own; what came of a pair that was proposed, in its mentorship.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import Ended, Invalid, Refusal
from kernel.kinds import AgendaKind, CardKind
from kernel.values import WORKSPACE, Document, Kept, PersonId
from matching.pairing.moves import swapped
from matching.pairing.values import Obstacle, Pairing, Priority, Two
from relationships.cohorts.proposal import UNDO_FOR, Proposal
from relationships.cohorts.result import Alone, Matched, ProposalTally, Result, matched, without

PROGRAMME_WORK = AgendaKind("programme_work", "slackapp.pairing.programme_work.ProgrammeWork.do")
FORGET_PROGRAMME = AgendaKind("forget_programme", "relationships.cohorts.leaving.forget")
ANSWERS_HEARD = AgendaKind("programme_answers", "relationships.cohorts.answers.hear")
ANSWERS = CardKind("programme-answers", "programme")
PROGRAMME_LIST = AgendaKind("programme_list", "slackapp.pairing.programme_lists.ProgrammeLists.send")
LISTED_PAIRS = CardKind("programme-pairs", "programme", numbered=True)
MOST_PARTS = 10  # messages of a list that comes as messages
LONGEST_NAME = 80
MOST_OPEN = 10
GIVEN_UP = timedelta(minutes=15)  # work that was not heard of for so long is nobody's any more

Deed = Literal["pair", "propose", "take_back", "read"]
Side = Literal["mentees", "mentors", "pairs"]
Verb = Literal["pin", "ban", "free"]
# One mentor for each mentee, or one with three to seven who talk together.
Form = Literal["pairs", "circles"]


class AtWork(Refusal):
    """Something is under way for a programme, by an admin's press."""

    def __init__(self, by: PersonId, do: Deed) -> None:
        super().__init__(by, do)
        self.by, self.do = by, do


class NotPairable(Refusal):
    """A programme has nobody to pair, or too many at once. *why*: mentees, mentors, or size."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Before(Kept):
    """What a programme held before its latest change."""

    result: Result | None
    pins: tuple[Two, ...] = ()
    bans: tuple[Two, ...] = ()
    at: AwareDatetime


class Work(Kept):
    """What is under way: by whose press, since when, and in which window of theirs it is shown."""

    do: Deed
    by: PersonId
    at: AwareDatetime
    number: int
    window: str = ""
    priority: Priority | None = None
    file: str = ""
    side: Side = "mentees"


class Decision(Kept):
    """What an admin changed last: of a mentee and a mentor, of two mentees who swap, or nothing any more."""

    verb: Literal["pin", "ban", "free", "swap", "undo"]
    two: tuple[PersonId, PersonId] | None = None


class ReadList(Kept):
    """What came of a list that was brought in: whom it added or changed, or all that is wrong with it.

    *decided* are the pins and bans of a list of pairs. *more* problems are not listed.
    """

    side: Side
    fresh: int = 0
    changed: int = 0
    kept: int = 0
    decided: int = 0
    problems: tuple[str, ...] = ()
    more: int = 0


class PairingTrouble(Kept):
    """Why the latest pairing came to nothing: a pin that can't be (facts of `BadPin`), or it broke off."""

    two: Two | None = None
    obstacle: Obstacle | None = None
    pinned: int = 0
    places: int = 0
    fewest: int = 0


class ProposedPair(Kept):
    """A pair that was put to both; *round* counts how often proposals had been taken back before."""

    mentee_id: PersonId
    mentor_id: PersonId
    round: int
    at: AwareDatetime

    @property
    def two(self) -> Two:
        """Who they are."""
        return Two(self.mentee_id, self.mentor_id)


class LeftOut(Kept):
    """A pair that could not be proposed, and why, as a short code."""

    mentee_id: PersonId
    mentor_id: PersonId
    why: str


class Programme(Document):
    """A mentoring programme. It is open until an admin closes it; one *work* at a time is under way.

    *proposed* stays true of what nobody has taken back: whatever became of it, it is not proposed again.
    *tally* is what came of it as it was last heard, for *sent_by*, who had it proposed; *sending* counts how
    often that was. *decided* is what was changed last, *read* the list that was brought in, until something
    else is done. *listings* counts how often its pairs were sent as a list, the last time to *listed_for*.
    """

    kind: ClassVar[str] = "programme"
    name: str
    form: Form = "pairs"
    made_by: PersonId | None
    made_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    pins: tuple[Two, ...] = ()
    bans: tuple[Two, ...] = ()
    priority: Priority = Priority.MOST_PAIRED
    result: Result | None = None
    before: Before | None = None
    work: Work | None = None
    works: int = 0
    trouble: PairingTrouble | None = None
    proposed: tuple[ProposedPair, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    round: int = 0
    sent_at: AwareDatetime | None = None
    sent_by: PersonId | None = None
    sending: int = 0
    tally: ProposalTally | None = None
    heard_at: AwareDatetime | None = None
    decided: Decision | None = None
    read: ReadList | None = None
    listings: int = 0
    listed_for: PersonId | None = None

    @property
    def is_open(self) -> bool:
        """Whether people can still take part."""
        return self.closed_at is None

    @property
    def unsent(self) -> tuple[Matched, ...]:
        """The pairs that were never proposed, or whose proposal was taken back."""
        sent = {it.two for it in self.proposed}
        return tuple(it for it in self.result.pairs if it.two not in sent) if self.result else ()

    def proposal(self, mentee_id: PersonId, mentor_id: PersonId, round: int) -> Proposal:
        """The proposal of a pair, as it is made in a round."""
        return Proposal(self.name, mentee_id, mentor_id, f"{self.id}.{round}")

    def circle_id(self, mentor_id: PersonId, round: int) -> str:
        """The id of a mentor's circle, as it is proposed in a round."""
        return f"{self.id}.{mentor_id}.{round}"

    def proposal_of(self, it: ProposedPair) -> Proposal:
        """A proposal that was made."""
        return self.proposal(it.mentee_id, it.mentor_id, it.round)

    def close(self, now: datetime) -> Self:
        """Take nobody more; what was proposed goes on by itself."""
        self._must_rest(now)
        return self.model_copy(update={"closed_at": self.closed_at or now, "work": None})

    def begin(
        self, do: Deed, by: PersonId, now: datetime, window: str = "", priority: Priority | None = None
    ) -> Self:
        """Have something done; refused while something else is, and once it is closed."""
        self._must_be_open()
        self._must_rest(now)
        number = self.works + 1
        work = Work(do=do, by=by, at=now, number=number, window=window, priority=priority)
        sent = {"sent_by": by, "sending": self.sending + 1} if do == "propose" else {}
        return self.model_copy(
            update={"work": work, "works": number, "trouble": None, "decided": None, "read": None, **sent}
        )

    def reading(self, file: str, side: Side) -> Self:
        """Have what was begun read a file of a side."""
        work = self.work.model_copy(update={"file": file, "side": side}) if self.work else None
        return self.model_copy(update={"work": work})

    def has_read(self, read: ReadList) -> Self:
        """Note what came of a list; nothing is under way then."""
        return self.model_copy(update={"read": read, "work": None})

    def list_for(self, me: PersonId) -> Self:
        """Have the pairs listed for an admin; the list before is theirs no more."""
        return self.model_copy(update={"listings": self.listings + 1, "listed_for": me})

    def deciding(self, decision: Decision) -> Self:
        """Note what is changed by what was begun, to be read on the programme's page."""
        return self.model_copy(update={"decided": decision})

    def decide(self, verb: Verb, twos: Iterable[Two], now: datetime) -> Self:
        """Pin or ban two people, or decide nothing of them; a mentee has one pin at most."""
        self._must_be_open()
        self._must_rest(now)
        pins, bans = set(self.pins), set(self.bans)
        for two in twos:
            pins = {it for it in pins if it != two and (verb != "pin" or it.mentee_id != two.mentee_id)}
            bans -= {two}
            pins |= {two} if verb == "pin" else set()
            bans |= {two} if verb == "ban" else set()
        decided = {"pins": tuple(sorted(pins)), "bans": tuple(sorted(bans)), "before": self._kept(now)}
        return self.model_copy(update=decided)

    def swap(self, one: PersonId, other: PersonId, now: datetime) -> Self:
        """Let two mentees change places, and pin them so; both must have a mentor."""
        mentors = self.result.mentors if self.result else {}
        for field, id in (("one", one), ("other", other)):
            if id not in mentors:
                raise Invalid(field, "no_mentor")
        if one == other or mentors[one] == mentors[other]:
            raise Invalid("other", "same")
        return self.decide("pin", swapped(mentors, one, other), now)

    def solved(self, pairing: Pairing, mentees: int, priority: Priority, now: datetime) -> Self:
        """Take over a pairing; the one before is kept, to be compared and put back."""
        result = Result(
            pairs=tuple(matched(it) for it in pairing.pairs),
            alone=tuple(Alone.model_validate(asdict(it)) for it in pairing.unpaired),
            free={PersonId(id): places for id, places in pairing.free.items()},
            mentees=mentees,
            priority=priority,
            more=pairing.more,
            slack=pairing.slack,
            at=now,
        )
        before = self.before if self._was_just_decided else self._kept(now)
        return self.model_copy(
            update={"result": result, "priority": priority, "before": before, "work": None, "left_out": ()}
        )

    def failed(self, trouble: PairingTrouble) -> Self:
        """Note that a pairing came to nothing, and put back what was decided before it."""
        over = {"trouble": trouble, "work": None, "decided": None}
        if self.before is None or not self._was_just_decided:
            return self.model_copy(update=over)
        back = {"pins": self.before.pins, "bans": self.before.bans, "before": None}
        return self.model_copy(update={**over, **back})

    def undo(self, now: datetime) -> Self:
        """Put back what was before the latest change; once more takes that back. Within 24 hours."""
        self._must_be_open()
        self._must_rest(now)
        before = self.before
        if before is None or now > before.at + UNDO_FOR:
            raise Ended
        held = {"result": before.result, "pins": before.pins, "bans": before.bans}
        fresh = {"before": self._kept(now), "trouble": None, "left_out": (), "decided": Decision(verb="undo")}
        return self.model_copy(update={**held, **fresh})

    def sent(self, done: Iterable[Matched], left_out: Iterable[LeftOut], now: datetime) -> Self:
        """Note which pairs have been proposed, and which could not be."""
        known = {it.two for it in self.proposed}
        fresh = tuple(
            ProposedPair(mentee_id=it.mentee_id, mentor_id=it.mentor_id, round=self.round, at=now)
            for it in done
            if it.two not in known
        )
        out = {(it.mentee_id, it.mentor_id): it for it in (*self.left_out, *left_out)}
        return self.model_copy(
            update={
                "proposed": (*self.proposed, *fresh),
                "left_out": tuple(out.values()),
                "sent_at": now if fresh else self.sent_at,
                "tally": self._tally_with(len(fresh)),
                "heard_at": now if fresh else self.heard_at,
            }
        )

    def heard(self, tally: ProposalTally, now: datetime) -> Self:
        """Note what came of the proposals so far."""
        return self.model_copy(update={"tally": tally, "heard_at": now})

    @property
    def waits(self) -> bool:
        """Whether somebody is still to answer a proposal, as far as is known."""
        return self.tally is not None and self.tally.waiting > 0

    def taken_back(self, gone: Iterable[ProposedPair]) -> Self:
        """Note what was taken back: it can be proposed again, in a round of its own."""
        twos = {it.two for it in gone}
        kept = tuple(it for it in self.proposed if it.two not in twos)
        over = {"round": self.round + 1, "sent_at": None, "tally": None}
        return self.model_copy(update={"proposed": kept, **over})

    def rested(self) -> Self:
        """Have nothing under way, and nothing to put back."""
        return self.model_copy(update={"work": None, "before": None})

    def can_undo(self, now: datetime) -> bool:
        """Whether the latest change can be put back."""
        return self.before is not None and now <= self.before.at + UNDO_FOR

    def can_take_back(self, now: datetime) -> bool:
        """Whether the latest proposals can be taken back."""
        return self.sent_at is not None and now <= self.sent_at + UNDO_FOR

    def is_at_work(self, now: datetime) -> bool:
        """Whether something is under way that was heard of lately."""
        return self.work is not None and now < self.work.at + GIVEN_UP

    def without(self, me: PersonId) -> Self:
        """Forget somebody: who is with whom, and what was decided, proposed or pressed by them."""

        def kept(twos: Iterable[Two]) -> tuple[Two, ...]:
            return tuple(two for two in twos if me not in two)

        before = self.before
        return self.model_copy(
            update={
                "made_by": None if self.made_by == me else self.made_by,
                "pins": kept(self.pins),
                "bans": kept(self.bans),
                "result": without(self.result, me),
                "before": before.model_copy(
                    update={
                        "result": without(before.result, me),
                        "pins": kept(before.pins),
                        "bans": kept(before.bans),
                    }
                )
                if before
                else None,
                "work": None if self.work and self.work.by == me else self.work,
                "trouble": None if self.trouble and me in (self.trouble.two or ()) else self.trouble,
                "proposed": tuple(it for it in self.proposed if me not in it.two),
                "left_out": tuple(it for it in self.left_out if me not in (it.mentee_id, it.mentor_id)),
                "sent_by": None if self.sent_by == me else self.sent_by,
                "listed_for": None if self.listed_for == me else self.listed_for,
                "read": None,
                "decided": None if self.decided and me in (self.decided.two or ()) else self.decided,
            }
        )

    def _tally_with(self, fresh: int) -> ProposalTally | None:
        if not fresh:
            return self.tally
        before = self.tally or ProposalTally()
        return before.model_copy(update={"waiting": before.waiting + fresh})

    @property
    def _was_just_decided(self) -> bool:
        """Whether *before* was kept by a decision whose pairing is not there yet."""
        before = self.before
        return before is not None and before.result == self.result and before.at == self._worked_at

    @property
    def _worked_at(self) -> datetime | None:
        return self.work.at if self.work else None

    def _kept(self, now: datetime) -> Before:
        return Before(result=self.result, pins=self.pins, bans=self.bans, at=now)

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise Ended

    def _must_rest(self, now: datetime) -> None:
        if self.work and self.is_at_work(now):
            raise AtWork(self.work.by, self.work.do)


class Listed(Kept):
    """An open programme in a line: its pairs, and how many of them were proposed; None: not paired yet."""

    id: str
    name: str
    pairs: int | None = None
    proposed: int = 0


class OpenProgrammes(Document):
    """The programmes that are open in a workspace, the oldest first: what each Home tab shows of them."""

    kind: ClassVar[str] = "open-programmes"
    id: str = WORKSPACE
    all: tuple[Listed, ...] = ()

    def noting(self, programme: Programme) -> Self:
        """Have a programme stand there as it is now, as long as it is open."""
        line = Listed(
            id=programme.id,
            name=programme.name,
            pairs=len(programme.result.pairs) if programme.result else None,
            proposed=len(programme.proposed),
        )
        lines = {it.id: it for it in self.all} | {programme.id: line}
        if not programme.is_open:
            del lines[programme.id]
        return self.model_copy(update={"all": tuple(lines.values())})

    def without(self, programme_id: str) -> Self:
        """Have a programme stand there no more."""
        return self.model_copy(update={"all": tuple(it for it in self.all if it.id != programme_id)})


def named(name: str) -> str:
    """A programme's name without stray blanks, or refuse it."""
    tidy = " ".join(name.split())
    if not tidy:
        raise Invalid("name", "empty")
    if len(tidy) > LONGEST_NAME:
        raise Invalid("name", "too_long", length=len(tidy), limit=LONGEST_NAME)
    return tidy

"""A mentorship: two people for months, and the moves that are legal. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from kernel.errors import Ended, Invalid, NotYours
from kernel.values import PersonId, TopicId
from relationships.mentorships.agreement import FIRST_TALK, LONGEST, Agreement
from relationships.mentorships.calendar import (
    AGREE_REMINDER,
    FIT_AGAIN,
    LONGEST_BREAK,
    REOPENED_WITHIN,
    check_times,
)
from relationships.mentorships.record import (
    ANSWERS,
    REOPENED,
    AppQuestion,
    End,
    HandOver,
    PairStep,
    Record,
    SharedNote,
)
from relationships.mentorships.talk import DAY_BEFORE, MentorTalk

# What is said as it is where a junior mentors: every other end reads as finished.
_NOBODYS_WISH: frozenset[End] = frozenset({"left", "line", "silent"})
_FINE = "fine"  # the key of what somebody said after a silence
TALKS_KEPT, NOTES_KEPT, STEPS_KEPT = 80, 80, 80
MOST_GOALS, LONGEST_NOTE = 5, 2_000


class Mentorship(Record):
    """Two people for months. `MOVES` is the table of its states.

    agreeing → going (both agreed), ended
    going    → paused, ended
    paused   → going, ended
    ended    → going (opened again within 14 days, by both)
    """

    def agree(self, me: PersonId, now: datetime, ends_at: datetime) -> Self:
        """Agree as one of the two; with the second it begins. *ends_at* is when it would then end."""
        self._must_be("agreeing")
        agreed = self.agreed | {me}
        said = self._stirred(me, now).model_copy(update={"agreed": agreed})
        if agreed != set(self.both):
            return said
        going = said._moved("going", began_at=now, ends_at=ends_at)
        return going.knock("agreed", self.other(me)).next_talk()

    def change(self, me: PersonId, agreement: Agreement, now: datetime, ends_at: datetime | None) -> Self:
        """Change what is agreed on: before it begins the other agrees anew; later they are told."""
        self._must_be("agreeing", "going", "paused")
        if agreement == self.agreement:
            return self._stirred(me, now)
        said = self._stirred(me, now).model_copy(update={"agreement": agreement, "changed_by": me})
        if self.state == "agreeing":
            said = said.model_copy(update={"agreed": frozenset({me})})
        elif agreement.months != self.agreement.months and ends_at:
            said = said.model_copy(update={"ends_at": ends_at})
        return said.knock("changed", self.other(me))

    def swap(self, me: PersonId) -> Self:
        """Let mentor and mentee change places before it begins; the other agrees anew."""
        self._must_be("agreeing")
        roles = {"mentor_id": self.mentee_id, "mentee_id": self.mentor_id}
        swapped = self.model_copy(update={**roles, "agreed": frozenset({me})})
        return swapped.knock("swapped", self.other(me))

    def next_talk(self) -> Self:
        """Have one more talk to find a time for, unless one lies ahead; the first one is longer."""
        if self.talk is not None:
            return self
        number = self.talks[-1].number + 1 if self.talks else 1
        minutes = self.agreement.minutes if self.held else sum(FIRST_TALK)
        return self.model_copy(
            update={"talks": (*self.talks, MentorTalk(number=number, minutes=minutes))[-TALKS_KEPT:]}
        )

    def propose(self, times: tuple[datetime, ...]) -> Self:
        """Offer times for the talk ahead that has none yet."""
        talk = self.talk
        return self.with_talk(talk.proposed(times)) if talk and talk.at is None else self

    def book(self, me: PersonId, number: int, at: datetime, now: datetime) -> Self:
        """Set the time of the talk ahead; the other hears of it. The same time again changes nothing."""
        self._must_be("going")
        talk = self._talk(number)
        if talk.at == at:
            return self
        if at <= now:
            raise Invalid("at", "past")
        if self.ends_at and at > self.ends_at:
            raise Invalid("at", "after_end")
        # What is near is told with all that would be told the day before.
        told = talk.booked(at, me).model_copy(update={"is_announced": at <= now + DAY_BEFORE})
        return self.with_talk(told)._stirred(me, now).knock("booked", self.other(me))

    def move(self, me: PersonId, number: int, times: tuple[datetime, ...], now: datetime) -> Self:
        """Take the time of the talk back, and offer others; without a time it changes nothing."""
        self._must_be("going")
        talk = self._talk(number)
        if talk.at is None:
            return self
        return self.with_talk(talk.moved(me, times))._stirred(me, now).knock("moved", self.other(me))

    def met(self, me: PersonId, number: int, now: datetime) -> Self:
        """Note that the talk took place; after the first each is asked whether it fits."""
        self._must_be("going")
        if self._is_settled(number, "met"):
            return self
        talk = self._talk(number)
        if talk.at is None or talk.at > now:
            raise Invalid("at", "not_yet")
        said = self.with_talk(talk.came_to("met"))._stirred(me, now)
        said = said.model_copy(update={"is_to_be_discussed": False})
        return said._asking_fit(now).next_talk()

    def not_held(self, me: PersonId, number: int, now: datetime) -> Self:
        """Note that the talk did not take place; the next one is looked for."""
        self._must_be("going")
        if self._is_settled(number, "not"):
            return self
        said = self.with_talk(self._talk(number).came_to("not"))._stirred(me, now)
        return said.next_talk().knock("not_held", self.other(me))

    def unanswered(self) -> Self:
        """Ask no more whether the latest talk took place."""
        return self.with_talk(self.talks[-1].came_to("unknown")).next_talk() if self.talk else self

    def note(
        self, me: PersonId, now: datetime, *, ours: str, step: str, goals: tuple[str, ...] | None
    ) -> Self:
        """Add what both read: a note, a next step of one's own, and the goals as they are now."""
        self._must_be("going", "paused")
        if wrong := _too_long(ours, step, goals or ()):
            raise wrong[0].along_with(*wrong[1:])
        update: dict[str, object] = {}
        if ours:
            number = self.held[-1].number if self.held else 0
            said = SharedNote(talk=number, by=me, text=ours, at=now)
            update["notes"] = (*self.notes, said)[-NOTES_KEPT:]
        if step:
            number = self.steps[-1].number + 1 if self.steps else 1
            taken = PairStep(number=number, of=me, text=step, set_at=now)
            update["steps"] = (*self.steps, taken)[-STEPS_KEPT:]
        if goals is not None:
            update["goals"] = goals
        return self._stirred(me, now).model_copy(update=update)

    def finish_step(self, me: PersonId, number: int, now: datetime) -> Self:
        """Note that a step of one's own is done; done before, it changes nothing."""
        step = next((it for it in self.steps if it.number == number), None)
        if step is None or step.of != me:
            raise NotYours
        if step.done_at:
            return self
        done = step.model_copy(update={"done_at": now})
        return self._stirred(me, now).model_copy(
            update={"steps": tuple(done if it.number == number else it for it in self.steps)}
        )

    def ask(self, key: str, question: AppQuestion) -> Self:
        """Have a question asked when it is due."""
        return self.model_copy(update={"questions": {**self.questions, key: question}})

    def asked(self, key: str, who: PersonId, now: datetime) -> Self:
        """Note that somebody has been asked."""
        question = self.questions[key]
        asked = question.model_copy(update={"asked": {**question.asked, who: now}})
        return self.ask(key, asked).knock("agree" if question.about == "agree" else "question", who)

    def answer(self, key: str, me: PersonId, said: str, now: datetime) -> Self:
        """Answer a question; nothing of it is shown to the other. *Not a fit* ends it at once for both.

        What has ended meanwhile takes the answer without a word: both may press the same.
        """
        question = self.questions.get(key)
        if question is None:  # a silence is over with the first word of either
            return self._fine(me, now) if self.is_open else self
        if me not in question.who or said not in ANSWERS[question.about]:
            raise NotYours
        answered = question.model_copy(update={"answers": {**question.answers, me: said}})
        kept = self.ask(key, answered)
        if not self.is_open:
            return kept
        if said == "fine":
            return kept._fine(me, now)
        stirred = kept._stirred(me, now)
        if said == "not_good":
            return stirred.close("no_fit", now, but=me)
        return stirred._again(me, now) if said == "deciding" and key == "fit:1" else stirred

    def wants_more(self) -> frozenset[PersonId]:
        """Who wants more time than was agreed on, as they answered before its present end."""
        question = self.questions.get(f"ending:{self.extended}")
        said = question.answers.items() if question else ()
        return frozenset(who for who, answer in said if answer == "more")

    def extend(self, me: PersonId, ends_at: datetime) -> Self:
        """Go on for longer, as both want it; both cards say so."""
        self._must_be("going", "paused")
        longer = {"ends_at": ends_at, "extended": self.extended + 1}
        return self.model_copy(update=longer).knock("more", self.other(me)).tell("more", me)

    def discuss(self, me: PersonId, now: datetime) -> Self:
        """Put how it goes first on the agenda of the next talk; it isn't said who asked for it."""
        self._must_be("going")
        return self._stirred(me, now).model_copy(update={"is_to_be_discussed": True})

    def pause(self, me: PersonId, back_at: datetime, now: datetime) -> Self:
        """Rest until a day; a time that was set falls away, and the end moves when it goes on."""
        self._must_be("going", "paused")
        if back_at <= now:
            raise Invalid("until", "past")
        if back_at > now + LONGEST_BREAK:
            raise Invalid("until", "long_break", limit=LONGEST_BREAK.days)
        since = self.paused_at if self.state == "paused" else now
        rests = self.model_copy(update={"state": "paused", "paused_at": since, "back_at": back_at})
        talk = rests.talk
        if talk is not None and talk.asked_at:
            rests = rests.with_talk(talk.came_to("unknown"))
        elif talk is not None:
            rests = rests.with_talk(talk.freed())
        return rests._stirred(me, now).knock("break", self.other(me))

    def resume(self, now: datetime, by: PersonId | None = None) -> Self:
        """Go on after a break; the end moves by as long as it lasted. What goes on already stays as it is."""
        if self.state == "going":
            return self
        self._must_be("paused")
        rested = now - (self.paused_at or now)
        moved = self.ends_at + rested if self.ends_at else None
        going = self._moved("going", ends_at=moved, paused_at=None, back_at=None)
        told = self.both if by is None else (self.other(by),)
        stirred = going.model_copy(update={"stirred_at": now})
        return (stirred._stirred(by, now) if by else stirred).knock("back", *told).next_talk()

    def offer_hand_over(self, me: PersonId, hand_over: HandOver, now: datetime) -> Self:
        """Say as the mentor that one can't go on; what goes on to another is the mentee's to choose."""
        self._must_be("going", "paused")
        if me != self.mentor_id or self.is_reverse:
            raise NotYours
        if len(hand_over.word) > LONGEST:
            raise Invalid("word", "too_long", limit=LONGEST)
        said = self._stirred(me, now).model_copy(update={"hand_over": hand_over})
        return said.knock("hand_over", self.mentee_id)

    def close(self, end: End, now: datetime, *, but: PersonId | None = None) -> Self:
        """End it; both hear of it, but whoever has done it sees it at once. Twice changes nothing.

        Where a junior mentors, it isn't kept that one of the two wished it: it is finished.
        """
        if not self.is_open:
            return self
        kept = "finished" if self.is_reverse and end not in _NOBODYS_WISH else end
        over = self._moved("ended", ended_at=now, end=kept, reopen_by=None)
        return over.knock("ended", *(each for each in self.both if each != but))

    def report(self, me: PersonId) -> Self:
        """Note that one of the two has told the admins that something is wrong; they are asked no more."""
        return self.model_copy(update={"reported_by": self.reported_by | {me}})

    def reopen(self, me: PersonId, now: datetime, ends_at: datetime) -> Self:
        """Go on after all, if the other has asked for it; else ask the other. Within 14 days only."""
        if self.state == "going":
            return self
        if not self.can_reopen(me, now):
            raise Ended
        if self.reopen_by in (None, me):
            asks = self.model_copy(update={"reopen_by": me})
            return asks if self.reopen_by == me else asks.knock("reopen", self.other(me))
        # Where it ended before both had agreed, both do so now.
        began: dict[str, object] = {"began_at": self.began_at or now, "agreed": frozenset(self.both)}
        going = self._moved("going", **began, ended_at=None, end=None, reopen_by=None, hand_over=None)
        # Its own time goes on where that is not over yet; else as long again as an extension is.
        until = max(self.ends_at or ends_at, ends_at)
        # What was asked before the end is over; the new end is asked about anew.
        over = {
            key: it.model_copy(update={"who": tuple(it.answers), "asked": {}})
            for key, it in self.questions.items()
        }
        # Both have just said that they go on: a check from before that is not asked any more.
        for number, at in enumerate(check_times(self.began_at or now, until), 1):
            if at <= now:
                over.setdefault(f"quality:{number}", AppQuestion(about="quality", due_at=at, who=()))
        moved = going.model_copy(update={"ends_at": until, "extended": self.extended + 1, "questions": over})
        stirred = moved._stirred(me, now).knock("reopened", self.other(me))
        return stirred.tell("reopened", me).next_talk()

    def can_reopen(self, me: PersonId, now: datetime) -> bool:
        """Whether one of the two may still ask to go on, or answer that; of a junior only they ask.

        Of one that was reported nobody may: who reported it isn't asked for more.
        """
        is_late = self.ended_at is None or now > self.ended_at + REOPENED_WITHIN
        is_theirs = self.is_reverse and me == self.mentee_id and self.reopen_by is None
        return self.end in REOPENED and not (is_late or is_theirs or self.reported_by)

    def gain(self, me: PersonId, text: str) -> Self:
        """Say what one has gained; the other reads it."""
        if self.is_open:
            raise Ended
        if len(text) > LONGEST:
            raise Invalid("gained", "too_long", limit=LONGEST)
        return self.model_copy(update={"gained": {**self.gained, me: text}}).knock("ended", self.other(me))

    def without_words_of(self, me: PersonId) -> Self:
        """Forget what one of the two has written and answered; what the other wrote stays theirs.

        What it is for, and the goals, go with the mentee, whose they are.
        """
        is_mentee = me == self.mentee_id
        answers = {
            key: it.model_copy(
                update={"answers": {who: said for who, said in it.answers.items() if who != me}}
            )
            for key, it in self.questions.items()
        }
        terms = self.agreement.model_copy(update={"purpose": ""}) if is_mentee else self.agreement
        offer = self.hand_over
        return self.model_copy(
            update={
                "notes": tuple(note for note in self.notes if note.by != me),
                "steps": tuple(step for step in self.steps if step.of != me),
                "gained": {who: text for who, text in self.gained.items() if who != me},
                "questions": answers,
                "agreement": terms,
                "goals": () if is_mentee else self.goals,
                "hand_over": offer if is_mentee or not offer else offer.model_copy(update={"word": ""}),
            }
        )

    def said_fine(self, me: PersonId) -> bool:
        """Whether somebody has said that all is well, and neither has done anything since."""
        said = self.questions.get(_FINE)
        return said is not None and me in said.answers and "silence" not in self.questions

    def _fine(self, me: PersonId, now: datetime) -> Self:
        """Note that one of the two says that all is well: that ends a silence, until the next."""
        return self._stirred(me, now).ask(
            _FINE, AppQuestion(about="silence", due_at=now, who=(me,), answers={me: "fine"})
        )

    def _asking_fit(self, now: datetime) -> Self:
        """Have the question of the first talk asked; at once of who still decides, after one more talk."""
        if "fit:1" not in self.questions:
            return self.ask("fit:1", AppQuestion(about="fit", due_at=now, who=self.both))
        again = self.questions.get("fit:2")
        return (
            self.ask("fit:2", again.model_copy(update={"due_at": min(again.due_at, now)})) if again else self
        )

    def _again(self, me: PersonId, now: datetime) -> Self:
        """Have somebody who still decides asked once more, at the latest two weeks from now."""
        before = self.questions.get("fit:2")
        who = tuple(dict.fromkeys((*(before.who if before else ()), me)))
        due_at = now + FIT_AGAIN
        question = before or AppQuestion(about="fit", due_at=due_at, who=who)
        return self.ask("fit:2", question.model_copy(update={"who": who}))

    def _is_settled(self, number: int, came: str) -> bool:
        return any(talk.number == number and talk.came == came for talk in self.talks)

    def _talk(self, number: int) -> MentorTalk:
        talk = self.talk
        if talk is None or talk.number != number:
            raise Ended
        return talk


def _too_long(ours: str, step: str, goals: Iterable[str]) -> list[Invalid]:
    wrong = []
    if len(ours) > LONGEST_NOTE:
        wrong.append(Invalid("ours", "too_long", limit=LONGEST_NOTE))
    if len(step) > LONGEST:
        wrong.append(Invalid("step", "too_long", limit=LONGEST))
    given = tuple(goals)
    if len(given) > MOST_GOALS:
        wrong.append(Invalid("goals", "too_many", limit=MOST_GOALS))
    elif any(len(goal) > LONGEST for goal in given):
        wrong.append(Invalid("goals", "too_long", limit=LONGEST))
    return wrong


def begun(
    id: str,
    mentor_id: PersonId,
    mentee_id: PersonId,
    agreement: Agreement,
    now: datetime,
    *,
    topics: tuple[TopicId, ...] = (),
    told: tuple[PersonId, ...] = (),
    is_reverse: bool = False,
) -> Mentorship:
    """A mentorship that both want and have still to agree on; *told* get a message of it."""
    reminder = AppQuestion(about="agree", due_at=now + AGREE_REMINDER, who=(mentor_id, mentee_id))
    fresh = Mentorship(
        id=id,
        mentor_id=mentor_id,
        mentee_id=mentee_id,
        is_reverse=is_reverse,
        topics=topics,
        agreement=agreement,
        questions={"agree": reminder},
        made_at=now,
        stirred_at=now,
        looked_at=now,
    )
    return fresh.knock("agree", *told)

"""A guided talk: what was asked, what was answered, and what came of it. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from coaching.forms import FORMS
from coaching.guide.own_plan import OwnPlan, Part, drafted
from coaching.guide.turn import GUIDE, ActionPlan, Reply, Turn
from coaching.language.answers import sort_of
from coaching.language.form import KEPT, LAST, FormId, Sort, Standpoint
from coaching.language.numbers import legible
from coaching.language.outcome import Answered, TalkOutcome, came_of, standing
from coaching.language.quoting import prose
from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.values import Document, PersonId, TopicId
from sensing.text.language import is_foreign

GUIDED_TALKS = ListName("coach-talks-of")
OPEN_GUIDED_TALKS = ListName("open-coach-talks-of")
NEXT_STEPS = ListName("steps-of")
TALK_TURN = AgendaKind("talk_turn", "slackapp.background.guided_turns.GuidedTurns.speak")
TALK_RESTS = AgendaKind("talk_rests", "coaching.guide.talks.rest")
TALK_CUE = AgendaKind("talk_cue", "coaching.guide.next_steps.remind")
FORGET_TALK = AgendaKind("forget_talk", "coaching.guide.talks.forget")
CUE = CardKind("cue", "talk")
TURN = CardKind("turn", "talk", numbered=True)

State = Literal["going", "paused", "stopped", "done"]
LONGEST_ANSWER = 3_000
FORGOTTEN_AFTER = timedelta(days=180)


class GuidedTalk(Document):
    """A guided talk with one person, in its own thread of the app's DM.

    going   → paused, stopped, done
    paused  → going (by an answer or *resume*), stopped
    stopped → going (by *resume*, unless danger to a life ended it)
    done    is an end

    *own_plan* is what it came to, as it is asked back at the end, *remind_at* its moment; one that was done
    before plans were asked back has none, and its plan is kept.
    *standpoint* is from where its person spoke when it began.
    *follows* is the guided talk whose step it asks about first; *is_asked_after*: its step was asked about.
    *is_beside* says that its person wrote last outside the thread, where the next question is shown, too.
    *heard_in* says in which turn each message of the person's was heard, by its number; -1 is the opening.
    """

    kind: ClassVar[str] = "talk"
    person_id: PersonId
    form: FormId
    opening: str
    standpoint: Standpoint | None = None
    topics: tuple[TopicId, ...] = ()
    turns: tuple[Turn, ...] = ()
    heard_in: Mapping[str, int] = Field(default_factory=dict)
    state: State = "going"
    begun_at: AwareDatetime
    spoken_at: AwareDatetime
    remind_at: AwareDatetime | None = None
    when: str = ""
    is_hushed: bool = False
    is_kept: bool = False
    postponed: int = 0
    plan: ActionPlan | None = None
    own_plan: OwnPlan | None = None
    follows: str | None = None
    is_asked_after: bool = False
    is_beside: bool = False

    def lists(self) -> Mapping[str, datetime]:
        """A person's guided talks: all, those to go on, with a step to be done; everyone's that go on."""
        own = {GUIDED_TALKS: True, OPEN_GUIDED_TALKS: self.is_open, NEXT_STEPS: self.is_due}
        names = {f"{name}:{self.person_id}": is_in for name, is_in in own.items()}
        return {name: self.begun_at for name, is_in in (names | {"guided": self.is_open}).items() if is_in}

    @property
    def is_due(self) -> bool:
        """Whether something was planned, or is asked back, and is not done yet."""
        has_plan = self.own_plan is not None or self.remind_at is not None
        return self.state == "done" and has_plan and not self.is_kept and not self.is_dropped

    @property
    def is_agreed(self) -> bool:
        """Whether its plan stands and is not done yet."""
        return self.is_due and not self.is_asked_back

    @property
    def is_asked_back(self) -> bool:
        """Whether its plan waits for a yes."""
        return self.own_plan is not None and self.own_plan.state == "asked"

    @property
    def is_dropped(self) -> bool:
        """Whether its person does without the plan."""
        return self.own_plan is not None and self.own_plan.state == "dropped"

    @property
    def means(self) -> OwnPlan:
        """What its person means to do, as far as it was said."""
        return self.own_plan or self.meant_by(self.outcome)

    def meant_by(self, outcome: TalkOutcome) -> OwnPlan:
        """What its person means to do, as the answers have come to *outcome*, their own."""
        return self.own_plan or self._drafted(outcome).model_copy(update={"state": "kept"})

    def _drafted(self, outcome: TalkOutcome) -> OwnPlan:
        return drafted(outcome, self.when, foreign=self.is_foreign)

    @property
    def is_open(self) -> bool:
        """Whether it can go on."""
        return self.state in ("going", "paused")

    @property
    def asked(self) -> Turn | None:
        """The question that waits for an answer."""
        return self.turns[-1] if self.turns and self.turns[-1].is_open else None

    @property
    def needs_question(self) -> bool:
        """Whether the next question has yet to be asked."""
        return self.state == "going" and self.asked is None

    @property
    def on_its_own(self) -> Self:
        """A copy without what was asked and said of the last step, as engines read it."""
        if not self.has_last_step:
            return self
        return self.model_copy(update={"turns": self.turns[1:]})

    @property
    def has_last_step(self) -> bool:
        """Whether it began with a question about the last step."""
        return bool(self.turns) and self.turns[0].step == LAST

    def without_last_step(self) -> Self:
        """Drop the last step's words, as those of its guided talk were deleted; what was said of it stays."""
        if not self.has_last_step:
            return self.model_copy(update={"follows": None})
        return self.model_copy(
            update={"follows": None, "turns": (self.turns[0].unmirrored(), *self.turns[1:])}
        )

    @property
    def outcome(self) -> TalkOutcome:
        """What the answers so far come to; of two answers for the same thing the later counts."""
        return came_of(self._answered)

    @property
    def rated(self) -> int | None:
        """The number by which the person last said where things stand, if they did."""
        return standing(self._answered)

    @property
    def _answered(self) -> tuple[Answered, ...]:
        by_id = FORMS[self.form].by_id
        said = [
            Answered(by_id[turn.step], turn.said, self.sort(turn), turn.follows)
            for turn in self.on_the_subject
        ]
        return tuple(one for before, it in pairwise([None, *said]) if it for one in it.with_corrected(before))

    @property
    def on_the_subject(self) -> tuple[Turn, ...]:
        """The turns since the person turned to another subject, if they did."""
        own = self.on_its_own.turns
        turned = [place for place, turn in enumerate(own, 1) if self.sort(turn) is Sort.NEW_SUBJECT]
        return own[turned[-1] :] if turned else own

    @property
    def prose(self) -> tuple[str, ...]:
        """The opening and the answers, without what was pasted."""
        return tuple(map(prose, (legible(self.opening), *(turn.said for turn in self.turns))))

    @property
    def is_foreign(self) -> bool:
        """Whether the person writes in another language than English, all in all."""
        return is_foreign("\n".join(self.prose))

    @property
    def heard(self) -> Sort:
        """What sort of answer the last one is; before the first question, what the opening is."""
        return (
            self.sort(self.turns[-1])
            if self.turns
            else sort_of(legible(self.opening), FORMS[self.form].first)
        )

    @property
    def unanswered(self) -> int:
        """How many of the latest questions got an answer that is none."""
        sorts = [self.sort(turn) for turn in reversed(self.turns)]
        return next((count for count, sort in enumerate(sorts) if sort in KEPT), len(sorts))

    def sort(self, turn: Turn) -> Sort:
        """What sort of answer a turn got; a question that was left out got none."""
        return sort_of(turn.said, FORMS[self.form].by_id[turn.step]) if turn.answer else Sort.NONE

    def answer_of(self, step: str) -> str:
        """The latest answer to a step to go on with, or nothing."""
        said = (turn for turn in reversed(self.turns) if turn.step == step and self.sort(turn) in KEPT)
        return next((turn.said for turn in said), "")

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but the person whose guided talk it is."""
        if self.person_id != me:
            raise NotYours
        return self

    def is_latest(self, number: int) -> bool:
        """Whether a question is the last one that was asked."""
        return number == len(self.turns) - 1

    def ask(self, reply: Reply, now: datetime) -> Self:
        """Put the next question."""
        turn = Turn(**reply.model_dump(), asked_at=now)
        return self.model_copy(update={"turns": (*self.turns, turn), "spoken_at": now})

    def answer(self, text: str, now: datetime) -> Self:
        """Answer the question that waits, or add to the last words while none does; a paused one goes on."""
        self._check_open()
        before = self.turns[-1].answer if self.turns else self.opening
        said = "\n".join(filter(None, [before, text.strip()]))[:LONGEST_ANSWER]
        if self.turns:
            return self._last(now, answer=said, skipped=False)
        return self.model_copy(update={"opening": said, "state": "going", "spoken_at": now})

    def noted(self, message_id: str) -> Self:
        """Note where a message was heard, which is the last turn."""
        return self.model_copy(update={"heard_in": {**self.heard_in, message_id: len(self.turns) - 1}})

    def reworded(self, message_id: str, before: str, after: str) -> Self:
        """Take over what the person has made of a message of theirs."""
        place = self.heard_in.get(message_id, -1)
        if not 0 <= place < len(self.turns):
            return self
        said = (self.turns[place].answer or "").replace(before, after, 1)[:LONGEST_ANSWER]
        turn = self.turns[place].model_copy(update={"answer": said or None})
        changed = self.model_copy(update={"turns": (*self.turns[:place], turn, *self.turns[place + 1 :])})
        return changed._followed(self)

    def _followed(self, before: Self) -> Self:
        """A copy with its plan as the answers are now; what was changed by hand stays."""
        if self.own_plan is None:
            return self
        was, now = before.outcome, self.outcome
        changed = self.model_copy(update={"when": self.when if now.cue == was.cue else ""})
        plan = self.own_plan.followed(before._drafted(was), changed._drafted(now))
        return changed.model_copy(update={"own_plan": plan})

    def forgot(self, message_id: str) -> Self:
        """Drop the turn in which a message was heard, and whatever was made of it since."""
        place = self.heard_in.get(message_id, -1)
        since = [
            turn.erased() if number == place else turn.unmirrored()
            for number, turn in enumerate(self.turns[max(place, 0) :], max(place, 0))
        ]
        bare = {"opening": ""} if place < 0 else {}
        heard = {id: number for id, number in self.heard_in.items() if id != message_id}
        gone = {"plan": None, "own_plan": None, "when": "", "remind_at": None, "heard_in": heard}
        return self.model_copy(update={**bare, **gone, "turns": (*self.turns[: max(place, 0)], *since)})

    def skip(self, now: datetime) -> Self:
        """Leave the question unanswered; where none waits, nothing changes."""
        self._check_open()
        return self._last(now, skipped=True) if self.asked else self

    def back(self, now: datetime) -> Self:
        """Go back to the question before; at the first one nothing changes."""
        self._check_open()
        if len(self.turns) < 2:
            return self
        before = self.turns[-2].model_copy(update={"answer": None, "skipped": False})
        return self.model_copy(
            update={"turns": (*self.turns[:-2], before), "state": "going", "spoken_at": now}
        )

    def pause(self) -> Self:
        """Rest until the person writes again."""
        return self._moved("paused")

    def resume(self, now: datetime) -> Self:
        """Go on after a pause, or after all where the person had stopped it."""
        if self.is_hushed or self.state == "done":
            raise Ended
        return self.model_copy(update={"state": "going", "spoken_at": now})

    def stop(self) -> Self:
        """End it, wherever it stands; stopping twice changes nothing."""
        return self if self.state == "stopped" else self._moved("stopped")

    def finish(
        self, now: datetime, remind_at: datetime | None = None, plan: ActionPlan | None = None, when: str = ""
    ) -> Self:
        """End it well, and ask its plan back if there is one; *when* is the plan's moment, by weekday."""
        came = self.outcome
        own = drafted(came, when, foreign=self.is_foreign) if came.step or came.cue else None
        return self._moved("done", spoken_at=now, remind_at=remind_at, plan=plan, when=when, own_plan=own)

    def agree(self, now: datetime) -> Self:
        """Keep the plan as it stands; keeping it twice changes nothing. Refuse a moment that has passed."""
        self._check_planned()
        if self.own_plan is None or self.own_plan.state == "kept":
            return self
        if self.remind_at is not None and self.remind_at <= now:
            raise Invalid("plan", "late")
        return self._planned(self.own_plan.model_copy(update={"state": "kept"}), spoken_at=now)

    def drop(self) -> Self:
        """Do without the plan."""
        self._check_planned()
        return self._planned(self.means.model_copy(update={"state": "dropped"}))

    def replan(self, parts: Mapping[Part, str], at: datetime | None, now: datetime) -> Self:
        """Say parts of the plan otherwise, and name its moment where one is given."""
        self._check_planned()
        plan = self.means.changed(parts)
        if at is None or at == self.remind_at:
            return self._planned(plan, spoken_at=now)
        postponed = self.postponed + self.was_reminded(now)
        return self._planned(plan.dated_anew(), spoken_at=now, remind_at=at, postponed=postponed)

    def was_reminded(self, now: datetime) -> bool:
        """Whether the moment of its plan has come once, so that its person was reminded."""
        return self.is_agreed and bool(self.postponed or (self.remind_at and self.remind_at <= now))

    def keep(self) -> Self:
        """Note that what was planned is done; nothing reminds of it any more."""
        self._check_planned()
        return self.model_copy(update={"is_kept": True, "remind_at": None})

    def postpone(self, remind_at: datetime) -> Self:
        """Be reminded of what was planned once more."""
        self._check_planned()
        if not self.is_agreed:
            raise Ended
        return self.model_copy(update={"remind_at": remind_at, "postponed": self.postponed + 1})

    def _planned(self, plan: OwnPlan, **update: datetime | int) -> Self:
        return self.model_copy(update={"own_plan": plan, **update})

    def rate(self, number: int, liked: bool) -> Self:
        """Say of one question whether it helped; of one that is gone, nothing."""
        rated = [
            turn.model_copy(update={"liked": liked}) if place == number else turn
            for place, turn in enumerate(self.turns)
        ]
        return self.model_copy(update={"turns": tuple(rated)})

    def stop_for_danger(self) -> Self:
        """Stop because of danger to a life, and drop every word that the person wrote."""
        bare = [turn.erased() for turn in self.turns]
        return (
            self.stop()
            .model_copy(
                update={"opening": "", "turns": tuple(bare), "is_hushed": True, "plan": None, "when": ""}
            )
            .model_copy(update={"own_plan": None, "remind_at": None})
        )

    def without_model(self) -> Self:
        """Drop what a model wrote, a question of its that waits included; what the person wrote stays."""
        kept = self.turns[:-1] if self.asked and self.asked.by != GUIDE and self.is_open else self.turns
        turns = [turn if turn.by == GUIDE else turn.without_words() for turn in kept]
        return self.model_copy(update={"turns": tuple(turns), "plan": None})

    def unrated(self) -> Self:
        """A copy without what was said of its questions, which changes nothing of what comes next."""
        turns = tuple(turn.model_copy(update={"liked": None}) for turn in self.turns)
        return self.model_copy(update={"turns": turns})

    def _last(self, now: datetime, **update: str | bool) -> Self:
        turn = self.turns[-1].model_copy(update=update)
        return self.model_copy(update={"turns": (*self.turns[:-1], turn), "state": "going", "spoken_at": now})

    def _moved(self, state: State, **update: datetime | ActionPlan | OwnPlan | str | None) -> Self:
        self._check_open()
        return self.model_copy(update={"state": state, **update})

    def _check_planned(self) -> None:
        if self.state != "done" or self.is_kept:
            raise Ended

    def _check_open(self) -> None:
        if not self.is_open:
            raise Ended

"""A guided talk: what was asked, what was answered, and what came of it. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from coaching.form import FormId, Keeps, Kind
from coaching.forms import FORMS
from coaching.reading import listed, scale_number
from mentoring.errors import Ended, NotYours
from mentoring.values import Document, PersonId, TopicId, Value

State = Literal["going", "paused", "stopped", "done"]
LONGEST_ANSWER = 3_000
SCALE = (
    Keeps.MEASURE,
    Keeps.BASELINE,
    Keeps.MUCH_LESS,
    Keeps.LESS,
    Keeps.EXPECTED,
    Keeps.MORE,
    Keeps.MUCH_MORE,
)


class Reply(Value):
    """What an engine says next: the person's own words given back, and one question.

    *step* is the form's step that it asks; *by* is `guide` or the name of a model.
    """

    step: str
    reflection: str
    question: str
    by: str = "guide"


class Turn(Value):
    """One question of a talk and its answer; no answer yet, or skipped, is None."""

    step: str
    reflection: str
    question: str
    by: str
    asked_at: AwareDatetime
    answer: str | None = None
    skipped: bool = False

    @property
    def is_open(self) -> bool:
        """Return whether it waits for an answer."""
        return self.answer is None and not self.skipped


class Outcome(Value):
    """What a talk has come to so far; what was not reached or was skipped is empty.

    *scale* holds the parts of a goal scale by their names: measure, baseline, much_less … much_more.
    """

    goal: str = ""
    options: tuple[str, ...] = ()
    step: str = ""
    cue: str = ""
    confidence: int | None = None
    tell: str = ""
    scale: Mapping[str, str] = Field(default_factory=dict)


class Talk(Document):
    """A talk with one person, in its own thread of the app's DM.

    going   → paused, stopped, done
    paused  → going (by an answer or *resume*), stopped
    stopped, done  are ends
    """

    kind: ClassVar[str] = "talk"
    person_id: PersonId
    form: FormId
    opening: str
    topics: tuple[TopicId, ...] = ()
    turns: tuple[Turn, ...] = ()
    state: State = "going"
    begun_at: AwareDatetime
    spoken_at: AwareDatetime
    remind_at: AwareDatetime | None = None
    is_hushed: bool = False

    def lists(self) -> Mapping[str, datetime]:
        """The person's talks, and those that can go on."""
        held = {f"coach-talks-of:{self.person_id}": self.begun_at}
        return {**held, f"open-coach-talks-of:{self.person_id}": self.begun_at} if self.is_open else held

    @property
    def is_open(self) -> bool:
        """Return whether it can go on."""
        return self.state in ("going", "paused")

    @property
    def asked(self) -> Turn | None:
        """Return the question that waits for an answer."""
        return self.turns[-1] if self.turns and self.turns[-1].is_open else None

    @property
    def is_owed_a_turn(self) -> bool:
        """Return whether the next question has yet to be asked."""
        return self.state == "going" and self.asked is None

    @property
    def outcome(self) -> Outcome:
        """Return what the answers so far come to; of two answers for the same thing the later counts."""
        kept = [(FORMS[self.form].by_id[turn.step].keeps, turn.answer) for turn in self.turns if turn.answer]
        words = {keeps.value: answer for keeps, answer in kept}
        return Outcome(
            goal=words.get(Keeps.GOAL, ""),
            options=tuple(
                item for keeps, answer in kept if keeps is Keeps.OPTIONS for item in listed(answer)
            ),
            step=words.get(Keeps.STEP, ""),
            cue=words.get(Keeps.CUE, ""),
            confidence=scale_number(words.get(Keeps.CONFIDENCE, "")),
            tell=words.get(Keeps.TELL, ""),
            scale={keeps: words[keeps] for keeps in SCALE if keeps in words},
        )

    def answer_of(self, step: str) -> str:
        """Return the latest answer to a step, or nothing."""
        return next((turn.answer for turn in reversed(self.turns) if turn.step == step and turn.answer), "")

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but the person whose talk it is."""
        if self.person_id != me:
            raise NotYours
        return self

    def ask(self, reply: Reply, now: datetime) -> Self:
        """Put the next question."""
        turn = Turn(**reply.model_dump(), asked_at=now)
        return self.model_copy(update={"turns": (*self.turns, turn), "spoken_at": now})

    def answer(self, text: str, now: datetime) -> Self:
        """Answer the question that waits; a paused talk goes on by it."""
        return self._closed(now, answer=text.strip()[:LONGEST_ANSWER])

    def skip(self, now: datetime) -> Self:
        """Leave the question unanswered."""
        return self._closed(now, skipped=True)

    def back(self, now: datetime) -> Self:
        """Return to the question before; at the first one nothing changes."""
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
        """Go on after a pause."""
        return self._moved("going", spoken_at=now)

    def stop(self) -> Self:
        """End it for good, wherever it stands; stopping twice changes nothing."""
        return self if self.state == "stopped" else self._moved("stopped")

    def finish(self, now: datetime, remind_at: datetime | None = None) -> Self:
        """End it well, with a reminder of the plan if there is a time for it."""
        return self._moved("done", spoken_at=now, remind_at=remind_at)

    def hush(self) -> Self:
        """Stop because of danger to a life, and drop every word that the person wrote."""
        bare = [
            turn.model_copy(update={"answer": None, "reflection": "", "skipped": True}) for turn in self.turns
        ]
        return self.stop().model_copy(update={"opening": "", "turns": tuple(bare), "is_hushed": True})

    def _closed(self, now: datetime, **update: str | bool) -> Self:
        self._check_open()
        if self.asked is None:
            return self
        turn = self.asked.model_copy(update=update)
        return self.model_copy(update={"turns": (*self.turns[:-1], turn), "state": "going", "spoken_at": now})

    def _moved(self, state: State, **update: datetime | None) -> Self:
        self._check_open()
        return self.model_copy(update={"state": state, **update})

    def _check_open(self) -> None:
        if not self.is_open:
            raise Ended


def needs_number(talk: Talk) -> bool:
    """Return whether the answer just given should have held a number from 0 to 10 and did not."""
    last = talk.turns[-1]
    step = FORMS[talk.form].by_id[last.step]
    return step.kind is Kind.SCALE and last.answer is not None and scale_number(last.answer) is None

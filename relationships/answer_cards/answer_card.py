"""An answer card: a question and its answer without names, which two people agree to show to others."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2s
from typing import Any, ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from kernel.errors import Ended, NotYours, Superseded
from kernel.kinds import AgendaKind, ListName
from kernel.policy import Section
from kernel.values import Document, Kept, PersonId, TopicId, Value
from matching.topics.same_question import gist, telling

ANSWER_CARDS = ListName("answer-cards-of")
CARDS_TO_AGREE = ListName("answer-cards-to-agree")
ANSWERS_WITH = ListName("answers-with")
CARD_CODED = ListName("answer-card-coded")
SHARED_CARDS = ListName("answer-cards-shared")
CARD_LAPSES = AgendaKind("card_lapses", "relationships.answer_cards.renewal.lapse")
ASK_STILL_TRUE = AgendaKind("ask_still_true", "relationships.answer_cards.renewal.ask")
CARD_EXPIRES = AgendaKind("card_expires", "relationships.answer_cards.renewal.expire")
FORGET_ANSWER_CARD = AgendaKind("forget_answer_card", "relationships.answer_cards.renewal.forget")

LONGEST_QUESTION, LONGEST_ANSWER = 300, 1_000  # characters
KEYS = 3  # words by which a card is found: whoever asks the same has one of them


class AnswerCardRules(Value):
    """The rules of answer cards."""

    enabled: bool = Field(default=True, description="nothing is written down unless both people agree to it")
    valid_days: int = Field(
        default=90, ge=14, le=365, description="a quarter: then its writer says whether it is still true"
    )
    wait_minutes: int = Field(
        default=5, ge=0, le=60, description="long enough to read an answer before a colleague is asked"
    )


RULES = Section("answer_cards", AnswerCardRules, "answers that two people let others find")
State = Literal["offered", "shared", "expired", "withdrawn", "lapsed"]
End = Literal["by_one", "by_admin", "in_time"]
ENDS: frozenset[State] = frozenset({"withdrawn", "lapsed"})
# The one table of legal moves; the property test holds every method to it.
MOVES: Mapping[State, frozenset[State]] = {
    "offered": frozenset({"shared", "withdrawn", "lapsed"}),
    "shared": frozenset({"offered", "expired", "withdrawn"}),
    "expired": frozenset({"shared", "offered", "withdrawn", "lapsed"}),
    "withdrawn": frozenset(),
    "lapsed": frozenset(),
}


class CardWords(Kept):
    """What a card says, names and the like hidden."""

    question: str
    answer: str


class AnswerCard(Document):
    """What one of two wrote down after a talk, under the talk's id. `MOVES` is the table of its states.

    offered    waits for a yes to these words   → shared (both have agreed), withdrawn, lapsed
    shared     is found by whoever asks this    → offered (reworded), expired, withdrawn
    expired    its time is over                 → shared (still true), offered (reworded), withdrawn, lapsed

    Withdrawn and lapsed are ends, at which its words go at once. *anonymous*: the two don't know each other's
    names. *wording* numbers its words as people have changed them. *checked_at* is when somebody last said
    that it is true; *asked_at* is when its writer was asked for that. *shown* and *solved* count the
    questions that it was shown for, and solved.
    """

    kind: ClassVar[str] = "answer-card"
    asker_id: PersonId
    answerer_id: PersonId
    words: CardWords
    topics: tuple[TopicId, ...]
    anonymous: bool = False
    wording: int = 1
    agreed: frozenset[PersonId]
    state: State = "offered"
    made_at: AwareDatetime
    worded_at: AwareDatetime
    shared_at: AwareDatetime | None = None
    checked_at: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    asked_at: AwareDatetime | None = None
    shown: int = 0
    solved: int = 0
    ended_at: AwareDatetime | None = None
    end: End | None = None

    def lists(self) -> Mapping[str, datetime]:
        """Those of the two, what waits for either, and, while it can be found, those of its rarest words."""
        names = {ANSWER_CARDS.of(me): self.made_at for me in self.both}
        if not self.is_ended:
            names[CARD_CODED.of(self.code)] = self.made_at
        names |= {CARDS_TO_AGREE.of(me): self.worded_at for me in self.waits_for}
        if self.state == "shared":
            names |= {ANSWERS_WITH.of(word): self.worded_at for word in self._telling}
            names[SHARED_CARDS] = self.worded_at
        return names

    def gists(self) -> Mapping[str, str]:
        """Its topics and its question's telling words, in the list of each of its rarest words."""
        if self.state != "shared":
            return {}
        line = f"{','.join(self.topics)} {gist(self.words.question)}"
        return {ANSWERS_WITH.of(word): line for word in self._telling}

    @property
    def _telling(self) -> list[str]:
        return telling(self.words.question, KEYS)

    @property
    def both(self) -> tuple[PersonId, PersonId]:
        """Whose talk it came of: who asked, and who answered."""
        return self.asker_id, self.answerer_id

    @property
    def code(self) -> str:
        """The word by which whoever sees it can name it to an admin."""
        return blake2s(self.id.encode(), digest_size=4).hexdigest()

    @property
    def is_ended(self) -> bool:
        """Whether it has come to its end."""
        return self.state in ENDS

    @property
    def waits_for(self) -> tuple[PersonId, ...]:
        """Who is yet to agree to its words."""
        return tuple(me for me in self.both if me not in self.agreed) if self.state == "offered" else ()

    def check_one_of_two(self, me: PersonId) -> Self:
        """Give it to either of the two, and refuse it to anyone else: NotYours."""
        if me not in self.both:
            raise NotYours
        return self

    def hide(self, before: CardWords, words: CardWords) -> Self:
        """Say less than *before*, if that is what it says: hiding who is named needs nobody's yes."""
        return self._changed(words=words) if self.words == before and not self.is_ended else self

    def agree(self, me: PersonId, wording: int, now: datetime, valid_until: datetime) -> Self:
        """Agree to its words as they were numbered; once both have, it can be found. Twice changes nothing.

        To words that were changed meanwhile nobody has agreed: Superseded.
        """
        self.check_one_of_two(me)
        if wording != self.wording:
            raise Superseded
        if self.state == "shared":
            return self
        self._must("offered")
        agreed = self._changed(agreed=self.agreed | {me})
        if agreed.waits_for:
            return agreed
        return agreed._move(
            "shared", shared_at=self.shared_at or now, checked_at=now, valid_until=valid_until, asked_at=None
        )

    def reword(self, me: PersonId, words: CardWords, now: datetime) -> Self:
        """Change its words, to which the other has to agree anew; the same words change nothing."""
        self.check_one_of_two(me)
        self._must("offered", "shared", "expired")
        if words == self.words:
            return self
        anew = {"agreed": frozenset({me}), "worded_at": now, "valid_until": None, "asked_at": None}
        return self._move("offered", words=words, wording=self.wording + 1, **anew)

    def ask(self, now: datetime) -> Self:
        """Ask its writer whether it is still true."""
        self._must("shared")
        return self._changed(asked_at=now)

    def confirm(self, me: PersonId, now: datetime, valid_until: datetime) -> Self:
        """Say, as its writer, that it is still true."""
        if me != self.answerer_id:
            raise NotYours
        self._must("shared", "expired")
        return self._move("shared", checked_at=now, valid_until=valid_until, asked_at=None)

    def expire(self, now: datetime) -> Self:
        """Be found no more once its time is over."""
        if self.state != "shared" or self.valid_until is None or now < self.valid_until:
            return self
        return self._move("expired")

    def lapse(self, now: datetime) -> Self:
        """End, as nobody has said a word on it for so long."""
        return self._ended("lapsed", "in_time", now) if self.state in ("offered", "expired") else self

    def withdraw(self, me: PersonId, now: datetime) -> Self:
        """Take it away, as either may at any time; twice changes nothing."""
        self.check_one_of_two(me)
        return self if self.is_ended else self._ended("withdrawn", "by_one", now)

    def take_down(self, now: datetime) -> Self:
        """Take it away as an admin; twice changes nothing."""
        return self if self.is_ended else self._ended("withdrawn", "by_admin", now)

    def show_once_more(self) -> Self:
        """Count that it was shown to somebody who asked."""
        return self._changed(shown=self.shown + 1)

    def solve_once_more(self) -> Self:
        """Count that it solved what somebody asked."""
        return self._changed(solved=self.solved + 1)

    def _ended(self, state: State, end: End, now: datetime) -> Self:
        gone = CardWords(question="", answer="")
        return self._move(state, words=gone, end=end, ended_at=now, agreed=frozenset(), valid_until=None)

    def _must(self, *states: State) -> None:
        if self.state not in states:
            raise Ended

    def _move(self, state: State, **changed: Any) -> Self:
        return self._changed(state=state, **changed)

    def _changed(self, **changed: Any) -> Self:
        return self.model_copy(update=changed)

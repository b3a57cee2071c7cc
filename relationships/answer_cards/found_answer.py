"""What became of one question for which a card was found: a document under the request's id."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.values import Document, PersonId

FOUND_FOR = ListName("answers-found-for")
ANSWERS_FOUND = ListName("answers-found")
FORGET_FOUND = AgendaKind("forget_found_answer", "relationships.answer_cards.lookup.forget")

State = Literal["shown", "passed", "solved", "wanted"]
# solved may still become wanted: an answer that did not hold.
MOVES: Mapping[State, frozenset[State]] = {
    "shown": frozenset({"passed", "solved", "wanted"}),
    "passed": frozenset({"solved", "wanted"}),
    "solved": frozenset({"wanted"}),
    "wanted": frozenset({"solved"}),
}


class FoundAnswer(Document):
    """A card shown to an asker before anyone is asked.

    shown    the search waits *until* then       → passed, solved, wanted
    passed   nothing was pressed, people are asked → solved, wanted
    solved   the answer was enough               → wanted (a person is needed after all)
    wanted   a person is asked all the same      → solved

    *solved_at* is when the answer was enough: when its question ended, unless that was reopened since.
    """

    kind: ClassVar[str] = "found-answer"
    asker_id: PersonId
    card_id: str
    state: State = "shown"
    found_at: AwareDatetime
    until: AwareDatetime
    solved_at: AwareDatetime | None = None

    def lists(self) -> Mapping[str, datetime]:
        """Those of the asker, all, and those of its state."""
        of = self.found_at
        return {FOUND_FOR.of(self.asker_id): of, ANSWERS_FOUND: of, ANSWERS_FOUND.of(self.state): of}

    def waits(self, now: datetime) -> bool:
        """Whether the search waits for the asker's word."""
        return self.state == "shown" and now < self.until

    def check_asker(self, me: PersonId) -> Self:
        """Give it to whoever asked, and refuse it to anyone else: NotYours."""
        if me != self.asker_id:
            raise NotYours
        return self

    def solve(self, now: datetime) -> Self:
        """Note that it was enough; twice changes nothing."""
        solved = self.come_to("solved")
        return self if solved == self else solved.model_copy(update={"solved_at": now})

    def come_to(self, state: State) -> Self:
        """Note what came of it, as far as the table allows; anything else changes nothing."""
        return self.model_copy(update={"state": state}) if state in MOVES[self.state] else self

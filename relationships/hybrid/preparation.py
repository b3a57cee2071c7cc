"""What an asker thinks through before a talk: their answers, those to be shown, and what was sent. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.values import Document, PersonId

PREPARATIONS = ListName("preparations-of")
FIRST_WORDS = CardKind("first-words", "preparation")
FORGET_PREPARATION = AgendaKind("forget_preparation", "relationships.hybrid.preparations.forget")
LONGEST = 600

QuestionId = Literal["wanted", "matters", "done_so_far"]
QUESTIONS: tuple[QuestionId, ...] = ("wanted", "matters", "done_so_far")


class Preparation(Document):
    """The answers of one asker before one talk, whose id it has.

    *ticked* are those that the other may read, once the asker has seen them together and sent them. What was
    sent stays as it is; what was not stays the asker's, and nobody learns that it is there.
    """

    kind: ClassVar[str] = "preparation"
    person_id: PersonId
    answers: Mapping[QuestionId, str]
    ticked: frozenset[QuestionId] = frozenset()
    made_at: AwareDatetime
    sent_at: AwareDatetime | None = None

    def lists(self) -> Mapping[str, datetime]:
        """The preparations of their writer."""
        return {PREPARATIONS.of(self.person_id): self.made_at}

    @property
    def to_be_read(self) -> tuple[tuple[QuestionId, str], ...]:
        """The questions that were ticked with their answers, in order."""
        return tuple((it, self.answers[it]) for it in QUESTIONS if it in self.ticked)

    @property
    def kept(self) -> tuple[tuple[QuestionId, str], ...]:
        """What its writer keeps for themselves."""
        return tuple((it, self.answers[it]) for it in QUESTIONS if it in self.answers.keys() - self.ticked)

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but its writer."""
        if self.person_id != me:
            raise NotYours
        return self

    def send(self, now: datetime) -> Self:
        """Let the other read what was ticked; twice changes nothing. Refused with nothing ticked."""
        if not self.ticked:
            raise Ended
        return self if self.sent_at else self.model_copy(update={"sent_at": now})


def checked(
    answers: Mapping[QuestionId, str], ticked: frozenset[QuestionId]
) -> tuple[Mapping[QuestionId, str], frozenset[QuestionId]]:
    """What was written and ticked, without what is empty; refuse what is too long, and nothing."""
    tidy = {it: answers[it].strip() for it in QUESTIONS if answers.get(it, "").strip()}
    wrong = [Invalid(it, "too_long", limit=LONGEST) for it, said in tidy.items() if len(said) > LONGEST]
    wrong += [Invalid(it, "ticked_empty") for it in QUESTIONS if it in ticked - tidy.keys()]
    if not tidy and not wrong:
        wrong = [Invalid("wanted", "nothing_written")]
    if wrong:
        raise wrong[0].along_with(*wrong[1:])
    return tidy, ticked

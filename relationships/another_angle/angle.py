"""That an asker was offered another angle, once: what it was about, and what came after. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Self

from pydantic import AwareDatetime

from kernel.kinds import AgendaKind, ListName
from kernel.values import Document, Kept, PersonId, TopicId
from relationships.another_angle.pattern import Pattern

ANGLES_ABOUT = ListName("angles-about")
LOOK_AGAIN = AgendaKind("angle_again", "relationships.another_angle.angles.look_again")
FORGET_ANGLE = AgendaKind("forget_angle", "relationships.another_angle.angles.forget")


class Habit(Kept):
    """Of *asks* questions *to_one* went to the same person, *again* of these about one topic."""

    helper_id: PersonId
    topic: TopicId
    asks: int
    to_one: int
    again: int


class QuarterAfter(Kept):
    """Of so many questions in the quarter after, how many went to the same person."""

    asks: int
    to_one: int


class Angle(Document):
    """The document under the asker's id, which stays so that it is said once.

    *habit* goes after a year, or when the helper is erased. *request_id* is the question that led to it.
    """

    kind: ClassVar[str] = "another-angle"
    id: PersonId
    said_at: AwareDatetime
    habit: Habit | None = None
    request_id: str = ""
    later: QuarterAfter | None = None
    is_declined: bool = False

    @classmethod
    def of(cls, me: PersonId, found: Pattern, request_id: str, now: datetime) -> Self:
        """Offer another angle."""
        habit = Habit(
            helper_id=found.to,
            topic=found.topic,
            asks=found.asks,
            to_one=found.to_one,
            again=found.again,
        )
        return cls(id=me, said_at=now, habit=habit, request_id=request_id)

    def lists(self) -> Mapping[str, datetime]:
        """Stand in the list of whoever it is about, until that is forgotten."""
        return {ANGLES_ABOUT.of(self.habit.helper_id): self.said_at} if self.habit else {}

    def decline(self) -> Self:
        """Note that the asker wants none."""
        return self.model_copy(update={"is_declined": True})

    def see(self, asks: int, to_one: int) -> Self:
        """Note what the quarter after was like."""
        return self.model_copy(update={"later": QuarterAfter(asks=asks, to_one=to_one)})

    def forgotten(self) -> Self:
        """Keep only that it was said."""
        return type(self)(id=self.id, said_at=self.said_at)

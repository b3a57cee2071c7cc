"""When asking one person again and again is worth a word: never how much, nor how faithfully, alone. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from kernel.policy import Section
from kernel.values import PersonId, TopicId, Value


class AngleRules(Value):
    """From when on another angle is offered; all of it has to hold."""

    enabled: bool = Field(default=True, description="offer an asker another angle, once; off: nobody")
    days: int = Field(default=90, ge=14, le=365, description="a quarter: what is older is another matter")
    asks: int = Field(default=5, ge=2, le=50, description="questions in that time: fewer are no habit")
    share: float = Field(
        default=0.6,
        gt=0,
        le=1,
        description="of them to one person, and of these on one topic: being loyal alone is no reason",
    )
    again: int = Field(
        default=4,
        ge=2,
        le=50,
        description="of these on that topic at least: with three, chance alone is called a habit too often",
    )
    untried: float = Field(
        default=0.5,
        gt=0,
        le=1,
        description="of these with nothing under *what I tried*: who tries leans less",
    )


RULES = Section("another_angle", AngleRules, "when an asker is offered another angle, once")


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """One question: whom it reached by name, if anyone, about what, whether something was tried before."""

    to: PersonId | None
    topics: Sequence[TopicId]
    has_tried: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Pattern:
    """Of *asks* questions *to_one* went to one person, *again* of these about one topic."""

    to: PersonId
    topic: TopicId
    asks: int
    to_one: int
    again: int


def pattern(
    asks: Iterable[PastQuestion], rules: AngleRules, exempt: Iterable[PersonId] = ()
) -> Pattern | None:
    """The habit that is worth a word, or None; *exempt* are the asker's mentors.

    Questions that reached nobody by name count for nothing. Of two people asked as often, the lower id.
    """
    reached = [it for it in asks if it.to is not None]
    counts = Counter(it.to for it in reached if it.to)
    to, to_one = min(counts.items(), key=lambda it: (-it[1], it[0]), default=(None, 0))
    if to is None or len(reached) < rules.asks or to_one < rules.share * len(reached) or to in set(exempt):
        return None
    to_them = [it for it in reached if it.to == to]
    topics = Counter(topic for it in to_them for topic in dict.fromkeys(it.topics))
    topic, again = min(topics.items(), key=lambda it: (-it[1], it[0]), default=(TopicId(""), 0))
    if again < max(rules.again, rules.share * to_one):
        return None
    if sum(not it.has_tried for it in to_them) < rules.untried * to_one:
        return None
    return Pattern(to, topic, len(reached), to_one, again)


def to_one_of(asks: Iterable[PastQuestion], to: PersonId) -> tuple[int, int]:
    """How many questions reached somebody by name, and how many of these one person."""
    reached = [it.to for it in asks if it.to is not None]
    return len(reached), sum(it == to for it in reached)

"""A remark to the app itself: words that are no question, what was done about them, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.store import Show
from kernel.values import Document, Kept, PersonId, TopicId
from mentoring.model.person import OwnLevel, Person

REMARKS = ListName("remarks-of")
FORGET_REMARK = AgendaKind("forget_remark", "mentoring.people.remarks.forget")

Intent = Literal[
    "pause",
    "busy",
    "fewer",
    "only",
    "without",
    "stop",
    "resume",
    "status",
    "withdraw",
    "thanks",
    "greeting",
    "complaint",
    "about",
    "settings",
    "data",
]
Change = Literal["pause", "weekly", "only", "stop", "resume"]
Place = Literal["dm", "command"]
_FIELDS: Mapping[Change, tuple[str, ...]] = {
    "pause": ("paused_until",),
    "weekly": ("questions_per_week",),
    "only": ("topics",),
    "stop": ("enrolled_at",),
    "resume": ("paused_until", "vacation_until", "back_early_from"),
}
WORKS_WITH = 2  # own level in a topic that a person names without saying how well they know it


@dataclass(frozen=True, slots=True)
class AskingChange:
    """One change of how a person is asked: not until then, so often a week, about these topics alone."""

    change: Change
    until: datetime | None = None
    weekly: int | None = None
    topics: tuple[TopicId, ...] = ()

    def taken_by(self, person: Person) -> Person:
        """The person after it."""
        if self.change == "pause" and self.until:
            return person.pause(self.until)
        if self.change == "resume":
            return person.resume()
        if self.change == "stop":
            return person.model_copy(update={"enrolled_at": None})
        if self.change == "weekly":
            return person.model_copy(update={"questions_per_week": self.weekly})
        known = {topic: person.topics.get(topic, WORKS_WITH) for topic in self.topics}
        return person.model_copy(update={"topics": known})


class EarlierAsking(Kept):
    """How a person was asked before something was changed."""

    paused_until: AwareDatetime | None = None
    vacation_until: AwareDatetime | None = None
    back_early_from: AwareDatetime | None = None
    questions_per_week: int | None = None
    topics: Mapping[TopicId, OwnLevel]
    enrolled_at: AwareDatetime | None = None

    @classmethod
    def of(cls, person: Person) -> Self:
        """How a person is asked now."""
        return cls(**{name: getattr(person, name) for name in cls.model_fields})


class Remark(Document):
    """What somebody wrote, what they *meant*, and what is *changed* by it; None: nothing is.

    *text* is what was typed, so that it can still become a question. *when* is what was said of the end of a
    pause, *topics* those that were named. *until*, *weekly* and *only* are what was set, *before* is how it
    was. *moved* is how many questions that waited for them went on to others. *is_choosing*: the choices are
    shown.
    """

    kind: ClassVar[str] = "remark"
    person_id: PersonId
    text: str
    meant: Intent
    place: Place
    made_at: AwareDatetime
    when: str = ""
    topics: tuple[TopicId, ...] = ()
    changed: Change | None = None
    before: EarlierAsking | None = None
    until: AwareDatetime | None = None
    weekly: int | None = None
    only: tuple[TopicId, ...] = ()
    moved: int = 0
    is_choosing: bool = False
    is_undone: bool = False

    def lists(self) -> Mapping[str, datetime]:
        """The writer's remarks."""
        return {REMARKS.of(self.person_id): self.made_at}

    def shows(self) -> list[Show]:
        """Who sees its card: the writer, unless a command is answered on the spot."""
        return [Show(self.thing, to=self.person_id)] if self.place == "dm" else []

    def check_writer(self, me: PersonId) -> Self:
        """Refuse anybody but its writer."""
        if self.person_id != me:
            raise NotYours
        return self

    def original(self, person: Person) -> Person:
        """A person who is asked as before what this remark changed."""
        if self.changed is None or self.before is None:
            return person
        return person.model_copy(update={name: getattr(self.before, name) for name in _FIELDS[self.changed]})

    def take(self, step: AskingChange, person: Person, moved: int) -> Self:
        """Note that a step was taken, from how the *person* was asked."""
        facts = {"changed": step.change, "until": step.until, "weekly": step.weekly, "only": step.topics}
        state = {"before": EarlierAsking.of(person), "moved": moved, "is_choosing": False, "is_undone": False}
        return self.model_copy(update=facts | state)

    def undo(self) -> Self:
        """Note that what was changed is as before."""
        gone = {"changed": None, "before": None, "is_choosing": False, "is_undone": True}
        return self.model_copy(update=gone)

    def choose(self) -> Self:
        """Show the choices."""
        return self.model_copy(update={"is_choosing": True})

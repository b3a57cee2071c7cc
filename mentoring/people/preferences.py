"""What a person usually takes when another kind of help is advised: so that nobody is stopped twice."""

from collections.abc import Mapping
from typing import ClassVar, Self

from pydantic import Field

from kernel.desk import Desk
from kernel.store import NONE, Changes, Key, Snapshot
from kernel.values import Document, PersonId
from sensing.triage.triage import Choice


class Habits(Document):
    """By kind of help advised, the kind that the person took the last time."""

    kind: ClassVar[str] = "habits"
    id: PersonId
    taken: Mapping[Choice, Choice] = Field(default_factory=dict)

    def took(self, advised: Choice, taken: Choice) -> Self:
        """Remember what was taken; the same again changes nothing."""
        if self.taken.get(advised) == taken:
            return self
        return self.model_copy(update={"taken": {**self.taken, advised: taken}})

    def overrides(self, advised: Choice) -> bool:
        """Whether the person last passed over this advice."""
        return self.taken.get(advised, advised) != advised


async def habits(desk: Desk, me: PersonId) -> Habits:
    """What a person usually takes; nothing, if nothing is known."""
    return await desk.store.look(lambda read: _habits(read, me), load=[Key(Habits, me)])


async def record_choice(desk: Desk, me: PersonId, advised: Choice, taken: Choice) -> Habits:
    """Remember what a person took where something was advised."""

    def decide(read: Snapshot) -> tuple[Habits, Changes]:
        before = _habits(read, me)
        after = before.took(advised, taken)
        return after, NONE if after == before else Changes(put=[after])

    return await desk.store.commit(decide, load=[Key(Habits, me)])


def _habits(read: Snapshot, me: PersonId) -> Habits:
    return read.find(Habits, me) or Habits(id=me)

"""Notes that one of the two keeps for themselves: in a document apart, never shown to the other."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Self

from pydantic import AwareDatetime

from kernel.errors import Invalid
from kernel.kinds import ListName
from kernel.values import Document, Kept, PersonId

OWN_NOTES = ListName("own-notes-of")
LONGEST, KEPT = 2_000, 80


class OwnNote(Kept):
    """One note, and the talk that it was written after."""

    talk: int
    text: str
    at: AwareDatetime


class OwnNotes(Document):
    """All that one person noted for themselves in one mentorship."""

    kind: ClassVar[str] = "own-notes"
    person_id: PersonId
    mentorship_id: str
    notes: tuple[OwnNote, ...] = ()
    made_at: AwareDatetime

    def lists(self) -> Mapping[str, datetime]:
        """The notes of their writer."""
        return {OWN_NOTES.of(self.person_id): self.made_at}

    def add(self, note: OwnNote) -> Self:
        """Add a note, or refuse one that is too long."""
        if len(note.text) > LONGEST:
            raise Invalid("mine", "too_long", limit=LONGEST)
        return self.model_copy(update={"notes": (*self.notes, note)[-KEPT:]})


def own_notes_id(mentorship_id: str, me: PersonId) -> str:
    """Return the id of somebody's own notes in a mentorship."""
    return f"{mentorship_id}.{me}"

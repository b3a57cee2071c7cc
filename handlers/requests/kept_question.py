"""A question that waits for one more tap: its text is kept as a draft, the rest travels in the button."""

from typing import NamedTuple

from handlers.block_kit import payload
from handlers.block_kit.payload import Id
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.requests import drafts
from handlers.requests.form import Filling
from kernel.values import PersonId
from matching.values import Urgency
from mentoring.requests.drafts import Draft

NONE = "-"


class Tap(NamedTuple):
    """What a button stands for: the draft, one topic of it, and how it was asked."""

    draft_id: Id
    topic: Id
    urgency: Urgency
    is_anonymous: bool
    prefer: Id

    @classmethod
    def of(cls, filling: Filling, draft_id: str, topic: str = NONE) -> "Tap":
        """Return what files this question from its draft, under a topic or by its words."""
        prefer = filling.prefer or NONE
        return cls(Id(draft_id), Id(topic), filling.urgency, filling.anonymous, Id(prefer))

    @property
    def value(self) -> str:
        """Return it as the value of a button."""
        return f"{self.draft_id} {self.topic} {self.urgency} {self.is_anonymous:d} {self.prefer}"

    def filling(self, draft: Draft) -> Filling:
        """Return the question as it was typed; the same draft always files the same request."""
        return Filling(
            ids.caused_by(f"request {draft.id}"),
            question=draft.text,
            urgency=self.urgency,
            anonymous=self.is_anonymous,
            prefer=None if self.prefer == NONE else PersonId(self.prefer),
            draft_id=draft.id,
        )


async def tapped(press: Press) -> tuple[Tap, Draft]:
    """Return what a button stands for, and the draft, as long as it waits."""
    tap = Tap(*payload.words(tuple[Id, Id, Urgency, bool, Id], press.value))
    return tap, await drafts.still_kept(press.desk, tap.draft_id, press.me)

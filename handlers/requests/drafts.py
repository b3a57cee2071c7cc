"""Text that is longer than a form, or not yet meant for anyone: kept whole until it becomes a question.

A question that waits for one more tap is kept so, too; the rest travels in the button.
"""

from typing import NamedTuple

from handlers.block_kit import mrkdwn, payload
from handlers.block_kit.payload import Id
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.requests.form import Filling
from kernel.desk import Desk
from kernel.errors import Ended, MadeWay, NotYours
from kernel.values import PersonId
from matching.values import Urgency
from mentoring.requests import drafts
from mentoring.requests.drafts import MOST, Draft, Source, fitting

NONE = "-"


async def keep(call: Call, text: str, source: Source) -> Draft:
    """Keep the text of a command or a shortcut; the same call again keeps it once."""
    draft_id = ids.caused_by(f"draft {call.cause}")
    return await drafts.keep(
        call.desk, call.me, call.now, text=fitting(text), source=source, draft_id=draft_id
    )


async def mine(desk: Desk, draft_id: str, me: PersonId) -> Draft:
    """One of my drafts."""
    draft = await desk.get(Draft, draft_id)
    if draft.person_id != me:
        raise NotYours
    return draft


async def still_kept(desk: Desk, draft_id: str, me: PersonId) -> Draft:
    """One of my drafts that waits to be used; Ended where it was used, forgotten or made way."""
    draft = await mine(desk, draft_id, me)
    if draft.state != "kept":
        raise Ended
    return draft


async def rest_of(desk: Desk, draft_id: str | None, me: PersonId) -> str:
    """What of a draft did not fit into the form, or nothing where there is no draft."""
    draft = await mine(desk, draft_id, me) if draft_id else None
    if draft and draft.state == "displaced":
        raise MadeWay(MOST)
    return draft.text[len(mrkdwn.opening(draft.text)) :] if draft else ""


class Tap(NamedTuple):
    """What a button stands for: the draft, one topic of it, and how it was asked."""

    draft_id: Id
    topic: Id
    urgency: Urgency
    is_anonymous: bool
    prefer: Id

    @classmethod
    def of(cls, filling: Filling, draft_id: str, topic: str = NONE) -> "Tap":
        """What files this question from its draft, under a topic or by its words."""
        prefer = filling.prefer or NONE
        return cls(Id(draft_id), Id(topic), filling.urgency, filling.anonymous, Id(prefer))

    @property
    def value(self) -> str:
        """The draft as the value of a button."""
        return f"{self.draft_id} {self.topic} {self.urgency} {self.is_anonymous:d} {self.prefer}"

    def filling(self, draft: Draft) -> Filling:
        """The question as it was typed; the same draft always files the same request."""
        return Filling(
            ids.caused_by(f"request {draft.id}"),
            question=draft.text,
            urgency=self.urgency,
            anonymous=self.is_anonymous,
            prefer=None if self.prefer == NONE else PersonId(self.prefer),
            draft_id=draft.id,
        )


async def tapped(press: Press) -> tuple[Tap, Draft]:
    """What a button stands for, and the draft, as long as it waits."""
    tap = Tap(*payload.words(tuple[Id, Id, Urgency, bool, Id], press.value))
    return tap, await still_kept(press.desk, tap.draft_id, press.me)

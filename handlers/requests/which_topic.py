"""What is a question about? Likely topics to tap, where its words leave it open; one tap files it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from handlers.block_kit import blocks, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.ports import App
from handlers.requests import card, drafts, form
from handlers.requests.form import Filling
from kernel.values import PersonId, RequestId, TopicId
from matching.values import Urgency
from mentoring.requests import requests
from mentoring.requests.drafts import Draft

PICK = "request.about"
OTHER = "request.about_other"

_WHICH = "*What is this about?* One tap, and I look for someone."
_NOBODY = "-"


class Tap(NamedTuple):
    """What a button stands for: the draft, one topic of it, and how it was asked."""

    draft_id: Id
    topic: Id
    urgency: Urgency
    is_anonymous: bool
    prefer: Id

    def filling(self, draft: Draft) -> Filling:
        """Return the question as it was typed; the same draft always files the same request."""
        return Filling(
            ids.caused_by(f"request {draft.id}"),
            question=draft.text,
            urgency=self.urgency,
            anonymous=self.is_anonymous,
            prefer=None if self.prefer == _NOBODY else PersonId(self.prefer),
            draft_id=draft.id,
        )


async def ask(
    call: Call, filling: Filling, likely: Sequence[TopicId], notes: Sequence[str], care: Sequence[Block]
) -> None:
    """Keep the question and ask in the answer itself which of its likely topics it is about."""
    draft = await drafts.keep(call, filling.question, "unclear")
    shown = [
        blocks.section(_WHICH),
        texts.reminder(filling.question),
        *(blocks.context(note) for note in notes),
        *blocks.actions(_buttons(call, filling, draft.id, likely)),
        *care,
    ]
    await call.say(blocks.spoken(shown), shown)


def _buttons(call: Call, filling: Filling, draft_id: str, likely: Sequence[TopicId]) -> list[Element]:
    labels = [(topic, texts.label(call.desk.topics, topic)) for topic in likely]
    picks = [
        blocks.button(label, f"{PICK}.{number}", _value(filling, draft_id, topic))
        for number, (topic, label) in enumerate(labels)
    ]
    return [*picks, blocks.button("Something else", OTHER, _value(filling, draft_id, _NOBODY))]


def _value(filling: Filling, draft_id: str, topic: str) -> str:
    return f"{draft_id} {topic} {filling.urgency} {filling.anonymous:d} {filling.prefer or _NOBODY}"


async def pick(press: Press) -> None:
    """File the question under the topic that was tapped, and put the receipt in the question's place."""
    async with press.answering():
        tap, draft = await _tapped(press)
        filling = replace(tap.filling(draft), topics=(TopicId(tap.topic),))
        new = await form.new_request(filling, press.desk)
        request = await requests.file(press.desk, press.me, new, RequestId(filling.cause), press.now)
        shown = card.receipt(request, press.desk)
        await press.say(blocks.spoken(shown), shown, replace=True)


async def other(press: Press) -> None:
    """Open the form with everything that was typed."""
    async with press.answering():
        tap, draft = await _tapped(press)
        await press.open(form.form(tap.filling(draft), press.desk))


async def _tapped(press: Press) -> tuple[Tap, Draft]:
    tap = Tap(*payload.words(tuple[Id, Id, Urgency, bool, Id], press.value))
    return tap, await drafts.still_kept(press.desk, tap.draft_id, press.me)


def register(app: App) -> None:
    """Listen to the buttons."""
    app.action(re.compile(rf"{re.escape(PICK)}\.\d"))(pick)
    app.action(OTHER)(other)

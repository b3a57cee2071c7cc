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
from kernel.topics import Catalogue
from kernel.values import PersonId, RequestId, TopicId
from matching.values import Urgency
from mentoring.model.new_request import NewRequest
from mentoring.people import people
from mentoring.requests import requests
from mentoring.requests.drafts import Draft

PICK = "request.about"
OTHER = "request.about_other"
ANYONE = "request.about_anyone"

_WHICH = "*What is this about?* One tap, and I look for someone."
_UNCLEAR = "*I can't tell what this is about.*"
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
    """Keep the question and ask in the answer itself which of its likely topics it is about.

    Where none is, the ways are to choose one, or to ask people who take any question.
    """
    draft = await drafts.keep(call, filling.question, "unclear")
    takers = await people.open_to_anything(call.desk, call.me)
    shown = [
        blocks.section(lead(likely, takers)),
        texts.reminder(filling.question),
        *(blocks.context(note) for note in notes),
        *blocks.actions(buttons(call.desk.topics, filling, draft.id, likely, takers)),
        *care,
    ]
    await call.say(blocks.spoken(shown), shown)


def lead(likely: Sequence[TopicId], takers: int) -> str:
    """Return what is asked above the buttons. *takers* is how many people take any question."""
    if likely:
        return _WHICH
    who = "someone here takes" if takers == 1 else f"{takers} people here take"
    return f"{_UNCLEAR} Choose a topic, or I ask around: {who} any question."


def buttons(
    topics: Catalogue, filling: Filling, draft_id: str, likely: Sequence[TopicId], takers: int
) -> list[Element]:
    """Return the likely topics to tap, the way to any other, and to people who take any question."""
    labels = [(topic, topics.label(topic)) for topic in likely]
    picks = [
        blocks.button(label, f"{PICK}.{number}", _value(filling, draft_id, topic))
        for number, (topic, label) in enumerate(labels)
    ]
    value = _value(filling, draft_id, _NOBODY)
    other = blocks.button("Something else" if likely else "Choose a topic", OTHER, value)
    anyone = [blocks.button("Ask people who take any question", ANYONE, value)] if takers else []
    return [*picks, other, *anyone]


def _value(filling: Filling, draft_id: str, topic: str) -> str:
    return f"{draft_id} {topic} {filling.urgency} {filling.anonymous:d} {filling.prefer or _NOBODY}"


async def pick(press: Press) -> None:
    """File the question under the topic that was tapped, and put the receipt in the question's place."""
    async with press.answering():
        tap, draft = await _tapped(press)
        filling = replace(tap.filling(draft), topics=(TopicId(tap.topic),))
        await _file(press, await form.new_request(filling, press.desk), filling)


async def anyone(press: Press) -> None:
    """File the question by its words alone: to whoever takes any question."""
    async with press.answering():
        tap, draft = await _tapped(press)
        filling = tap.filling(draft)
        new = await form.new_request(filling, press.desk)
        by_words = new.model_copy(update={"topics": (), "anything": True})
        await _file(press, by_words, filling)


async def _file(press: Press, new: NewRequest, filling: Filling) -> None:
    request = await requests.file(press.desk, press.me, new, RequestId(filling.cause), press.now)
    if press.is_on_receipt:
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
    app.action(ANYONE)(anyone)

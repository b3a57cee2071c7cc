"""What is a question about? Likely topics to tap, where its words leave it open; one tap files it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.block_kit import blocks, texts
from handlers.block_kit.blocks import Block, Element
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.ports import App
from handlers.requests import card, drafts, form, twice, words
from handlers.requests.form import Filling
from handlers.requests.kept_question import Tap, tapped
from kernel.errors import AskedAlready
from kernel.topics import Catalogue
from kernel.values import RequestId, TopicId
from mentoring.model.new_request import NewRequest
from mentoring.people import people
from mentoring.requests import requests

PICK = "request.about"
OTHER = "request.about_other"
ANYONE = "request.about_anyone"


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
        return words.WHICH
    who = words.SOMEONE_TAKES if takers == 1 else words.people_take(takers)
    return words.or_ask_around(words.UNCLEAR, who)


def buttons(
    topics: Catalogue, filling: Filling, draft_id: str, likely: Sequence[TopicId], takers: int
) -> list[Element]:
    """Return the likely topics to tap, the way to any other, and to people who take any question."""
    labels = [(topic, topics.label(topic)) for topic in likely]
    picks = [
        blocks.button(label, f"{PICK}.{number}", Tap.of(filling, draft_id, topic).value)
        for number, (topic, label) in enumerate(labels)
    ]
    value = Tap.of(filling, draft_id).value
    other = blocks.button(words.SOMETHING_ELSE if likely else words.CHOOSE_TOPIC, OTHER, value)
    anyone = [blocks.button(words.ASK_WHO_TAKES_ANY, ANYONE, value)] if takers else []
    return [*picks, other, *anyone]


async def pick(press: Press) -> None:
    """File the question under the topic that was tapped, and put the receipt in the question's place."""
    async with press.answering():
        tap, draft = await tapped(press)
        filling = replace(tap.filling(draft), topics=(TopicId(tap.topic),))
        await _file(press, await form.new_request(filling, press.desk), tap)


async def anyone(press: Press) -> None:
    """File the question by its words alone: to whoever takes any question."""
    async with press.answering():
        tap, draft = await tapped(press)
        new = await form.new_request(tap.filling(draft), press.desk)
        await _file(press, new.model_copy(update={"topics": (), "anything": True}), tap)


async def _file(press: Press, new: NewRequest, tap: Tap) -> None:
    """File the question, and put the receipt, or what was asked before, in the place of the buttons."""
    id = RequestId(ids.caused_by(f"request {tap.draft_id}"))
    try:
        request = await requests.file(press.desk, press.me, new, id, press.now)
    except AskedAlready as refusal:
        shown = await twice.shown(press.desk, tap, refusal, press.now)
    else:
        shown = card.receipt(request, press.desk) if press.is_on_receipt else []
    if shown:
        await press.say(blocks.spoken(shown), shown, replace=True)


async def other(press: Press) -> None:
    """Open the form with everything that was typed."""
    async with press.answering():
        tap, draft = await tapped(press)
        await press.open(await form.opened(tap.filling(draft), press))


def register(app: App) -> None:
    """Listen to the buttons."""
    app.action(re.compile(rf"{re.escape(PICK)}\.\d"))(pick)
    app.action(OTHER)(other)
    app.action(ANYONE)(anyone)

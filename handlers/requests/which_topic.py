"""What is a question about? Likely topics to tap, where its words leave it open; one tap files it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block, Element
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.ports import App
from handlers.requests import card, drafts, form, twice, words
from handlers.requests.drafts import Tap, tapped
from handlers.requests.form import Filling
from kernel.errors import AskedAlready
from kernel.topics import Catalogue
from kernel.values import RequestId, TopicId
from matching.topics.tagging import Suggestion
from mentoring.model.new_request import NewRequest
from mentoring.people import people
from mentoring.requests import requests

PICK = "request.about"
OTHER = "request.about_other"
ANYONE = "request.about_anyone"

CUES = 2  # of the words that speak for a topic


async def ask(
    call: Call, filling: Filling, found: list[Suggestion], notes: Sequence[str], care: Sequence[Block]
) -> None:
    """Keep the question and ask in the answer itself which of its likely topics it is about.

    Where none is, the ways are to choose one, or to ask people who take any question.
    """
    likely = form.likely(found)
    draft = await drafts.keep(call, filling.question, "unclear")
    takers = await people.open_to_anything(call.desk, call.me)
    shown = [
        blocks.section(lead(likely, takers, why(found, call.desk.topics))),
        texts.reminder(filling.question),
        *(blocks.context(note) for note in notes),
        *blocks.actions(buttons(call.desk.topics, filling, draft.id, likely, takers)),
        *care,
    ]
    await call.say(blocks.spoken(shown), shown)


def lead(likely: Sequence[TopicId], takers: int, why: str = "") -> str:
    """What is asked above the buttons, with *why* just these. *takers* is how many take any question."""
    if likely:
        return f"{words.WHICH}\n{why}" if why else words.WHICH
    who = words.SOMEONE_TAKES if takers == 1 else words.people_take(takers)
    return words.or_ask_around(words.UNCLEAR, who)


def why(found: list[Suggestion], topics: Catalogue) -> str:
    """What of a question speaks for each of its likely topics, in one line; empty where that is nothing."""
    told = {guess.topic_id: said for guess in found if (said := _said(guess))}
    lines = [f"{mrkdwn.inert(topics.label(it))}: {told[it]}" for it in form.likely(found) if it in told]
    return words.why_these(lines) if lines else ""


def _said(guess: Suggestion) -> str:
    if guess.nearest:
        return words.sounds_like(mrkdwn.quoted(guess.nearest, 60))
    return mrkdwn.listed([mrkdwn.quoted(word, 40) for word in guess.evidence[:CUES]])


def buttons(
    topics: Catalogue, filling: Filling, draft_id: str, likely: Sequence[TopicId], takers: int
) -> list[Element]:
    """The likely topics to tap, the way to any other, and to people who take any question."""
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

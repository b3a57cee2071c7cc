"""The same question twice: the first is named, with the ways to add to it, or to ask anyway."""

from dataclasses import replace
from datetime import datetime

from handlers.block_kit import blocks, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
from handlers.interactions.button_click import Press
from handlers.interactions.ports import App
from handlers.requests import card, drafts, form, rows, words
from handlers.requests.drafts import NONE, Tap
from handlers.requests.form import Filling
from kernel.desk import Desk
from kernel.errors import AskedAlready, NotYours
from kernel.values import RequestId, TopicId
from mentoring.model.request import Request
from mentoring.requests import requests

ADD = "request.add_to"
ANYWAY = "request.ask_anyway"


async def shown(desk: Desk, tap: Tap, refusal: AskedAlready, now: datetime) -> list[Block]:
    """What is said where a question that is kept has just been asked."""
    asked = await desk.get(Request, refusal.request_id)
    anyway = blocks.button(words.ASK_ANYWAY, ANYWAY, tap.value)
    return [*_asked(asked, desk, now), *blocks.actions([_add(asked, tap.draft_id), anyway])]


async def in_form(desk: Desk, filling: Filling, refusal: AskedAlready, now: datetime) -> View:
    """The form as it was filled in, below the first question; sent again, it is asked anyway."""
    asked = await desk.get(Request, refusal.request_id)
    above = [*_asked(asked, desk, now), *blocks.actions([_add(asked, NONE)])]
    return form.form(replace(filling, is_again=True), desk, care=above)


def _asked(asked: Request, desk: Desk, now: datetime) -> list[Block]:
    minutes = int((now - asked.asked_at).total_seconds() // 60)
    ago = words.ago(texts.span(minutes)) if minutes > 1 else words.A_MOMENT_AGO
    said = words.asked_already(ago)
    return [blocks.section(said), rows.row(asked, desk), blocks.context(words.IF_ANYWAY)]


def _add(asked: Request, draft_id: str) -> Element:
    return blocks.button(words.ADD_TO_IT, ADD, f"{draft_id} {asked.id}", style="primary")


async def add(press: Press) -> None:
    """Open the first question with what was typed now below its words."""
    async with press.answering():
        draft_id, request_id = payload.words(tuple[Id, Id], press.value)
        asked = await press.desk.get(Request, request_id)
        if asked.asker_id != press.me:
            raise NotYours
        typed = await _typed(press, draft_id)
        filling = replace(
            form.of_request(asked, press.cause),
            question=_joined(asked.question, typed.question),
            tried=typed.tried or asked.tried,
            draft_id=typed.draft_id,
        )
        show = press.open if typed.draft_id == draft_id else press.turn
        await show(await form.opened(filling, press))


async def _typed(press: Press, draft_id: str) -> Filling:
    """What was typed: in the form that the button stands in, or kept."""
    if draft_id == NONE:
        return form.filled(press.body["view"])
    draft = await drafts.still_kept(press.desk, draft_id, press.me)
    return Filling(Id(press.cause), question=draft.text, draft_id=Id(draft.id))


def _joined(first: str, second: str) -> str:
    """Both texts, or the second alone where they are one, or too long together."""
    both = f"{first}\n\n{second}"
    is_one = first.casefold().split() == second.casefold().split()
    return second if is_one or mrkdwn.width(both) > mrkdwn.SECTION else both


async def anyway(press: Press) -> None:
    """File the question beside the first, for other people than have that one."""
    async with press.answering():
        tap, draft = await drafts.tapped(press)
        filling = tap.filling(draft)
        topics = () if tap.topic == NONE else (TopicId(tap.topic),)
        new = await form.new_request(replace(filling, topics=topics, is_again=True), press.desk)
        new = new.model_copy(update={"anything": not new.topics})
        request = await requests.file(press.desk, press.me, new, RequestId(filling.cause), press.now)
        if press.is_on_receipt:
            receipt = card.receipt(request, press.desk)
            await press.say(blocks.spoken(receipt), receipt, replace=True)


def register(app: App) -> None:
    """Listen to the buttons."""
    app.action(ADD)(add)
    app.action(ANYWAY)(anyway)

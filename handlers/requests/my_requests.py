"""What an asker does with a request of theirs: the buttons of its card, the receipt and the Home tab."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from coaching.guide import talks
from handlers.block_kit import paging
from handlers.block_kit.blocks import View
from handlers.interactions import button_click, ids
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.requests import card as request_card
from handlers.requests import form as request_form
from handlers.requests import history, words
from kernel.desk import Desk
from kernel.errors import NotYours
from kernel.values import PersonId, RequestId
from mentoring.model.request import Request
from mentoring.requests import requests, retries
from mentoring.requests import undo as undoing


async def _mine(press: Press) -> Request:
    """The request that a button stands for, to its asker alone."""
    request = await press.desk.get(Request, press.value)
    if request.asker_id != press.me:
        raise NotYours
    return request


async def change_topics(press: Press) -> None:
    """Open the topics of a request."""
    async with press.answering():
        await press.open(request_form.topics_form(await _mine(press), press.desk))


async def topics_changed(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Take over new topics; the search goes on with them."""
    request_id, topics = request_form.topics_chosen(view)
    async with answering(ack, request_form.topics_problems):
        await requests.retag(desk, me, request_id, topics, now)


async def change(press: Press) -> None:
    """Open a request in its form."""
    async with press.answering():
        filling = request_form.of_request(await _mine(press), press.cause)
        await press.open(await request_form.opened(filling, press))


async def reword(press: Press) -> None:
    """Open a new question with the words of one whose search has ended."""
    async with press.answering():
        filling = replace(request_form.of_request(await _mine(press), press.cause), request_id=None)
        await press.open(await request_form.opened(filling, press))


async def edited(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Change a request to what the form says."""
    filling = request_form.filled(view)
    async with answering(ack, request_form.problems):
        id = RequestId(filling.request_id or "")
        before = await desk.get(Request, id)
        written = await request_form.new_request(filling, desk, before.continued)
        new = await request_form.going_by_words(written, desk, me, now)
        await requests.edit(desk, me, id, new, now)


async def withdraw(press: Press) -> None:
    """Take a question back."""
    doing = requests.withdraw(press.desk, press.me, RequestId(press.value), press.now)
    await press.carry_out(doing, lambda request: words.WITHDRAWN)


async def undo(press: Press) -> None:
    """Take a withdrawal back."""
    await press.carry_out(undoing.withdrawal(press.desk, press.me, RequestId(press.value), press.now))


async def someone_else(press: Press) -> None:
    """Look for another helper; the one before is not told why."""
    await press.carry_out(retries.someone_else(press.desk, press.me, RequestId(press.value), press.now))


async def again(press: Press) -> None:
    """Ask the same helper again."""
    await press.carry_out(retries.again(press.desk, press.me, RequestId(press.value), press.now))


async def keep_waiting(press: Press) -> None:
    """Go on looking for as long as it takes."""
    await press.carry_out(retries.keep_waiting(press.desk, press.me, RequestId(press.value), press.now))


async def tell_admins(press: Press) -> None:
    """Ask the admins to find someone."""
    await press.carry_out(retries.tell_admins(press.desk, press.me, RequestId(press.value), press.now))


async def post_in_channel(press: Press) -> None:
    """Post the question where its topic is talked about."""
    doing = retries.post_in_channel(press.desk, press.me, RequestId(press.value), press.now)
    await press.carry_out(doing)


async def take_post_back(press: Press) -> None:
    """Take the post out of the channel again."""
    await press.carry_out(retries.take_post_back(press.desk, press.me, RequestId(press.value)))


async def think(press: Press) -> None:
    """Begin a guided talk about the question; where those are switched off, offer three questions."""
    async with press.answering():
        request = await _mine(press)
        if press.desk.policy.support:
            talk_id = ids.caused_by(f"talk {request.id}")
            opening = request.question
            await talks.begin(press.desk, press.me, press.now, opening=opening, form="grow", talk_id=talk_id)
        else:
            await press.open(
                button_click.window(words.THINKING + ("" if request.is_ended else words.MEANWHILE))
            )


async def read(press: Press) -> None:
    """Open a long question in full, for those who may read it."""
    async with press.answering():
        await press.open(paging.text(await history.whole(press.desk, press.me, press.value), press.value))


def register(app: App) -> None:
    """Listen to the buttons on a request."""
    app.action(request_card.TOPICS)(change_topics)
    app.view(request_form.TOPICS_FORM)(topics_changed)
    app.action(request_card.CHANGE)(change)
    app.view(request_form.EDIT)(edited)
    app.action(request_card.WITHDRAW)(withdraw)
    app.action(request_card.UNDO)(undo)
    app.action(request_card.SOMEONE_ELSE)(someone_else)
    app.action(request_card.AGAIN)(again)
    app.action(request_card.KEEP_WAITING)(keep_waiting)
    app.action(request_card.TELL_ADMINS)(tell_admins)
    app.action(request_card.POST)(post_in_channel)
    app.action(request_card.TAKE_POST_BACK)(take_post_back)
    app.action(request_card.COACH)(think)
    app.action(request_card.REWORD)(reword)
    app.action(paging.OPEN)(read)

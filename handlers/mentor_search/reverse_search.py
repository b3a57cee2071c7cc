"""Looking for a junior to learn from: the doors to the form, and its answer."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.block_kit.blocks import View
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.mentor_search import reverse_form
from handlers.mentor_search.reverse_form import Filling
from handlers.mentorships import card as pair_card
from handlers.mentorships.mentorships import seen
from handlers.requests import drafts
from handlers.requests import form as request_form
from handlers.triage import advice
from kernel.desk import Desk
from kernel.values import PersonId, TopicId
from matching.values import Lane
from mentoring.requests import drafts as kept
from relationships.mentor_search import wishes


async def called(call: Call, rest: str) -> None:
    """Open the form from a command, with what was typed after the word."""
    filling = await _guessed(Filling(call.cause, wants=rest), call.desk)
    await call.open(reverse_form.form(filling, call.desk))


async def open_form(press: Press) -> None:
    """Open an empty form."""
    async with press.answering():
        await press.open(reverse_form.form(Filling(press.cause), press.desk))


async def from_advice(press: Press) -> None:
    """Open the form with a text that was kept."""
    async with press.answering():
        draft = await drafts.still_kept(press.desk, press.value, press.me)
        filling = await _guessed(Filling(press.cause, wants=draft.text, draft_id=draft.id), press.desk)
        await press.open(reverse_form.form(filling, press.desk))


async def again(press: Press) -> None:
    """Open the form again, with what one that has ended was for."""
    async with press.answering():
        before, _ = await seen(press.desk, press.value, press.me, press.now)
        filling = Filling(press.cause, wants=before.agreement.purpose, topics=before.topics)
        await press.open(reverse_form.form(filling, press.desk))


async def submitted(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Begin to look; problems go back into the form, and everything typed stays."""
    filling = reverse_form.filled(view)
    async with answering(ack, reverse_form.problems) as answer:
        topics = filling.topics or await _topics(filling.wants, desk)
        await wishes.wish(
            desk, me, now, id=filling.cause, wants=filling.wants, topics=topics, is_reverse=True
        )
        if filling.draft_id:
            await kept.discard(desk, filling.draft_id, me, now)
        answer["response_action"] = "clear"


async def _guessed(filling: Filling, desk: Desk) -> Filling:
    return replace(filling, topics=await _topics(filling.wants, desk)) if filling.wants else filling


async def _topics(text: str, desk: Desk) -> tuple[TopicId, ...]:
    """What a text is probably about: where that can be asked upwards, only such topics."""
    found = request_form.probably_about(await request_form.guesses(text, desk))
    upwards = tuple(it for it in found if Lane.REVERSE in desk.topics.get(it).lanes)
    return upwards or found


def register(app: App) -> None:
    """Listen to the search for a junior."""
    for action, listener in {
        reverse_form.OPEN: open_form,
        advice.REVERSE: from_advice,
        pair_card.LEARN_AGAIN: again,
    }.items():
        app.action(action)(listener)
    app.view(reverse_form.FORM)(submitted)

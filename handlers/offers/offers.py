"""What a helper answers: the buttons of an offer, the form for someone who fits better, a channel's post."""

from datetime import datetime
from typing import Any

from handlers.block_kit.blocks import View
from handlers.interactions import pause_words
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.offers import card as offer_card
from handlers.offers import channel_post
from kernel.desk import Desk
from kernel.values import OfferId, PersonId, RequestId
from mentoring.people import people
from mentoring.routing import offers, undo_offers


async def accept(press: Press) -> None:
    """Turn an offer into a session."""
    await press.carry_out(offers.accept(press.desk, OfferId(press.value), press.me, press.now))


async def decline(press: Press) -> None:
    """Say not now, without a reason."""
    await press.carry_out(offers.decline(press.desk, OfferId(press.value), press.me, press.now))


async def undo(press: Press) -> None:
    """Take a no back."""
    await press.carry_out(undo_offers.undo(press.desk, OfferId(press.value), press.me, press.now))


async def name_someone(press: Press) -> None:
    """Open the form for someone who fits better."""
    await press.open(offer_card.form(press.value))
    await press.ack()


async def passed_on(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Hand the question on to whoever was named, or to whoever is next."""
    named = offer_card.passed_on(view)
    async with answering(ack, offer_card.problems):
        await offers.pass_on(desk, named.offer_id, me, now, to=named.to, note=named.note)


async def pause(press: Press) -> None:
    """Pause the helper: this question, and every other that waits for them, goes on to someone else."""
    length, _ = offer_card.pause_chosen(press.value)
    async with press.answering():
        until = await pause_words.end_for(press.desk, press.me, length, press.now)
        await people.pause(press.desk, press.me, until or press.now, press.now)


async def take(press: Press) -> None:
    """Take a question from its post in a channel."""
    await press.carry_out(offers.volunteer(press.desk, RequestId(press.value), press.me, press.now))


def register(app: App) -> None:
    """Listen to helpers."""
    app.action(offer_card.ACCEPT)(accept)
    app.action(offer_card.DECLINE)(decline)
    app.action(offer_card.UNDO)(undo)
    app.action(offer_card.PASS_ON)(name_someone)
    app.view(offer_card.FORM)(passed_on)
    app.action(offer_card.MENU)(pause)
    app.action(channel_post.TAKE)(take)

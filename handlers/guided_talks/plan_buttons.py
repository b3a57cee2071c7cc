"""What is done about the plan that a guided talk came to: keep it, change it, drop it."""

import asyncio
from datetime import datetime
from typing import Any

from coaching.guide import next_steps
from coaching.guide.talk import GuidedTalk
from handlers.block_kit.blocks import View
from handlers.guided_talks import card as talk_card
from handlers.guided_talks import plan_form
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from kernel.desk import Desk
from kernel.values import PersonId


async def agree(press: Press) -> None:
    """Say yes to the plan."""
    await press.carry_out(next_steps.agree(press.desk, press.value, press.me, press.now))


async def drop(press: Press) -> None:
    """Do without the plan."""
    await press.carry_out(next_steps.drop(press.desk, press.value, press.me, press.now))


async def done(press: Press) -> None:
    """Say that the step is done."""
    await press.carry_out(next_steps.done(press.desk, press.value, press.me, press.now))


async def later(press: Press) -> None:
    """Be reminded of the step a day later."""
    await press.carry_out(next_steps.postpone(press.desk, press.value, press.me, press.now))


async def change(press: Press) -> None:
    """Open the form for a part of the plan, or for all of it."""
    talk_id, which = plan_form.asked(press.value)
    async with press.answering():
        talk = (await press.desk.get(GuidedTalk, talk_id)).check_owner(press.me)
        await press.open(await asyncio.to_thread(plan_form.form, talk, which, press.now))


async def changed(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Take over what was filled in."""
    said = plan_form.filled(view)
    async with answering(ack, plan_form.problems):
        await next_steps.change(desk, said.talk_id, me, now, parts=said.parts, at=said.at)


def register(app: App) -> None:
    """Listen to the buttons and the form."""
    app.action(talk_card.AGREE)(agree)
    app.action(talk_card.DROP)(drop)
    app.action(talk_card.KEPT)(done)
    app.action(talk_card.LATER)(later)
    app.action(talk_card.CHANGE)(change)
    app.action(talk_card.ANOTHER_DAY)(change)
    app.view(plan_form.FORM)(changed)

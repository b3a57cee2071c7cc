"""What the two do in a session: more time, names, the wrap-up and the next step."""

from datetime import datetime
from typing import Any

from handlers.block_kit.blocks import View
from handlers.block_kit.refusals import under
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.sessions import card as session_card
from handlers.sessions import wrap_up_form
from kernel.desk import Desk
from kernel.values import PersonId, SessionId
from mentoring.model.session import NextStep, Session
from mentoring.sessions import relay, sessions


async def _talk(press: Press) -> Session:
    """The session that a button stands for, to its two people alone."""
    session = await press.desk.get(Session, press.value)
    session.other(press.me)
    return session


async def wrap_up(press: Press) -> None:
    """Open the form that ends a session."""
    async with press.answering():
        await press.open(wrap_up_form.wrap_up(await _talk(press), press.me, press.now))


async def wrapped_up(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """End a session with what it took."""
    async with answering(ack, under("minutes")):
        end = wrap_up_form.wrapped_up(view)
        await sessions.wrap_up(desk, wrap_up_form.session_of(view), me, end, now)


async def more_time(press: Press) -> None:
    """Go on for a while."""
    await press.carry_out(sessions.more_time(press.desk, SessionId(press.value), press.me, press.now))


async def reveal(press: Press) -> None:
    """Agree to be named."""
    await press.carry_out(relay.propose_reveal(press.desk, SessionId(press.value), press.me, press.now))


async def keep_hidden(press: Press) -> None:
    """Stay without a name after all."""
    await press.carry_out(relay.take_back_reveal(press.desk, SessionId(press.value), press.me, press.now))


async def plan(press: Press) -> None:
    """Open the form for the next step."""
    async with press.answering():
        await press.open(wrap_up_form.plan(await _talk(press)))


async def planned(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Write down what the asker will do."""
    async with answering(ack, under("action")):
        step = wrap_up_form.planned(view) or NextStep(cue="", action="")
        await sessions.plan(desk, wrap_up_form.session_of(view), me, step, now)


async def room(press: Press) -> None:
    """Let Slack follow the link of the button."""
    await press.ack()


def register(app: App) -> None:
    """Listen to sessions."""
    app.action(session_card.WRAP_UP)(wrap_up)
    app.view(wrap_up_form.WRAP_UP)(wrapped_up)
    app.action(session_card.MORE_TIME)(more_time)
    app.action(session_card.REVEAL)(reveal)
    app.action(session_card.HIDE)(keep_hidden)
    app.action(session_card.PLAN)(plan)
    app.view(wrap_up_form.PLAN)(planned)
    app.action(session_card.ROOM)(room)

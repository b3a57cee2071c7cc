"""What is asked after a session: how it went, whether the advice was used; and what admins have seen to."""

from datetime import datetime
from typing import Any, cast

from handlers.admins import alert_card
from handlers.block_kit.blocks import View
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.requests import history
from handlers.sessions import feedback_card
from kernel.desk import Desk
from kernel.errors import NotYours
from kernel.store import Key, Snapshot
from kernel.values import PersonId
from mentoring.admins import alerts
from mentoring.model.check import Used
from mentoring.model.session import Session
from mentoring.sessions import feedback, follow_ups
from mentoring.sessions.feedback import Answer, Feedback


async def answer(press: Press) -> None:
    """Open the form for a word to the other."""
    async with press.answering():
        key = Key(Feedback, press.value)
        asked, session, name = await press.desk.store.look(lambda read: _mine(read, press), load=[key])
        await press.open(feedback_card.form(asked, session, name))


def _mine(read: Snapshot, press: Press) -> tuple[Feedback, Session, str]:
    """The feedback that a button stands for, to whom it was put, its session and the other's name."""
    asked = read.get(Feedback, press.value)
    if asked.person_id != press.me:
        raise NotYours
    session = read.get(Session, asked.session_id)
    return asked, session, history.called(read, session, press.me)


async def answered(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Take down how it went."""
    feedback_id, said = feedback_card.answered(view)
    async with answering(ack, feedback_card.problems):
        await feedback.answer(desk, feedback_id, me, said, now)


async def tap(press: Press) -> None:
    """Take down in one tap whether it helped, or was worth the time."""
    said = Answer(helped=feedback_card.ANSWERS[press.action_id])
    await press.carry_out(feedback.answer(press.desk, press.value, press.me, said, press.now))


async def check(press: Press) -> None:
    """Take down whether the advice was used."""
    used = cast(Used, feedback_card.CHECK_ANSWERS[press.action_id])
    await press.carry_out(follow_ups.answer_check(press.desk, press.value, press.me, used, press.now))


async def undo_check(press: Press) -> None:
    """Take back what was said of how the advice was used."""
    await press.carry_out(follow_ups.undo_check(press.desk, press.value, press.me, press.now))


async def take_on(press: Press) -> None:
    """See to an alert, for now or until it is closed."""
    await press.carry_out(alerts.take_on(press.desk, press.value, press.me, press.now))


async def hand_back(press: Press) -> None:
    """Leave an alert to the other admins."""
    await press.carry_out(alerts.hand_back(press.desk, press.value, press.me))


async def close(press: Press) -> None:
    """Close an alert for every admin."""
    await press.carry_out(alerts.close_alert(press.desk, press.value, press.me, press.now))


async def reopen(press: Press) -> None:
    """Open an alert again for every admin."""
    await press.carry_out(alerts.reopen(press.desk, press.value, press.me, press.now))


def register(app: App) -> None:
    """Listen to feedback, checks and alerts."""
    for action_id in feedback_card.ANSWERS:
        app.action(action_id)(tap)
    app.action(feedback_card.ANSWER)(answer)
    app.view(feedback_card.FORM)(answered)
    for action_id in feedback_card.CHECK_ANSWERS:
        app.action(action_id)(check)
    app.action(feedback_card.UNDO)(undo_check)
    app.action(alert_card.TAKE_ON)(take_on)
    app.action(alert_card.HAND_BACK)(hand_back)
    app.action(alert_card.CLOSE)(close)
    app.action(alert_card.REOPEN)(reopen)

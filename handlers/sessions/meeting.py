"""What the two do about when they talk: start, propose, choose, run late, call off, say that they did."""

from datetime import UTC, datetime
from typing import Any

from handlers.block_kit import blocks
from handlers.block_kit.blocks import View
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.sessions import meeting_card, meeting_form
from kernel.desk import Desk
from kernel.presence import UNKNOWN, Available
from kernel.values import PersonId, SessionId
from mentoring.model.person import Person, stranger
from mentoring.model.session import Session
from mentoring.sessions import appointments


async def start(press: Press) -> None:
    """Be there; where the other can't see it this moment, say so, with the way to another time."""
    async with press.answering():
        session = await appointments.start(press.desk, SessionId(press.value), press.me, press.now)
        if away := meeting_card.out_of_reach(session, press.me, await _seen(press, session)):
            await press.say(blocks.spoken(away), away)


async def _seen(press: Press, session: Session) -> Available:
    other = session.other(press.me)
    return (await press.desk.presence.look([other])).get(other, UNKNOWN)


async def in_an_hour(press: Press) -> None:
    """Talk in an hour."""
    await press.carry_out(appointments.in_an_hour(press.desk, SessionId(press.value), press.me, press.now))


async def propose(press: Press) -> None:
    """Open the form for times, with some that would suit both."""
    async with press.answering():
        found = await appointments.suggested(press.desk, SessionId(press.value), press.me, press.now)
        person = await press.desk.find(Person, press.me) or stranger(press.me, press.now)
        await press.open(meeting_form.form(press.value, found, person.zone))


async def proposed(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Propose what was filled in."""
    said = meeting_form.proposed(view)
    async with answering(ack, said.problems):
        await appointments.propose(desk, said.session_id, me, said.times, now)


async def choose(press: Press) -> None:
    """Agree on one of the times."""
    session_id, seconds = meeting_card.chosen(press.value)
    at = datetime.fromtimestamp(seconds, UTC)
    await press.carry_out(appointments.choose(press.desk, SessionId(session_id), press.me, at, press.now))


async def run_late(press: Press) -> None:
    """Come ten minutes later."""
    await press.carry_out(appointments.run_late(press.desk, SessionId(press.value), press.me, press.now))


async def call_off(press: Press) -> None:
    """Let the search go on for the asker."""
    await press.carry_out(appointments.call_off(press.desk, SessionId(press.value), press.me, press.now))


async def talked(press: Press) -> None:
    """Say that the session was held."""
    await press.carry_out(appointments.talked(press.desk, SessionId(press.value), press.me, press.now))


def register(app: App) -> None:
    """Listen to what is done about appointments."""
    app.action(meeting_card.START)(start)
    app.action(meeting_card.IN_AN_HOUR)(in_an_hour)
    app.action(meeting_card.PROPOSE)(propose)
    app.view(meeting_form.FORM)(proposed)
    for action_id in meeting_card.CHOICES:
        app.action(action_id)(choose)
    app.action(meeting_card.LATE)(run_late)
    app.action(meeting_card.CALL_OFF)(call_off)
    app.action(meeting_card.TALKED)(talked)

"""What people say about their own help: the profile form, pausing, stopping, and being asked again later."""

import re
from datetime import datetime, timedelta
from typing import Any

from handlers.block_kit.blocks import View
from handlers.interactions import pause_words
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.profile import form as profile_form
from handlers.profile import words
from kernel.desk import Desk
from kernel.values import PersonId
from mentoring.model.person import Person
from mentoring.people import people


async def open_form(press: Press) -> None:
    """Open the profile."""
    await press.open(await profile_form.known_form(press.desk, press.me))
    await press.ack()


async def saved(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Take over a profile, and with whom the person is never matched."""
    async with answering(ack, profile_form.problems):
        filled = profile_form.filled(view)
        person = await people.enrol(desk, me, filled.profile, now)
        await _keep_apart(desk, person, filled.apart, now)


async def _keep_apart(desk: Desk, person: Person, wanted: frozenset[PersonId], now: datetime) -> None:
    for other in sorted(wanted - person.do_not_match - {person.id}):
        await people.keep_apart(desk, person.id, other, now)
    for other in sorted(wanted - {person.id}):
        await desk.part(person.id, other, now)
    for other in sorted(person.do_not_match - wanted):
        await people.bring_together(desk, person.id, other, now)


async def called(call: Call, _rest: str) -> None:
    """Open the profile, from its word."""
    await call.open(await profile_form.known_form(call.desk, call.me))


async def pause(press: Press) -> None:
    """Take no asks for as long as the button says."""
    async with press.answering():
        until = await pause_words.end_for(press.desk, press.me, press.value, press.now)
        await people.pause(press.desk, press.me, until or press.now, press.now)


async def resume(press: Press) -> None:
    """Take asks again."""
    await press.carry_out(people.resume(press.desk, press.me, press.now))


async def stop(press: Press) -> None:
    """Stop helping; topics are kept for a return."""
    await press.carry_out(people.leave(press.desk, press.me, press.now))


async def later(press: Press) -> None:
    """Put the invitation off, and say so."""
    days = press.desk.policy.ask_again_days
    async with press.answering():
        await people.ask_again(press.desk, press.me, press.now + timedelta(days=days), press.now)
        await press.say(words.will_ask_again(days))


def register(app: App) -> None:
    """Listen to what people say about their help."""
    app.action(profile_form.OPEN)(open_form)
    app.view(profile_form.FORM)(saved)
    app.action(re.compile(rf"{re.escape(profile_form.PAUSE)}\..+"))(pause)
    app.action(profile_form.RESUME)(resume)
    app.action(profile_form.LEAVE)(stop)
    app.action(profile_form.LATER)(later)

"""What people say about their own help: the profile form, pausing, stopping, and being asked again later."""

import re
from datetime import datetime, timedelta
from typing import Any

from coaching.sprints import sprints
from handlers.block_kit import mrkdwn
from handlers.block_kit.blocks import View
from handlers.interactions import pause_words
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.profile import form as profile_form
from kernel.desk import Desk
from kernel.errors import NotAMember
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
        await sprints.part(desk, person.id, other, now)
    for other in sorted(person.do_not_match - wanted):
        await people.bring_together(desk, person.id, other, now)


async def called(call: Call, _rest: str) -> None:
    """Open the profile, from its word."""
    await call.open(await profile_form.known_form(call.desk, call.me))


async def pause_called(call: Call, rest: str) -> None:
    """Take no asks for a while; words that name no time are answered with examples."""
    person = await call.desk.find(Person, call.me)
    if pause_words.names_day(rest) and (person is None or person.standing == "unknown"):
        raise NotAMember(call.me, "unknown")
    until = pause_words.paused_until(rest, call.now, person.zone if person else "UTC")
    if until is None:
        await call.say(f"Until when? I don't understand {mrkdwn.quoted(rest, 60)}. {pause_words.EXAMPLES}")
    else:
        await people.pause(call.desk, call.me, until, call.now)
        back = "`/ask-mentor resume` brings you back sooner."
        await call.say(f"*Paused until {mrkdwn.weekday_moment(until)}.* Nobody is told. {back}")


async def resume_called(call: Call, _rest: str) -> None:
    """Take asks again, from its word."""
    person = await people.resume(call.desk, call.me, call.now)
    other = "You aren't asked by anyone yet: `/ask-mentor profile` changes that."
    await call.say(f"*Welcome back.* {'You can be asked again.' if person.is_helper else other}")


async def pause(press: Press) -> None:
    """Take no asks for as long as the button says."""
    until = pause_words.paused_until(press.value, press.now, "UTC") or press.now
    await press.carry_out(people.pause(press.desk, press.me, until, press.now))


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
        await press.say(f"Fine. I'll ask you again in {days} days, and not before.")


def register(app: App) -> None:
    """Listen to what people say about their help."""
    app.action(profile_form.OPEN)(open_form)
    app.view(profile_form.FORM)(saved)
    app.action(re.compile(rf"{re.escape(profile_form.PAUSE)}\..+"))(pause)
    app.action(profile_form.RESUME)(resume)
    app.action(profile_form.LEAVE)(stop)
    app.action(profile_form.LATER)(later)

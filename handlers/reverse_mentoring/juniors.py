"""What juniors press: what talking with a senior is like, and meeting others who mentor upwards."""

from datetime import datetime
from typing import Any

from handlers.block_kit.blocks import View
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.mentorships import card as pair_card
from handlers.mentorships.mentorships import seen
from handlers.reverse_mentoring import group_card, voice_form, words
from kernel.desk import Desk
from kernel.errors import Invalid, NotYours
from kernel.values import PersonId
from relationships.reverse_mentoring import juniors_group, juniors_voice


async def open_voice(press: Press) -> None:
    """Ask what it is like."""
    async with press.answering():
        mentorship, sight = await seen(press.desk, press.value, press.me, press.now)
        if not mentorship.is_reverse or press.me != mentorship.mentor_id:
            raise NotYours
        await press.open(voice_form.form(mentorship.id, sight.called))


async def said(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Keep what was said."""
    filled = voice_form.filled(view)
    async with answering(ack, voice_form.problems):
        if filled.impression is None:
            raise Invalid("impression", "empty")
        await juniors_voice.say(desk, filled.mentorship_id, me, filled.impression, now)


async def join(press: Press) -> None:
    """Wish to meet others."""
    async with press.answering():
        state = await juniors_group.join(press.desk, press.me, press.now, group_id=press.cause)
        await press.say(words.JOINED[state])


async def leave(press: Press) -> None:
    """Wait no longer."""
    await press.carry_out(juniors_group.leave(press.desk, press.me, press.now))


def register(app: App) -> None:
    """Listen to juniors."""
    app.action(pair_card.VOICE)(open_voice)
    app.action(group_card.JOIN)(join)
    app.action(group_card.LEAVE)(leave)
    app.view(voice_form.FORM)(said)

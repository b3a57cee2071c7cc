"""The conversation of peer coaching: the form, what each thinks through, and the turns."""

from datetime import datetime
from typing import Any

from handlers.block_kit.blocks import View
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.peer_coaching import card as peer_card
from handlers.peer_coaching import form as peer_form
from handlers.peer_coaching import thought_form
from handlers.peer_coaching.form import Filling
from handlers.requests import drafts, history
from handlers.requests import form as request_form
from handlers.triage import advice
from kernel.desk import Desk
from kernel.store import Key, Snapshot
from kernel.values import PersonId, RequestId, SessionId
from mentoring.model.person import Person
from mentoring.model.session import Session
from mentoring.requests import requests
from mentoring.routing import peer_pairing, peer_turns


async def called(call: Call, text: str) -> None:
    """Open the form from the command, with what was typed after the sub-word."""
    found = request_form.surely_about(await request_form.guesses(text, call.desk)) if text else ()
    await call.open(peer_form.form(Filling(call.cause, text, found), call.desk))


async def begin(press: Press) -> None:
    """Open the form from the advice, with the text that was kept."""
    async with press.answering():
        draft = await drafts.still_kept(press.desk, press.value, press.me)
        found = request_form.surely_about(await request_form.guesses(draft.text, press.desk))
        filling = Filling(ids.caused_by(f"request {draft.id}"), draft.text, found, draft.id)
        await press.open(peer_form.form(filling, press.desk))


async def submitted(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Look for someone; problems go back into the form, and everything typed stays."""
    filling = peer_form.filled(view)
    person = await desk.find(Person, me)
    async with answering(ack, peer_form.problems):
        rest = await drafts.rest_of(desk, filling.draft_id, me)
        new = peer_form.new_request(filling, peer_pairing.ground(person), rest)
        await requests.file(desk, me, new, RequestId(filling.cause), now)


async def thought(press: Press) -> None:
    """Open the form for what the one who said yes would like to think through."""
    async with press.answering():
        session, name = await press.desk.store.look(
            lambda read: _of_talk(read, press), load=[Key(Session, press.value)]
        )
        await press.open(thought_form.form(session, name))


def _of_talk(read: Snapshot, press: Press) -> tuple[Session, str]:
    """A session of the one who pressed, and what the other is called."""
    session = read.get(Session, press.value)
    session.other(press.me)
    return session, history.called(read, session, press.me)


async def thought_of(ack: Any, view: View, desk: Desk, me: PersonId) -> None:
    """Note what the one who said yes would like to think through."""
    session_id, words = thought_form.filled(view)
    async with answering(ack, thought_form.problems):
        await peer_turns.think_through(desk, session_id, me, words)


async def next_turn(press: Press) -> None:
    """Start, swap, or end the second turn."""
    session_id, after = peer_card.pressed(press.value)
    going_on = peer_turns.next_turn(press.desk, SessionId(session_id), press.me, after, press.now)
    await press.carry_out(going_on)


def register(app: App) -> None:
    """Listen to peer coaching."""
    app.action(advice.PEER)(begin)
    app.view(peer_form.FORM)(submitted)
    app.action(peer_card.NEXT)(next_turn)
    app.action(thought_form.OPEN)(thought)
    app.view(thought_form.FORM)(thought_of)

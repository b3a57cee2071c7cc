"""`/coach-me board`: one's board, who is on it, and the way to whoever may fill an empty seat."""

from datetime import datetime
from typing import Any

from handlers.block_kit import mrkdwn, payload
from handlers.block_kit.blocks import View
from handlers.block_kit.errors import Stale
from handlers.block_kit.payload import Number
from handlers.board import card, doors, form, window, words
from handlers.board.window import BoardWindow
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.requests import form as request_form
from kernel.desk import Desk
from kernel.errors import NotFound
from kernel.store import Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.another_angle import angles
from relationships.another_angle.angle import Angle
from relationships.board import boards
from relationships.board.board import Gap
from relationships.board.boards import Look
from relationships.board.reading import Seated, arenas_of

_PROMPT = "prompt"


async def called(call: Call, _rest: str) -> None:
    """Open the window by a word of a command."""
    await call.open(await opened(call.desk, call.me, call.now))


async def opened(desk: Desk, me: PersonId, now: datetime) -> View:
    """The window; from now on an empty seat may be brought up."""
    return await _window(desk, me, now, await boards.open_board(desk, me, now))


async def _redrawn(desk: Desk, me: PersonId, now: datetime, note: str = "") -> View:
    return await _window(desk, me, now, await boards.look(desk, me, now), note)


async def _window(desk: Desk, me: PersonId, now: datetime, seen: Look, note: str = "") -> View:
    since = await angles.since(desk, me, now)

    def view(read: Snapshot) -> BoardWindow:
        person = read.find(Person, me)
        own = arenas_of(person) if person else {}
        return BoardWindow(seen, now, own, doors.GAPS, read.find(Angle, me), since)

    return window.board(await desk.store.look(view), note)


async def open_board(press: Press) -> None:
    """Open the window from a button; one below a prompt takes the prompt up."""
    async with press.answering():
        await _take_up(press)
        await _show(press, await opened(press.desk, press.me, press.now))


async def _take_up(press: Press) -> None:
    place, _, number = press.value.partition(" ")
    if place == _PROMPT:
        taken = payload.read(Number, number)
        await boards.answer(press.desk, press.me, taken, press.now, taken=True)


async def _show(press: Press, view: View) -> None:
    """Put a view in the place of the window that the button stands in, or open it."""
    standing = press.sent.view
    if standing is not None and standing.type == "modal":
        await press.turn(view)
    else:
        await press.open(view)


async def fill_seat(press: Press) -> None:
    """Open what looks for somebody for an empty seat."""
    found: Gap | None = next((it for it in doors.GAPS if press.action_id == f"{window.SEAT}.{it}"), None)
    if found is None:
        raise Stale
    async with press.answering():
        await _take_up(press)
        await doors.go(press, found)


async def not_now(press: Press) -> None:
    """Leave an empty seat as it is."""
    number = payload.read(Number, press.value)
    await press.carry_out(boards.answer(press.desk, press.me, number, press.now, taken=False))


async def add(press: Press) -> None:
    """Open the form for somebody new."""
    async with press.answering():
        await _show(press, form.add(press.cause))


async def added(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Put somebody on the board."""
    filled = form.filled(view)
    async with answering(ack, form.problems) as answer:
        await boards.add(desk, me, filled.said, now, once=filled.cause)
        answer.update(response_action="update", view=await _redrawn(desk, me, now))


async def changed(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Say something else of somebody."""
    filled = form.filled(view)
    if filled.key is None:
        raise Stale
    async with answering(ack, form.change_problems) as answer:
        await boards.change(desk, me, filled.key, filled.said, now)
        answer.update(response_action="update", view=await _redrawn(desk, me, now))


async def menu(press: Press) -> None:
    """Change somebody's seat, ask them something, or take them off."""
    what, key = window.chosen(press.value)
    deed = {window.CHANGE: _change, window.ASK: _ask, window.TAKE_OFF: _take_off}.get(what)
    if deed is None:
        raise Stale
    async with press.answering():
        seen = await boards.look(press.desk, press.me, press.now)
        seat = seen.seat(key)
        if seat is None:
            raise NotFound("seat", key)
        await deed(press, seat, seen)


async def _change(press: Press, seat: Seated, seen: Look) -> None:
    await _show(press, form.change(seat, seen, press.cause))


async def _ask(press: Press, seat: Seated, seen: Look) -> None:
    """Open the form of a question to one person."""
    if seat.person_id is None:
        raise Stale
    filling = request_form.Filling(press.cause, prefer=seat.person_id)
    note = words.asked_first(mrkdwn.mention(seat.person_id))
    await press.open(await request_form.opened(filling, press, note))


async def _take_off(press: Press, seat: Seated, seen: Look) -> None:
    await boards.take_off(press.desk, press.me, seat.key, press.now)
    await _show(press, await _redrawn(press.desk, press.me, press.now))


async def fill(press: Press) -> None:
    """Have the board fill itself, or not."""
    async with press.answering():
        await boards.fill(press.desk, press.me, press.now, fills=press.value == "on")
        await _show(press, await _redrawn(press.desk, press.me, press.now))


async def draw(press: Press) -> None:
    """Have a picture of the board sent to its owner."""
    async with press.answering():
        await boards.draw(press.desk, press.me, press.now, once=press.cause)
        await _show(press, await _redrawn(press.desk, press.me, press.now, words.ON_ITS_WAY))


def register(app: App) -> None:
    """Listen to the window, its forms and the prompt."""
    app.action(window.OPEN)(open_board)
    for gap in sorted(doors.GAPS):
        app.action(f"{window.SEAT}.{gap}")(fill_seat)
    app.action(card.NOT_NOW)(not_now)
    app.action(window.ADD)(add)
    app.view(form.FORM)(added)
    app.view(form.CHANGE_FORM)(changed)
    app.action(window.MENU)(menu)
    app.action(window.FILL)(fill)
    app.action(window.DRAW)(draw)

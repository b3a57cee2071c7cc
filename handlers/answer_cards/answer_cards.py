"""The conversation of answer cards: writing one, agreeing to it, finding it, and taking it down."""

from dataclasses import replace
from typing import Any

from handlers.answer_cards import card, form, found, words
from handlers.answer_cards.form import Filled
from handlers.block_kit import blocks, mrkdwn
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.requests import form as request_form
from kernel.errors import Invalid, NotFound, Refusal
from kernel.reading import aside
from kernel.values import RequestId
from mentoring.model.request import Request
from mentoring.requests import undo
from relationships.answer_cards import answer_cards, lookup
from relationships.answer_cards.answer_card import AnswerCard
from relationships.answer_cards.answer_cards import ForAdmins


async def write(press: Press) -> None:
    """Open the form in which a helper writes the answer of a session down."""
    async with press.answering():
        seen = await answer_cards.about(press.desk, press.value, press.me, press.now)
        await press.open(form.form(Filled(session_id=press.value), seen.words))


async def change(press: Press) -> None:
    """Open a card's words to one of the two."""
    async with press.answering():
        it = (await press.desk.get(AnswerCard, press.value)).check_one_of_two(press.me)
        await press.open(form.form(Filled(card_id=it.id, turn=1), it.words))


async def submitted(call: Call, view: dict[str, Any]) -> None:
    """Show the words as others would read them, until they are sent as they were shown; then save them."""
    filled, desk = form.filled(view), call.desk
    async with answering(call.ack, filled.problems) as answer:
        finding = await aside(call.screening.of, f"{filled.words.question}\n{filled.words.answer}")
        id = filled.card_id or filled.session_id or ""
        seen = await answer_cards.checked(desk, id, filled.words, call.now, finding=finding)
        if not filled.turn or seen.words != filled.words:
            preview = form.form(replace(filled, turn=filled.turn + 1), seen.words, seen.hidden)
            answer.update(response_action="update", view=preview)
        elif not filled.unnamed:
            raise Invalid("unnamed", "empty")
        elif filled.card_id:
            await answer_cards.reword(desk, id, call.me, seen.words, call.now, finding=finding)
        else:
            await answer_cards.write(desk, id, call.me, seen.words, call.now, finding=finding)


async def agree(press: Press) -> None:
    """Let others find it."""
    card_id, wording = card.agreed_to(press.value)
    await press.carry_out(answer_cards.agree(press.desk, card_id, press.me, wording, press.now))


async def confirm(press: Press) -> None:
    """Say that it is still true."""
    await press.carry_out(answer_cards.confirm(press.desk, press.value, press.me, press.now))


async def withdraw(press: Press) -> None:
    """Take it away."""
    await press.carry_out(answer_cards.withdraw(press.desk, press.value, press.me, press.now))


async def take_down(press: Press) -> None:
    """Take it away as an admin."""
    doing = answer_cards.take_down(press.desk, press.value, press.me, press.now)
    await press.carry_out(doing, lambda _: words.TAKEN_DOWN)


async def solved(press: Press) -> None:
    """End a question, as the answer was enough."""
    doing = lookup.solve(press.desk, press.value, press.me, press.now)
    await press.carry_out(doing, lambda _: words.SOLVED_SAID)


async def still_talk(press: Press) -> None:
    """Ask a colleague at once."""
    await press.carry_out(lookup.want_person(press.desk, press.value, press.me, press.now))


async def after_all(press: Press) -> None:
    """Go on with a question that was solved; where that can't be undone any more, open it in a new form."""
    async with press.answering():
        await lookup.want_person(press.desk, press.value, press.me, press.now)
        try:
            await undo.withdrawal(press.desk, press.me, RequestId(press.value), press.now)
        except Refusal:
            before = request_form.of_request(await press.desk.get(Request, press.value), press.cause)
            await press.open(await request_form.opened(replace(before, request_id=None), press))


async def called(call: Call, rest: str) -> None:
    """Show an admin the one card of a code, with the way to take it down."""
    try:
        shown = card.for_admin(await answer_cards.coded(call.desk, rest.strip("` "), call.me))
    except ForAdmins:
        shown = [blocks.section(words.FOR_ADMINS)]
    except NotFound:
        code = words.NO_CARD.format(mrkdwn.quoted(rest, 60)) if rest.strip() else words.WHICH
        shown = [blocks.section(code)]
    await call.say(blocks.spoken(shown), shown)


def register(app: App) -> None:
    """Listen to the form, the buttons of the two, an admin's, and those on a question's card."""
    app.action(card.WRITE)(write)
    app.action(card.CHANGE)(change)
    app.view(form.FORM)(submitted)
    app.action(card.AGREE)(agree)
    app.action(card.CONFIRM)(confirm)
    app.action(card.WITHDRAW)(withdraw)
    app.action(card.TAKE_DOWN)(take_down)
    app.action(found.SOLVED)(solved)
    app.action(found.STILL_TALK)(still_talk)
    app.action(found.AFTER_ALL)(after_all)

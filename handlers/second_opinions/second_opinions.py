"""The conversation of a second opinion: its doors and forms, what the asker presses, what is answered."""

from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from handlers.block_kit import blocks
from handlers.block_kit.blocks import View
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.requests import card as request_card
from handlers.requests import drafts
from handlers.requests import form as request_form
from handlers.second_opinions import card, form, view_card, words
from handlers.second_opinions.form import Filling
from handlers.triage import triage_step
from kernel.desk import Desk
from kernel.errors import NotYours, OfferOver
from kernel.values import PersonId, TopicId
from mentoring.model.request import Request
from relationships.second_opinions import outcome, second_opinions, views
from relationships.second_opinions.second_opinion import LONGEST, SecondOpinion
from relationships.second_opinions.second_opinions import NewSecondOpinion


async def called(call: Call, rest: str) -> None:
    """Open the form with what was typed after the words; what doesn't fit is kept whole."""
    is_long = len(rest) > LONGEST
    if is_long:
        await drafts.keep(call, rest, "command")
    filling = await _guessed(Filling(call.cause, question=rest), call.desk)
    await call.open(form.form(filling, call.desk, note=words.KEPT if is_long else ""))


async def new(press: Press) -> None:
    """Open an empty form from a button."""
    async with press.answering():
        await press.open(form.form(Filling(press.cause), press.desk))


async def of_request(press: Press) -> None:
    """Open the form with a question that was asked already."""
    async with press.answering():
        request = await press.desk.get(Request, press.value)
        if request.asker_id != press.me:
            raise NotYours
        filling = Filling(
            press.cause, question=request.question, topics=request.topics, anonymous=request.anonymous
        )
        await press.open(form.form(filling, press.desk))


async def again(press: Press) -> None:
    """Open the form with a question that nobody has answered."""
    async with press.answering():
        before = await _mine(press)
        filling = Filling(
            press.cause,
            question=before.question,
            topics=before.topics,
            own_view=before.own_view,
            anonymous=before.anonymous,
        )
        await press.open(form.form(filling, press.desk))


async def ask_one(press: Press) -> None:
    """Open the form of an ordinary question with one that nobody has answered."""
    async with press.answering():
        before = await _mine(press)
        filling = request_form.Filling(
            press.cause, question=before.question, topics=before.topics, anonymous=before.anonymous
        )
        await press.open(await request_form.opened(filling, press))


async def submitted(call: Call, view: dict[str, Any]) -> None:
    """File what the form says; problems go back into it, and everything typed stays.

    What belongs with people who can act in confidence comes back once, with them named above it.
    """
    desk, filling = call.desk, form.filled(view)
    seen = await triage_step.reading(call.screening, filling.question, filling.own_view)
    care = seen.care(desk)
    if seen.is_confidential and not filling.is_cautioned:
        cautioned = form.form(replace(filling, is_cautioned=True), desk, care)
        await call.ack(response_action="update", view=cautioned)
        return
    async with answering(call.ack, form.problems) as answer:
        await second_opinions.ask(desk, call.me, await _new(filling, desk), filling.cause, call.now)
        if care and not filling.is_cautioned:
            on_its_way = [*request_card.saved(), *care]
            answer.update(response_action="update", view=blocks.modal("saved", words.ON_ITS_WAY, on_its_way))


async def _new(filling: Filling, desk: Desk) -> NewSecondOpinion:
    found = await request_form.guesses(filling.question, desk)
    return NewSecondOpinion(
        question=desk.topics.tagger.strip_tags(filling.question),
        topics=filling.topics or request_form.surely_about(found),
        own_view=filling.own_view,
        anonymous=filling.anonymous,
    )


async def _guessed(filling: Filling, desk: Desk) -> Filling:
    topics: tuple[TopicId, ...] = ()
    if filling.question:
        topics = request_form.probably_about(await request_form.guesses(filling.question, desk))
    return replace(filling, topics=topics)


async def withdraw(press: Press) -> None:
    """Take a question back."""
    doing = second_opinions.withdraw(press.desk, press.value, press.me, press.now)
    await press.carry_out(doing, lambda _: words.WITHDRAWN)


async def settle(press: Press) -> None:
    """Thank everyone who answered."""
    await press.carry_out(second_opinions.settle(press.desk, press.value, press.me, press.now))


async def talk(press: Press) -> None:
    """Ask whoever wrote one of the views for a session."""
    opinion_id, number = card.talk_chosen(press.value)
    mask = token_hex(8)
    await press.carry_out(
        second_opinions.talk(press.desk, opinion_id, press.me, number, press.now, mask=mask)
    )


async def own_view(press: Press) -> None:
    """Open the form of the asker's own view, as long as they have read no other."""
    async with press.answering():
        await press.open(form.own_view(await _mine(press)))


async def own_view_written(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Save the asker's own view."""
    filled = form.written(view)
    async with answering(ack, form.own_view_problems):
        await second_opinions.write_own(desk, filled.opinion_id, me, now, text=filled.own_view)


async def give(press: Press) -> None:
    """Open the form in which somebody gives their view, or changes it."""
    async with press.answering():
        opinion = await press.desk.get(SecondOpinion, press.value)
        seat = opinion.seat_of(press.me)
        if not seat.is_taken or (seat.state == "answered" and opinion.state != "gathering"):
            raise OfferOver
        await press.open(form.view(opinion, seat.text))


async def given(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Take a view; what was typed stays in the form where it can't be taken any more."""
    filled = form.written(view)
    async with answering(ack, form.view_problems):
        await views.answer(desk, filled.opinion_id, me, now, text=filled.view)


async def no_time(press: Press) -> None:
    """Ask somebody else."""
    await press.carry_out(views.decline(press.desk, press.value, press.me, press.now))


async def came_to(press: Press) -> None:
    """Tell everyone who answered what came of it, by one press."""
    [came] = [it for it in words.OUTCOMES if press.action_id == f"{card.OUTCOME}.{it}"]
    doing = outcome.come_to(press.desk, press.value, press.me, press.now, outcome=came)
    await press.carry_out(doing)


async def say_outcome(press: Press) -> None:
    """Open the form for what came of it."""
    async with press.answering():
        await press.open(form.outcome(await _mine(press)))


async def outcome_said(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Tell everyone who answered what came of it, in the asker's words."""
    filled = form.came_of(view)
    async with answering(ack, form.outcome_problems):
        await outcome.come_to(desk, filled.opinion_id, me, now, outcome=filled.outcome, words=filled.came_of)


async def _mine(press: Press) -> SecondOpinion:
    """The second opinion that a button stands for, to its asker alone."""
    return (await press.desk.get(SecondOpinion, press.value)).check_asker(press.me)


def register(app: App) -> None:
    """Listen to the doors, the forms, and the buttons of both cards."""
    app.action(form.OPEN)(new)
    app.action(request_card.SECOND_OPINION)(of_request)
    app.view(form.ASK)(submitted)
    app.action(card.WITHDRAW)(withdraw)
    app.action(card.SETTLE)(settle)
    app.action(card.TALK)(talk)
    app.action(card.AGAIN)(again)
    app.action(card.ASK_ONE)(ask_one)
    app.action(card.OWN_VIEW)(own_view)
    app.view(form.OWN_VIEW_FORM)(own_view_written)
    app.action(view_card.GIVE)(give)
    app.view(form.VIEW_FORM)(given)
    app.action(view_card.NO_TIME)(no_time)
    for came in words.OUTCOMES:
        app.action(f"{card.OUTCOME}.{came}")(came_to)
    app.action(card.SAY_OUTCOME)(say_outcome)
    app.view(form.OUTCOME_FORM)(outcome_said)

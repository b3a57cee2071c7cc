"""Finding a mentor, or a junior to learn from: wish, pick, yes, no, going on after a session, passing on."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers.block_kit.blocks import View
from handlers.block_kit.refusals import Problems
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.mentor_search import open_search, places_form, reverse_form, wish_card, wish_form, words
from handlers.mentor_search.wish_form import Filling
from handlers.mentorships import card as pair_card
from handlers.mentorships.mentorships import seen
from handlers.requests import drafts
from handlers.requests import form as request_form
from handlers.sessions import card as session_card
from handlers.triage import advice
from kernel.desk import Desk
from kernel.errors import Ended
from kernel.values import PersonId, SessionId, TopicId
from matching.values import Lane
from mentoring.requests import drafts as kept
from relationships.mentor_search import hand_over, keep_going, wishes
from relationships.mentorships import capacity


@dataclass(frozen=True, slots=True)
class Search:
    """The doors to a form, and its answer; where it *is_reverse*, a junior to learn from is sought."""

    form: Callable[[Filling, Desk], View]
    problems: Problems
    is_reverse: bool = False

    async def called(self, call: Call, rest: str) -> None:
        """Open the form from a command, with what was typed after the word."""
        filling = await self._guessed(Filling(call.cause, wants=rest), call.desk)
        await call.open(await self._first(filling, call.desk, call.me))

    async def open_form(self, press: Press) -> None:
        """Open an empty form."""
        async with press.answering():
            await press.open(await self._first(Filling(press.cause), press.desk, press.me))

    async def from_advice(self, press: Press) -> None:
        """Open the form with a text that was kept."""
        async with press.answering():
            draft = await drafts.still_kept(press.desk, press.value, press.me)
            filling = Filling(press.cause, wants=draft.text, draft_id=draft.id)
            filling = await self._guessed(filling, press.desk)
            await press.open(await self._first(filling, press.desk, press.me))

    async def again(self, press: Press) -> None:
        """Open the form again, with what a mentorship that has ended was for."""
        async with press.answering():
            before, _ = await seen(press.desk, press.value, press.me, press.now)
            filling = Filling(press.cause, wants=before.agreement.purpose, topics=before.topics)
            await press.open(await self._first(filling, press.desk, press.me))

    async def anew(self, ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
        """Stop the search that is open, and turn the window into the form, with what was typed."""
        instead = open_search.filled(view)
        async with answering(ack, self.problems) as answer:
            with suppress(Ended):  # somebody has just said yes, of which the card tells
                await wishes.withdraw(desk, instead.wish_id, me, now)
            answer.update(response_action="update", view=self.form(instead.filling, desk))

    async def submitted(self, ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
        """Begin to look; problems go back into the form, and everything typed stays."""
        filling = wish_form.filled(view)
        async with answering(ack, self.problems) as answer:
            await wishes.wish(
                desk,
                me,
                now,
                id=filling.cause,
                wants=filling.wants,
                topics=filling.topics or await self._topics(filling.wants, desk),
                named=filling.mentor,
                is_reverse=self.is_reverse,
            )
            if filling.draft_id:
                await kept.discard(desk, filling.draft_id, me, now)
            answer["response_action"] = "clear"

    async def _first(self, filling: Filling, desk: Desk, me: PersonId) -> View:
        """The form, or how the search stands that is open already."""
        standing = await wishes.open_wish(desk, me, is_reverse=self.is_reverse)
        return open_search.window(standing, filling) if standing else self.form(filling, desk)

    async def _guessed(self, filling: Filling, desk: Desk) -> Filling:
        topics = await self._topics(filling.wants, desk) if filling.wants else ()
        return replace(filling, topics=topics)

    async def _topics(self, text: str, desk: Desk) -> tuple[TopicId, ...]:
        """What a text is probably about: of a junior, where that can be asked upwards, only such topics."""
        found = request_form.probably_about(await request_form.guesses(text, desk))
        upwards = tuple(it for it in found if self.is_reverse and Lane.REVERSE in desk.topics.get(it).lanes)
        return upwards or found


MENTOR = Search(wish_form.form, wish_form.problems)
JUNIOR = Search(reverse_form.form, reverse_form.problems, is_reverse=True)


async def ask(press: Press) -> None:
    """Ask one of those suggested."""
    wish_id, mentor_id = wish_card.asked(press.value)
    await press.carry_out(wishes.ask(press.desk, wish_id, press.me, mentor_id, press.now))


async def withdraw(press: Press) -> None:
    """Stop looking."""
    await press.carry_out(wishes.withdraw(press.desk, press.value, press.me, press.now))


async def accept(press: Press) -> None:
    """Say yes."""
    await press.carry_out(wishes.accept(press.desk, press.value, press.me, press.now))


async def decline(press: Press) -> None:
    """Say not now."""
    await press.carry_out(wishes.decline(press.desk, press.value, press.me, press.now))


async def go_on(press: Press) -> None:
    """Wish to go on with the other of a session; its card says how that stands."""
    async with press.answering():
        wished = await keep_going.keep_going(press.desk, SessionId(press.value), press.me, press.now)
        if wished == "no_place":
            await press.say(words.NO_PLACE)


async def take_back(press: Press) -> None:
    """Take back the wish to go on."""
    await press.carry_out(keep_going.take_back(press.desk, SessionId(press.value), press.me, press.now))


async def pass_on(press: Press) -> None:
    """Open the choice of what the next mentor may see."""
    async with press.answering():
        mentorship, sight = await seen(press.desk, press.value, press.me, press.now)
        named = await hand_over.suggested(press.desk, mentorship, press.now)
        await press.open(wish_form.pass_on(mentorship, sight.suggested if named else "", press.cause))


async def passed_on(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Look for the next mentor, who sees what was chosen."""
    said = wish_form.passed_on(view)
    async with answering(ack, wish_form.pass_on_problems):
        await hand_over.pass_on(
            desk,
            said.mentorship_id,
            me,
            now,
            wish_id=said.cause,
            wants=said.wants,
            parts=frozenset(said.parts),
        )


async def places(press: Press) -> None:
    """Open the question for how many one mentors."""
    async with press.answering():
        await press.open(places_form.form(await capacity.places(press.desk, press.me)))


async def placed(ack: Any, view: View, desk: Desk, me: PersonId) -> None:
    """Take the number over."""
    async with answering(ack, places_form.problems):
        await capacity.set_places(desk, me, places_form.filled(view))


def register(app: App) -> None:
    """Listen to the search for a mentor, and for a junior."""
    for action, listener in {
        wish_form.OPEN: MENTOR.open_form,
        advice.MENTOR: MENTOR.from_advice,
        pair_card.NEXT_MENTOR: MENTOR.again,
        reverse_form.OPEN: JUNIOR.open_form,
        advice.REVERSE: JUNIOR.from_advice,
        pair_card.LEARN_AGAIN: JUNIOR.again,
        pair_card.PASS_ON: pass_on,
        wish_card.ASK: ask,
        wish_card.WITHDRAW: withdraw,
        wish_card.YES: accept,
        wish_card.NO: decline,
        session_card.KEEP_GOING: go_on,
        session_card.TAKE_BACK: take_back,
        places_form.OPEN: places,
    }.items():
        app.action(action)(listener)
    app.view(wish_form.FORM)(MENTOR.submitted)
    app.view(reverse_form.FORM)(JUNIOR.submitted)
    app.view(open_search.MENTOR_ANEW)(MENTOR.anew)
    app.view(open_search.JUNIOR_ANEW)(JUNIOR.anew)
    app.view(wish_form.PASS_ON)(passed_on)
    app.view(places_form.FORM)(placed)

"""Going from one way of helping to the next: questions before a talk, and a sprint for a next step."""

from datetime import datetime
from typing import Any

from handlers.block_kit import texts
from handlers.block_kit.blocks import View
from handlers.hybrid import questions_form, words
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.mentorships import card as mentorship_card
from handlers.mentorships import practice
from handlers.sessions import card as session_card
from handlers.sprints import form as sprint_form
from handlers.sprints import outlining
from kernel.desk import Desk
from kernel.errors import NotYours
from kernel.store import Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.hybrid import preparations
from relationships.hybrid.meeting import key_of, meeting_of, talk_id
from relationships.mentorships.mentorship import Mentorship


async def questions(press: Press) -> None:
    """Open the questions before the talk of a question, or what was sent of them."""
    await _ask(press, press.value)


async def questions_of_mentee(press: Press) -> None:
    """Open the questions before the next talk of a mentorship."""
    await _ask(press, talk_id(*mentorship_card.numbered(press.value)))


async def _ask(press: Press, id: str) -> None:
    async with press.answering():
        before = await preparations.of_talk(press.desk, id, press.me)
        called = await _called(press.desk, id)
        if before is not None and before.sent_at:
            await press.open(questions_form.sent(before, called))
        else:
            await press.open(questions_form.form(id, called, before))


async def written(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Keep what was written, and show what would be sent; with nothing ticked nothing is."""
    said = questions_form.filled(view)
    async with answering(ack, questions_form.problems) as answer:
        kept = await preparations.prepare(
            desk, said.talk_id, me, now, answers=said.answers, ticked=said.ticked
        )
        called = await _called(desk, said.talk_id)
        shown = questions_form.preview(kept, called) if kept.ticked else questions_form.kept()
        answer.update(response_action="update", view=shown)


async def sent(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Send what was looked at."""
    id = questions_form.confirmed(view).talk_id
    async with answering(ack, questions_form.preview_problems) as answer:
        await preparations.send(desk, id, me, now)
        answer["response_action"] = "clear"


async def practise(press: Press) -> None:
    """Plan a sprint for a next step of one's own."""
    mentorship_id, number = practice.chosen(press.value)
    async with press.answering():
        mentorship = (await press.desk.get(Mentorship, mentorship_id)).check_one_of(press.me)
        step = next((it for it in mentorship.steps if it.number == number and it.of == press.me), None)
        if step is None:
            raise NotYours
        filling = sprint_form.Filling(
            practice.sprint_id(mentorship.id, number), goal=step.text, begun_from=mentorship.thing
        )
        await outlining.begin(press, filling)


async def _called(desk: Desk, id: str) -> str:
    """What the other of a talk is called, by role as long as names are hidden."""

    def view(read: Snapshot) -> str:
        meeting = meeting_of(read, id)
        other = None if meeting.is_hidden else read.find(Person, meeting.other_id)
        return texts.name(other.called) if other and other.called else words.YOUR_MENTOR

    return await desk.store.look(view, load=[key_of(id)])


def register(app: App) -> None:
    """Listen to what leads from one way of helping to the next."""
    app.action(session_card.QUESTIONS)(questions)
    app.action(mentorship_card.QUESTIONS)(questions_of_mentee)
    app.action(practice.PRACTISE)(practise)
    app.view(questions_form.FORM)(written)
    app.view(questions_form.PREVIEW)(sent)

"""Going from one way of helping to the next: questions before a talk, and a sprint for a next step."""

from datetime import datetime
from typing import Any

from handlers.block_kit import texts
from handlers.block_kit.blocks import View
from handlers.hybrid import questions_form
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.mentorships import practice
from handlers.sessions import card as session_card
from handlers.sprints import form as sprint_form
from handlers.sprints import outlining
from kernel.desk import Desk
from kernel.errors import NotYours
from kernel.store import Key, Snapshot
from kernel.values import PersonId, SessionId
from mentoring.model.person import Person
from mentoring.model.session import Session
from relationships.hybrid import preparations
from relationships.mentorships.mentorship import Mentorship


async def questions(press: Press) -> None:
    """Open the questions, or what was sent of them."""
    session_id = SessionId(press.value)
    async with press.answering():
        before = await preparations.of_talk(press.desk, session_id, press.me)
        called = await _called(press.desk, session_id, press.me)
        if before is not None and before.sent_at:
            await press.open(questions_form.sent(before, called))
        else:
            await press.open(questions_form.form(session_id, called, before))


async def written(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Keep what was written, and show what would be sent; with nothing ticked nothing is."""
    said = questions_form.filled(view)
    session_id = SessionId(said.session_id)
    async with answering(ack, questions_form.problems) as answer:
        kept = await preparations.prepare(desk, session_id, me, now, answers=said.answers, ticked=said.ticked)
        called = await _called(desk, session_id, me)
        shown = questions_form.preview(kept, called) if kept.ticked else questions_form.kept()
        answer.update(response_action="update", view=shown)


async def sent(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Send what was looked at."""
    session_id = SessionId(questions_form.confirmed(view).session_id)
    async with answering(ack, questions_form.preview_problems) as answer:
        await preparations.send(desk, session_id, me, now)
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


async def _called(desk: Desk, session_id: SessionId, me: PersonId) -> str:
    """Return what the other of a talk is called, by role as long as names are hidden."""

    def view(read: Snapshot) -> str:
        session = read.get(Session, session_id)
        other = None if session.is_hidden else read.find(Person, session.other(me))
        return texts.name(other.called) if other and other.called else "your mentor"

    return await desk.store.look(view, load=[Key(Session, session_id)])


def register(app: App) -> None:
    """Listen to what leads from one way of helping to the next."""
    app.action(session_card.QUESTIONS)(questions)
    app.action(practice.PRACTISE)(practise)
    app.view(questions_form.FORM)(written)
    app.view(questions_form.PREVIEW)(sent)

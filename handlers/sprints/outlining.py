"""The talk in which a sprint is planned: its answers by button and in words, on one card of the app's DM."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from coaching.plans import plans
from coaching.sprints import outlines, sprints
from coaching.sprints.outline import SprintOutline
from coaching.sprints.scale_draft import known, suggested
from handlers.block_kit import blocks
from handlers.block_kit.blocks import View
from handlers.block_kit.errors import Stale
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.requests import drafts
from handlers.requests import form as request_form
from handlers.sprints import form as sprint_form
from handlers.sprints import outline_card, outline_forms, words_of_planning
from handlers.sprints.form import Filling
from kernel.desk import Desk
from kernel.errors import Ended, NotFound
from kernel.reading import aside
from kernel.sprint_templates import SprintTemplate
from kernel.values import PersonId, TopicId
from mentoring.model.person import Person
from mentoring.people.preferences import record_choice
from mentoring.requests import drafts as kept
from sensing.triage.triage import Choice, advise

Move = Callable[[SprintOutline], SprintOutline]


async def called(call: Call, goal: str) -> None:
    """Ask the first question that the *goal*, where one was typed, doesn't answer."""
    filling = await guessed(Filling(call.cause, goal=goal), call.desk)
    await outlines.begin(call.desk, sprint_form.outlined(filling, call.me, call.now), call.now)
    await call.say(words_of_planning.ASKED, [blocks.section(words_of_planning.ASKED)])


async def begin(press: Press, filling: Filling) -> None:
    """Ask what is not said yet; where no message stands around the button, say where."""
    found = await guessed(filling, press.desk)
    await outlines.begin(press.desk, sprint_form.outlined(found, press.me, press.now), press.now)
    if press.sent.view is not None:
        await press.say(words_of_planning.ASKED)


async def guessed(filling: Filling, desk: Desk) -> Filling:
    """The same with the topic that its goal is probably about, where none is chosen."""
    topic = None if filling.topics else await _topic_of(filling.goal, desk)
    return replace(filling, topics=(topic,)) if topic else filling


async def _topic_of(goal: str, desk: Desk) -> TopicId | None:
    if not goal.strip():
        return None
    return next(iter(request_form.probably_about(await request_form.guesses(goal, desk))), None)


async def own_words(press: Press) -> None:
    """Open the window for the question that is open."""
    async with press.answering():
        outline = await _mine(press, press.value)
        await press.open(outline_forms.form(outline, press.desk, await zone_of(press.desk, press.me)))


async def written(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Take the answer of a window; problems go back into it, and everything typed stays."""
    goal = outline_forms.filled(view).goal
    said = outline_forms.filled(view, await _topic_of(goal, desk))
    async with answering(ack, outline_forms.problems):
        await outlines.answer(desk, said.outline_id, me, said.move, now)


async def suggestion(press: Press) -> None:
    """Take a suggested sprint."""
    outline_id, template_id = outline_card.with_text(press.value)
    async with press.answering():
        found = template(press.desk, template_id)
        await outlines.answer(press.desk, outline_id, press.me, lambda it: it.suggested(found), press.now)


def template(desk: Desk, id: str) -> SprintTemplate:
    """A suggested sprint, or refuse one that is not suggested any more."""
    found = next((it for it in desk.templates if it.id == id), None)
    if found is None:
        raise NotFound("sprint template", id)
    return found


async def expected(press: Press) -> None:
    """Take what is expected from a tap."""
    outline_id, place = outline_card.with_number(press.value)
    if not 0 <= place < len(known().expected):
        raise Stale
    await _answer(press, outline_id, lambda it: it.expect(suggested(it.goal)[place]))


async def agree(press: Press) -> None:
    """Agree to the levels as they were drafted."""
    await _answer(press, press.value, lambda it: it.scale())


async def days(press: Press) -> None:
    """Take days from a tap."""
    outline_id, chosen = outline_card.with_text(press.value)
    await _answer(press, outline_id, lambda it: it.ask_on(outline_card.days_of(chosen)))


async def weeks(press: Press) -> None:
    """Take a length from a tap."""
    outline_id, number = outline_card.with_number(press.value)
    await _answer(press, outline_id, lambda it: it.last(number))


async def sure(press: Press) -> None:
    """Take down how sure one is."""
    outline_id, number = outline_card.with_number(press.value)
    if not 0 <= number <= 10:
        raise Stale
    await _answer(press, outline_id, lambda it: it.be_sure(number))


async def back(press: Press) -> None:
    """Ask the question before once more."""
    await _answer(press, press.value, SprintOutline.back)


async def drop(press: Press) -> None:
    """Do without the sprint."""
    await press.carry_out(outlines.drop(press.desk, press.value, press.me, press.now))


async def at_once(press: Press) -> None:
    """Open the whole form with what was said so far."""
    async with press.answering():
        outline = await _mine(press, press.value)
        zone = await zone_of(press.desk, press.me)
        await press.open(sprint_form.form(sprint_form.of_outline(outline), press.desk, zone))


async def start(press: Press) -> None:
    """Begin the sprint."""
    async with press.answering():
        filling = sprint_form.of_outline(await _mine(press, press.value))
        await plan(press.desk, filling, press.me, press.now)


async def plan(desk: Desk, filling: Filling, me: PersonId, now: datetime) -> None:
    """Begin the sprint of a filled form, and let go of the text that it comes from."""
    wanted = sprint_form.new_plan(filling)
    begun = await sprints.plan(
        desk,
        me,
        wanted,
        now,
        sprint_id=filling.cause,
        from_talk=filling.talk_id,
        begun_from=filling.begun_from or "",
        steps_of=filling.plan_id or "",
    )
    if filling.plan_id:
        await plans.lead(desk, filling.plan_id, me, now, sprint_id=begun.id)
    await _draft_used(desk, filling, me, now)


async def _draft_used(desk: Desk, filling: Filling, me: PersonId, now: datetime) -> None:
    """Let a text go that has become a sprint, and remember that a sprint was chosen."""
    if filling.draft_id is None:
        return
    draft = await drafts.mine(desk, filling.draft_id, me)
    if draft.state == "kept":
        advised = await aside(advise, draft.text)
        await record_choice(desk, me, advised.choice, Choice.SPRINT)
        await kept.discard(desk, draft.id, me, now)


async def _answer(press: Press, outline_id: str, move: Move) -> None:
    await press.carry_out(outlines.answer(press.desk, outline_id, press.me, move, press.now))


async def _mine(press: Press, outline_id: str) -> SprintOutline:
    """The outline that a button stands for, to its person as long as it goes on."""
    outline = (await press.desk.get(SprintOutline, outline_id)).check_owner(press.me)
    if not outline.is_open:
        raise Ended
    return outline


async def zone_of(desk: Desk, me: PersonId) -> str:
    """The zone that a person's sprints are planned in."""
    person = await desk.find(Person, me)
    return person.zone if person else "UTC"


def register(app: App) -> None:
    """Listen to the card on which a sprint is planned."""
    for action, listener in {
        outline_card.OWN_WORDS: own_words,
        outline_card.MORE_SUGGESTIONS: suggestion,
        outline_card.AGREE: agree,
        outline_card.SURE: sure,
        outline_card.BACK: back,
        outline_card.AT_ONCE: at_once,
        outline_card.DROP: drop,
        outline_card.BEGIN: start,
    }.items():
        app.action(action)(listener)
    app.action(re.compile(rf"{re.escape(outline_card.SUGGESTION)}\.\d+"))(suggestion)
    app.action(re.compile(rf"{re.escape(outline_card.EXPECTED)}\.\d+"))(expected)
    app.action(re.compile(rf"{re.escape(outline_card.DAYS)}\.\d+"))(days)
    app.action(re.compile(rf"{re.escape(outline_card.WEEKS)}\.\d+"))(weeks)
    app.view(outline_forms.FORM)(written)

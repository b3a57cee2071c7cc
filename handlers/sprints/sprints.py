"""The conversation of a sprint: plan, check in, recall, adjust, rest, extend, end, look back; its partner."""

import asyncio
import re
from datetime import datetime
from typing import Any

from coaching.guide.talk import GuidedTalk
from coaching.sprints import sprints
from coaching.sprints.sprint import Sprint
from handlers.block_kit import blocks, mentions
from handlers.block_kit.blocks import View
from handlers.block_kit.refusals import under
from handlers.guided_talks import card as talk_card
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.requests import drafts
from handlers.requests import form as request_form
from handlers.sprints import card as sprint_card
from handlers.sprints import check_in_form, outlining, words
from handlers.sprints import form as sprint_form
from handlers.sprints import nudges as sprint_nudges
from handlers.sprints.form import Filling
from handlers.triage import advice
from kernel.desk import Desk
from kernel.values import PersonId


async def called(call: Call, goal: str) -> None:
    """Plan a sprint, question by question, where sprints are switched on; without a goal it is asked for."""
    if await _is_on(call):
        await outlining.called(call, goal)


async def called_at_once(call: Call, goal: str) -> None:
    """Open the whole form of a new sprint, where sprints are switched on."""
    if await _is_on(call):
        filling = await outlining.guessed(Filling(call.cause, goal=goal), call.desk)
        await call.open(sprint_form.form(filling, call.desk, await outlining.zone_of(call.desk, call.me)))


async def _is_on(call: Call) -> bool:
    """Whether sprints are switched on; where not, that is said."""
    if not call.desk.policy.support:
        shown = advice.switched_off(request_form.open_button())
        await call.say(blocks.spoken(shown), shown)
    return bool(call.desk.policy.support)


async def new(press: Press) -> None:
    """Plan a sprint from a button."""
    async with press.answering():
        await outlining.begin(press, Filling(press.cause))


async def again(press: Press) -> None:
    """Plan another sprint, with the goal of the one before."""
    async with press.answering():
        sprint = await _mine(press)
        topics = (sprint.plan.topic,) if sprint.plan.topic else ()
        filling = Filling(press.cause, goal=sprint.plan.goal, topics=topics, baseline=_reached(sprint))
        await outlining.begin(press, filling)


def _reached(sprint: Sprint) -> str:
    return sprint.plan.scale.words(sprint.review.level) if sprint.review else ""


async def from_template(press: Press) -> None:
    """Open the form of a suggested sprint on top of the empty one."""
    async with press.answering():
        filling = sprint_form.of_template(outlining.template(press.desk, press.value), press.cause)
        await press.open(sprint_form.form(filling, press.desk, await outlining.zone_of(press.desk, press.me)))


async def from_draft(press: Press) -> None:
    """Plan a sprint with a text that was kept as its goal."""
    async with press.answering():
        draft = await drafts.mine(press.desk, press.value, press.me)
        await outlining.begin(press, Filling(press.cause, goal=draft.text, draft_id=draft.id))


async def from_talk(press: Press) -> None:
    """Plan a sprint with what a guided talk has come to."""
    async with press.answering():
        talk = await press.desk.get(GuidedTalk, press.value)
        filling = await asyncio.to_thread(sprint_form.of_talk, talk.check_owner(press.me), press.cause)
        await outlining.begin(press, filling)


async def planned(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Begin the sprint that a form plans; problems go back into it, and everything typed stays."""
    filling = sprint_form.filled(view)
    async with answering(ack, sprint_form.problems) as answer:
        await outlining.plan(desk, filling, me, now)
        answer["response_action"] = "clear"


async def adjust(press: Press) -> None:
    """Open the form that adjusts a sprint."""
    async with press.answering():
        await press.open(sprint_form.adjust_form(await _mine(press), press.cause))


async def adjusted(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Change the plan, the days, the time or the partner of a sprint."""
    filling = sprint_form.filled(view)
    async with answering(ack, sprint_form.problems):
        sprint = await _sprint(desk, str(filling.sprint_id), me)
        await sprints.adjust(desk, sprint.id, me, sprint_form.adjusted(filling, sprint), now)


async def check_in(press: Press) -> None:
    """Open the check-in."""
    async with press.answering():
        await press.open(check_in_form.check_in(await _mine(press), press.cause))


async def checked_in(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Record a check-in, and offer a colleague where something is in the way."""
    sprint_id, cause = check_in_form.cause_of(view)
    async with answering(ack, under("level")) as answer:
        entry = check_in_form.checked_in(view, now)
        sprint = await sprints.check_in(desk, sprint_id, me, entry, now, once=cause)
        answer.update(
            response_action="update", view=await mentions.in_view(desk, check_in_form.saved(sprint, now))
        )


async def rehearsed(press: Press) -> None:
    """Note that the plan was gone through."""
    await press.carry_out(sprints.rehearse(press.desk, press.value, press.me, press.now))


async def not_today(press: Press) -> None:
    """Let a reminder pass; the next one comes as planned."""
    await press.carry_out(sprints.resume(press.desk, press.value, press.me, press.now))


async def recall(press: Press) -> None:
    """Open the question for the plan without looking."""
    async with press.answering():
        await press.open(check_in_form.recall(await _mine(press), press.cause))


async def recalled(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Keep what was remembered, and show it beside what was written."""
    sprint_id, cause = check_in_form.cause_of(view)
    async with answering(ack, under("text")) as answer:
        text = check_in_form.remembered(view)
        sprint = await sprints.recall(desk, sprint_id, me, text, now, once=cause)
        answer.update(
            response_action="update", view=await mentions.in_view(desk, check_in_form.recalled(sprint, text))
        )


async def review(press: Press) -> None:
    """Open the review."""
    async with press.answering():
        await press.open(check_in_form.review(await _mine(press), press.cause))


async def reviewed(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Close a sprint with what came of it."""
    sprint_id, _ = check_in_form.cause_of(view)
    async with answering(ack, under("level")):
        await sprints.review(desk, sprint_id, me, check_in_form.reviewed(view), now)


async def pause(press: Press) -> None:
    """Let a sprint rest."""
    await press.carry_out(sprints.pause(press.desk, press.value, press.me, press.now))


async def resume(press: Press) -> None:
    """Go on after a rest, or be reminded again."""
    await press.carry_out(sprints.resume(press.desk, press.value, press.me, press.now))


async def extend(press: Press) -> None:
    """Give a sprint a week more."""
    sprint_id, after = sprint_card.extended(press.value)
    await press.carry_out(sprints.extend(press.desk, sprint_id, press.me, press.now, after=after))


async def end(press: Press) -> None:
    """End a sprint early."""
    await press.carry_out(sprints.end(press.desk, press.value, press.me, press.now))


async def lasts(press: Press) -> None:
    """Say whether what was practised has lasted."""
    sprint_id, label, answer = sprint_nudges.lasted(press.value, press.action_id)
    await press.carry_out(
        sprints.lasted(press.desk, sprint_id, press.me, press.now, label=label, answer=answer)
    )


async def agree(press: Press) -> None:
    """Become somebody's partner."""
    await press.carry_out(sprints.agree(press.desk, press.value, press.me, press.now))


async def decline(press: Press) -> None:
    """Not be somebody's partner, or no longer."""
    await press.carry_out(sprints.decline(press.desk, press.value, press.me, press.now))


async def person(press: Press) -> None:
    """Open the form for a colleague's help, with what the sprint is about and what is in its way."""
    async with press.answering():
        sprint = await _mine(press)
        topics = (sprint.plan.topic,) if sprint.plan.topic else ()
        asked = request_form.Filling(
            press.cause, question=_question(sprint), tried=_tried(sprint), topics=topics
        )
        filling = asked if topics else await request_form.with_guesses(asked, press.desk)
        await press.open(await request_form.opened(filling, press))


def _question(sprint: Sprint) -> str:
    blocker = sprint.last.blocker if sprint.last else ""
    return words.practises(sprint.plan.goal, blocker)


def _tried(sprint: Sprint) -> str:
    """What was tried, from the record: the plan, and where it has led so far."""
    plan, last = sprint.plan.if_then, sprint.last
    return words.tried(plan.cue, plan.action, sprint.plan.scale.words(last.level) if last else "")


async def _mine(press: Press) -> Sprint:
    return await _sprint(press.desk, press.value, press.me)


async def _sprint(desk: Desk, sprint_id: str, me: PersonId) -> Sprint:
    return (await desk.get(Sprint, sprint_id)).check_owner(me)


def register(app: App) -> None:
    """Listen to sprints."""
    for action, listener in {
        sprint_form.OPEN: new,
        sprint_form.TEMPLATE: from_template,
        advice.SPRINT: from_draft,
        talk_card.SPRINT: from_talk,
        sprint_card.AGAIN: again,
        sprint_card.CHECK_IN: check_in,
        sprint_card.ADJUST: adjust,
        sprint_card.PAUSE: pause,
        sprint_card.RESUME: resume,
        sprint_card.EXTEND: extend,
        sprint_card.END: end,
        sprint_card.REVIEW: review,
        sprint_card.PERSON: person,
        sprint_card.AGREE: agree,
        sprint_card.DECLINE: decline,
        check_in_form.STUCK: person,
        sprint_nudges.REHEARSED: rehearsed,
        sprint_nudges.NOT_TODAY: not_today,
        sprint_nudges.RECALL: recall,
    }.items():
        app.action(action)(listener)
    app.action(re.compile(rf"{re.escape(sprint_nudges.LASTS)}\.\w+"))(lasts)
    app.view(sprint_form.PLAN)(planned)
    app.view(sprint_form.ADJUST)(adjusted)
    app.view(check_in_form.CHECK_IN)(checked_in)
    app.view(check_in_form.RECALL)(recalled)
    app.view(check_in_form.REVIEW)(reviewed)

"""`/coach-me plan`: a plan of one's own words for two weeks, kept or not, and worked through day by day."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any

from coaching.guide.talk import GUIDED_TALKS, GuidedTalk
from coaching.plans import plans
from coaching.plans.action_plan import PlanWish, action_plan
from coaching.plans.two_weeks import ActionState, TwoWeeks
from coaching.sprints.sprint import OPEN_SPRINTS, Sprint
from handlers.block_kit import blocks
from handlers.block_kit.blocks import View
from handlers.block_kit.errors import Stale
from handlers.guided_talks import card as talk_card
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.plans import action_form, words
from handlers.plans import card as plan_card
from handlers.requests import form as request_form
from handlers.sprints import outlining
from handlers.sprints.form import Filling
from kernel.desk import Desk
from kernel.errors import Ended
from kernel.store import Key, Snapshot
from kernel.values import PersonId
from kernel.working_hours import OFFICE, local_day
from mentoring.model.person import Person


async def show_plan(call: Call, goal: str) -> None:
    """Propose a plan for a goal, or for the sprint or guided talk that is there."""
    person = await call.desk.find(Person, call.me)
    wish = PlanWish(goal=goal) if goal else await _latest(call)
    if wish is None:
        return await call.say(words.NO_GOAL, [blocks.section(words.NO_GOAL)])
    level = person.level if person else wish.level
    guesses = await request_form.guesses(wish.goal, call.desk)
    topics = call.desk.topics.labels(request_form.probably_about(guesses))
    fitting = wish.model_copy(update={"level": level, "topic": topics[0] if topics else ""})
    hours, zone = (person.hours, person.zone) if person else (OFFICE, "UTC")
    made = await asyncio.to_thread(action_plan, fitting, hours, local_day(call.now, zone))
    plan = await plans.propose(call.desk, call.me, call.now, goal=wish.goal, plan=made, plan_id=call.cause)
    shown = plan_card.proposed(plan, with_sprint=bool(call.desk.policy.support))
    return await call.say(blocks.spoken(shown), shown)


async def _latest(call: Call) -> PlanWish | None:
    """What the open sprint or else the latest guided talk with a goal was about."""
    sprints = await call.desk.store.ids(OPEN_SPRINTS.of(call.me), limit=1)
    talks = await call.desk.store.ids(GUIDED_TALKS.of(call.me), limit=5)

    def view(read: Snapshot) -> tuple[list[Sprint], list[GuidedTalk]]:
        return read.all(Sprint, sprints), read.all(GuidedTalk, talks)

    practised, talked = await call.desk.store.look(view)
    wishes = (_wished(talk) for talk in talked)
    return (
        _practised(practised[0]) if practised else await asyncio.to_thread(next, filter(None, wishes), None)
    )


def _practised(sprint: Sprint) -> PlanWish:
    plan, blocker = sprint.plan, sprint.last.blocker if sprint.last else ""
    return PlanWish(goal=plan.goal, step=plan.if_then.action, cue=plan.if_then.cue, blocker=blocker)


def _wished(talk: GuidedTalk) -> PlanWish | None:
    came = talk.outcome
    goal = came.goal or talk.opening
    return PlanWish(goal=goal, step=came.step, cue=came.cue) if goal else None


async def keep(press: Press) -> None:
    """Take a plan on."""
    kept = plans.keep(press.desk, press.value, press.me, press.now)
    await press.carry_out(kept, lambda _: words.KEPT)


async def keep_suggested(press: Press) -> None:
    """Take on the plan that a model made of a guided talk."""
    async with press.answering():
        talk = await press.desk.get(GuidedTalk, press.value)
        if (plan := talk.check_owner(press.me).plan) is None:
            raise Ended
        outcome = await asyncio.to_thread(lambda: talk.outcome)
        goal, plan_id = outcome.goal or talk.opening, ids.caused_by(f"plan {talk.id}")
        await plans.propose(press.desk, press.me, press.now, goal=goal, plan=plan, plan_id=plan_id)
        await plans.keep(press.desk, plan_id, press.me, press.now)


async def forget(press: Press) -> None:
    """Drop a plan that was proposed."""
    await press.carry_out(plans.discard(press.desk, press.value, press.me), lambda _: words.FORGOTTEN)


async def _mine(press: Press) -> TwoWeeks:
    return (await press.desk.get(TwoWeeks, press.value)).check_owner(press.me)


async def person(press: Press) -> None:
    """Open the form for a person's help, with what the plan is for."""
    async with press.answering():
        filling = request_form.Filling(press.cause, question=(await _mine(press)).goal)
        filling = await request_form.with_guesses(filling, press.desk)
        await press.open(await request_form.opened(filling, press))


async def sprint(press: Press) -> None:
    """Plan a sprint with the plan's goal, and what comes next in it as the if-then plan."""
    async with press.answering():
        plan = await _mine(press)
        first = [plan.actions[number] for number in plan.left[:1]]
        cue, action = (first[0].cue, first[0].behaviour) if first else ("", "")
        filling = Filling(press.cause, goal=plan.goal, cue=cue, action=action, plan_id=plan.id)
        await outlining.begin(press, filling)


async def settle(press: Press) -> None:
    """Say what came of an action, by a reminder's button."""
    await _settle(press, press.action_id, press.value)


async def choose(press: Press) -> None:
    """Say what came of an action, by the menu beside it."""
    name, _, place = press.value.partition(" ")
    if name not in _SETTLING:
        raise Stale
    await _settle(press, name, place)


async def _settle(press: Press, name: str, place: str) -> None:
    await press.carry_out(_SETTLING[name](press, place))


async def other_day(press: Press) -> None:
    """Ask to which day an action moves."""
    await _open_action(press, with_words=False)


async def reword(press: Press) -> None:
    """Open the form that says an action otherwise."""
    await _open_action(press, with_words=True)


async def _open_action(press: Press, *, with_words: bool) -> None:
    plan_id, number, _ = plan_card.placed(press.value)

    def view(read: Snapshot) -> tuple[TwoWeeks, list[date]]:
        plan = read.get(TwoWeeks, plan_id).check_owner(press.me)
        return plan, list(plans.free_days(read, plan, press.now))

    async with press.answering():
        plan, free = await press.desk.store.look(view, load=[Key(TwoWeeks, plan_id)])
        if number not in plan.left:
            raise Ended
        await press.open(action_form.form(plan, number, free, with_words=with_words))


async def changed(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Move an action, or say it otherwise."""
    said = action_form.filled(view)
    behaviour = said.behaviour if action_form.has_words(view) else None
    async with answering(ack, action_form.problems):
        await plans.change(
            desk, said.plan_id, me, now, number=said.number, on=said.on, to=said.day, behaviour=behaviour
        )


async def again(press: Press) -> None:
    """Be reminded again."""
    await press.carry_out(plans.remind_again(press.desk, press.value, press.me, press.now))


async def end(press: Press) -> None:
    """Let a plan go."""
    await press.carry_out(plans.let_go(press.desk, press.value, press.me, press.now))


def _put_off(press: Press, place: str) -> Awaitable[TwoWeeks]:
    plan_id, number, on, to = plan_card.moved(place)
    return plans.put_off(press.desk, plan_id, press.me, press.now, number=number, on=on, to=to)


def _marked(state: ActionState) -> Callable[[Press, str], Awaitable[TwoWeeks]]:
    def mark(press: Press, place: str) -> Awaitable[TwoWeeks]:
        plan_id, number, _ = plan_card.placed(place)
        return plans.mark(press.desk, plan_id, press.me, press.now, number=number, state=state)

    return mark


_SETTLING: dict[str, Callable[[Press, str], Awaitable[TwoWeeks]]] = {
    plan_card.DONE: _marked("done"),
    plan_card.LATER: _put_off,
    plan_card.DROP: _marked("dropped"),
    plan_card.REOPEN: _marked("open"),
}


def register(app: App) -> None:
    """Listen to plans."""
    app.action(plan_card.KEEP)(keep)
    app.action(talk_card.KEEP)(keep_suggested)
    app.action(plan_card.FORGET)(forget)
    app.action(plan_card.SPRINT)(sprint)
    app.action(plan_card.PERSON)(person)
    app.action(plan_card.MENU)(choose)
    app.action(plan_card.OTHER_DAY)(other_day)
    app.action(plan_card.REWORD)(reword)
    app.view(action_form.FORM)(changed)
    app.action(plan_card.AGAIN)(again)
    app.action(plan_card.END)(end)
    for name in _SETTLING:
        app.action(name)(settle)

"""`/coach-me goals`: one's goals, what serves them, and their next steps."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any

from coaching.guide import next_steps
from coaching.guide.turn import ActionPlan
from coaching.plans import plans
from coaching.plans.action_plan import PlanWish, action_plan
from handlers.block_kit import payload
from handlers.block_kit.blocks import View
from handlers.block_kit.errors import Stale
from handlers.block_kit.goal_button import ADD
from handlers.block_kit.payload import Id, Number
from handlers.growth_plan import form, questions_card, window, window_reader
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from kernel.desk import Desk
from kernel.errors import Ended
from kernel.values import PersonId
from kernel.working_hours import OFFICE, local_day
from mentoring.model.person import Person
from relationships.growth_plan import goals, serving
from relationships.growth_plan.goal import Goal, StepState, StepToGoal
from relationships.growth_plan.served import What

Deed = Callable[[Press], Awaitable[Any]]


async def show_goals(call: Call, goal: str) -> None:
    """Open the window, or the form of a new goal with what was typed of it."""
    new = form.new(call.cause, said=goal) if goal else None
    await call.open(new or await window_reader.goals_window(call.desk, call.me, call.now))


async def open_goals(press: Press) -> None:
    """Open the window, or come back to it."""
    async with press.answering():
        await window_reader.show(press, await window_reader.goals_window(press.desk, press.me, press.now))


async def redraw(press: Press) -> None:
    """Show, where the button stands in the window, how things stand now."""
    standing = press.sent.view
    if standing is not None and standing.type == "modal":
        await press.turn(await window_reader.redrawn(press.desk, press.me, press.now))


def _doing(deed: Deed) -> Callable[[Press], Awaitable[None]]:
    """The listener that does something and then shows how things stand."""

    async def press_done(press: Press) -> None:
        async with press.answering():
            await deed(press)
            await redraw(press)

    return press_done


async def new(press: Press) -> None:
    """Open the form of a new goal."""
    async with press.answering():
        await window_reader.show(press, form.new(press.cause))


async def new_for(press: Press) -> None:
    """Open the form of a new goal for a thing that has just ended."""
    async with press.answering():
        what, id = _thing(press.value)
        await window_reader.show(press, form.new(press.cause, thing=f"{what} {id}"))


async def submitted(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Set a goal, or write it anew."""
    filled = form.filled(view)
    async with answering(ack, form.problems) as answer:
        if filled.goal_id:
            await goals.reword(desk, me, filled.goal_id, filled.wish, now)
        else:
            await _set(desk, me, now, filled)
        answer.update(await _then_goals(desk, me, now))


async def _set(desk: Desk, me: PersonId, now: datetime, filled: form.Filled) -> None:
    goal_id = ids.caused_by(f"goal {filled.cause}")
    goal = await goals.set_goal(desk, me, filled.wish, now, goal_id=goal_id)
    if filled.thing:
        what, id = _thing(filled.thing)
        await serving.attach(desk, me, goal.id, now, what=what, ref=f"{what}-{id}")


async def _then_goals(desk: Desk, me: PersonId, now: datetime) -> dict[str, Any]:
    return {"response_action": "update", "view": await window_reader.goals_window(desk, me, now)}


async def add_step(press: Press) -> None:
    """Open the form of a next step."""
    async with press.answering():
        await window_reader.show(press, form.step(await _mine(press), press.cause))


async def step_added(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Add a next step to a goal."""
    filled = form.filled(view)
    async with answering(ack, form.step_problems) as answer:
        once, on = f"form-{filled.cause}", filled.step_on
        await goals.add_step(desk, me, filled.goal_id or "", filled.goal_step, now, once=once, on=on)
        answer.update(await _then_goals(desk, me, now))


async def change_step(press: Press) -> None:
    """Open the form that says a step otherwise."""
    async with press.answering():
        await window_reader.show(press, form.change_step(*await _my_step(press), press.cause))


async def move_step(press: Press) -> None:
    """Open the form that puts a step on another day."""
    async with press.answering():
        await window_reader.show(press, form.step_day(*await _my_step(press), press.cause))


async def _my_step(press: Press) -> tuple[Goal, StepToGoal]:
    """A goal of one's own and its step that is still to do."""
    goal_id, number = window.step_of(press.value)
    goal = await goals.own(press.desk, press.me, goal_id)
    step = goal.step(number)
    if not goal.is_open or step.state != "open":
        raise Ended
    return goal, step


async def step_changed(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Say a step otherwise."""
    filled = form.filled(view)
    async with answering(ack, form.step_problems):
        await _change_step(desk, me, now, filled, filled.goal_step)


async def step_moved(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Put a step on another day."""
    filled = form.filled(view)
    async with answering(ack, form.day_problems):
        goal = await goals.own(desk, me, filled.goal_id or "")
        await _change_step(desk, me, now, filled, goal.step(filled.number).text)


async def _change_step(desk: Desk, me: PersonId, now: datetime, filled: form.Filled, text: str) -> None:
    number, on = filled.number, filled.step_on
    await goals.change_step(desk, me, filled.goal_id or "", now, number=number, text=text, on=on)


async def change(press: Press) -> None:
    """Open the form that writes a goal anew."""
    async with press.answering():
        await window_reader.show(press, form.change(await _mine(press), press.cause))


async def choose(press: Press) -> None:
    """Do what was chosen in the menu of a goal."""
    name, goal_id = payload.words(tuple[str, Id], press.value)
    if name not in _CHOICES:
        raise Stale
    async with press.answering():
        goal = await goals.own(press.desk, press.me, goal_id)
        await _CHOICES[name](press, goal)


async def _change(press: Press, goal: Goal) -> None:
    await window_reader.show(press, form.change(goal, press.cause))


async def _wordings(press: Press, goal: Goal) -> None:
    seen = await window_reader.plan_window(press.desk, press.me, press.now)
    await window_reader.show(press, window.wordings(goal, seen.zone, seen.today))


async def _ask_to_forget(press: Press, goal: Goal) -> None:
    await window_reader.show(press, form.forget(goal, press.cause))


async def _let_go(press: Press, goal: Goal) -> None:
    await goals.let_go(press.desk, press.me, goal.id, press.now)
    await redraw(press)


async def _two_weeks(press: Press, goal: Goal) -> None:
    plan, today = await _planned(press.desk, goal, press.now)
    await window_reader.show(press, form.two_weeks(goal, plan, today, press.cause))


async def _planned(desk: Desk, goal: Goal, now: datetime) -> tuple[ActionPlan, date]:
    """The two-week plan that a goal leads to, as `/coach-me plan` makes it."""
    person = await desk.find(Person, goal.person_id)
    hours, zone = (person.hours, person.zone) if person else (OFFICE, "UTC")
    labels = desk.topics.labels(goal.topics)
    step = goal.open_steps[0].text if goal.open_steps else ""
    level = person.level if person else PlanWish(goal="").level
    wish = PlanWish(goal=goal.title, topic=labels[0] if labels else "", step=step, level=level)
    today = local_day(now, zone)
    return await asyncio.to_thread(action_plan, wish, hours, today), today


async def plan_kept(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Keep the two-week plan of a goal: its actions are the goal's next steps."""
    filled = form.filled(view)
    async with answering(ack, form.problems) as answer:
        goal = await goals.own(desk, me, filled.goal_id or "")
        plan, _ = await _planned(desk, goal, now)
        plan_id = ids.caused_by(f"two weeks {filled.cause}")
        await plans.propose(desk, me, now, goal=goal.title, plan=plan, plan_id=plan_id)
        await plans.keep(desk, plan_id, me, now)
        await serving.attach(desk, me, goal.id, now, what="plan", ref=f"plan-{plan_id}")
        answer.update(await _then_goals(desk, me, now))


async def forget(press: Press) -> None:
    """Ask before a goal is dropped."""
    async with press.answering():
        await _ask_to_forget(press, await _mine(press))


async def forgotten(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Drop a goal with all that stands in the plan of it."""
    filled = form.filled(view)
    async with answering(ack, form.problems) as answer:
        await goals.forget(desk, me, filled.goal_id or "", now)
        answer.update(await _then_goals(desk, me, now))


async def history(press: Press) -> None:
    """Show a page of what served the goals."""
    page = payload.read(Number, int(press.value) if press.value.isdecimal() else -1)
    async with press.answering():
        await window_reader.show(press, await window_reader.history(press.desk, press.me, press.now, page))


async def which(press: Press) -> None:
    """Ask which goal a thing serves that has just ended; without one, for the first."""
    what, id = _thing(press.value)
    async with press.answering():
        view = await window_reader.which(press.desk, press.me, press.now, what, f"{what}-{id}")
        await window_reader.show(press, view)


async def take_out(press: Press) -> None:
    """Take a thing out of the plan, and show what is left of the history."""
    async with press.answering():
        await serving.detach(press.desk, press.me, press.value, press.now)
        await window_reader.show(press, await window_reader.history(press.desk, press.me, press.now, 0))


def _thing(value: str) -> tuple[What, str]:
    return payload.words(tuple[What, Id], value)


def _serves(press: Press) -> Awaitable[Goal]:
    goal_id, what, ref = window.placed(press.value)
    return serving.attach(press.desk, press.me, goal_id, press.now, what=what, ref=ref)


def _serves_not(press: Press) -> Awaitable[None]:
    goal_id, _, ref = window.placed(press.value)
    return serving.dismiss(press.desk, press.me, goal_id, ref, press.now)


def _undone(press: Press) -> Awaitable[None]:
    goal_id, _, ref = window.placed(press.value)
    return serving.undo(press.desk, press.me, goal_id, ref, press.now)


def _marked(state: StepState) -> Deed:
    def mark(press: Press) -> Awaitable[Goal]:
        goal_id, number = window.step_of(press.value)
        return goals.mark_step(press.desk, press.me, goal_id, press.now, number=number, state=state)

    return mark


def _action_done(press: Press) -> Awaitable[Any]:
    plan_id, number, _ = payload.words(tuple[Id, Number, date], press.value)
    return plans.mark(press.desk, plan_id, press.me, press.now, number=number, state="done")


async def _mine(press: Press) -> Goal:
    return await goals.own(press.desk, press.me, press.value)


_CHOICES: dict[str, Callable[[Press, Goal], Awaitable[None]]] = {
    window.CHANGE: _change,
    window.TWO_WEEKS: _two_weeks,
    window.WORDINGS: _wordings,
    window.LET_GO: _let_go,
    window.FORGET: _ask_to_forget,
}
_DEEDS: dict[str, Deed] = {
    window.YES: _serves,
    window.NO: _serves_not,
    window.UNDO: _undone,
    window.STEP_DONE: _marked("done"),
    window.STEP_AGAIN: _marked("open"),
    window.STEP_DROP: _marked("dropped"),
    window.ACTION_DONE: _action_done,
    window.TALK_DONE: lambda it: next_steps.done(it.desk, it.value, it.me, it.now),
    window.REACH: lambda it: goals.reach(it.desk, it.me, it.value, it.now),
    window.LET_GO: lambda it: goals.let_go(it.desk, it.me, it.value, it.now),
    window.REOPEN: lambda it: goals.reopen(it.desk, it.me, it.value, it.now),
    questions_card.KEEP_ON: lambda it: goals.keep_on(it.desk, it.me, it.value, it.now),
    questions_card.SKIP: lambda it: goals.skip(it.desk, it.me, it.now),
}


def register(app: App) -> None:
    """Listen to goals."""
    app.action(ADD)(which)
    app.action(window.OPEN)(open_goals)
    app.action(window.NEW)(new)
    app.action(f"{window.NEW}.for")(new_for)
    app.action(window.MENU)(choose)
    app.action(window.STEP)(add_step)
    app.action(window.STEP_CHANGE)(change_step)
    app.action(window.STEP_DAY)(move_step)
    app.action(window.CHANGE)(change)
    app.action(window.FORGET)(forget)
    app.action(window.OUT)(take_out)
    for name in (window.HISTORY, f"{window.HISTORY}.older"):
        app.action(name)(history)
    for name, deed in _DEEDS.items():
        app.action(name)(_doing(deed))
    app.view(form.FORM)(submitted)
    app.view(form.STEP_FORM)(step_added)
    app.view(form.STEP_CHANGE_FORM)(step_changed)
    app.view(form.STEP_DAY_FORM)(step_moved)
    app.view(form.PLAN_FORM)(plan_kept)
    app.view(form.FORGET_FORM)(forgotten)

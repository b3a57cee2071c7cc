"""Reads what the window of a person's goals is drawn from."""

import asyncio
from datetime import datetime

from coaching.guide.talk import NEXT_STEPS, GuidedTalk
from coaching.plans.two_weeks import OPEN_PLANS, TwoWeeks
from handlers.block_kit.blocks import View
from handlers.growth_plan import window, words
from handlers.growth_plan.window import PlanWindow, ServedPage, Thing
from handlers.interactions.button_click import Press
from kernel.desk import Desk
from kernel.store import EVERY, Key, Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.growth_plan import serving
from relationships.growth_plan.goal import Goal
from relationships.growth_plan.goals import goals_of
from relationships.growth_plan.growth_plan import GrowthPlan, mark, plan_of
from relationships.growth_plan.served import SERVED, SERVED_GOAL, Served, What, kind_of
from relationships.growth_plan.sharing import shared_by

LISTED = 20


async def plan_window(desk: Desk, me: PersonId, now: datetime) -> PlanWindow:
    """All that the window shows, as it is now."""
    goals, shared = await goals_of(desk, me), await shared_by(desk, me)
    open = [it for it in goals if it.is_open]
    served = {it.id: await _kinds(desk, it) for it in open}
    plans = await desk.store.ids(OPEN_PLANS.of(me), limit=LISTED)
    talks = await desk.store.ids(NEXT_STEPS.of(me), limit=LISTED)

    def view(read: Snapshot) -> PlanWindow:
        person = read.find(Person, me)
        return PlanWindow(
            plan_of(read, me, now),
            goals,
            now,
            person.zone if person else "UTC",
            served,
            read.all(TwoWeeks, plans),
            read.all(GuidedTalk, talks),
            shared,
        )

    return await desk.store.look(view, load=[Key(GrowthPlan, me), Key(Person, me)])


async def _kinds(desk: Desk, goal: Goal) -> list[What]:
    """Which kinds of things served a goal, as the ids of its lines say."""
    return [kind_of(goal.id, it) for it in await desk.store.ids(SERVED_GOAL.of(goal.id), limit=EVERY)]


async def goals_window(desk: Desk, me: PersonId, now: datetime) -> View:
    """The window with what is new looked for."""
    await serving.gather(desk, me, now)
    return await redrawn(desk, me, now)


async def redrawn(desk: Desk, me: PersonId, now: datetime) -> View:
    """The window as things stand."""
    # A step is read out of the whole of a guided talk.
    return await asyncio.to_thread(window.goals, await plan_window(desk, me, now))


async def history(desk: Desk, me: PersonId, now: datetime, page: int) -> View:
    """One page of what served a person's goals."""
    until = (page + 1) * window.PER_PAGE
    ids = await desk.store.ids(SERVED.of(me), limit=until + 1)
    shown = ids[page * window.PER_PAGE : until]
    lines = await desk.store.look(lambda read: read.all(Served, shown))
    return window.history(ServedPage(lines, page, len(ids) > until), await plan_window(desk, me, now))


async def which(desk: Desk, me: PersonId, now: datetime, what: What, ref: str) -> View:
    """The question which goal a thing serves."""
    source = await serving.thing_of(desk, me, now, what=what, ref=ref)
    seen = await plan_window(desk, me, now)
    best = serving.best_of(seen.open, source)
    inside = await desk.store.look(
        lambda read: frozenset(it.id for it in seen.open if read.find(Served, mark(it.id, ref)))
    )
    said = words.thing(what, source.title)
    thing = Thing(f"{what} {ref.partition('-')[2]}", what, ref, said, inside, best.id if best else "")
    return window.which(thing, seen)


async def show(press: Press, view: View) -> None:
    """Put a view in the place of the window that the button stands in, or open it."""
    standing = press.sent.view
    if standing is not None and standing.type == "modal":
        await press.turn(view)
    else:
        await press.open(view)

"""`/coach-me insights` and `/coach-me plan`: what one's own data say, and a plan of one's own words."""

from coaching.action_plan import Wish, action_plan
from coaching.insights import insights
from coaching.own_record import own_record
from coaching.sprint import Sprint
from coaching.sprint_calendar import local_day
from coaching.talk import Talk
from handlers import blocks, drafts, insights_card, plan_card
from handlers.commands import Call
from mentoring.hours import OFFICE
from mentoring.person import Person
from mentoring.store import Key, Snapshot


async def show_insights(call: Call) -> None:
    """Say what there is enough data for."""
    shown = insights_card.shown(insights(await own_record(call.desk, call.me), call.now))
    await call.say(blocks.spoken(shown), shown)


async def show_plan(call: Call, goal: str) -> None:
    """Make a plan of a goal, or of the sprint or talk that is there."""
    person = await call.desk.store.look(lambda read: read.find(Person, call.me), load=[Key(Person, call.me)])
    level = person.level if person else Wish.model_fields["level"].default
    wish = Wish(goal=goal, level=level) if goal else await _latest(call, level)
    if wish is None:
        return await call.say(plan_card.NO_GOAL, [blocks.section(plan_card.NO_GOAL)])
    draft = await drafts.keep(call, wish.goal, "coach")
    hours, zone = (person.hours, person.zone) if person else (OFFICE, "UTC")
    plan = action_plan(wish, hours, local_day(call.now, zone))
    shown = plan_card.shown(plan, wish.goal, draft.id, with_sprint=bool(call.desk.policy.support))
    return await call.say(blocks.spoken(shown), shown)


async def _latest(call: Call, level: int) -> Wish | None:
    """Return what the open sprint or else the latest talk with a goal was about."""
    sprints = await call.desk.store.ids(f"open-sprints-of:{call.me}", limit=1)
    talks = await call.desk.store.ids(f"coach-talks-of:{call.me}", limit=5)

    def view(read: Snapshot) -> Wish | None:
        for sprint in (read.find(Sprint, id) for id in sprints):
            if sprint:
                plan, last = sprint.plan, sprint.last
                blocker = last.blocker if last else ""
                said = {"step": plan.if_then.action, "cue": plan.if_then.cue, "blocker": blocker}
                return Wish(goal=plan.goal, level=level, **said)
        for talk in (read.find(Talk, id) for id in talks):
            if talk and (goal := talk.outcome.goal or talk.opening):
                return Wish(goal=goal, step=talk.outcome.step, cue=talk.outcome.cue, level=level)
        return None

    keys = [*(Key(Sprint, id) for id in sprints), *(Key(Talk, id) for id in talks)]
    return await call.desk.store.look(view, load=keys)

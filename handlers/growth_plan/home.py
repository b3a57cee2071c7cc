"""Growth plans on the Home tab: the goals, all next steps in one list, and what others share."""

from coaching.guide.talk import NEXT_STEPS, GuidedTalk
from coaching.plans.two_weeks import OPEN_PLANS, TwoWeeks
from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.growth_plan import share_form, window, words
from handlers.interactions.conversation import Overview
from handlers.plans import card as plan_card
from relationships.growth_plan.goal import OPEN_GOALS, Goal
from relationships.growth_plan.growth_plan import GROWTH_PLAN, GrowthPlan
from relationships.growth_plan.next_steps import next_steps
from relationships.growth_plan.shared_version import SHARED_WITH, SharedVersion

PER_GOAL = 2


def zone(overview: Overview) -> str:
    """The zone of whoever looks."""
    return overview.person.zone if overview.person else "UTC"


def goals(overview: Overview) -> list[Block]:
    """The goals that are open, and what may serve one of them."""
    found, here = overview.of(OPEN_GOALS, Goal), zone(overview)
    open = blocks.button(words.HEADING, window.OPEN, "home")
    if not found:
        return blocks.actions([open], "goals")
    plans = overview.of(GROWTH_PLAN, GrowthPlan)
    return [
        blocks.header(words.HEADING),
        *(blocks.row(f"{words.title(it)}\n{words.brief(it, overview.now, here)}") for it in found),
        *(row for plan in plans for row in window.questions(plan, 2, found, here, overview.now)),
        *blocks.actions([open], "goals"),
    ]


def steps(overview: Overview) -> list[Block]:
    """What comes next; what is due already stands among what waits."""
    plans = [it for it in overview.of(OPEN_PLANS, TwoWeeks) if not plan_card.is_due(it, overview.today)]
    talks = [it for it in overview.of(NEXT_STEPS, GuidedTalk) if it.remind_at and it.remind_at > overview.now]
    coming = next_steps(overview.of(OPEN_GOALS, Goal), plans, talks, PER_GOAL)
    rows = [row for it in coming for row in window.step_rows(it, zone(overview), overview.now)]
    return [blocks.header(words.NEXT_STEPS), *rows] if rows else []


def shared(overview: Overview) -> list[Block]:
    """What others share, and may be read."""
    readable = [it for it in overview.of(SHARED_WITH, SharedVersion) if it.until > overview.now]
    return [
        blocks.section(
            words.their_goals(mrkdwn.mention(it.owner_id), mrkdwn.day(it.until)), share_form.read_button(it)
        )
        for it in readable
    ]

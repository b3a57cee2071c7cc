"""A plan for two weeks in words, with a way to make a sprint of it."""

from coaching.talk import Plan
from handlers import advice, blocks, draft_card, mrkdwn
from handlers.blocks import Block

NO_GOAL = (
    "*A plan for what?* Write the goal behind it: `/coach-me plan explain a query plan without help`. "
    "With a sprint or a finished talk of yours I take that one."
)


def shown(plan: Plan, goal: str, draft_id: str, *, with_sprint: bool) -> list[Block]:
    """Return the plan, its actions in the order of days."""
    lines = [
        f"*{action.on:%a} {action.on.day} {action.on:%b}:* {mrkdwn.escape(action.behaviour)}\n"
        f"_{mrkdwn.escape(action.cue)}_ · shows in: {mrkdwn.escape(action.evidence)}"
        for action in plan.actions
    ]
    sprint = blocks.button("Plan a sprint with it", advice.SPRINT, draft_id, style="primary")
    forget = blocks.button("Forget it", draft_card.FORGET, draft_id)
    return [
        blocks.section(f"*Two weeks for:* {mrkdwn.one_line(goal, 200)}"),
        *(blocks.section(line) for line in lines),
        *blocks.actions([sprint if with_sprint else None, forget], block_id="doors"),
        blocks.context("Made by a script of your own words; change what does not fit. Nobody else sees it."),
    ]

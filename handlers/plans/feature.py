"""Plans for two weeks: their cards, their rows of the Home tab, and their word of `/coach-me`."""

from coaching.plans.feature import FEATURE
from coaching.plans.plans import free_days
from coaching.plans.two_weeks import OPEN_PLANS, TWO_WEEKS_NUDGE, TwoWeeks
from handlers.block_kit import blocks, labels
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.sub_words import SubWord
from handlers.plans import card as plan_card
from handlers.plans import plans, words
from kernel.store import Snapshot


def _due(overview: Overview) -> list[Block]:
    due = [it for it in overview.of(OPEN_PLANS, TwoWeeks) if plan_card.is_due(it, overview.today)]
    return [row for plan in due for row in _rows(plan, overview)]


def _rows(plan: TwoWeeks, overview: Overview) -> list[Block]:
    buttons = [it for number in plan.left[:1] for it in plan_card.action_buttons(plan, number)]
    return [blocks.row(plan_card.line(plan, overview.today)), *blocks.actions(buttons)]


def _card(plan: TwoWeeks, read: Snapshot, reader: Reader) -> Picture | None:
    free = list(free_days(read, plan, reader.now))
    return plan_card.card(plan, free, with_sprint=bool(reader.desk.policy.support))


def _nudge(plan: TwoWeeks, read: Snapshot, reader: Reader) -> Picture | None:
    return plan_card.nudge(plan, list(free_days(read, plan, reader.now)), reader.desk.policy.nudges)


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(plans.register,),
    painters={
        "two-weeks": drawn(TwoWeeks, _card),
        TWO_WEEKS_NUDGE: drawn(TwoWeeks, _nudge),
    },
    home=(
        HomePart(
            name="plans",
            lists={OPEN_PLANS: TwoWeeks},
            waiting=_due,
            waits_at=43,
        ),
    ),
    field_refusals={
        ("behaviour", "empty"): words.NO_WORDS,
        ("behaviour", "too_long"): labels.TOO_LONG,
        ("day", "taken"): words.DAY_TAKEN,
    },
    coach_words={
        "plan": SubWord(
            help=words.HELP,
            answer=plans.show_plan,
            takes_rest=True,
        )
    },
)

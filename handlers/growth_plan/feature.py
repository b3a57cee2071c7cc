"""Growth plans: their cards, their parts of the Home tab, and their word of `/coach-me`."""

import asyncio

from handlers.block_kit import labels
from handlers.block_kit.picture import Picture
from handlers.growth_plan import export, goals, home, questions_card, share_form, sharing, words
from handlers.interactions.conversation import Conversation, HomePart, Reader, drawn
from handlers.interactions.sub_words import SubWord
from kernel.store import Snapshot
from kernel.working_hours import local_day
from mentoring.model.person import Person
from relationships.growth_plan.feature import FEATURE
from relationships.growth_plan.goal import GOAL_DAY, OPEN_GOALS, Goal
from relationships.growth_plan.growth_plan import EXPORTED, GROWTH_PLAN, LOOKED_BACK, GrowthPlan, TooManyGoals
from relationships.growth_plan.look_back import looking
from relationships.growth_plan.shared_version import SHARED_WITH, SharedVersion
from relationships.growth_plan.sharing import CannotRead, NotShared


def _day(goal: Goal, read: Snapshot, reader: Reader) -> Picture | None:
    person = read.find(Person, goal.person_id)
    today = local_day(reader.now, person.zone if person else "UTC")
    return questions_card.day(goal, today) if reader.to == goal.person_id else None


async def _look_back(reader: Reader) -> Picture | None:
    found = await looking(reader.desk, reader.to) if reader.id == reader.to else None
    if found is None:
        return None
    person = await reader.desk.find(Person, reader.to)
    return questions_card.look_back(found, person.zone if person else "UTC")


async def _export(reader: Reader) -> Picture | None:
    owner, number = reader.numbered
    if owner != reader.to:
        return None
    whole = await export.whole(reader.desk, reader.to, reader.now)
    return await asyncio.to_thread(export.message, number, whole)


def _shared(shared: SharedVersion, read: Snapshot, reader: Reader) -> Picture | None:
    owner = read.find(Person, shared.owner_id)
    return share_form.card(shared, reader.to, has_left=owner is not None and owner.is_gone)


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(goals.register, sharing.register),
    painters={
        GOAL_DAY: drawn(Goal, _day),
        LOOKED_BACK: _look_back,
        EXPORTED: _export,
        "shared-goals": drawn(SharedVersion, _shared),
    },
    home=(
        HomePart(
            name="goals",
            lists={OPEN_GOALS: Goal, GROWTH_PLAN: GrowthPlan},
            section=home.goals,
            stands_at=38,
        ),
        HomePart(name="next steps", section=home.steps, stands_at=40),
        HomePart(name="shared goals", lists={SHARED_WITH: SharedVersion}, section=home.shared, stands_at=70),
    ),
    coach_words={
        "goals": SubWord(
            help=(words.COACH_HELP),
            answer=goals.show_goals,
            takes_goal=True,
            also=("goal",),
        )
    },
    ask_words={
        "goals": SubWord(
            help=words.ASK_HELP,
            answer=goals.show_goals,
        )
    },
    refusals={
        TooManyGoals: lambda no: words.too_many(no.limit),
        CannotRead: lambda no: words.NO_READER.get(no.why, words.CANNOT_SHOW),
        NotShared: lambda no: words.NOT_SHARED,
    },
    field_refusals={
        ("goal_title", "empty"): words.GOAL_EMPTY,
        ("goal_title", "too_long"): labels.TOO_LONG,
        ("goal_why", "too_long"): labels.TOO_LONG,
        ("goal_sign", "too_long"): labels.TOO_LONG,
        ("goal_by", "past"): words.DAY_HAS_COME,
        ("goal_by", "too_far"): words.DAY_TOO_FAR,
        ("goal_step", "empty"): words.STEP_EMPTY,
        ("goal_step", "too_long"): labels.TOO_LONG,
        ("step_on", "past"): words.STEP_DAY_PASSED,
        ("step_on", "too_far"): words.DAY_TOO_FAR,
        ("goal_step", "too_many"): words.STEPS_FULL,
        ("reader", "empty"): words.READER_EMPTY,
        ("shared_goals", "empty"): words.GOALS_EMPTY,
    },
)

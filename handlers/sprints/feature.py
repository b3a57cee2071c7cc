"""Skill sprints: their cards, what waits and what goes on on the Home tab, and their word of `/coach-me`."""

from coaching.plans.two_weeks import TwoWeeks
from coaching.sprints.feature import FEATURE
from coaching.sprints.outline import SprintOutline
from coaching.sprints.sprint import (
    ASKED_AS_PARTNER,
    OPEN_SPRINTS,
    PARTNERED_SPRINTS,
    SPRINT_NUDGE,
    SPRINT_PARTNER,
    Sprint,
)
from coaching.sprints.suggestions import fitting
from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.sub_words import SubWord
from handlers.sprints import card as sprint_card
from handlers.sprints import form as sprint_form
from handlers.sprints import nudges as sprint_nudges
from handlers.sprints import outline_card, outlining, sprints
from handlers.sprints import texts as sprint_texts
from kernel.store import Snapshot
from mentoring.model.person import Person

LINE = 120  # what a row shows of a text
_ON_SCALE = ("much_less", "less", "expected", "more", "much_more", "measure", "baseline")
_OF_LEVEL = {
    "empty": "Write what you would see at this level; a few words are enough.",
    "too_long": "This is too long; {limit} characters fit.",
    "same_level": "This says the same as another level. Write how the two differ.",
}


async def _card(reader: Reader) -> Picture | None:
    sprint = await reader.desk.find(Sprint, reader.id)
    if sprint is None or sprint.person_id != reader.to:
        return None
    return sprint_card.card(sprint, reader.desk, reader.now)


def _partner(sprint: Sprint, read: Snapshot, reader: Reader) -> Picture | None:
    owner = read.find(Person, sprint.person_id)
    has_left = owner is not None and owner.is_gone
    return sprint_card.partner(sprint, reader.to, reader.desk, reader.now, has_left=has_left)


def _outline(outline: SprintOutline, read: Snapshot, reader: Reader) -> Picture | None:
    if outline.person_id != reader.to:
        return None
    person = read.find(Person, outline.person_id)
    hours, zone = (person.hours, person.zone) if person else (None, "UTC")
    return outline_card.card(outline, fitting(reader.desk.templates, person), hours, zone)


def _invitations(overview: Overview) -> list[Block]:
    return [row for sprint in overview.of(ASKED_AS_PARTNER, Sprint) for row in _invitation(sprint)]


def _invitation(sprint: Sprint) -> list[Block]:
    asks = f"{mrkdwn.mention(sprint.person_id)} would like you as a partner for a skill sprint."
    return [blocks.section(asks), *blocks.actions(sprint_card.consent_buttons(sprint))]


def _to_review(overview: Overview) -> list[Block]:
    return [_row(it, overview) for it in overview.of(OPEN_SPRINTS, Sprint) if it.state == "review"]


def _section(overview: Overview) -> list[Block]:
    """What is being practised, one's own and that of those whose partner one is."""
    going = [sprint for sprint in overview.of(OPEN_SPRINTS, Sprint) if sprint.state != "review"]
    partnered = overview.of(PARTNERED_SPRINTS, Sprint)
    if not (going or partnered):
        return []
    plan = blocks.button("Plan a sprint", sprint_form.OPEN, "home") if overview.desk.policy.support else None
    return [
        blocks.header("My sprints"),
        *(_row(sprint, overview) for sprint in going),
        *(row for sprint in partnered for row in _partnered(sprint, overview)),
        *blocks.actions([plan]),
    ]


def _row(sprint: Sprint, overview: Overview) -> Block:
    goal = texts.quoted(sprint.plan.goal)
    if sprint.state == "review":
        look = blocks.button("Look back", sprint_card.REVIEW, sprint.id, style="primary")
        return blocks.row(f"{goal}\nits time is over", look)
    if sprint.state == "paused":
        return blocks.row(f"{goal}\nresting", blocks.button("Go on", sprint_card.RESUME, sprint.id))
    check_in = blocks.button("Check in", sprint_card.CHECK_IN, sprint.id)
    return blocks.row(f"{goal}\n{sprint_texts.so_far(sprint, overview.now)}", check_in)


def _partnered(sprint: Sprint, overview: Overview) -> list[Block]:
    said = f"{mrkdwn.mention(sprint.person_id)}'s sprint: {sprint_texts.so_far(sprint, overview.now)}"
    return [blocks.section(said), texts.reminder(sprint.plan.goal, LINE)]


def _nudge(sprint: Sprint, read: Snapshot, reader: Reader) -> Picture | None:
    plan = read.find(TwoWeeks, sprint.steps_of) if sprint.steps_of else None
    step = next((plan.actions[number].behaviour for number in plan.left), "") if plan else ""
    return sprint_nudges.nudge(sprint, reader.desk.policy.nudges, reader.now, step)


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(sprints.register, outlining.register),
    painters={
        "sprint": _card,
        "sprint-outline": drawn(SprintOutline, _outline),
        SPRINT_NUDGE: drawn(Sprint, _nudge),
        SPRINT_PARTNER: drawn(Sprint, _partner),
    },
    home=(
        HomePart(
            name="invitations",
            lists={ASKED_AS_PARTNER: Sprint},
            counts=(ASKED_AS_PARTNER,),
            waits_in=(ASKED_AS_PARTNER,),
            waiting=_invitations,
            waits_at=30,
        ),
        HomePart(
            name="sprints",
            lists={OPEN_SPRINTS: Sprint, PARTNERED_SPRINTS: Sprint},
            waiting=_to_review,
            waits_at=46,
            section=_section,
            stands_at=50,
        ),
    ),
    coach_words={
        "sprint": SubWord(
            help=(
                "`/coach-me sprint` and a skill plans some weeks of practice for it, with check-ins on your "
                "days (`/coach-me sprint-form`: all in one form)."
            ),
            answer=sprints.called,
            takes_goal=True,
        ),
        "sprint-form": SubWord(answer=sprints.called_at_once, takes_goal=True),
    },
    field_refusals={
        ("goal", "empty"): "Write which skill you want to build, in a sentence.",
        ("goal", "too_long"): "This is too long; {limit} characters fit. One skill is enough.",
        ("topic", "unknown"): "There is no topic “{topic}” here (any more). Choose one from the list.",
        ("days", "empty"): "Choose at least one day.",
        ("at", "empty"): "Choose a time of day.",
        ("weeks", "too_often"): "You have added a week {limit} times. Look back, then plan another sprint.",
        ("weeks", "out_of_range"): "Choose one to {limit} weeks.",
        ("confidence", "empty"): "Choose a number from 0 to 10.",
        ("minutes", "no_number"): "Write the minutes as a number, like 20.",
        ("blocker", "too_long"): "This is too long; {limit} characters fit.",
        ("lesson", "too_long"): "This is too long; {limit} characters fit.",
        ("next", "too_long"): "This is too long; {limit} characters fit.",
        ("cue", "empty"): "Write the moment that starts it, like “the stand-up is over”.",
        ("level", "unknown"): "Choose one of the five levels.",
        ("text", "nothing_remembered"): "A few words are enough, even if they are not quite right.",
        **{(level, problem): words for level in _ON_SCALE for problem, words in _OF_LEVEL.items()},
    },
)

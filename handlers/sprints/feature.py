"""Skill sprints: their cards, what waits and what goes on on the Home tab, and their word of `/coach-me`."""

from coaching.plans.two_weeks import TwoWeeks
from coaching.sprints.feature import FEATURE
from coaching.sprints.outline import SprintOutline
from coaching.sprints.reports import BOND
from coaching.sprints.sprint import (
    ASKED_AS_PARTNER,
    OPEN_SPRINTS,
    PARTNERED_SPRINTS,
    SPRINT_NUDGE,
    SPRINT_PARTNER,
    Sprint,
)
from coaching.sprints.suggestions import fitting
from handlers.block_kit import blocks, labels, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Bonded, Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.sub_words import SubWord
from handlers.sprints import card as sprint_card
from handlers.sprints import form as sprint_form
from handlers.sprints import nudges as sprint_nudges
from handlers.sprints import outline_card, outlining, sprints, words
from kernel.store import Snapshot
from mentoring.model.person import Person

LINE = 120  # what a row shows of a text
_ON_SCALE = ("much_less", "less", "expected", "more", "much_more", "measure", "baseline")
_OF_LEVEL = {
    "empty": words.LEVEL_EMPTY,
    "too_long": labels.TOO_LONG,
    "same_level": words.SAME_LEVEL,
}


def _card(sprint: Sprint, _read: Snapshot, reader: Reader) -> Picture | None:
    if sprint.person_id != reader.to:
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
    asks = words.invites(mrkdwn.mention(sprint.person_id))
    return [blocks.section(asks), *blocks.actions(sprint_card.consent_buttons(sprint))]


def _to_review(overview: Overview) -> list[Block]:
    return [_row(it, overview) for it in overview.of(OPEN_SPRINTS, Sprint) if it.state == "review"]


def _section(overview: Overview) -> list[Block]:
    """What is being practised, one's own and that of those whose partner one is."""
    going = [sprint for sprint in overview.of(OPEN_SPRINTS, Sprint) if sprint.state != "review"]
    partnered = overview.of(PARTNERED_SPRINTS, Sprint)
    if not (going or partnered):
        return []
    plan = (
        blocks.button(words.PLAN_A_SPRINT, sprint_form.OPEN, "home") if overview.desk.policy.support else None
    )
    return [
        blocks.header(words.MY_SPRINTS),
        *(_row(sprint, overview) for sprint in going),
        *(row for sprint in partnered for row in _partnered(sprint, overview)),
        *blocks.actions([plan]),
    ]


def _row(sprint: Sprint, overview: Overview) -> Block:
    goal = texts.quoted(sprint.plan.goal)
    if sprint.state == "review":
        look = blocks.button(words.LOOK_BACK, sprint_card.REVIEW, sprint.id, style="primary")
        return blocks.row(words.over_row(goal), look)
    if sprint.state == "paused":
        return blocks.row(words.resting_row(goal), blocks.button(labels.GO_ON, sprint_card.RESUME, sprint.id))
    check_in = blocks.button(words.CHECK_IN, sprint_card.CHECK_IN, sprint.id)
    return blocks.row(words.going_row(goal, words.so_far(sprint, overview.now)), check_in)


def _partnered(sprint: Sprint, overview: Overview) -> list[Block]:
    said = words.partnered_row(mrkdwn.mention(sprint.person_id), words.so_far(sprint, overview.now))
    return [blocks.section(said), texts.reminder(sprint.plan.goal, LINE)]


def _nudge(sprint: Sprint, read: Snapshot, reader: Reader) -> Picture | None:
    plan = read.find(TwoWeeks, sprint.steps_of) if sprint.steps_of else None
    step = next((plan.actions[number].behaviour for number in plan.left), "") if plan else ""
    return sprint_nudges.nudge(sprint, reader.desk.policy.nudges, reader.now, step)


def _who_was_who(sprint: Sprint) -> str:
    owner, partner = mrkdwn.mention(sprint.person_id), mrkdwn.mention(sprint.partner_id or "")
    return words.who_was_who(owner, partner, words.LASTS[sprint.is_open])


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(sprints.register, outlining.register),
    painters={
        "sprint": drawn(Sprint, _card),
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
        "sprint": SubWord(help=words.HELP, answer=sprints.called, takes_goal=True),
        "sprint-form": SubWord(answer=sprints.called_at_once, takes_goal=True),
    },
    bonds=(
        Bonded(
            bond=BOND,
            cards=(Sprint.kind, SPRINT_PARTNER),
            what=words.A_SPRINT,
            end=words.END_NOW,
            follows=words.FOLLOWS_REPORT,
            told=_who_was_who,
        ),
    ),
    field_refusals={
        ("goal", "empty"): words.GOAL_EMPTY,
        ("goal", "too_long"): words.GOAL_TOO_LONG,
        ("topic", "unknown"): words.NO_TOPIC,
        ("days", "empty"): words.NO_DAY,
        ("at", "empty"): words.NO_TIME,
        ("weeks", "too_often"): words.WEEKS_TOO_OFTEN,
        ("weeks", "out_of_range"): words.WEEKS_OUT_OF_RANGE,
        ("confidence", "empty"): words.NOT_SURE,
        ("minutes", "no_number"): words.NO_NUMBER,
        ("blocker", "too_long"): labels.TOO_LONG,
        ("lesson", "too_long"): labels.TOO_LONG,
        ("next", "too_long"): labels.TOO_LONG,
        ("cue", "empty"): words.NO_CUE,
        ("level", "unknown"): words.NO_LEVEL,
        ("text", "nothing_remembered"): words.NOTHING_REMEMBERED,
        **{(level, problem): said for level in _ON_SCALE for problem, said in _OF_LEVEL.items()},
    },
)

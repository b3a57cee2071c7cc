"""The small forms of a sprint: a check-in, the plan without looking, and the review."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from coaching.sprints.calendar import is_outside_the_plan
from coaching.sprints.goal_scale import LEVELS, as_level
from coaching.sprints.sprint import LONGEST, CheckIn, Confidence, Review, Sprint
from handlers.block_kit import blocks, labels, mrkdwn, payload
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id
from handlers.sprints import words
from kernel.errors import Invalid

CHECK_IN = "sprint.check_in_form"
RECALL = "sprint.recall_form"
REVIEW = "sprint.review_form"
STUCK = "sprint.stuck"

LABEL = 70  # characters of a level that a choice surely holds
_MINUTES = re.compile(r"(\d{1,5})\s*(?:m|min|mins|minutes?)?\.?", re.IGNORECASE)
_NO_LEVEL = 9


@dataclass(frozen=True, slots=True)
class _Filled:
    """What one of the forms was opened with, and what stands in those of its fields that it has."""

    sprint_id: Id
    cause: Id
    level: int = _NO_LEVEL
    minutes: str = ""
    confidence: Confidence | None = None
    blocker: str = ""
    lesson: str = ""
    next: str = ""
    text: str = ""


def check_in(sprint: Sprint, cause: str) -> View:
    """The check-in: level, minutes, confidence, and what is in the way."""
    last = sprint.last.level if sprint.last else None
    shown = [
        *_whole_scale(sprint),
        _level(sprint, words.WHERE_NOW, last),
        blocks.field(
            "minutes",
            words.MINUTES,
            blocks.text_input(at_most=12, placeholder=words.MINUTES_EXAMPLE),
            optional=True,
        ),
        _confidence(words.HOW_SURE_OF_REACHING, optional=True),
        blocks.field(
            "blocker",
            words.ANYTHING_IN_THE_WAY,
            blocks.text_input(multiline=True, at_most=LONGEST, placeholder=words.EMPTY_IF_NOT),
            hint=words.blocker_hint(is_shared=sprint.consent == "yes"),
            optional=True,
        ),
    ]
    return blocks.modal(
        CHECK_IN, words.CHECK_IN, shown, submit=labels.SAVE, metadata=_metadata(sprint, cause)
    )


def checked_in(view: View, now: datetime) -> CheckIn:
    """The check-in that was written, or refuse minutes that are no number."""
    said = payload.filled(_Filled, view)
    return CheckIn(
        at=now,
        level=as_level(said.level),
        minutes=_minutes(said.minutes),
        confidence=said.confidence,
        blocker=said.blocker.strip(),
    )


def saved(sprint: Sprint, now: datetime) -> View:
    """What a check-in becomes: how it stands, and where something is in the way, the way on."""
    last = sprint.check_ins[-1]
    shown: list[Block] = [blocks.lines([words.level(sprint.plan.scale, last.level, words.SAVED_AT)])]
    if len(sprint.check_ins) > 1:
        shown += [blocks.section(words.chart(sprint.levels))]
    if is_outside_the_plan(sprint, now):
        shown += [blocks.context(words.OUTSIDE_THE_PLAN)]
    if last.blocker:
        ask = blocks.button(words.ASK_MENTOR, STUCK, sprint.id, style="primary")
        shown += [blocks.labeled(words.IN_THE_WAY, last.blocker), *blocks.actions([ask])]
    return blocks.modal("window", words.CHECK_IN_SAVED, shown)


def recall(sprint: Sprint, cause: str) -> View:
    """The question for the plan without looking; the plan itself is not in it."""
    text = blocks.text_input(multiline=True, at_most=LONGEST, placeholder=words.RECALL_EXAMPLE)
    shown = [blocks.section(words.RECALL), blocks.field("text", words.RECALL_LABEL, text)]
    return blocks.modal(
        RECALL, words.RECALL_TITLE, shown, submit=words.COMPARE, metadata=_metadata(sprint, cause)
    )


def recalled(sprint: Sprint, text: str) -> View:
    """What was remembered beside what was written."""
    shown = [
        blocks.labeled(words.REMEMBERED, text),
        blocks.labeled(words.HAD_WRITTEN, words.sentence(sprint.plan.if_then), mrkdwn.SECTION),
        blocks.context(words.RECALLING_HELPS),
    ]
    return blocks.modal("window", words.RECALL_TITLE, shown)


def review(sprint: Sprint, cause: str) -> View:
    """The review: the level reached, how sure one is to keep it, one lesson, what comes next."""
    last = sprint.last.level if sprint.last else None
    lesson = blocks.text_input(multiline=True, at_most=LONGEST, placeholder=words.LESSON_EXAMPLE)
    coming = blocks.text_input(at_most=LONGEST, placeholder=words.NEXT_EXAMPLE)
    shown = [
        *_whole_scale(sprint),
        _level(sprint, words.LEVEL_REACHED, last),
        _confidence(words.HOW_SURE_IT_LASTS),
        blocks.field("lesson", words.ONE_LESSON, lesson, optional=True),
        blocks.field("next", words.WHAT_NEXT, coming, optional=True),
    ]
    return blocks.modal(
        REVIEW, words.LOOK_BACK, shown, submit=words.CLOSE_IT, metadata=_metadata(sprint, cause)
    )


def reviewed(view: View) -> Review:
    """What a review says, or refuse what is missing."""
    said = payload.filled(_Filled, view)
    if said.confidence is None:
        raise Invalid("confidence", "empty")
    return Review(
        level=as_level(said.level),
        confidence=said.confidence,
        lesson=said.lesson.strip(),
        next=said.next.strip(),
    )


def remembered(view: View) -> str:
    """What was remembered, or refuse nothing at all."""
    text = payload.filled(_Filled, view).text.strip()
    if not text:
        raise Invalid("text", "nothing_remembered")
    return text


def cause_of(view: View) -> tuple[str, str]:
    """The sprint that a form is about, and what led to the form."""
    said = payload.filled(_Filled, view)
    return said.sprint_id, said.cause


def _level(sprint: Sprint, label: str, initial: int | None) -> Block:
    options = [
        blocks.option(words.level_choice(level, sprint.plan.scale.words(level)), str(level))
        for level in reversed(LEVELS)
    ]
    chosen = str(initial) if initial is not None else None
    return blocks.field("level", label, blocks.radio(options, chosen))


def _whole_scale(sprint: Sprint) -> list[Block]:
    """The levels in full, where the choices would cut one of them short."""
    scale = sprint.plan.scale
    if all(len(scale.words(level)) <= LABEL for level in LEVELS):
        return []
    return [blocks.lines(words.level(scale, level) for level in reversed(LEVELS))]


def _confidence(label: str, *, optional: bool = False) -> Block:
    options = [blocks.option(str(number), str(number)) for number in range(11)]
    menu = blocks.menu(options, placeholder=words.SURE_RANGE)
    return blocks.field("confidence", label, menu, optional=optional)


def _minutes(text: str) -> int:
    if not text.strip():
        return 0
    found = _MINUTES.fullmatch(text.strip())
    if found is None:
        raise Invalid("minutes", "no_number")
    return int(found.group(1))


def _metadata(sprint: Sprint, cause: str) -> str:
    return json.dumps({"sprint_id": sprint.id, "cause": cause})

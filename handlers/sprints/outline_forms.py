"""The small windows of a sprint's plan, one for each question that wants words: builders and parsers."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time

from coaching.sprints.goal_scale import LONGEST as LONGEST_LEVEL
from coaching.sprints.outline import Question, SprintOutline
from coaching.sprints.sprint import LONGEST, Weekday
from handlers.block_kit import blocks, labels, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
from handlers.interactions import topics_menu
from handlers.sprints import words, words_of_planning
from handlers.sprints.words import WEEKDAYS
from kernel.desk import Desk
from kernel.values import TopicId

FORM = "outline.form"
problems = refusals.under("goal", topic="topics")


@dataclass(frozen=True, slots=True)
class _Filled:
    outline_id: Id
    question: Question
    goal: str = ""
    topics: tuple[TopicId, ...] = ()
    expected: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    days: tuple[Weekday, ...] = ()
    at: time | None = None


def form(outline: SprintOutline, desk: Desk, zone: str) -> View:
    """The window for the question that is open, or for the goal where that one takes no words."""
    question: Question = outline.question if outline.question in ("expected", "scale", "days") else "goal"
    fields: Mapping[str, Callable[[], list[Block]]] = {
        "goal": lambda: _goal(outline, desk),
        "expected": lambda: [_expected(outline)],
        "scale": lambda: _scale(outline),
        "days": lambda: _days(outline, zone),
    }
    metadata = json.dumps({"outline_id": outline.id, "question": question})
    return blocks.modal(FORM, words.PLAN_A_SPRINT, fields[question](), submit=labels.SAVE, metadata=metadata)


def _goal(outline: SprintOutline, desk: Desk) -> list[Block]:
    goal = blocks.text_input(
        initial=outline.goal, at_most=LONGEST, placeholder=words_of_planning.SKILL_EXAMPLE
    )
    chosen = (outline.topic,) if outline.topic else ()
    menu = topics_menu.menu(chosen, desk.topics, at_most=1)
    return [
        blocks.field("goal", words_of_planning.WHICH_SKILL, goal),
        blocks.field("topics", words_of_planning.WHAT_ABOUT, menu, optional=True),
    ]


def _expected(outline: SprintOutline) -> Block:
    element = blocks.text_input(
        initial=outline.levels.get("expected", ""),
        at_most=LONGEST_LEVEL,
        placeholder=words_of_planning.EXPECTED_EXAMPLE,
    )
    return blocks.field("expected", words_of_planning.EXPECTED, element, hint=words_of_planning.EXPECTED_HINT)


def _scale(outline: SprintOutline) -> list[Block]:
    said = [texts.reminder(outline.levels.get("expected", ""))]
    levels = [
        blocks.field(
            name, label, blocks.text_input(initial=outline.levels.get(name, ""), at_most=LONGEST_LEVEL)
        )
        for name, label in words_of_planning.LEVEL_LABELS.items()
    ]
    return [blocks.section(words_of_planning.AS_EXPECTED), *said, *levels]


def _days(outline: SprintOutline, zone: str) -> list[Block]:
    boxes = [blocks.option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    clock: Element = {"type": "timepicker", "placeholder": blocks.plain(words_of_planning.PICK_TIME, 150)}
    at = {**clock, "initial_time": f"{outline.at:%H:%M}"}
    hint = words_of_planning.zone_hint(zone)
    return [
        blocks.field(
            "days",
            words_of_planning.MAY_I_ASK,
            blocks.checkboxes(boxes, [str(day) for day in outline.days or (1, 3)]),
        ),
        blocks.field("at", words_of_planning.WHAT_TIME, at, hint=hint),
    ]


Move = Callable[[SprintOutline], SprintOutline]


@dataclass(frozen=True, slots=True)
class OutlineAnswer:
    """What was submitted: for which outline, the answer as a *move*, and a goal with no topic chosen yet."""

    outline_id: str
    move: Move
    goal: str = ""


def filled(view: View, guessed: TopicId | None = None) -> OutlineAnswer:
    """What was submitted; a goal without a topic gets the *guessed* one."""
    given = payload.answers(view)
    levels = {name: given[name] for name in words_of_planning.LEVEL_LABELS if name in given}
    said = payload.read(_Filled, {**given, "levels": levels})
    topic = next(iter(said.topics), guessed)
    moves: Mapping[Question, Move] = {
        "goal": lambda it: it.name_goal(said.goal, topic),
        "expected": lambda it: it.expect(said.expected),
        "scale": lambda it: it.scale(said.levels),
        "days": lambda it: it.ask_on(said.days, said.at),
    }
    return OutlineAnswer(said.outline_id, moves[said.question], "" if said.topics else said.goal)

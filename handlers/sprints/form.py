"""The form in which a sprint is planned, and the one that adjusts it: builders and parsers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from coaching.guide.talk import GuidedTalk
from coaching.sprints.goal_scale import LONGEST as LONGEST_LEVEL
from coaching.sprints.goal_scale import NAMES, GoalScale
from coaching.sprints.outline import Question, SprintOutline
from coaching.sprints.sprint import LONGEST, MOST_WEEKS, Confidence, IfThen, Sprint, SprintPlan, Weekday
from handlers.block_kit import blocks, labels, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.counts import counted
from handlers.block_kit.payload import Id, Number, Someone
from handlers.interactions import topics_menu
from handlers.sprints import words_of_planning
from handlers.sprints.words import WEEKDAYS
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.sprint_templates import DAYS, SprintTemplate
from kernel.values import PersonId, TopicId

OPEN = "sprint.form"
PLAN = "sprint.plan"
ADJUST = "sprint.adjust_form"
TEMPLATE = "sprint.template"

_USUAL = time(16, 0)
problems = refusals.under("partner", topic="topics")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form. *cause* is what led to it, so that submitting twice begins one sprint.

    *draft_id*, *talk_id* or *plan_id* is what its words come from, *sprint_id* is set where a sprint is
    adjusted, *is_suggested* where an admin's suggestion fills it. *begun_from* is the thing whose card led
    to it.
    """

    cause: Id
    goal: str = ""
    topics: tuple[TopicId, ...] = ()
    measure: str = ""
    baseline: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    weeks: Number = 2
    days: tuple[Weekday, ...] = (1, 3)
    at: time | None = None
    partner: Someone | None = None
    cue: str = ""
    action: str = ""
    confidence: Confidence | None = None
    draft_id: Id | None = None
    talk_id: Id | None = None
    plan_id: Id | None = None
    sprint_id: Id | None = None
    begun_from: Id | None = None
    is_suggested: bool = False


def of_template(template: SprintTemplate, cause: str) -> Filling:
    """The form of a sprint that an admin suggests."""
    return Filling(
        cause,
        goal=template.goal,
        topics=(template.topic,) if template.topic else (),
        measure=template.measure,
        levels=template.levels.model_dump(),
        weeks=template.weeks,
        days=tuple(DAYS.index(day) for day in template.days),
        cue=template.if_then.cue if template.if_then else "",
        action=template.if_then.action if template.if_then else "",
        is_suggested=True,
    )


def of_talk(talk: GuidedTalk, cause: str) -> Filling:
    """The form with what a guided talk has come to."""
    came = talk.outcome
    return Filling(
        cause,
        goal=came.goal or talk.opening,
        measure=came.scale.get("measure", ""),
        baseline=came.scale.get("baseline", ""),
        levels={name: came.scale[name] for name in words_of_planning.LEVEL_FIELDS if name in came.scale},
        cue=came.cue if came.step else "",
        action=came.step,
        confidence=came.confidence,
        talk_id=talk.id,
    )


def of_outline(outline: SprintOutline) -> Filling:
    """The form with what was said so far, question by question."""
    cue, action = outline.plan
    return Filling(
        outline.id,
        goal=outline.goal,
        topics=(outline.topic,) if outline.topic else (),
        measure=outline.measure,
        baseline=outline.baseline,
        levels=outline.levels,
        weeks=outline.weeks,
        days=outline.days or (1, 3),
        at=outline.at,
        cue=cue,
        action=action,
        confidence=outline.confidence,
        draft_id=outline.draft_id,
        talk_id=outline.talk_id,
        plan_id=outline.plan_id,
        begun_from=outline.begun_from,
        is_suggested=bool(outline.levels),
    )


def outlined(filling: Filling, me: PersonId, now: datetime) -> SprintOutline:
    """The outline that goes on from what is there; what is there is not asked again."""
    levels = {name: words for name, words in filling.levels.items() if words.strip()}
    is_scaled = len(levels) == len(words_of_planning.LEVEL_FIELDS)
    agreed: set[Question] = {"goal"} if filling.goal.strip() else set()
    return SprintOutline(
        id=filling.cause,
        person_id=me,
        made_at=now,
        agreed=frozenset(agreed | ({"expected", "scale"} if is_scaled else set())),
        goal=" ".join(filling.goal.split())[:LONGEST],
        topic=next(iter(filling.topics), None),
        measure=filling.measure[:LONGEST_LEVEL],
        baseline=filling.baseline[:LONGEST_LEVEL],
        levels={name: words[:LONGEST_LEVEL] for name, words in levels.items()},
        cue=filling.cue[:LONGEST],
        action=filling.action[:LONGEST],
        confidence=filling.confidence,
        draft_id=filling.draft_id,
        talk_id=filling.talk_id,
        plan_id=filling.plan_id,
        begun_from=filling.begun_from,
    )


def of_sprint(sprint: Sprint, cause: str) -> Filling:
    """The form that adjusts a sprint."""
    plan = sprint.plan
    return Filling(
        cause,
        days=plan.days,
        at=plan.at,
        partner=plan.partner_id,
        cue=plan.if_then.cue,
        action=plan.if_then.action,
        sprint_id=sprint.id,
    )


def form(filling: Filling, desk: Desk, zone: str) -> View:
    """The form of a new sprint. *zone* is whose clocks its times go by."""
    fields = [*_goal(filling, desk), *_scale(filling), *_rhythm(filling, zone), *_plan(filling)]
    lead = [blocks.section(words_of_planning.INTRO), *([] if filling.is_suggested else _templates(desk))]
    return blocks.modal(
        PLAN,
        words_of_planning.FORM_TITLE,
        [*lead, *fields],
        submit=words_of_planning.BEGIN,
        metadata=_metadata(filling),
    )


def adjust_form(sprint: Sprint, cause: str) -> View:
    """The form that changes what may change in a sprint that is under way."""
    filling = of_sprint(sprint, cause)
    lead = [
        texts.reminder(sprint.plan.goal),
        blocks.section(words_of_planning.STAYS),
    ]
    fields = [*_if_then(filling), *_reminders(filling, sprint.zone), _partner(filling)]
    return blocks.modal(
        ADJUST,
        words_of_planning.ADJUST_TITLE,
        [*lead, *fields],
        submit=labels.SAVE,
        metadata=_metadata(filling),
    )


def _templates(desk: Desk) -> list[Block]:
    options = [blocks.option(template.label, template.id) for template in desk.templates[:100]]
    if not options:
        return []
    menu = {"action_id": TEMPLATE, **blocks.menu(options, placeholder=words_of_planning.CHOOSE_ONE)}
    return [blocks.section(words_of_planning.OR_SUGGESTION, menu)]


def _goal(filling: Filling, desk: Desk) -> list[Block]:
    goal = blocks.text_input(
        initial=filling.goal, at_most=LONGEST, placeholder=words_of_planning.SKILL_EXAMPLE
    )
    topic = topics_menu.menu(filling.topics, desk.topics, at_most=1)
    return [
        blocks.field("goal", words_of_planning.WHICH_SKILL, goal),
        blocks.field("topics", words_of_planning.WHAT_ABOUT, topic, optional=True),
    ]


def _scale(filling: Filling) -> list[Block]:
    def line(name: str, label: str, initial: str, placeholder: str, *, optional: bool = False) -> Block:
        element = blocks.text_input(initial=initial, at_most=LONGEST_LEVEL, placeholder=placeholder)
        return blocks.field(name, label, element, optional=optional)

    levels = [
        line(name, label, filling.levels.get(name, ""), hint)
        for name, (label, hint) in words_of_planning.LEVEL_FIELDS.items()
    ]
    return [
        line(
            "measure",
            words_of_planning.HOW_SEEN,
            filling.measure,
            words_of_planning.SEEN_EXAMPLE,
            optional=True,
        ),
        line(
            "baseline",
            words_of_planning.WHERE_TODAY,
            filling.baseline,
            words_of_planning.TODAY_EXAMPLE,
            optional=True,
        ),
        *levels,
    ]


def _rhythm(filling: Filling, zone: str) -> list[Block]:
    weeks = [blocks.option(counted(number, "week"), str(number)) for number in range(1, MOST_WEEKS + 1)]
    length = blocks.field("weeks", words_of_planning.HOW_LONG, blocks.menu(weeks, str(filling.weeks)))
    return [length, *_reminders(filling, zone), _partner(filling)]


def _reminders(filling: Filling, zone: str) -> list[Block]:
    boxes = [blocks.option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    ticked = [str(day) for day in filling.days]
    clock: Element = {"type": "timepicker", "placeholder": blocks.plain(words_of_planning.PICK_TIME, 150)}
    at = {**clock, "initial_time": f"{filling.at or _USUAL:%H:%M}"}
    hint = words_of_planning.zone_hint(zone)
    return [
        blocks.field("days", words_of_planning.ASKS_DAYS, blocks.checkboxes(boxes, ticked)),
        blocks.field("at", words_of_planning.WHAT_TIME, at, hint=hint),
    ]


def _partner(filling: Filling) -> Block:
    menu = blocks.person_menu(filling.partner)
    return blocks.field(
        "partner", words_of_planning.PARTNER, menu, optional=True, hint=words_of_planning.PARTNER_HINT
    )


def _plan(filling: Filling) -> list[Block]:
    sure = [blocks.option(str(number), str(number)) for number in range(11)]
    initial = str(filling.confidence) if filling.confidence is not None else None
    return [
        *_if_then(filling),
        blocks.field("confidence", words_of_planning.HOW_SURE, blocks.menu(sure, initial), optional=True),
    ]


def _if_then(filling: Filling) -> list[Block]:
    cue = blocks.text_input(initial=filling.cue, at_most=LONGEST, placeholder=words_of_planning.CUE_EXAMPLE)
    action = blocks.text_input(
        initial=filling.action, at_most=LONGEST, placeholder=words_of_planning.ACTION_EXAMPLE
    )
    return [
        blocks.field("cue", words_of_planning.CUE, cue),
        blocks.field("action", words_of_planning.ACTION, action),
    ]


def _metadata(filling: Filling) -> str:
    names = ("cause", "draft_id", "talk_id", "plan_id", "sprint_id", "begun_from")
    return json.dumps({name: getattr(filling, name) for name in names if getattr(filling, name)})


def filled(view: View) -> Filling:
    """What was submitted."""
    given = payload.answers(view)
    levels = {name: given.get(name, "") for name in words_of_planning.LEVEL_FIELDS}
    return payload.read(Filling, {**given, "levels": levels})


def new_plan(filling: Filling) -> SprintPlan:
    """The plan that was written, or refuse a time that is missing."""
    scale = GoalScale(
        **{name: filling.levels.get(name, "") for name in NAMES.values()},
        measure=filling.measure,
        baseline=filling.baseline,
    )
    return SprintPlan(
        topic=next(iter(filling.topics), None),
        goal=filling.goal,
        scale=scale,
        weeks=filling.weeks,
        days=filling.days,
        at=_needed(filling.at),
        partner_id=filling.partner,
        if_then=IfThen(cue=filling.cue, action=filling.action),
        confidence=filling.confidence,
    )


def adjusted(filling: Filling, sprint: Sprint) -> SprintPlan:
    """The plan of a sprint with what was changed."""
    update = {
        "days": filling.days,
        "at": _needed(filling.at),
        "partner_id": filling.partner,
        "if_then": IfThen(cue=filling.cue, action=filling.action),
    }
    return sprint.plan.model_copy(update=update)


def _needed(at: time | None) -> time:
    if at is None:
        raise Invalid("at", "empty")
    return at

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
from handlers.block_kit import blocks, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.counts import counted
from handlers.block_kit.payload import Id, Number, Someone
from handlers.interactions import topics_menu
from handlers.sprints import texts as sprint_texts
from handlers.sprints.texts import WEEKDAYS
from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.sprint_templates import DAYS, SprintTemplate
from kernel.values import PersonId, TopicId

OPEN = "sprint.form"
PLAN = "sprint.plan"
ADJUST = "sprint.adjust_form"
TEMPLATE = "sprint.template"

_LEVELS = {
    "expected": ("Expected (0)", "What honest practice brings by the end"),
    "more": ("More (+1)", "Somewhat better than expected"),
    "much_more": ("Much more (+2)", "The best that you can honestly picture"),
    "less": ("Less (−1)", "A beginning"),
    "much_less": ("Much less (−2)", "Next to nothing has moved"),
}
_INTRO = (
    "*One skill, one to four weeks.* Describe success, from far below to far above what you expect. "
    "You can change days and plan later; the scale stays as you wrote it, so that the result means something."
)
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
    """The form with what a talk has come to."""
    came = talk.outcome
    return Filling(
        cause,
        goal=came.goal or talk.opening,
        measure=came.scale.get("measure", ""),
        baseline=came.scale.get("baseline", ""),
        levels={name: came.scale[name] for name in _LEVELS if name in came.scale},
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
    is_scaled = len(levels) == len(_LEVELS)
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
    lead = [blocks.section(_INTRO), *([] if filling.is_suggested else _templates(desk))]
    return blocks.modal(
        PLAN, "Plan a skill sprint", [*lead, *fields], submit="Begin", metadata=_metadata(filling)
    )


def adjust_form(sprint: Sprint, cause: str) -> View:
    """The form that changes what may change in a sprint that is under way."""
    filling = of_sprint(sprint, cause)
    lead = [
        texts.reminder(sprint.plan.goal),
        blocks.section("Goal and scale stay as you wrote them."),
    ]
    fields = [*_if_then(filling), *_reminders(filling, sprint.zone), _partner(filling)]
    return blocks.modal(
        ADJUST, "Adjust the sprint", [*lead, *fields], submit="Save", metadata=_metadata(filling)
    )


def _templates(desk: Desk) -> list[Block]:
    options = [blocks.option(template.label, template.id) for template in desk.templates[:100]]
    if not options:
        return []
    menu = {"action_id": TEMPLATE, **blocks.menu(options, placeholder="Choose one")}
    return [blocks.section("Or start from a suggestion:", menu)]


def _goal(filling: Filling, desk: Desk) -> list[Block]:
    goal = blocks.text_input(
        initial=filling.goal, at_most=LONGEST, placeholder="Explain a slow query's plan without help"
    )
    topic = topics_menu.menu(filling.topics, desk.topics, at_most=1)
    return [
        blocks.field("goal", "Which skill do you want to build?", goal),
        blocks.field("topics", "What is it about?", topic, optional=True),
    ]


def _scale(filling: Filling) -> list[Block]:
    def line(name: str, label: str, initial: str, placeholder: str, *, optional: bool = False) -> Block:
        element = blocks.text_input(initial=initial, at_most=LONGEST_LEVEL, placeholder=placeholder)
        return blocks.field(name, label, element, optional=optional)

    levels = [
        line(name, label, filling.levels.get(name, ""), hint) for name, (label, hint) in _LEVELS.items()
    ]
    return [
        line("measure", "How will you see it?", filling.measure, "queries explained", optional=True),
        line("baseline", "Where does that stand today?", filling.baseline, "none so far", optional=True),
        *levels,
    ]


def _rhythm(filling: Filling, zone: str) -> list[Block]:
    weeks = [blocks.option(counted(number, "week"), str(number)) for number in range(1, MOST_WEEKS + 1)]
    length = blocks.field("weeks", "For how long?", blocks.menu(weeks, str(filling.weeks)))
    return [length, *_reminders(filling, zone), _partner(filling)]


def _reminders(filling: Filling, zone: str) -> list[Block]:
    boxes = [blocks.option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    ticked = [str(day) for day in filling.days]
    clock: Element = {"type": "timepicker", "placeholder": blocks.plain("Pick a time", 150)}
    at = {**clock, "initial_time": f"{filling.at or _USUAL:%H:%M}"}
    hint = f"In {sprint_texts.clocks(zone)}, as your Slack is set."
    return [
        blocks.field("days", "On which days may I ask how it is going?", blocks.checkboxes(boxes, ticked)),
        blocks.field("at", "At what time?", at, hint=hint),
    ]


def _partner(filling: Filling) -> Block:
    hint = "I ask them first. Until they say yes they see your name, the topic and the length, and no more."
    menu = blocks.person_menu(filling.partner)
    return blocks.field("partner", "Who may see your check-ins?", menu, optional=True, hint=hint)


def _plan(filling: Filling) -> list[Block]:
    sure = [blocks.option(str(number), str(number)) for number in range(11)]
    initial = str(filling.confidence) if filling.confidence is not None else None
    return [
        *_if_then(filling),
        blocks.field(
            "confidence", "How sure are you, from 0 to 10?", blocks.menu(sure, initial), optional=True
        ),
    ]


def _if_then(filling: Filling) -> list[Block]:
    cue = blocks.text_input(initial=filling.cue, at_most=LONGEST, placeholder="the stand-up is over")
    action = blocks.text_input(initial=filling.action, at_most=LONGEST, placeholder="open one slow query")
    return [
        blocks.field("cue", "Your if-then plan: when …", cue),
        blocks.field("action", "… then I will", action),
    ]


def _metadata(filling: Filling) -> str:
    names = ("cause", "draft_id", "talk_id", "plan_id", "sprint_id", "begun_from")
    return json.dumps({name: getattr(filling, name) for name in names if getattr(filling, name)})


def filled(view: View) -> Filling:
    """What was submitted."""
    given = payload.answers(view)
    levels = {name: given.get(name, "") for name in _LEVELS}
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

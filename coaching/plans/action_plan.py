"""A plan for two weeks made of a person's own words by templates: no model, no network, always the same.

Every action is a behaviour with its cue, its evidence and its day; at most three a week, on working days.
The templates stand in `templates.toml` beside this module, which says what is filled in where.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from coaching.data import Data, Sentence, filled_by, read
from coaching.guide.turn import GUIDE, ActionPlan, PlannedAction
from coaching.patterns import Language, Pattern
from kernel.values import Value
from kernel.working_hours import Hours, weekdays
from sensing.triage.features import Subject
from sensing.triage.subjects import subject_of


class _Known(Language):
    lead_in: Pattern


@cache
def _known() -> _Known:
    return read("coaching.language", "goals", _Known)


PER_WEEK, HORIZON = 3, timedelta(days=28)
LONGEST = 120


Template = Annotated[Sentence, filled_by("goal", "step", "cue", "blocker", "who")]
Cue = Literal["asked", "begin", "coffee", "evening", "last", "meeting", "seen", "talking"]


class ActionTemplate(Data):
    """One action: what one would see the person do, at which moment, and how it shows."""

    behaviour: Template
    cue: Cue
    evidence: Template


class Templates(Data):
    """The actions for each kind of goal; those *practised* end with one of the three by level."""

    practised: frozenset[Subject]
    cues: Mapping[Cue, Template]
    by_level: tuple[ActionTemplate, ActionTemplate, ActionTemplate]
    actions: Mapping[Subject, Annotated[tuple[ActionTemplate, ...], Field(min_length=5, max_length=5)]]


@cache
def templates() -> Templates:
    return read("coaching.plans", "templates", Templates)


class PlanWish(Value):
    """What a plan is made of, in the person's own words; what is empty was not said.

    *topic* is the label of what it is about; *level* is 1 to 7.
    """

    goal: str
    topic: str = ""
    step: str = ""
    cue: str = ""
    blocker: str = ""
    level: int = 3


def action_plan(wish: PlanWish, hours: Hours, today: date) -> ActionPlan:
    """The plan that a wish leads to, from the first working day after today on."""
    subject = subject_of(wish.goal)
    last = [templates().by_level[_rank(wish.level)]] if subject in templates().practised else []
    said = zip([*templates().actions[subject], *last], _days(hours, today), strict=False)
    return ActionPlan(actions=tuple(_said(action, wish, on) for action, on in said), by=GUIDE)


def _said(action: ActionTemplate, wish: PlanWish, on: date) -> PlannedAction:
    words = {
        "goal": _short(_core(wish.goal)),
        "step": _added(wish.step),
        "blocker": _added(wish.blocker),
        "cue": _short(wish.cue) or "I begin my working day",
        "who": f"somebody who helps with {wish.topic}" if wish.topic else "somebody who does it daily",
    }
    return PlannedAction(
        behaviour=action.behaviour.format_map(words),
        cue=templates().cues[action.cue].format_map(words),
        evidence=action.evidence.format_map(words),
        on=on,
    )


def _core(goal: str) -> str:
    """What a goal is about, without “I want to get better at”."""
    core, begin = goal.strip(), 0
    while lead := _known().lead_in.match(core, begin):
        begin = lead.end()
    return core[begin:].rstrip(".!")


def _added(text: str) -> str:
    return f": {short}" if (short := _short(text)) else ""


def _short(text: str) -> str:
    """A person's words on one line, cut at a word where they are long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"


def working_days(hours: Hours, after: date) -> Iterator[date]:
    """Yield the days after a day, for four weeks, on which somebody works; Monday to Friday where none do."""
    working = weekdays(hours)
    for ahead in range(1, HORIZON.days + 1):
        day = after + timedelta(days=ahead)
        if day.weekday() in working:
            yield day


def _days(hours: Hours, today: date) -> Iterator[date]:
    """Yield the first, middle and last working day of each week, or all where there are fewer."""
    weeks: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in working_days(hours, today):
        weeks[day.isocalendar()[:2]].append(day)
    for days in weeks.values():
        yield from sorted({days[0], days[len(days) // 2], days[-1]})[:PER_WEEK]


def _rank(level: int) -> int:
    return 0 if level <= 2 else 1 if level <= 4 else 2

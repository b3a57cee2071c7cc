"""A plan for two weeks made of a person's own words by templates: no model, no network, always the same.

Every action is a behaviour with its cue, its evidence and its day; at most three a week, on working days.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from coaching.plan_templates import ACTIONS, BY_LEVEL, Action, Subject
from coaching.talk import GUIDE, Plan, PlannedAction
from mentoring.hours import Hours
from mentoring.values import Value
from sensing.triage import Feature, features

PER_WEEK, HORIZON = 3, timedelta(days=28)
LONGEST = 120
_SUBJECTS = {
    Feature.HARD_TALK: Subject.TALK,
    Feature.OWN_DECISION: Subject.DECISION,
    Feature.STUCK_INSIDE: Subject.DECISION,
}
WORKWEEK = frozenset(range(5))


class Wish(Value):
    """What a plan is made of, in the person's own words; what is empty was not said. *level* is 1 to 7."""

    goal: str
    step: str = ""
    cue: str = ""
    blocker: str = ""
    level: int = 3


def action_plan(wish: Wish, hours: Hours, today: date) -> Plan:
    """Return the plan that a wish leads to, from the first working day after today on."""
    actions = [*ACTIONS[subject_of(wish.goal)], BY_LEVEL[_rank(wish.level)]]
    said = zip(actions, _days(hours, today), strict=False)
    return Plan(actions=tuple(_said(action, wish, on) for action, on in said), by=GUIDE)


def subject_of(goal: str) -> Subject:
    """Return what kind of goal it is: a talk ahead, a decision, or else a skill."""
    shown = features(goal)
    return next((subject for feature, subject in _SUBJECTS.items() if feature in shown), Subject.SKILL)


def _said(action: Action, wish: Wish, on: date) -> PlannedAction:
    words = {
        "goal": _short(wish.goal),
        "step": _short(wish.step) or "the smallest piece of it",
        "cue": _short(wish.cue) or "the first thing of my working day",
        "blocker": _short(wish.blocker) or "something gets in the way",
    }
    return PlannedAction(
        behaviour=action.behaviour.format_map(words),
        cue=action.cue.format_map(words),
        evidence=action.evidence.format_map(words),
        on=on,
    )


def _short(text: str) -> str:
    """Return a person's words on one line, cut at a word where they are long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"


def _days(hours: Hours, today: date) -> Iterator[date]:
    """Yield the first, middle and last working day of each week, or all where there are fewer."""
    working = {weekday for weekday, _, _ in hours.windows} or WORKWEEK
    weeks: dict[tuple[int, int], list[date]] = defaultdict(list)
    for ahead in range(1, HORIZON.days + 1):
        day = today + timedelta(days=ahead)
        if day.weekday() in working:
            weeks[day.isocalendar()[:2]].append(day)
    for days in weeks.values():
        yield from sorted({days[0], days[len(days) // 2], days[-1]})[:PER_WEEK]


def _rank(level: int) -> int:
    return 0 if level <= 2 else 1 if level <= 4 else 2

"""What one's own data say, in words: a fact, and where something can be done about it, one choice.

How each is computed is said behind a button of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from coaching.insights.insights import (
    ActionsDone,
    Attainment,
    Calibration,
    FollowThrough,
    Gained,
    Insights,
    Reliance,
    Spread,
    TimeToAction,
)
from handlers.block_kit import blocks
from handlers.block_kit.blocks import Block, Element, View
from handlers.insights import words
from handlers.requests import form as request_form
from handlers.sprints import card as sprint_card
from handlers.sprints import form as sprint_form
from handlers.sprints.words import WEEKDAYS

HOW = "insights.how"
_FEW_VOICES, _ONE = 2.0, 1.05
_EVEN = 0.75  # evenness from which on no topic stands out
_AS_EXPECTED = 50  # of a T-score
_NEAR = 0.1  # of a share: foreseen as well as one can
_VAGUE = 0.4  # width of an interval from which on a share says little


@dataclass(frozen=True, slots=True)
class Insight:
    """What the data say, how that is computed, and one thing to do about it."""

    fact: str
    how: str
    choice: Element | None = None


def shown(found: Insights) -> list[Block]:
    """Every insight there is enough for, or what is needed first."""
    said = [blocks.section(it.fact, it.choice) for it in _all(found)]
    how = blocks.actions([blocks.button(words.HOW, HOW, "insights")])
    return [*said, *how, blocks.context(words.PRIVATE)] if said else [blocks.section(words.NOTHING)]


def computed(found: Insights) -> View:
    """How each of the insights that there are is computed."""
    said = [row for it in _all(found) for row in (blocks.section(it.fact), blocks.context(f"{it.how}."))]
    return blocks.modal("window", words.HOW_TITLE, said or [blocks.section(words.NOTHING)])


def _all(found: Insights) -> Iterator[Insight]:
    if found.attainment:
        yield _attainment(found.attainment)
    if found.follow_through:
        yield _follow_through(found.follow_through)
    if found.actions_done:
        yield _actions_done(found.actions_done)
    if found.time_to_action:
        yield _time_to_action(found.time_to_action)
    if found.gained:
        yield _gained(found.gained)
    if found.calibration:
        yield _calibration(found.calibration)
    if found.spread:
        yield _spread(found.spread)
    if found.reliance:
        yield _reliance(found.reliance)


def _attainment(it: Attainment) -> Insight:
    plan = blocks.button(words.PLAN_ANOTHER, sprint_form.OPEN, "insights")
    return Insight(words.reached(_compared(it.score), it.goals), words.reached_how(it.score), plan)


def _compared(score: float) -> str:
    if round(score) == _AS_EXPECTED:
        return words.AS_EXPECTED
    return words.BETTER if score > _AS_EXPECTED else words.LESS_WELL


def _follow_through(it: FollowThrough) -> Insight:
    fact = words.kept(it.kept, it.planned, words.TOO_FEW if it.high - it.low > _VAGUE else "")
    move = None
    if it.missed_on is not None:
        fact = f"{fact} {words.missed(WEEKDAYS[it.missed_on], it.missed)}"
        if it.sprint_id:
            fact = f"{fact} {words.MOVE_IT}"
            move = blocks.button(words.CHANGE_DAYS, sprint_card.ADJUST, it.sprint_id)
    return Insight(fact, words.kept_how(it.low, it.high), move)


def _actions_done(it: ActionsDone) -> Insight:
    return Insight(words.actions_done(it.done, it.planned), words.actions_done_how(it.low, it.high))


def _time_to_action(it: TimeToAction) -> Insight:
    return Insight(words.advice_used(it.used, it.of, it.days), words.ADVICE_HOW)


def _gained(it: Gained) -> Insight:
    return Insight(words.gained(it.points), words.gained_how(it.sprints))


def _calibration(it: Calibration) -> Insight:
    gap = abs(it.gap)
    is_near = gap < _NEAR
    said = words.AS_OFTEN if is_near else (words.too_confident if it.gap > 0 else words.too_careful)(gap)
    return Insight(said, words.foreseen_how(it.plans, it.brier))


def _spread(it: Spread) -> Insight:
    spread = "" if it.topics == 1 else words.EVENLY if it.evenness >= _EVEN else words.MOSTLY
    fact = words.asked_about(it.topics, it.asks, spread)
    return Insight(fact, words.asked_about_how(it.effective, it.evenness))


def _reliance(it: Reliance) -> Insight:
    is_narrow = it.effective_helpers < _FEW_VOICES
    people = words.ONE if it.effective_helpers < _ONE else words.MOSTLY_ONE if is_narrow else words.SEVERAL
    fact = words.asked_whom(it.asked, people, it.alone)
    ask = request_form.open_button(words.ASK_NEW) if is_narrow else None
    how = words.asked_whom_how(it.effective_helpers, it.dependency)
    return Insight(fact, how, {**ask, "style": "primary"} if ask else None)

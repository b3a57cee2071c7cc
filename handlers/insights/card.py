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
from handlers.requests import form as request_form
from handlers.sprints import card as sprint_card
from handlers.sprints import form as sprint_form
from handlers.sprints.texts import WEEKDAYS

HOW = "insights.how"
_NOTHING = (
    "*Nothing yet.* Look back on a sprint, get to three planned check-ins, or have five talks with "
    "colleagues, and your trends appear here. They come from your own data alone, and only you see them."
)
_PRIVATE = (
    "Only you see this. It comes from your own sprints and talks, and isn't compared with anyone else's."
)
_FEW_VOICES, _ONE = 2.0, 1.05
_EVEN = 0.75  # evenness from which on no topic stands out
_EVENLY, _MOSTLY = ", about as often each", ", mostly a few of them"
_AS_EXPECTED = 50  # of a T-score
_VAGUE = 0.4  # width of an interval from which on a share says little


@dataclass(frozen=True, slots=True)
class Insight:
    """What the data say, how that is computed, and one thing to do about it."""

    fact: str
    how: str
    choice: Element | None = None


def shown(found: Insights) -> list[Block]:
    """Return every insight there is enough for, or what is needed first."""
    said = [blocks.section(it.fact, it.choice) for it in _all(found)]
    how = blocks.actions([blocks.button("How is this computed?", HOW, "insights")])
    return [*said, *how, blocks.context(_PRIVATE)] if said else [blocks.section(_NOTHING)]


def computed(found: Insights) -> View:
    """Return how each of the insights that there are is computed."""
    said = [row for it in _all(found) for row in (blocks.section(it.fact), blocks.context(f"{it.how}."))]
    return blocks.modal("window", "How it is computed", said or [blocks.section(_NOTHING)])


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
    plan = blocks.button("Plan another sprint", sprint_form.OPEN, "insights")
    over = "your one sprint" if it.goals == 1 else f"your {it.goals} sprints"
    how = (
        f"{it.score:.0f}, where 50 is all as expected: T-score of goal attainment scaling (Kiresuk and "
        "Sherman 1968), all sprints weigh alike, ρ = .3"
    )
    return Insight(f"*You did {_compared(it.score)} in {over}.*", how, plan)


def _compared(score: float) -> str:
    if round(score) == _AS_EXPECTED:
        return "as you expected"
    return "better than you expected" if score > _AS_EXPECTED else "less well than you expected"


def _follow_through(it: FollowThrough) -> Insight:
    few = " That's too few to read much into." if it.high - it.low > _VAGUE else ""
    fact = f"*You kept {it.kept} of {_many(it.planned, 'planned check-in')}.*{few}"
    move = None
    if it.missed_on is not None:
        day = WEEKDAYS[it.missed_on]
        most = f"Missed most often: {day}." if it.missed > 1 else f"The one you missed was a {day}."
        fact = f"{fact} {most}"
        if it.sprint_id:
            fact = f"{fact} Move it to another day?"
            move = blocks.button("Change the days", sprint_card.ADJUST, it.sprint_id)
    really = f"{it.low:.0%} to {it.high:.0%}"
    how = f"share of planned check-ins; from so few it may really be {really} (Wilson 1927, 95 %)"
    return Insight(fact, how, move)


def _actions_done(it: ActionsDone) -> Insight:
    really = f"{it.low:.0%} to {it.high:.0%}"
    how = f"share of planned actions whose day has come; it may really be {really} (Wilson 1927, 95 %)"
    return Insight(f"*Planned actions done: {it.done} of {it.planned}.*", how)


def _time_to_action(it: TimeToAction) -> Insight:
    used = f"{it.used} of {it.of} pieces of advice have been used so far"
    if it.days is None:
        fact = f"*From advice to use:* {used}, so less than half."
    else:
        days = "a day" if it.days <= 1 else f"{it.days:.0f} days"
        fact = f"*From advice to use: half within {days}.* {used[0].upper()}{used[1:]}."
    how = (
        "from a talk's end to your “yes, I used it”; what is not used yet counts too (Kaplan and Meier 1958)"
    )
    return Insight(fact, how)


def _gained(it: Gained) -> Insight:
    if it.points < 0:
        fact = f"*Confidence:* {-it.points:.1f} of 10 lower at the end of a sprint than at its start."
    else:
        fact = f"*Confidence gained: {it.points:.1f} of 10* from the start of a sprint to its end."
    return Insight(fact, f"mean of after less before, over {_many(it.sprints, 'sprint')}")


def _calibration(it: Calibration) -> Insight:
    gap = abs(it.gap)
    if gap < 0.1:
        fact = "*How well you predict it:* you reach what you expected about as often as you think you will."
    elif it.gap > 0:
        fact = f"*How well you predict it:* you were {gap:.0%} too confident. A smaller step may work better."
    else:
        fact = f"*How well you predict it:* you reached {gap:.0%} more than you dared to expect."
    plans = _many(it.plans, "sprint")
    how = f"stated confidence against level 0 or above, {plans}; Brier score {it.brier:.2f} (Brier 1950)"
    return Insight(fact, how)


def _spread(it: Spread) -> Insight:
    spread = "" if it.topics == 1 else _EVENLY if it.evenness >= _EVEN else _MOSTLY
    fact = f"*What you ask about:* {_many(it.topics, 'topic')} in {_many(it.asks, 'talk')}{spread}."
    how = (
        f"which comes to {it.effective:.1f} topics in effect: Hill number, exp of the entropy (Hill 1973); "
        f"evenness {it.evenness:.2f} of 1"
    )
    return Insight(fact, how)


def _reliance(it: Reliance) -> Insight:
    people = "all with one person" if it.effective_helpers < _ONE else "with several people"
    people = "mostly with one person" if _ONE <= it.effective_helpers < _FEW_VOICES else people
    fact = (
        f"*Who you ask:* in 90 days {_many(it.asked, 'talk')}, {people}; {_many(it.alone, 'time')} you "
        "worked it out by yourself."
    )
    is_narrow = it.effective_helpers < _FEW_VOICES
    ask = request_form.open_button("Ask somebody new") if is_narrow else None
    hint = " Another voice may show you something new." if is_narrow else ""
    how = (
        f"{it.effective_helpers:.1f} people in effect, 1 / Herfindahl index of helpers; reliance "
        f"{it.dependency:.2f} of 1 = share asked times that index"
    )
    return Insight(f"{fact}{hint}", how, {**ask, "style": "primary"} if ask else None)


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"

"""What one's own data say, in words: a fact, and where something can be done about it, one choice."""

from collections.abc import Iterator

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
from handlers.block_kit.blocks import Block, Element
from handlers.requests import form as request_form
from handlers.sprints import card as sprint_card
from handlers.sprints import form as sprint_form
from handlers.sprints.texts import WEEKDAYS

_NOTHING = (
    "*Nothing yet.* Look back on a sprint, let three planned check-ins come, or have five talks with "
    "colleagues, and your trends appear here. They come from your own data alone, and only you see them."
)
_PRIVATE = "Only you see this. It comes from your own sprints and talks, and is compared with nobody's."
_FEW_VOICES = 2.0
_AS_EXPECTED = 50  # of a T-score
_VAGUE = 0.4  # width of an interval from which on a share says little


def shown(found: Insights) -> list[Block]:
    """Return every insight there is enough for, or what is needed first."""
    said = [block for one in _all(found) for block in one]
    return [*said, blocks.context(_PRIVATE)] if said else [blocks.section(_NOTHING)]


def _all(found: Insights) -> Iterator[list[Block]]:
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


def _attainment(it: Attainment) -> list[Block]:
    plan = blocks.button("Plan another sprint", sprint_form.OPEN, "insights")
    over = "your one sprint" if it.goals == 1 else f"your {it.goals} sprints"
    how = (
        f"{it.score:.0f}, where 50 is all as expected: T-score of goal attainment scaling (Kiresuk and "
        "Sherman 1968), all sprints weigh alike, ρ = .3"
    )
    return _insight(f"*You did {_compared(it.score)} in {over}.*", how, plan)


def _compared(score: float) -> str:
    if round(score) == _AS_EXPECTED:
        return "as you expected"
    return "better than you expected" if score > _AS_EXPECTED else "less well than you expected"


def _follow_through(it: FollowThrough) -> list[Block]:
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
    return _insight(fact, how, move)


def _actions_done(it: ActionsDone) -> list[Block]:
    really = f"{it.low:.0%} to {it.high:.0%}"
    how = f"share of planned actions whose day has come; it may really be {really} (Wilson 1927, 95 %)"
    return _insight(f"*Planned actions done: {it.done} of {it.planned}.*", how)


def _time_to_action(it: TimeToAction) -> list[Block]:
    used = f"{it.used} of {it.of} pieces of advice are used so far"
    if it.days is None:
        fact = f"*From advice to use:* {used}, so less than half."
    else:
        days = "a day" if it.days <= 1 else f"{it.days:.0f} days"
        fact = f"*From advice to use: half within {days}.* {used[0].upper()}{used[1:]}."
    how = (
        "from a talk's end to your “yes, I used it”; what is not used yet counts too (Kaplan and Meier 1958)"
    )
    return _insight(fact, how)


def _gained(it: Gained) -> list[Block]:
    if it.points < 0:
        fact = f"*Confidence:* {-it.points:.1f} of 10 lower at the end of a sprint than at its start."
    else:
        fact = f"*Confidence gained: {it.points:.1f} of 10* from the start of a sprint to its end."
    return _insight(fact, f"mean of after less before, over {_many(it.sprints, 'sprint')}")


def _calibration(it: Calibration) -> list[Block]:
    gap = abs(it.gap)
    if gap < 0.1:
        fact = "*How well you foresee it:* about as often as you think, you reach what you expected."
    elif it.gap > 0:
        fact = f"*How well you foresee it:* you were {gap:.0%} too sure. A smaller step may fit better."
    else:
        fact = f"*How well you foresee it:* you reached {gap:.0%} more than you dared to expect."
    plans = _many(it.plans, "sprint")
    how = f"stated confidence against level 0 or above, {plans}; Brier score {it.brier:.2f} (Brier 1950)"
    return _insight(fact, how)


def _spread(it: Spread) -> list[Block]:
    fact = (
        f"*What you ask about:* {_many(it.topics, 'topic')}, which comes to {it.effective:.1f} in effect, "
        f"over {_many(it.asks, 'talk')}."
    )
    return _insight(fact, f"Hill number, exp of the entropy (Hill 1973); evenness {it.evenness:.2f} of 1")


def _reliance(it: Reliance) -> list[Block]:
    people = "one person" if it.effective_helpers < 1.05 else f"{it.effective_helpers:.1f} people"
    fact = (
        f"*Whom you ask:* in 90 days {_many(it.asked, 'talk')} with, in effect, {people}; "
        f"{_many(it.alone, 'time')} you worked it out by yourself."
    )
    is_narrow = it.effective_helpers < _FEW_VOICES
    ask = request_form.open_button("Ask somebody new") if is_narrow else None
    hint = " Another voice may show you something new." if is_narrow else ""
    how = f"1 / Herfindahl index of helpers; reliance {it.dependency:.2f} of 1 = share asked times that index"
    return _insight(f"{fact}{hint}", how, {**ask, "style": "primary"} if ask else None)


def _insight(fact: str, how: str, choice: Element | None = None) -> list[Block]:
    return [blocks.section(fact, choice), blocks.context(f"How: {how}.")]


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"

"""The card on which a sprint is planned: five questions, most of them a tap; it changes in place."""

from collections.abc import Callable, Mapping, Sequence

from coaching.sprints.goal_scale import LEVELS, NAMES
from coaching.sprints.outline import QUESTIONS, Question, SprintOutline
from coaching.sprints.scale_draft import known
from coaching.sprints.sprint import MOST_WEEKS, IfThen, Weekday
from handlers.block_kit import blocks, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.counts import counted
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.guided_talks.authorship import SCRIPTED
from handlers.sprints import texts as sprint_texts
from handlers.sprints.texts import SIGNED
from kernel.sprint_templates import SprintTemplate
from kernel.working_hours import Hours

OWN_WORDS = "outline.own_words"
SUGGESTION = "outline.suggestion"
MORE_SUGGESTIONS = "outline.more_suggestions"
EXPECTED = "outline.expected"
AGREE = "outline.agree"
DAYS = "outline.days"
WEEKS = "outline.weeks"
SURE = "outline.sure"
BACK = "outline.back"
AT_ONCE = "outline.at_once"
DROP = "outline.drop"
BEGIN = "outline.begin"

SHOWN = 3  # suggestions as buttons; the others are in a menu
WORKWEEK = range(5)
_MOVED = "The plan of your sprint moved down to a newer message."


def card(
    outline: SprintOutline, suggestions: Sequence[SprintTemplate], hours: Hours | None, zone: str
) -> Picture:
    """The card with the question that is open. It knocks when it comes, and changes in place then."""
    if outline.state == "begun":
        return quiet("begun", [blocks.context("Your sprint has begun. It's in a newer message below.")])
    if outline.state == "dropped":
        again = blocks.context("Dropped. Plan a sprint at any time with `/coach-me sprint`.")
        return quiet("dropped", [again])
    asked: Mapping[Question | None, Callable[[], list[Block]]] = {
        "goal": lambda: _goal(outline, suggestions),
        "expected": lambda: _expected(outline),
        "scale": lambda: _scale(outline),
        "days": lambda: _days(outline, hours, zone),
        "weeks": lambda: _weeks(outline),
        None: lambda: _check(outline, zone),
    }
    shown = [*asked[outline.question](), *blocks.actions(_ways(outline)), _foot(outline)]
    return knock(f"asking:{outline.posted}", shown, closing=_MOVED)


def _foot(outline: SprintOutline) -> Block:
    place = QUESTIONS.index(outline.question) + 1 if outline.question else 0
    count = f"Question {place} of {len(QUESTIONS)}. " if place else ""
    return blocks.context(f"{count}Only you see this.", SCRIPTED)


def _goal(outline: SprintOutline, suggestions: Sequence[SprintTemplate]) -> list[Block]:
    taps = [
        blocks.button(it.label, f"{SUGGESTION}.{place}", f"{outline.id} {it.id}")
        for place, it in enumerate(suggestions[:SHOWN])
    ]
    rest = [blocks.option(it.label, f"{outline.id} {it.id}") for it in suggestions[SHOWN : SHOWN + 100]]
    menu = {"action_id": MORE_SUGGESTIONS, **blocks.menu(rest, placeholder="More suggestions")}
    take = "Take a suggestion, which you can change, or say it yourself." if taps else ""
    return [
        blocks.section(f"*Which skill do you want to build?* {take}".rstrip()),
        *blocks.actions([*taps, menu if rest else None, _own_words(outline, "In my own words")]),
    ]


def _expected(outline: SprintOutline) -> list[Block]:
    taps = [
        blocks.button(words, f"{EXPECTED}.{place}", f"{outline.id} {place}")
        for place, words in enumerate(known().expected)
    ]
    return [
        blocks.labeled("Your sprint:", outline.goal),
        blocks.section("*What will you have done by the end, if it goes as expected?*"),
        *blocks.actions([*taps, _own_words(outline, "In my own words")]),
    ]


def _scale(outline: SprintOutline) -> list[Block]:
    agree = blocks.button("That's right", AGREE, outline.id, style="primary")
    return [
        blocks.labeled("Your sprint:", outline.goal),
        blocks.section("*And a step above, and a step below?* I drafted these from your words:"),
        _levels(outline),
        *blocks.actions([agree, _own_words(outline, "Change them")]),
    ]


def _levels(outline: SprintOutline) -> Block:
    return blocks.lines(
        (f"{SIGNED[level]}:", texts.quoted(outline.levels.get(NAMES[level], "")))
        for level in reversed(LEVELS)
    )


def _days(outline: SprintOutline, hours: Hours | None, zone: str) -> list[Block]:
    taps = [
        blocks.button(_named(days), f"{DAYS}.{place}", f"{outline.id} {''.join(map(str, days))}")
        for place, days in enumerate(choices(hours))
    ]
    when = f"{outline.at:%H:%M}, {sprint_texts.clocks(zone)}"
    return [
        blocks.labeled("Your sprint:", outline.goal),
        blocks.section(f"*On which days may I ask how it's going?* I ask at {when}."),
        *blocks.actions([*taps, _own_words(outline, "Other days or time")]),
    ]


def choices(hours: Hours | None) -> list[tuple[Weekday, ...]]:
    """Days to choose from, of those on which somebody works: two of them, three, and all."""
    worked = sorted({day for day, _, _ in hours.windows}) if hours and hours.windows else list(WORKWEEK)
    several = [tuple(worked[1::2][:2]), tuple(worked[::2]), tuple(worked)]
    return [days for days in dict.fromkeys(several) if days]


def _named(days: Sequence[Weekday]) -> str:
    words = sprint_texts.days(days).removeprefix("on ").removeprefix("from ")
    return f"{words[:1].upper()}{words[1:]}"


def _weeks(outline: SprintOutline) -> list[Block]:
    taps = [
        blocks.button(counted(number, "week"), f"{WEEKS}.{number}", f"{outline.id} {number}")
        for number in range(1, MOST_WEEKS + 1)
    ]
    return [
        blocks.labeled("Your sprint:", outline.goal),
        blocks.section("*For how long?*"),
        *blocks.actions(taps),
    ]


def _check(outline: SprintOutline, zone: str) -> list[Block]:
    days = f"{sprint_texts.days(outline.days)} at {outline.at:%H:%M} ({sprint_texts.clocks(zone)})"
    length = counted(outline.weeks, "week")
    cue, action = outline.plan
    sure = [blocks.option(f"{number} of 10 sure", f"{outline.id} {number}") for number in range(11)]
    chosen = f"{outline.id} {outline.confidence}" if outline.confidence is not None else None
    menu = {"action_id": SURE, **blocks.menu(sure, chosen, placeholder="How sure are you?")}
    return [
        blocks.labeled("Your sprint:", outline.goal),
        _levels(outline),
        blocks.section(f"{length}; I ask {days}."),
        blocks.labeled("Your if-then plan:", sprint_texts.sentence(IfThen(cue=cue, action=action))),
        *blocks.actions([blocks.button("Begin", BEGIN, outline.id, style="primary"), menu]),
    ]


def _ways(outline: SprintOutline) -> list[Element | None]:
    sure = blocks.confirmation("Drop this plan?", "What you said for it is gone then.", "Drop it", "Keep it")
    label = "All in one form" if outline.question else "Change something"
    return [
        blocks.button("Back", BACK, outline.id) if outline.agreed else None,
        blocks.button(label, AT_ONCE, outline.id),
        blocks.button("Drop it", DROP, outline.id, confirm=sure if outline.agreed else None),
    ]


def _own_words(outline: SprintOutline, label: str) -> Element:
    style = "primary" if label.startswith("In my") else ""
    return blocks.button(label, OWN_WORDS, outline.id, style=style)


def with_text(value: str) -> tuple[str, str]:
    """The outline and what a button or a menu stands for besides."""
    outline_id, _, rest = value.partition(" ")
    return outline_id, rest


def with_number(value: str) -> tuple[str, int]:
    """The outline and the number that a button stands for."""
    return payload.words(tuple[Id, Number], value)


def days_of(rest: str) -> tuple[int, ...]:
    """The weekdays that a button stands for."""
    return tuple(int(day) for day in rest if day in "0123456")

"""The card on which a sprint is planned: five questions, most of them a tap; it changes in place."""

from collections.abc import Callable, Mapping, Sequence

from coaching.sprints.goal_scale import LEVELS, NAMES
from coaching.sprints.outline import QUESTIONS, Question, SprintOutline
from coaching.sprints.scale_draft import suggested
from coaching.sprints.sprint import MOST_WEEKS, IfThen, Weekday
from handlers.block_kit import blocks, labels, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.counts import counted
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.guided_talks.authorship import SCRIPTED
from handlers.sprints import words, words_of_planning
from handlers.sprints.words import SIGNED
from kernel.sprint_templates import SprintTemplate
from kernel.working_hours import WORKWEEK, Hours, weekdays

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


def card(
    outline: SprintOutline, suggestions: Sequence[SprintTemplate], hours: Hours | None, zone: str
) -> Picture:
    """The card with the question that is open. It knocks when it comes, and changes in place then."""
    if outline.state == "begun":
        return quiet("begun", [blocks.context(words_of_planning.BEGUN)])
    if outline.state == "dropped":
        return quiet("dropped", [blocks.context(words_of_planning.DROPPED)])
    asked: Mapping[Question | None, Callable[[], list[Block]]] = {
        "goal": lambda: _goal(outline, suggestions),
        "expected": lambda: _expected(outline),
        "scale": lambda: _scale(outline),
        "days": lambda: _days(outline, hours, zone),
        "weeks": lambda: _weeks(outline),
        None: lambda: _check(outline, zone),
    }
    shown = [*asked[outline.question](), *blocks.actions(_ways(outline)), _foot(outline)]
    return knock(f"asking:{outline.posted}", shown, closing=words_of_planning.OUTLINE_MOVED_DOWN)


def _foot(outline: SprintOutline) -> Block:
    place = QUESTIONS.index(outline.question) + 1 if outline.question else 0
    return blocks.context(words_of_planning.foot(place, len(QUESTIONS)), SCRIPTED)


def _goal(outline: SprintOutline, suggestions: Sequence[SprintTemplate]) -> list[Block]:
    taps = [
        blocks.button(it.label, f"{SUGGESTION}.{place}", f"{outline.id} {it.id}")
        for place, it in enumerate(suggestions[:SHOWN])
    ]
    rest = [blocks.option(it.label, f"{outline.id} {it.id}") for it in suggestions[SHOWN : SHOWN + 100]]
    menu = {
        "action_id": MORE_SUGGESTIONS,
        **blocks.menu(rest, placeholder=words_of_planning.MORE_SUGGESTIONS),
    }
    return [
        blocks.section(words_of_planning.which_skill(has_suggestions=bool(taps))),
        *blocks.actions([*taps, menu if rest else None, _own_words(outline, words_of_planning.OWN_WORDS)]),
    ]


def _expected(outline: SprintOutline) -> list[Block]:
    taps = [
        blocks.button(said, f"{EXPECTED}.{place}", f"{outline.id} {place}")
        for place, said in enumerate(suggested(outline.goal))
    ]
    return [
        blocks.labeled(words_of_planning.OUTLINED, outline.goal),
        blocks.section(words_of_planning.WHAT_EXPECTED),
        *blocks.actions([*taps, _own_words(outline, words_of_planning.OWN_WORDS)]),
    ]


def _scale(outline: SprintOutline) -> list[Block]:
    agree = blocks.button(words_of_planning.THATS_RIGHT, AGREE, outline.id, style="primary")
    return [
        blocks.labeled(words_of_planning.OUTLINED, outline.goal),
        blocks.section(words_of_planning.STEPS),
        _levels(outline),
        *blocks.actions([agree, _own_words(outline, words_of_planning.CHANGE_THEM)]),
    ]


def _levels(outline: SprintOutline) -> Block:
    return blocks.lines(
        (f"{SIGNED[level]}:", texts.quoted(outline.levels.get(NAMES[level], "")))
        for level in reversed(LEVELS)
    )


def _days(outline: SprintOutline, hours: Hours | None, zone: str) -> list[Block]:
    taps = [
        blocks.button(
            words_of_planning.days_choice(days), f"{DAYS}.{place}", f"{outline.id} {''.join(map(str, days))}"
        )
        for place, days in enumerate(choices(hours))
    ]
    return [
        blocks.labeled(words_of_planning.OUTLINED, outline.goal),
        blocks.section(words_of_planning.which_days(outline.at, zone)),
        *blocks.actions([*taps, _own_words(outline, words_of_planning.OTHER_DAYS)]),
    ]


def choices(hours: Hours | None) -> list[tuple[Weekday, ...]]:
    """Days to choose from, of those on which somebody works: two of them, three, and all."""
    worked = sorted(weekdays(hours) if hours else WORKWEEK)
    several = [tuple(worked[1::2][:2]), tuple(worked[::2]), tuple(worked)]
    return [days for days in dict.fromkeys(several) if days]


def _weeks(outline: SprintOutline) -> list[Block]:
    taps = [
        blocks.button(counted(number, "week"), f"{WEEKS}.{number}", f"{outline.id} {number}")
        for number in range(1, MOST_WEEKS + 1)
    ]
    return [
        blocks.labeled(words_of_planning.OUTLINED, outline.goal),
        blocks.section(words_of_planning.FOR_HOW_LONG),
        *blocks.actions(taps),
    ]


def _check(outline: SprintOutline, zone: str) -> list[Block]:
    rhythm = words_of_planning.outline_rhythm(outline.weeks, outline.days, outline.at, zone)
    cue, action = outline.plan
    sure = [
        blocks.option(words_of_planning.sure_choice(number), f"{outline.id} {number}") for number in range(11)
    ]
    chosen = f"{outline.id} {outline.confidence}" if outline.confidence is not None else None
    menu = {"action_id": SURE, **blocks.menu(sure, chosen, placeholder=words_of_planning.HOW_SURE_ARE_YOU)}
    return [
        blocks.labeled(words_of_planning.OUTLINED, outline.goal),
        _levels(outline),
        blocks.section(rhythm),
        blocks.labeled(words_of_planning.IF_THEN, words.sentence(IfThen(cue=cue, action=action))),
        *blocks.actions([blocks.button(words_of_planning.BEGIN, BEGIN, outline.id, style="primary"), menu]),
    ]


def _ways(outline: SprintOutline) -> list[Element | None]:
    sure = blocks.confirmation(*words_of_planning.DROP_SURE)
    label = words_of_planning.ALL_IN_ONE if outline.question else words_of_planning.CHANGE_SOMETHING
    return [
        blocks.button(labels.BACK, BACK, outline.id) if outline.agreed else None,
        blocks.button(label, AT_ONCE, outline.id),
        blocks.button(labels.DROP_IT, DROP, outline.id, confirm=sure if outline.agreed else None),
    ]


def _own_words(outline: SprintOutline, label: str) -> Element:
    style = "primary" if label == words_of_planning.OWN_WORDS else ""
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

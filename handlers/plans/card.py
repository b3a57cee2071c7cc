"""A plan for two weeks in words: as it is proposed, its living card, and the reminder of a day's action."""

from collections.abc import Sequence
from datetime import date

from coaching.plans.two_weeks import Action, Reminded, TwoWeeks
from handlers.block_kit import blocks, labels, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.guided_talks.authorship import footer
from handlers.plans import words
from kernel.policy import Nudges

KEEP = "plan.keep"
FORGET = "plan.forget"
SPRINT = "plan.sprint"
MENU = "plan.menu"
DONE = "plan.done"
LATER = "plan.later"
OTHER_DAY = "plan.other_day"
REWORD = "plan.reword"
DROP = "plan.drop"
REOPEN = "plan.reopen"
AGAIN = "plan.again"
END = "plan.end"
PERSON = "plan.person"

_DAYS_IN_MENU, _DAYS = 3, 5  # that an action may move to: a menu behind three dots has five choices at most
_SAID = 600  # what is shown of each part of an action


def proposed(plan: TwoWeeks, *, with_sprint: bool) -> list[Block]:
    """A plan to be kept or not, its actions in the order of days."""
    sprint = blocks.button(words.SPRINT, SPRINT, plan.id)
    row = [
        blocks.button(words.KEEP, KEEP, plan.id, style="primary"),
        sprint if with_sprint else None,
        blocks.button(labels.FORGET, FORGET, plan.id),
        person_button(plan),
    ]
    return [
        blocks.labeled(words.PROPOSED, plan.goal, 200),
        *(blocks.row(_open(action)) for action in plan.actions),
        *blocks.actions(row, block_id="doors"),
        blocks.context(words.MADE),
    ]


def card(plan: TwoWeeks, free: Sequence[date], *, with_sprint: bool) -> Picture | None:
    """The card of a plan that was kept. *free* are days to which an action may move."""
    if plan.state == "proposed":
        return None
    title = [blocks.labeled(words.YOURS, plan.goal, 200), blocks.section(so_far(plan))]
    is_free = with_sprint and not plan.led_by
    sprint = blocks.button(words.SPRINT, SPRINT, plan.id) if is_free else None
    if plan.state == "over":
        rows = [blocks.row(_line(action)) for action in plan.actions]
        ended = [*title, *rows, *blocks.actions([sprint, person_button(plan)])]
        over = blocks.context(words.ENDED, footer(plan.by))
        return quiet("going", [*ended, over])
    again = blocks.button(words.REMIND_AGAIN, AGAIN, plan.id) if plan.is_hushed else None
    how = words.REMINDS_NO_MORE if plan.is_hushed else words.REMINDS[bool(plan.led_by)]
    shown = [
        *title,
        *(_row(plan, number, free) for number in range(len(plan.actions))),
        *blocks.actions([again, sprint, end_button(plan), person_button(plan)]),
        blocks.context(words.only_you(how), footer(plan.by)),
    ]
    return knock("going", shown, closing=words.MOVED_DOWN)


def nudge(plan: TwoWeeks, free: Sequence[date], rules: Nudges) -> Picture | None:
    """The latest reminder; one that was answered, or is overtaken, becomes one line."""
    reminded = plan.reminded
    if reminded is None:
        return None
    action = plan.actions[reminded.action]
    if plan.is_last and plan.state != "over":
        return _still_open(plan, reminded, free)
    if plan.state == "over" or reminded.heeded or action.state != "open":
        return quiet(f"settled:{reminded.number}", [blocks.row(_line(action)), _so_far(plan)])
    if plan.is_hushed:
        return knock("stopped", _stopped(plan), closing="")
    place = _place(plan, reminded.action)
    shown = [
        blocks.section(words.REMINDERS[reminded.number % len(words.REMINDERS)]),
        *texts.whole(_words(action)),
        blocks.labeled(words.FOR, plan.goal, 200),
        *blocks.actions(
            [
                done_button(plan, reminded.action, style="primary"),
                _another_day(place, free),
                blocks.button(labels.DROP_IT, DROP, place),
                person_button(plan),
            ]
        ),
        *_missed(plan, free),
        *([blocks.context(words.FEWER)] if plan.ignored >= rules.halve_after else []),
        blocks.context(footer(plan.by)),
    ]
    return knock(f"reminder:{reminded.number}", shown, closing="")


def _still_open(plan: TwoWeeks, reminded: Reminded, free: Sequence[date]) -> Picture:
    """What was missed, to be answered once, after the last day of a plan; answered, it is one line."""
    left = [number for number in plan.missed if plan.actions[number].state == "open"]
    if not left:
        return quiet(f"settled:{reminded.number}", [_so_far(plan)])
    rows = [_row(plan, number, free) for number in left]
    ways = blocks.actions([end_button(plan), person_button(plan)])
    shown = [blocks.section(words.STILL_OPEN), *rows, *ways, blocks.context(footer(plan.by))]
    return knock(f"still open:{reminded.number}", shown, closing="")


def _missed(plan: TwoWeeks, free: Sequence[date]) -> list[Block]:
    """The actions of days before that are asked about with a reminder, each with its answers."""
    left = [number for number in plan.missed if plan.actions[number].state == "open"]
    return [blocks.context(words.BEFORE), *(_row(plan, number, free) for number in left)] if left else []


def _so_far(plan: TwoWeeks) -> Block:
    return blocks.context(words.your_plan(so_far(plan)))


def is_due(plan: TwoWeeks, today: date) -> bool:
    """Whether an action's day has come."""
    return any(plan.actions[number].on <= today for number in plan.left)


def so_far(plan: TwoWeeks) -> str:
    """How it goes as a fact."""
    return words.so_far(plan.done, len(plan.actions))


def line(plan: TwoWeeks, today: date) -> str:
    """A plan on one line, with what comes next, or has been left open."""
    later = "".join(_following(plan.actions[number], today) for number in plan.left[:1])
    return f"{texts.quoted(plan.goal)}\n{so_far(plan)}{later}"


def _following(action: Action, today: date) -> str:
    return words.following(_day(action), texts.quoted(action.behaviour), is_missed=action.on < today)


def person_button(plan: TwoWeeks) -> Element:
    """The way out to a person, which every coaching message has."""
    return blocks.button(labels.PERSON, PERSON, plan.id)


def done_button(plan: TwoWeeks, number: int, style: str = "") -> Element:
    """The button that says that an action is done."""
    return blocks.button(labels.DONE, DONE, _place(plan, number), style=style)


def action_buttons(plan: TwoWeeks, number: int) -> list[Element]:
    """What can be done about an action wherever it stands alone."""
    place = _place(plan, number)
    return [
        done_button(plan, number),
        blocks.button(labels.ANOTHER_DAY, OTHER_DAY, place),
        blocks.button(labels.CHANGE, REWORD, place),
        blocks.button(labels.DROP_IT, DROP, place),
    ]


def end_button(plan: TwoWeeks) -> Element:
    """The button that lets a plan go, which asks once."""
    return blocks.button(words.END, END, plan.id, confirm=blocks.confirmation(*words.END_SURE))


def _place(plan: TwoWeeks, number: int) -> str:
    return f"{plan.id} {number} {plan.actions[number].on.isoformat()}"


def placed(value: str) -> tuple[str, int, date]:
    """The plan, which of its actions, and on which day it was, that a button stands for."""
    return payload.words(tuple[Id, Number, date], value)


def moved(value: str) -> tuple[str, int, date, date | None]:
    """The same, and the day that was chosen; None for the next free one."""
    if value.count(" ") < len(("number", "on", "to")):
        return (*placed(value), None)
    return payload.words(tuple[Id, Number, date, date], value)


def _another_day(place: str, free: Sequence[date]) -> Element | None:
    options = [blocks.option(on_day(day), f"{place} {day.isoformat()}") for day in free[:_DAYS]]
    if not options:
        return None
    return {**blocks.menu(options, placeholder=labels.ANOTHER_DAY), "action_id": LATER}


def _row(plan: TwoWeeks, number: int, free: Sequence[date]) -> Block:
    action, place = plan.actions[number], _place(plan, number)
    if action.state != "open":
        return blocks.row(_line(action), blocks.button(words.OPEN_AGAIN, REOPEN, place))
    options = [
        blocks.option(labels.DONE, f"{DONE} {place}"),
        *(
            blocks.option(words.move_to(on_day(day)), f"{LATER} {place} {day}")
            for day in free[:_DAYS_IN_MENU]
        ),
        blocks.option(labels.DROP_IT, f"{DROP} {place}"),
    ]
    return blocks.row(_line(action), blocks.overflow(MENU, options))


def _line(action: Action) -> str:
    if action.state == "open":
        return _open(action)
    return words.settled_action(_day(action), action.state, texts.quoted(action.behaviour, _SAID))


def _open(action: Action) -> str:
    return words.open_action(_day(action), _words(action))


def _words(action: Action) -> str:
    said = (action.behaviour, action.cue, action.evidence)
    behaviour, cue, evidence = (texts.quoted(each, _SAID) for each in said)
    return words.action(behaviour, cue, evidence)


def _day(action: Action) -> str:
    return on_day(action.on)


def on_day(day: date) -> str:
    """A day for a line: Wed 2 Dec."""
    return f"{day:%a} {day.day} {day:%b}"


def _stopped(plan: TwoWeeks) -> list[Block]:
    again = blocks.button(words.REMIND_AGAIN, AGAIN, plan.id, style="primary")
    return [blocks.section(words.STOPPED), *blocks.actions([again, end_button(plan), person_button(plan)])]

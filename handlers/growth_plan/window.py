"""The window of a person's goals: how they stand, what may serve them, what comes next, what they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from coaching.guide.talk import GuidedTalk
from coaching.plans.two_weeks import TwoWeeks
from handlers.block_kit import blocks, labels, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Number
from handlers.growth_plan import words
from handlers.guided_talks import card as talk_card
from handlers.guided_talks import outcome as talk_outcome
from handlers.plans import card as plan_card
from kernel.working_hours import local_day
from mentoring.model.undo import can_undo
from relationships.growth_plan.goal import Goal
from relationships.growth_plan.growth_plan import MOST_OPEN, AnsweredSuggestion, GrowthPlan, SuggestedSource
from relationships.growth_plan.next_steps import GoalStep, NextStep, PlannedStep, TalkStep, next_steps
from relationships.growth_plan.served import Served, What
from relationships.growth_plan.shared_version import SharedVersion

OPEN = "goal.open"
NEW = "goal.new"
MENU = "goal.menu"
STEP = "goal.step"
REACH = "goal.reach"
LET_GO = "goal.let_go"
REOPEN = "goal.reopen"
FORGET = "goal.forget"
CHANGE = "goal.change"
TWO_WEEKS = "goal.two_weeks"
WORDINGS = "goal.wordings"
HISTORY = "goal.history"
SHARE = "goal.share"
SEEN = "goal.seen"
EXPORTS = "goal.exports"
YES = "goal.serves"
NO = "goal.serves_not"
UNDO = "goal.serves_undo"
OUT = "goal.out"
STEP_DROP = "goal.step_drop"
STEP_CHANGE = "goal.step_change"
STEP_DAY = "goal.step_day"
STEP_DONE = "goal.step_done"
STEP_AGAIN = "goal.step_again"
ACTION_DONE = "goal.action_done"
TALK_DONE = "goal.talk_done"

PER_PAGE, PER_GOAL, ENDED_SHOWN, SUGGESTED_SHOWN, STEPS_SHOWN = 20, 5, 10, 3, 15
_DONE_SHOWN, _UNDONE = 3, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlanWindow:
    """What the window is drawn from: goals that are open first, and of each what served it."""

    plan: GrowthPlan
    goals: Sequence[Goal]
    now: datetime
    zone: str
    served: Mapping[str, Sequence[What]] = field(default_factory=dict)
    plans: Sequence[TwoWeeks] = ()
    talks: Sequence[GuidedTalk] = ()
    shared: Sequence[SharedVersion] = field(default_factory=tuple)

    @property
    def today(self) -> date:
        """Which day it is where the person is."""
        return local_day(self.now, self.zone)

    @property
    def open(self) -> list[Goal]:
        """The goals that are open."""
        return [it for it in self.goals if it.is_open]

    def of(self, goal: Goal) -> Sequence[What]:
        """Which kinds of things served a goal, one for each thing."""
        return self.served.get(goal.id, ())


def goals(whole: PlanWindow) -> View:
    """The window."""
    shown: list[Block] = [row for goal in whole.open for row in _goal(goal, whole)]
    last = [blocks.context(words.PRIVATE, *([words.HUSHED] if whole.plan.is_hushed and whole.open else []))]
    body = [
        *(shown or [blocks.section(words.no_goals(MOST_OPEN))]),
        *questions(whole.plan, SUGGESTED_SHOWN, whole.open, whole.zone, whole.now),
        *steps(whole),
        *_sharing(whole),
        *blocks.actions(_ways(whole)),
        *last,
    ]
    return blocks.modal("window", words.HEADING, body)


def _goal(goal: Goal, whole: PlanWindow) -> list[Block]:
    stands = words.standing(goal, whole.of(goal), whole.now, whole.zone)
    lines = [("", words.title(goal)), ("", stands), *words.reasons(goal.why, goal.sign)]
    return [blocks.lines(lines), *blocks.actions(_moves(goal)), blocks.divider()]


def _moves(goal: Goal) -> list[Element | None]:
    options = [
        blocks.option(words.CHANGE_IT, f"{CHANGE} {goal.id}"),
        blocks.option(words.PLAN_TWO_WEEKS, f"{TWO_WEEKS} {goal.id}"),
        *([blocks.option(reworded(goal), f"{WORDINGS} {goal.id}")] if goal.reworded else []),
        blocks.option(words.LET_GO, f"{LET_GO} {goal.id}"),
        blocks.option(labels.FORGET, f"{FORGET} {goal.id}"),
    ]
    return [
        blocks.button(words.ADD_STEP, STEP, goal.id),
        blocks.button(words.GOT_THERE, REACH, goal.id),
        blocks.overflow(MENU, options),
    ]


def reworded(goal: Goal) -> str:
    """How often a goal was written anew."""
    return words.reworded(goal.reworded)


def _ways(whole: PlanWindow) -> list[Element | None]:
    return [
        blocks.button(words.NEW_GOAL, NEW, "goals", style="" if whole.open else "primary"),
        blocks.button(words.HISTORY, HISTORY, "0") if whole.goals else None,
        blocks.button(words.SHARE, SHARE, "goals") if whole.goals else None,
        blocks.button(words.WHO_SAW, SEEN, "goals") if whole.goals else None,
        blocks.button(words.EXPORT, EXPORTS, "goals") if whole.goals else None,
    ]


def questions(plan: GrowthPlan, most: int, goals: Sequence[Goal], zone: str, now: datetime) -> list[Block]:
    """What was answered just now, and what may serve a goal, each with a yes and a no."""
    by_id, today = {goal.id: goal for goal in goals}, local_day(now, zone)
    asked = [it for it in plan.suggested[:most] if it.goal_id in by_id]
    last = plan.answered
    is_new = last is not None and can_undo(last.at, now) and last.thing.goal_id in by_id
    return [
        *([_answered(last, by_id[last.thing.goal_id])] if last and is_new else []),
        *(row for it in asked for row in _question(it, by_id[it.goal_id], zone, today)),
    ]


def _answered(last: AnsweredSuggestion, goal: Goal) -> Block:
    it = last.thing
    said = words.answered(words.thing(it.what, it.title), words.title(goal), serves=last.serves)
    return blocks.row(said, blocks.button(labels.UNDO, UNDO, f"{goal.id} {it.what} {it.ref}"))


def _question(it: SuggestedSource, goal: Goal, zone: str, today: date) -> list[Block]:
    place = f"{goal.id} {it.what} {it.ref}"
    thing, on = words.thing(it.what, it.title), words.local(it.on, zone, today)
    is_seat, title = it.what == "seat", words.title(goal)
    asked = words.would_it_help(it.title, title) if is_seat else words.does_it_serve(thing, on, title)
    yes, no = blocks.button(words.YES, YES, place), blocks.button(words.NO, NO, place)
    return [blocks.row(asked), *blocks.actions([yes, no])]


def placed(value: str) -> tuple[str, What, str]:
    """The goal, the kind of thing, and the thing that a button is about."""
    return payload.words(tuple[Id, What, Id], value)


def steps(whole: PlanWindow) -> list[Block]:
    """What comes next, in one list, under its heading; nothing where nothing does."""
    coming = next_steps(whole.open, whole.plans, whole.talks, PER_GOAL)
    rows = [step_row(it, whole.zone, whole.now) for it in coming[:STEPS_SHOWN]]
    shown = [*rows, *_just_done(whole)]
    return [blocks.header(words.NEXT_STEPS), *shown] if shown else []


def _just_done(whole: PlanWindow) -> list[Block]:
    """The steps that were done within a day, the latest first, each with the way back."""
    every = [(it.done_at, goal, it) for goal in whole.open for it in goal.steps if it.done_at]
    late = sorted((it for it in every if whole.now - it[0] < _UNDONE), key=lambda it: it[0], reverse=True)
    return [
        blocks.row(
            words.step_done(texts.quoted(step.text, 300)),
            blocks.button(words.OPEN_AGAIN, STEP_AGAIN, f"{goal.id} {step.number}"),
        )
        for _, goal, step in late[:_DONE_SHOWN]
    ]


def step_row(it: NextStep, zone: str, now: datetime) -> Block:
    """One next step: what, when, for which goal, and the button that says that it is done."""
    today = local_day(now, zone)
    if isinstance(it, GoalStep):
        done = blocks.button(labels.DONE, STEP_DONE, f"{it.goal.id} {it.step.number}")
        on = f"{words.day(it.step.on, today)}: " if it.step.on else ""
        said = texts.quoted(it.step.text, 300) if on else mrkdwn.one_line(it.step.text, 300)
        return blocks.row(words.step_for(on, said, words.title(it.goal)), done)
    if isinstance(it, PlannedStep):
        place = f"{it.plan.id} {it.number} {it.action.on.isoformat()}"
        goal = words.title(it.goal) if it.goal else texts.quoted(it.plan.goal)
        said = f"{words.day(it.action.on, today)}: {texts.quoted(it.action.behaviour, 300)}"
        return blocks.row(words.said_for(said, goal), blocks.button(labels.DONE, ACTION_DONE, place))
    said = f"{words.local(it.at, zone, today)}: {texts.quoted(talk_outcome.line(it.talk), 300)}"
    about = words.from_talk(texts.quoted(it.talk.opening))
    return blocks.row(f"{said}\n{about}", blocks.button(labels.DONE, TALK_DONE, it.talk.id))


def step_rows(it: NextStep, zone: str, now: datetime) -> list[Block]:
    """One next step with all that can be done about it, for the Home tab."""
    said = {key: part for key, part in step_row(it, zone, now).items() if key != "accessory"}
    return [said, *blocks.actions(_step_buttons(it))]


def _step_buttons(it: NextStep) -> list[Element]:
    if isinstance(it, PlannedStep):
        return plan_card.action_buttons(it.plan, it.number)
    if isinstance(it, TalkStep):
        return talk_card.step_buttons(it.talk)
    place = f"{it.goal.id} {it.step.number}"
    return [
        blocks.button(labels.DONE, STEP_DONE, place),
        blocks.button(labels.ANOTHER_DAY if it.step.on else words.PICK_A_DAY, STEP_DAY, place),
        blocks.button(labels.CHANGE, STEP_CHANGE, place),
        blocks.button(labels.DROP_IT, STEP_DROP, place),
    ]


def step_of(value: str) -> tuple[str, int]:
    """The goal and the number of its step that a button is about."""
    return payload.words(tuple[Id, Number], value)


def _sharing(whole: PlanWindow) -> list[Block]:
    open = [it for it in whole.shared if it.is_open and it.reader_id]
    if not open:
        return []
    names = [words.reader_until(mrkdwn.mention(it.reader_id or ""), mrkdwn.day(it.until)) for it in open[:10]]
    more = words.readers_more(len(open) - 10) if len(open) > 10 else ""
    return [blocks.section(words.shared_with(", ".join(names), more))]


def wordings(goal: Goal, zone: str, today: date) -> View:
    """How a goal read before, the latest first."""
    rows = [blocks.lines([("", words.title(goal)), ("", words.AS_NOW)])]
    for it in reversed(goal.wordings):
        day = words.wording_by(words.day(it.by, today)) if it.by else ""
        until = words.wording_until(words.local(it.until, zone, today), day)
        said = [("", texts.quoted(it.title, words.TITLE)), ("", until)]
        rows.append(blocks.lines([*said, *words.reasons(it.why, it.sign)]))
    forgotten = goal.reworded - len(goal.wordings)
    kept = [blocks.context(words.no_longer_kept(forgotten))] if forgotten else []
    return blocks.modal("window", words.BEFORE_TITLE, [*rows, *kept, *blocks.actions([back()])])


@dataclass(frozen=True, slots=True)
class ServedPage:
    """A page of what served a person's goals, newest first; *page* counts from 0."""

    lines: Sequence[Served]
    page: int
    has_more: bool


def history(page: ServedPage, whole: PlanWindow) -> View:
    """What served the goals by month, and on the first page the goals that have ended."""
    titles = {goal.id: goal for goal in whole.goals}
    by_month = groupby(page.lines, key=lambda it: words.month(it.on, whole.zone))
    rows = [row for name, lines in by_month for row in _month(name, list(lines), titles, whole)]
    ended = _ended(whole) if page.page == 0 else []
    turn = [
        back(),
        blocks.button(words.NEWER, HISTORY, str(page.page - 1)) if page.page else None,
        blocks.button(words.OLDER, f"{HISTORY}.older", str(page.page + 1)) if page.has_more else None,
    ]
    nothing = blocks.section(words.NOTHING_YET)
    return blocks.modal("window", words.HISTORY, [*([*ended, *rows] or [nothing]), *blocks.actions(turn)])


def _month(name: str, lines: Sequence[Served], titles: dict[str, Goal], whole: PlanWindow) -> list[Block]:
    return [blocks.header(name), *(_line(it, titles.get(it.goal_id), whole) for it in lines)]


def _line(it: Served, goal: Goal | None, whole: PlanWindow) -> Block:
    serving = words.served_line(words.title(goal)) if goal else ""
    out = blocks.button(words.NOT_PART, OUT, it.id)
    return blocks.row(f"{words.line(it, whole.zone, whole.today)}{serving}", out)


def _ended(whole: PlanWindow) -> list[Block]:
    over = [it for it in whole.goals if not it.is_open]
    if not over:
        return []
    rest = len(over) - ENDED_SHOWN
    more = [blocks.context(words.more_in_export(rest))] if rest > 0 else []
    rows = [row for goal in over[:ENDED_SHOWN] for row in _over(goal, whole)]
    return [blocks.header(words.ENDED_GOALS), *rows, *more]


def _over(goal: Goal, whole: PlanWindow) -> list[Block]:
    on = words.local(goal.ended_at, whole.zone, whole.today) if goal.ended_at else ""
    again = blocks.button(words.AGAIN, REOPEN, goal.id)
    forget = blocks.button(labels.FORGET, FORGET, goal.id)
    said = f"{words.ENDED[goal.state]} {on}: {words.title(goal)}"
    return [blocks.row(said), *blocks.actions([again, forget])]


def back() -> Element:
    """The way back to the goals."""
    return blocks.button(words.BACK, OPEN, "goals")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that has ended, and may serve a goal; *inside* are the goals that it serves already."""

    value: str
    what: str
    ref: str
    said: str
    inside: frozenset[str]
    best: str = ""


def which(thing: Thing, whole: PlanWindow) -> View:
    """The question which goal a thing serves."""
    rows = [_choice(thing, goal) for goal in whole.open]
    is_full = len(whole.open) >= MOST_OPEN
    new = None if is_full else blocks.button(words.NEW_GOAL, f"{NEW}.for", thing.value)
    return blocks.modal(
        "window",
        labels.ADD_TO_GOAL,
        [
            blocks.row(words.which_goal(thing.said)),
            *rows,
            *blocks.actions([new, back()]),
            blocks.context(words.PRIVATE),
        ],
    )


def _choice(thing: Thing, goal: Goal) -> Block:
    if goal.id in thing.inside:
        out = blocks.button(words.NOT_PART, OUT, f"{goal.id}.{thing.ref}")
        return blocks.row(words.part_of_goal(words.title(goal)), out)
    style = "primary" if goal.id == thing.best else ""
    place = f"{goal.id} {thing.what} {thing.ref}"
    return blocks.row(words.title(goal), blocks.button(words.ADD_IT, YES, place, style=style))

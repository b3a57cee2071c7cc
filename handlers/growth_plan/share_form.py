"""Sharing goals: the form, who saw them, and what their reader gets: a card, and the goals as they stood."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Someone
from handlers.block_kit.picture import Picture, gone, knock, quiet
from handlers.growth_plan import window, words, words_of_sharing
from handlers.growth_plan.window import PlanWindow
from kernel.values import PersonId
from kernel.working_hours import local_day
from relationships.growth_plan.shared_version import Change, SharedGoal, SharedVersion

FORM = "goal.share_form"
STOP = "goal.stop_sharing"
READ = "goal.read_shared"
EXPORT = "goal.export"
WITH_HISTORY = "history"
MOST_GOALS, SHOWN_LINES, SHOWN_LOG = 10, 10, 15
problems = refusals.under("reader")


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form; *seen* is the mark of what was shown below it."""

    cause: Id
    seen: Id | None = None
    reader: Someone | None = None
    shared_goals: tuple[Id, ...] = ()
    also: tuple[str, ...] = ()


def filled(view: View) -> Filled:
    """What was submitted."""
    return payload.filled(Filled, view)


def form(whole: PlanWindow, cause: str) -> View:
    """The form: with whom, which goals, and whether what served them goes along."""
    ticked = tuple(it.id for it in whole.goals if it.is_open)
    shown = [*_fields(whole, Filled(cause, shared_goals=ticked)), blocks.context(words_of_sharing.SEEN_FIRST)]
    return blocks.modal(
        FORM,
        words_of_sharing.SHARE_GOALS,
        shown,
        submit=words_of_sharing.SEE_FIRST,
        metadata=json.dumps({"cause": cause}),
    )


def preview(whole: PlanWindow, filled: Filled, goals: Sequence[SharedGoal]) -> View:
    """The form as it was filled in, and below it all that its reader will read."""
    today = local_day(whole.now, whole.zone)
    rows = [row for goal in goals[:MOST_GOALS] for row in _shared(goal, whole.zone, today)]
    reader = mrkdwn.mention(filled.reader) if filled.reader else words_of_sharing.SOMEONE
    said = blocks.section(words_of_sharing.will_read(reader))
    return blocks.modal(
        FORM,
        words_of_sharing.SHARE_GOALS,
        [*_fields(whole, filled), blocks.divider(), said, *rows],
        submit=words_of_sharing.SHARE_TITLE,
        metadata=json.dumps({"cause": filled.cause, "seen": _mark(filled, goals)}),
    )


def has_seen(filled: Filled, goals: Sequence[SharedGoal]) -> bool:
    """Whether just this, for this reader, was shown below the form."""
    return filled.seen == _mark(filled, goals)


def _mark(filled: Filled, goals: Sequence[SharedGoal]) -> str:
    whole = json.dumps([filled.reader, *(it.model_dump(mode="json") for it in goals)])
    return blake2b(whole.encode(), digest_size=12).hexdigest()


def _fields(whole: PlanWindow, filled: Filled) -> list[Block]:
    offered = list(whole.goals)[:MOST_GOALS]
    options = [blocks.option(mrkdwn.one_line(it.title, 70) or "…", it.id) for it in offered]
    ticked = [it.id for it in offered if it.id in filled.shared_goals]
    also = [blocks.option(words_of_sharing.LIST_OF_SERVED, WITH_HISTORY)]
    along = [it for it in filled.also if it == WITH_HISTORY]
    menu, goals = blocks.person_menu(filled.reader), blocks.checkboxes(options, ticked)
    return [
        blocks.section(words_of_sharing.SHARE_MEANS),
        blocks.field("reader", words_of_sharing.WHO_MAY_READ, menu),
        blocks.field("shared_goals", words_of_sharing.WHICH_GOALS, goals),
        blocks.field("also", words_of_sharing.ANYTHING_ELSE, blocks.checkboxes(also, along), optional=True),
    ]


def seen(whole: PlanWindow, people: Mapping[str, bool]) -> View:
    """Who saw the plan and when it was taken along; *people* says who of its readers has left."""
    rows = [row for it in whole.shared[:SHOWN_LOG] for row in _log(it, whole, people)]
    exports = [
        words_of_sharing.exported_as(words_of_sharing.FORMATS[it.format], mrkdwn.moment(it.at))
        for it in reversed(whole.plan.exports[-SHOWN_LOG:])
    ]
    taken = [blocks.section("\n".join(exports))] if exports else []
    nobody = [blocks.section(words_of_sharing.NOBODY_HAS_SEEN)]
    said = words_of_sharing.NO_SETTING
    return blocks.modal(
        "window",
        words.WHO_SAW,
        [*(rows or nobody), *taken, *blocks.actions([window.back()]), blocks.context(said)],
    )


def _log(it: SharedVersion, whole: PlanWindow, people: Mapping[str, bool]) -> list[Block]:
    reader = it.reader_id
    who = mrkdwn.mention(reader) if reader else words_of_sharing.SOMEONE
    span = words_of_sharing.span(mrkdwn.day(it.shared_at), mrkdwn.day(it.ended_at or it.until))
    if it.is_open and reader and people.get(reader):
        return [blocks.section(words_of_sharing.reader_left(who, span, _opened(it)))]
    stop = blocks.button(words_of_sharing.STOP_SHARING, STOP, it.id, style="danger") if it.is_open else None
    return [blocks.section(f"{who}, {span}. {_opened(it)}", stop)]


def _opened(it: SharedVersion) -> str:
    if not it.times:
        return words_of_sharing.NOT_OPENED if it.is_open else words_of_sharing.NEVER_OPENED
    often = words_of_sharing.OPENED_ONCE if it.times == 1 else words_of_sharing.opened_times(it.times)
    return f"{often} {mrkdwn.moment(it.opened[-1])}."


def exports() -> View:
    """The choice of what the plan is exported as."""
    buttons = [
        blocks.button(label, f"{EXPORT}.{name}", name) for name, label in words_of_sharing.FORMATS.items()
    ]
    said = words_of_sharing.TAKE_ALONG
    return blocks.modal(
        "window", words.EXPORT, [blocks.section(said), *blocks.actions([*buttons, window.back()])]
    )


def on_its_way() -> View:
    """The window while an export is on its way."""
    said = words_of_sharing.ON_ITS_WAY
    return blocks.modal("window", words.EXPORT, [blocks.section(said), *blocks.actions([window.back()])])


def card(shared: SharedVersion, reader: PersonId, *, has_left: bool) -> Picture | None:
    """What its reader sees of a copy; *has_left* says that its owner has."""
    if shared.reader_id is None:
        return gone("erased")
    if reader != shared.reader_id:
        return None
    owner = mrkdwn.mention(shared.owner_id)
    if not shared.is_open or has_left:
        return quiet("over", [blocks.section(words_of_sharing.not_shared_any_more(owner))])
    said = words_of_sharing.shared_with_you(
        owner, mrkdwn.weekday(shared.shared_at), mrkdwn.weekday(shared.until)
    )
    return knock("shared", [blocks.section(said), *blocks.actions([read_button(shared)])], closing="")


def read_button(shared: SharedVersion) -> Element:
    """The button that opens a copy, and notes that it was opened."""
    return blocks.button(words_of_sharing.OPEN, READ, shared.id, style="primary")


def reading(shared: SharedVersion, changes: Sequence[Change] | None, now: datetime, zone: str) -> View:
    """The plan as its reader reads it; *changes* are those since they read the one before, if any."""
    today = local_day(now, zone)
    stood, until = mrkdwn.weekday(shared.shared_at), mrkdwn.weekday(shared.until)
    said = words_of_sharing.as_they_stood(mrkdwn.mention(shared.owner_id), stood, until)
    rows = [row for goal in shared.goals[:MOST_GOALS] for row in _shared(goal, zone, today)]
    return blocks.modal(
        "window", words_of_sharing.SHARED_TITLE, [blocks.section(said), *_changes(changes, today), *rows]
    )


def _changes(changes: Sequence[Change] | None, today: date) -> list[Block]:
    if changes is None:
        return []
    lines = [("", _change(it, today)) for it in changes[:30]] or [("", words_of_sharing.NOTHING)]
    return [blocks.header(words_of_sharing.WHAT_CHANGED), blocks.lines(lines), blocks.divider()]


def _change(it: Change, today: date) -> str:
    title = texts.quoted(it.title, words.TITLE)
    if it.about == "day":
        day = words_of_sharing.changed_day(words.day(it.by, today)) if it.by else ""
        return f"{day or words_of_sharing.NO_DAY_ANY_MORE}: {title}"
    if it.about == "steps":
        return words_of_sharing.more_steps(it.more, title)
    if it.about == "served":
        return words_of_sharing.more_served(it.more, title)
    return f"{words_of_sharing.CHANGES[it.about]}: {title}"


def _shared(goal: SharedGoal, zone: str, today: date) -> list[Block]:
    by = words_of_sharing.shared_by(words.day(goal.by, today)) if goal.by else ""
    state = words.ENDED[goal.state]
    facts = [
        ("", texts.quoted(goal.title, words.TITLE)),
        ("", " · ".join(filter(None, [state, by]))),
        *words.reasons(goal.why, goal.sign, words_of_sharing.THEY_KNOW),
    ]
    steps = [f"{'✓' if it.state == 'done' else '○'} {texts.quoted(it.text)}" for it in goal.steps]
    lines = [f"{words.local(it.on, zone, today)}: {_did(it.what, it.title)}" for it in goal.lines]
    return [blocks.lines([*facts, *_first(steps), *_first(lines)]), blocks.divider()]


def _first(lines: Sequence[str]) -> list[tuple[str, str]]:
    """As many lines as one view can hold of each goal, and how many more there are."""
    rest = len(lines) - SHOWN_LINES
    more = [words_of_sharing.first_more(rest)] if rest > 0 else []
    return [("", it) for it in (*lines[:SHOWN_LINES], *more)]


def _did(what: str, title: str) -> str:
    """What they did; what a kind of thing is called is never their own word."""
    return f"{words_of_sharing.KINDS.get(what, words_of_sharing.TWO_WEEK_PLAN)} {texts.quoted(title)}"

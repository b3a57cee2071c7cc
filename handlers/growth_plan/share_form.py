"""Sharing goals: the form, who saw them, and what their reader gets: a card, and the goals as they stood."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Someone
from handlers.block_kit.picture import Picture, gone, knock, quiet
from handlers.growth_plan import texts as words
from handlers.growth_plan import window
from handlers.growth_plan.window import Board
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

_FORMATS = {"md": "Text (Markdown)", "json": "Data (JSON)", "html": "Page to print (HTML)"}
_KINDS = {
    "ask": "asked",
    "talk": "talk",
    "helped": "helped with",
    "guided": "guided talk",
    "sprint": "sprint",
    "mentorship": "mentorship about",
    "act": "from a sponsor:",
}
_TEXT_OF_CHANGE = {
    "new": "New",
    "reached": "Reached",
    "let_go": "Let go",
    "again": "Taken up again",
    "reworded": "New wording",
    "left_out": "Not in this copy",
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form."""

    cause: Id
    reader: Someone | None = None
    shared_goals: tuple[Id, ...] = ()
    also: tuple[str, ...] = ()


def filled(view: View) -> Filled:
    """Return what was submitted."""
    return payload.filled(Filled, view)


def form(board: Board, cause: str) -> View:
    """Return the form: with whom, which goals, and whether what served them goes along."""
    offered = list(board.goals)[:MOST_GOALS]
    options = [blocks.option(mrkdwn.one_line(it.title, 70) or "…", it.id) for it in offered]
    ticked = [it.id for it in offered if it.is_open]
    also = [blocks.option("The list of what served them", WITH_HISTORY)]
    return blocks.modal(
        FORM,
        "Share goals",
        [
            blocks.section(
                "One person reads these goals *as they stand now*, for 30 days. What you change later isn't "
                "in it. You see when they open it, and can stop at any time."
            ),
            blocks.field("reader", "Who may read them?", blocks.person_menu()),
            blocks.field("shared_goals", "Which goals?", blocks.checkboxes(options, ticked)),
            blocks.field("also", "Anything else?", blocks.checkboxes(also), optional=True),
            blocks.context("They read the goal, why, how you'd know, and its steps. Nobody else reads it."),
        ],
        submit="Share with one person",
        metadata=json.dumps({"cause": cause}),
    )


def seen(board: Board, people: Mapping[str, bool]) -> View:
    """Return who saw the plan and when it was taken along; *people* says who of its readers has left."""
    rows = [row for it in board.shared[:SHOWN_LOG] for row in _log(it, board, people)]
    exports = [
        f"You exported it as {_FORMATS[it.format]}, {mrkdwn.moment(it.at)}."
        for it in reversed(board.plan.exports[-SHOWN_LOG:])
    ]
    taken = [blocks.section("\n".join(exports))] if exports else []
    nobody = [blocks.section("*Nobody but you has seen your goals.*")]
    said = "No setting lets an admin see your goals. Entries stay for a year after a copy has ended."
    return blocks.modal(
        "window",
        "Who saw it",
        [*(rows or nobody), *taken, *blocks.actions([window.back()]), blocks.context(said)],
    )


def _log(it: SharedVersion, board: Board, people: Mapping[str, bool]) -> list[Block]:
    reader = it.reader_id
    who = mrkdwn.mention(reader) if reader else "Someone"
    span = f"from {mrkdwn.day(it.shared_at)} until {mrkdwn.day(it.ended_at or it.until)}"
    if it.is_open and reader and people.get(reader):
        return [
            blocks.section(
                f"{who}, {span}. They don't work here any more, so nobody reads this. {_opened(it)}"
            )
        ]
    stop = blocks.button("Stop sharing", STOP, it.id, style="danger") if it.is_open else None
    return [blocks.section(f"{who}, {span}. {_opened(it)}", stop)]


def _opened(it: SharedVersion) -> str:
    if not it.times:
        return "Not opened yet." if it.is_open else "Never opened."
    often = "Opened once" if it.times == 1 else f"Opened {it.times} times, last"
    return f"{often} {mrkdwn.moment(it.opened[-1])}."


def exports() -> View:
    """Return the choice of what the plan is exported as."""
    buttons = [blocks.button(label, f"{EXPORT}.{name}", name) for name, label in _FORMATS.items()]
    said = (
        "*Take your plan along.* It comes as a file in your messages with me, or as text if I can't send "
        "files."
    )
    return blocks.modal(
        "window", "Export", [blocks.section(said), *blocks.actions([*buttons, window.back()])]
    )


def on_its_way() -> View:
    """Return that an export is on its way."""
    said = "*It's on its way* to your messages with me. It's noted under *Who saw it*."
    return blocks.modal("window", "Export", [blocks.section(said), *blocks.actions([window.back()])])


def card(shared: SharedVersion, reader: PersonId, *, has_left: bool) -> Picture | None:
    """Return what its reader sees of a copy; *has_left* says that its owner has."""
    if shared.reader_id is None:
        return gone("erased")
    if reader != shared.reader_id:
        return None
    owner = mrkdwn.mention(shared.owner_id)
    if not shared.is_open or has_left:
        return quiet("over", [blocks.section(f"{owner}'s goals aren't shared with you any more.")])
    said = (
        f"*{owner} shared goals with you, as they stood on {mrkdwn.weekday(shared.shared_at)}.* "
        f"You can read them until {mrkdwn.weekday(shared.until)}. {owner} sees when you open them."
    )
    return knock("shared", [blocks.section(said), *blocks.actions([read_button(shared)])], closing="")


def read_button(shared: SharedVersion) -> Element:
    """Return the button that opens a copy, and notes that it was opened."""
    return blocks.button("Open", READ, shared.id, style="primary")


def reading(shared: SharedVersion, changes: Sequence[Change] | None, now: datetime, zone: str) -> View:
    """Return a copy as its reader reads it; *changes* are those since they read the one before, if any."""
    today = local_day(now, zone)
    said = (
        f"{mrkdwn.mention(shared.owner_id)}'s goals as they stood on {mrkdwn.weekday(shared.shared_at)}. "
        f"You can read them until {mrkdwn.weekday(shared.until)}."
    )
    rows = [row for goal in shared.goals[:MOST_GOALS] for row in _shared(goal, zone, today)]
    return blocks.modal("window", "Shared goals", [blocks.section(said), *_changes(changes, today), *rows])


def _changes(changes: Sequence[Change] | None, today: date) -> list[Block]:
    if changes is None:
        return []
    lines = [("", _change(it, today)) for it in changes[:30]] or [("", "Nothing.")]
    return [blocks.header("What changed since you read it"), blocks.lines(lines), blocks.divider()]


def _change(it: Change, today: date) -> str:
    title = texts.quoted(it.title, words.TITLE)
    if it.about == "day":
        return f"{f'New day, {words.day(it.by, today)}' if it.by else 'No day any more'}: {title}"
    if it.about == "steps":
        return f"{it.more} more step{'' if it.more == 1 else 's'} done: {title}"
    if it.about == "served":
        return f"{it.more} more thing{'' if it.more == 1 else 's'} served it: {title}"
    return f"{_TEXT_OF_CHANGE[it.about]}: {title}"


def _shared(goal: SharedGoal, zone: str, today: date) -> list[Block]:
    by = f"by {words.day(goal.by, today)}" if goal.by else ""
    state = words.ENDED[goal.state]
    facts = [
        ("", texts.quoted(goal.title, words.TITLE)),
        ("", " · ".join(filter(None, [state, by]))),
        *words.reasons(goal.why, goal.sign, "How they'd know:"),
    ]
    steps = [f"{'✓' if it.state == 'done' else '○'} {texts.quoted(it.text)}" for it in goal.steps]
    lines = [f"{words.local(it.on, zone, today)}: {_did(it.what, it.title)}" for it in goal.lines]
    return [blocks.lines([*facts, *_first(steps), *_first(lines)]), blocks.divider()]


def _first(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return as many lines as one view can hold of each goal, and how many more there are."""
    rest = len(lines) - SHOWN_LINES
    more = [f"and {rest} more"] if rest > 0 else []
    return [("", it) for it in (*lines[:SHOWN_LINES], *more)]


def _did(what: str, title: str) -> str:
    """Return what they did; what a kind of thing is called is never their own word."""
    return f"{_KINDS.get(what, 'two-week plan')} {texts.quoted(title)}"

"""The form in which one of the two proposes times for their talk: when both are at work, or others."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from handlers.block_kit import blocks, payload, refusals, texts
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id, Seconds
from handlers.block_kit.refusals import Problems
from kernel.values import SessionId
from mentoring.model.appointment import FIELDS

FORM = "meeting.form"
_NEITHER = "I found no time in the next two weeks when you're both at work. Pick what may work."
_SMALL = "Times are in your own time zone. The other person sees them in theirs, and picks one."
REFUSED = {
    (FIELDS[0], "empty"): "Choose at least one time.",
    **{
        (field, "past"): "This moment has passed already. Choose one that is still to come."
        for field in FIELDS
    },
    **{(field, "too_far"): "Choose a moment within the next {limit} days." for field in FIELDS},
    ("time", "past"): "This time has passed already. Choose a later one, or propose another time.",
    ("time", "not_offered"): "This time isn't on offer any more. The newest message says how it stands.",
    ("time", "too_late"): "That would be more than {limit} minutes late. Propose another time instead.",
}


@dataclass(frozen=True, slots=True)
class _Filled:
    session_id: Id
    leads: Id
    times: tuple[Seconds, ...] = ()
    other: datetime | None = None
    another: datetime | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """For which talk which times are proposed, and in which field each of them was."""

    session_id: SessionId
    times: tuple[datetime, ...]
    problems: Problems


def form(session_id: str, suggested: Sequence[datetime], zone: str) -> View:
    """Return the form, with times at which both are at work, by the clock of its reader's *zone*."""
    leads = "times" if suggested else "other"
    return blocks.modal(
        FORM,
        "Propose a time",
        [*(_ticked(suggested, zone) if suggested else _picked()), blocks.context(_SMALL)],
        submit="Propose",
        metadata=json.dumps({"session_id": session_id, "leads": leads}),
    )


def _ticked(suggested: Sequence[datetime], zone: str) -> list[Block]:
    options = [blocks.option(texts.clock(at, zone), f"{at.timestamp():.0f}") for at in suggested]
    boxes = blocks.checkboxes(options, [it["value"] for it in options])
    return [
        blocks.field("times", "When you're both at work", boxes, optional=True),
        blocks.field("other", "Another time", blocks.date_time_picker(), optional=True),
    ]


def _picked() -> list[Block]:
    return [
        blocks.section(_NEITHER),
        blocks.field("other", "A time", blocks.date_time_picker()),
        blocks.field("another", "Another one", blocks.date_time_picker(), optional=True),
    ]


def proposed(view: View) -> Proposed:
    """Return what was submitted."""
    said = payload.filled(_Filled, view)
    ticked = [("times", datetime.fromtimestamp(it, UTC)) for it in said.times]
    picked = [(name, at) for name in ("other", "another") if (at := getattr(said, name)) is not None]
    chosen = [*ticked, *picked]
    fields = dict(zip(FIELDS, [name for name, _ in chosen] or [said.leads], strict=False))
    times = tuple(at for _, at in chosen)
    return Proposed(SessionId(said.session_id), times, refusals.under(FIELDS[0], **fields))

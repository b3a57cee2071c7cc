"""The form in which one of the two proposes times for their session: when both are at work, or others."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from handlers.block_kit import blocks, payload, refusals, texts
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id, Seconds
from handlers.block_kit.refusals import Problems
from handlers.sessions import words_of_meetings as words
from kernel.values import SessionId
from mentoring.model.appointment import FIELDS

FORM = "meeting.form"
REFUSED = {
    (FIELDS[0], "empty"): words.CHOOSE_ONE,
    **{(field, "past"): words.MOMENT_PASSED for field in FIELDS},
    **{(field, "too_far"): words.MOMENT_TOO_FAR for field in FIELDS},
    ("time", "past"): words.TIME_PASSED,
    ("time", "not_offered"): words.TIME_NOT_OFFERED,
    ("time", "too_late"): words.TIME_TOO_LATE,
}


@dataclass(frozen=True, slots=True)
class _Filled:
    session_id: Id
    leads: Id
    times: tuple[Seconds, ...] = ()
    other: datetime | None = None
    another: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProposedTimes:
    """For which session which times are proposed, and in which field each of them was."""

    session_id: SessionId
    times: tuple[datetime, ...]
    problems: Problems


def form(session_id: str, suggested: Sequence[datetime], zone: str) -> View:
    """The form, with times at which both are at work, by the clock of its reader's *zone*."""
    leads = "times" if suggested else "other"
    return blocks.modal(
        FORM,
        words.PROPOSE_A_TIME,
        [*(_ticked(suggested, zone) if suggested else _picked()), blocks.context(words.SMALL)],
        submit=words.PROPOSE,
        metadata=json.dumps({"session_id": session_id, "leads": leads}),
    )


def _ticked(suggested: Sequence[datetime], zone: str) -> list[Block]:
    options = [blocks.option(texts.clock(at, zone), f"{at.timestamp():.0f}") for at in suggested]
    boxes = blocks.checkboxes(options, [it["value"] for it in options])
    return [
        blocks.field("times", words.BOTH_AT_WORK, boxes, optional=True),
        blocks.field("other", words.ANOTHER_TIME, blocks.date_time_picker(), optional=True),
    ]


def _picked() -> list[Block]:
    return [
        blocks.section(words.NEITHER),
        blocks.field("other", words.A_TIME, blocks.date_time_picker()),
        blocks.field("another", words.ANOTHER_ONE, blocks.date_time_picker(), optional=True),
    ]


def proposed(view: View) -> ProposedTimes:
    """What was submitted."""
    said = payload.filled(_Filled, view)
    ticked = [("times", datetime.fromtimestamp(it, UTC)) for it in said.times]
    picked = [(name, at) for name in ("other", "another") if (at := getattr(said, name)) is not None]
    chosen = [*ticked, *picked]
    fields = dict(zip(FIELDS, [name for name, _ in chosen] or [said.leads], strict=False))
    times = tuple(at for _, at in chosen)
    return ProposedTimes(SessionId(said.session_id), times, refusals.under(FIELDS[0], **fields))

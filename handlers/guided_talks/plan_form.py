"""The form in which a plan that came of a guided talk is said otherwise: one part of it, or all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from coaching.guide.own_plan import LONGEST_PART, Part
from coaching.guide.talk import GuidedTalk
from handlers.block_kit import blocks, labels, payload, refusals
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id
from handlers.guided_talks import words

FORM = "plan.form"
Which = Literal["all", "look", "aim", "step", "moment", "tell"]
TEXTS: dict[Part, str] = {
    "step": words.WHAT,
    "aim": words.WHAT_FOR,
    "tell": words.WHO,
}
REFUSED = {
    ("step", "empty"): words.NO_STEP,
    ("plan", "late"): words.PLAN_LATE,
    ("moment", "past"): words.MOMENT_PAST,
    ("moment", "too_far"): words.MOMENT_TOO_FAR,
}
problems = refusals.under("step")


@dataclass(frozen=True, slots=True)
class _Filled:
    talk_id: Id
    which: Which
    aim: str = ""
    step: str = ""
    tell: str = ""
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Replanned:
    """Of which guided talk which parts of the plan are said otherwise; without a moment, that stays."""

    talk_id: str
    parts: Mapping[Part, str]
    at: datetime | None


def asked(value: str) -> tuple[str, Which]:
    """The guided talk and the part, or all, that a button stands for."""
    return payload.words(tuple[Id, Which], value)


def form(talk: GuidedTalk, which: Which, now: datetime) -> View:
    """The form with what is planned now; a moment that has passed is to be picked anew."""
    means = talk.means
    asks = "look" if which == "all" and means.cue and not means.step else which
    fields = [_text(part, getattr(means, part)) for part in _texts(asks)]
    if which in ("all", "moment"):
        fields.insert(1 if asks == "all" else 0, _moment(talk, now, is_alone=which == "moment"))
    metadata = json.dumps({"talk_id": talk.id, "which": asks})
    return blocks.modal(FORM, words.CHANGE_TITLE, fields, submit=labels.SAVE, metadata=metadata)


def _texts(which: Which) -> list[Part]:
    """The parts in words that are asked; who wrote a goal scale looks at it, and has no step."""
    if which == "look":
        return ["aim", "tell"]
    return [part for part in TEXTS if which in ("all", part)]


def _text(part: Part, said: str) -> Block:
    element = blocks.text_input(initial=said, multiline=part == "step", at_most=LONGEST_PART)
    return blocks.field(part, TEXTS[part], element, optional=part != "step")


def _moment(talk: GuidedTalk, now: datetime, *, is_alone: bool) -> Block:
    at = talk.remind_at if talk.remind_at and talk.remind_at > now else None
    return blocks.field("moment", words.WHEN, blocks.date_time_picker(at), optional=not is_alone)


def filled(view: View) -> Replanned:
    """What was submitted."""
    said = payload.filled(_Filled, view)
    parts = {part: getattr(said, part) for part in _texts(said.which)}
    return Replanned(said.talk_id, parts, said.moment)

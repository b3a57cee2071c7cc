"""The port behind which a talk's next turn is made, and the guide: scripted, deterministic, no network."""

from datetime import datetime
from typing import Protocol
from zlib import crc32

from coaching.form import END, Step
from coaching.forms import FORMS
from coaching.reading import excerpt, listed, scale_number
from coaching.talk import Plan, Reply, Talk, needs_number
from mentoring.desk import Desk


class Engine(Protocol):
    """Whatever can lead a talk."""

    async def next_turn(self, talk: Talk) -> Reply | None:
        """Return what to say next, or None when the talk has come to its end."""

    async def plan(self, talk: Talk) -> Plan | None:
        """Return actions made of what a talk came to, besides the person's own step, or None."""


class Lead(Protocol):
    """Whatever names the engine that leads a workspace's talks at a moment."""

    def at(self, desk: Desk, now: datetime, /) -> Engine:
        """Return the engine for a workspace, now."""


class Guide:
    """The scripted guide: the form decides what is asked, the person's own words are given back."""

    def at(self, desk: Desk, now: datetime) -> Engine:
        """Return itself: it is the same everywhere, at any time."""
        return self

    async def next_turn(self, talk: Talk) -> Reply | None:
        """Return the form's next question; the same talk always gets the same words."""
        return next_reply(talk)

    async def plan(self, talk: Talk) -> Plan | None:
        """Return none: the step that the person chose is the plan."""
        return None


def next_reply(talk: Talk) -> Reply | None:
    """Return the next question of a talk by its form, or None at the end."""
    step_id = next_step(talk)
    if step_id == END:
        return None
    step = FORMS[talk.form].by_id[step_id]
    return Reply(step=step.id, reflection=_reflection(talk, step), question=_wording(talk, step))


def next_step(talk: Talk) -> str:
    """Return the next step: the same one, once, where a number is missing; else by the step's branches."""
    form = FORMS[talk.form]
    if not talk.turns:
        return form.first.id
    last = talk.turns[-1]
    step = form.by_id[last.step]
    if needs_number(talk) and _times(talk, step.id) == 1:
        return step.id
    return _branched(step, last.answer) or form.after(step.id)


def _branched(step: Step, answer: str | None) -> str | None:
    for branch in step.branches:
        number = scale_number(answer or "")
        is_below = branch.below is not None and number is not None and number < branch.below
        is_long = branch.items is not None and len(listed(answer or "")) >= branch.items
        if is_below or is_long or (branch.below is None and branch.items is None):
            return branch.to
    return None


def _reflection(talk: Talk, step: Step) -> str:
    """Return the person's words that a question builds on, or nothing where there are none."""
    said = talk.answer_of(step.quotes) if step.quotes else _latest(talk)
    return excerpt(said) if said else ""


def _latest(talk: Talk) -> str:
    return (talk.turns[-1].answer or "") if talk.turns else talk.opening


def _wording(talk: Talk, step: Step) -> str:
    """Return one wording of a step, chosen by the talk, and another one where it is asked again."""
    first = crc32(f"{talk.id}/{step.id}".encode())
    return step.wordings[(first + _times(talk, step.id)) % len(step.wordings)]


def _times(talk: Talk, step_id: str) -> int:
    return sum(turn.step == step_id for turn in talk.turns)

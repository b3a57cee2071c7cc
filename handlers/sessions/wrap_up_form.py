"""The forms at the end of a talk: what it took, the next step as an if-then plan, and a quiet report."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.block_kit import blocks, payload
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id, Number
from kernel.values import PersonId, SessionId
from mentoring.model.session import LONGEST_STEP, NextStep, Session, WrapUp
from mentoring.sessions.reports import NewReport

WRAP_UP = "session.wrap_up_form"
PLAN = "session.plan_form"
REPORT = "session.report_form"

_LENGTHS = (5, 10, 15, 25, 40, 60, 90, 120)
_REPORT_LENGTH = 3000
_END, _APART = "end", "apart"
_HEADING = blocks.section("*Your next step* (optional). You're more likely to do it if you pick a time.")


@dataclass(frozen=True, slots=True)
class _Filled:
    """Which talk one of the forms is about, and what stands in those of its fields that it has."""

    session_id: Id
    minutes: Number = _LENGTHS[0]
    cue: str = ""
    action: str = ""
    at: datetime | None = None
    text: str = ""
    also: tuple[str, ...] = ()


def wrap_up(session: Session, me: PersonId, now: datetime) -> View:
    """Return the form that ends a talk; whoever was helped can write their next step at once."""
    passed = (now - session.starts_at).total_seconds() / 60
    nearest = min(_LENGTHS, key=lambda minutes: abs(minutes - min(passed, session.minutes)))
    options = [blocks.option(f"About {minutes} minutes", str(minutes)) for minutes in _LENGTHS]
    took = blocks.field("minutes", "How long did it take?", blocks.menu(options, str(nearest)))
    step = [_HEADING, *_step()] if me in session.helped and not session.step_of(me) else []
    return blocks.modal(WRAP_UP, "Wrap up", [took, *step], submit="Wrap up", metadata=_metadata(session))


def plan(session: Session) -> View:
    """Return the form in which whoever was helped writes down what they will do."""
    intro = blocks.section("One small thing is enough. You're more likely to do it if you pick a time.")
    return blocks.modal(PLAN, "Your next step", [intro, *_step()], submit="Save", metadata=_metadata(session))


def _step() -> list[Block]:
    cue = blocks.text_input(at_most=LONGEST_STEP, placeholder="Tuesday's stand-up")
    action = blocks.text_input(at_most=LONGEST_STEP, placeholder="run the profiler on the nightly job")
    return [
        blocks.field("cue", "When? After …", cue, optional=True),
        blocks.field("action", "What will you do?", action, optional=True),
        blocks.field("at", "Remind me", blocks.date_time_picker(), optional=True),
    ]


def report(session: Session) -> View:
    """Return the form of a quiet report; nothing is sent before it is submitted."""
    intro = (
        "Write what happened. *Only admins of this workspace read it*, together with who the two of "
        "you are. The other person is not told. In an emergency, call the local emergency services."
    )
    text = blocks.text_input(multiline=True, at_most=_REPORT_LENGTH)
    also = [blocks.option("Never match the two of us again", _APART)]
    if session.is_open:
        also.insert(0, blocks.option("End this talk now", _END))
    shown = [
        blocks.section(intro),
        blocks.field("text", "What happened?", text),
        blocks.field("also", "And also", blocks.checkboxes(also), optional=True),
    ]
    return blocks.modal(
        REPORT, "Something is wrong", shown, submit="Tell the admins", metadata=_metadata(session)
    )


def report_sent(shown: Sequence[Block]) -> View:
    """Return what a report's form becomes once it has been sent."""
    return blocks.modal("window", "Thank you", shown)


def _metadata(session: Session) -> str:
    return json.dumps({"session_id": session.id})


def session_of(view: View) -> SessionId:
    """Return which talk a submitted form is about."""
    return SessionId(payload.filled(_Filled, view).session_id)


def wrapped_up(view: View) -> WrapUp:
    """Return how the talk ended, from the submitted form."""
    return WrapUp(minutes=payload.filled(_Filled, view).minutes, next_step=planned(view))


def planned(view: View) -> NextStep | None:
    """Return the next step, or None where nothing was filled in; without its action it is refused later."""
    said = payload.filled(_Filled, view)
    cue, action = said.cue.strip(), said.action.strip()
    return NextStep(cue=cue, action=action, at=said.at) if cue or action or said.at else None


def reported(view: View) -> NewReport:
    """Return what a report says, and what is wished besides."""
    said = payload.filled(_Filled, view)
    return NewReport(text=said.text.strip(), end_talk=_END in said.also, keep_apart=_APART in said.also)

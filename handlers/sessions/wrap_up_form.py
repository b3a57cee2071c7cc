"""The forms at the end of a session: what it took, and the next step as an if-then plan."""

import json
from dataclasses import dataclass
from datetime import datetime

from handlers.block_kit import blocks, labels, payload
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id, Number
from handlers.sessions import words
from kernel.values import PersonId, SessionId
from mentoring.model.session import LONGEST_STEP, NextStep, Session, WrapUp

WRAP_UP = "session.wrap_up_form"
PLAN = "session.plan_form"

_LENGTHS = (5, 10, 15, 25, 40, 60, 90, 120)
_HEADING = blocks.section(words.NEXT_STEP_HEADING)


@dataclass(frozen=True, slots=True)
class _Filled:
    """Which session one of the forms is about, and what stands in those of its fields that it has."""

    session_id: Id
    minutes: Number = _LENGTHS[0]
    cue: str = ""
    action: str = ""
    at: datetime | None = None


def wrap_up(session: Session, me: PersonId, now: datetime) -> View:
    """The form that ends a session; whoever was helped can write their next step at once."""
    passed = (now - session.starts_at).total_seconds() / 60
    nearest = min(_LENGTHS, key=lambda minutes: abs(minutes - min(passed, session.minutes)))
    options = [blocks.option(words.about_minutes(minutes), str(minutes)) for minutes in _LENGTHS]
    took = blocks.field("minutes", words.HOW_LONG, blocks.menu(options, str(nearest)))
    step = [_HEADING, *_step()] if me in session.helped and not session.step_of(me) else []
    return blocks.modal(
        WRAP_UP, labels.WRAP_UP, [took, *step], submit=labels.WRAP_UP, metadata=_metadata(session)
    )


def plan(session: Session) -> View:
    """The form in which whoever was helped writes down what they will do."""
    intro = blocks.section(words.ONE_SMALL_THING)
    return blocks.modal(
        PLAN, words.YOUR_NEXT_STEP, [intro, *_step()], submit=labels.SAVE, metadata=_metadata(session)
    )


def _step() -> list[Block]:
    cue = blocks.text_input(at_most=LONGEST_STEP, placeholder=words.CUE_EXAMPLE)
    action = blocks.text_input(at_most=LONGEST_STEP, placeholder=words.ACTION_EXAMPLE)
    return [
        blocks.field("cue", words.WHEN_AFTER, cue, optional=True),
        blocks.field("action", words.WHAT_WILL_YOU_DO, action, optional=True),
        blocks.field("at", words.REMIND_ME, blocks.date_time_picker(), optional=True),
    ]


def _metadata(session: Session) -> str:
    return json.dumps({"session_id": session.id})


def session_of(view: View) -> SessionId:
    """Which session a submitted form is about."""
    return SessionId(payload.filled(_Filled, view).session_id)


def wrapped_up(view: View) -> WrapUp:
    """How the session ended, from the submitted form."""
    return WrapUp(minutes=payload.filled(_Filled, view).minutes, next_step=planned(view))


def planned(view: View) -> NextStep | None:
    """The next step, or None where nothing was filled in; without its action it is refused later."""
    said = payload.filled(_Filled, view)
    cue, action = said.cue.strip(), said.action.strip()
    return NextStep(cue=cue, action=action, at=said.at) if cue or action or said.at else None

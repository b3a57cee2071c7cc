"""What plans are made of: `templates.toml` beside this module, which says what is filled in where."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from coaching.data import Data, Sentence, filled_by, read
from sensing.triage.features import Subject

Template = Annotated[Sentence, filled_by("goal", "step", "cue", "blocker", "who")]
Cue = Literal["asked", "begin", "coffee", "evening", "last", "meeting", "seen", "talking"]


class ActionTemplate(Data):
    """One action: what one would see the person do, at which moment, and how it shows."""

    behaviour: Template
    cue: Cue
    evidence: Template


class Templates(Data):
    """The actions for each kind of goal; those *practised* end with one of the three by level."""

    practised: frozenset[Subject]
    cues: Mapping[Cue, Template]
    by_level: tuple[ActionTemplate, ActionTemplate, ActionTemplate]
    actions: Mapping[Subject, Annotated[tuple[ActionTemplate, ...], Field(min_length=5, max_length=5)]]


@cache
def templates() -> Templates:
    return read("coaching.plans", "templates", Templates)

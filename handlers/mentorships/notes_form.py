"""Two minutes of notes after a talk: what both read, and what only their writer does. Builder and parser."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, labels, payload, refusals
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id
from handlers.mentorships import words_of_forms as forms
from relationships.mentorships.agreement import LONGEST
from relationships.mentorships.mentorship import LONGEST_NOTE, MOST_GOALS, Mentorship
from relationships.mentorships.mentorships import Notes
from relationships.mentorships.record import OwnNotes

FORM = "mentorship.notes_form"
problems = refusals.under("ours")


@dataclass(frozen=True, slots=True)
class _Filled:
    mentorship_id: Id
    cause: Id
    ours: str = ""
    mine: str = ""
    step: str = ""
    goals: str = ""


def form(mentorship: Mentorship, called: str, own: OwnNotes | None, cause: str) -> View:
    """The form; *called* is the other, and *own* what its reader noted for themselves so far."""
    long = blocks.text_input(multiline=True, at_most=LONGEST_NOTE)
    goals = blocks.text_input(
        initial="\n".join(mentorship.goals),
        multiline=True,
        placeholder=forms.ONE_A_LINE,
        at_most=MOST_GOALS * (LONGEST + 2),
    )
    fields = [
        blocks.field("ours", forms.ours(called), long, optional=True),
        blocks.field("mine", forms.MINE, long, optional=True),
        blocks.field(
            "step",
            forms.your_step(called),
            blocks.text_input(at_most=LONGEST, placeholder=forms.FOR_INSTANCE),
            optional=True,
        ),
        blocks.field("goals", forms.your_goals(called), goals, optional=True),
    ]
    metadata = json.dumps({"mentorship_id": mentorship.id, "cause": cause})
    return blocks.modal(
        FORM, forms.NOTES, [*fields, *_before(mentorship, called, own)], submit=labels.SAVE, metadata=metadata
    )


def _before(mentorship: Mentorship, called: str, own: OwnNotes | None) -> list[Block]:
    """The latest notes, each under whose they are."""
    ours = [blocks.labeled(forms.OURS_LAST, note.text) for note in mentorship.notes[-1:]]
    mine = [blocks.labeled(forms.MINE_LAST, note.text) for note in (own.notes[-1:] if own else ())]
    return [*ours, *mine]


def filled(view: View) -> tuple[str, str, Notes]:
    """The mentorship, what led to the form, and what was noted."""
    said = payload.filled(_Filled, view)
    goals = tuple(line.strip() for line in said.goals.splitlines() if line.strip())
    return said.mentorship_id, said.cause, Notes(said.ours, said.mine, said.step, goals)

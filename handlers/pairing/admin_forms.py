"""The forms of a programme's admins: its name, people to add, and what to decide of two people."""

import json
from dataclasses import dataclass
from typing import Literal, TypeAlias

from handlers.block_kit import blocks, payload, refusals
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Someone
from handlers.pairing import page
from kernel.values import PersonId
from relationships.cohorts.programme import LONGEST_NAME, Form, Programme
from relationships.cohorts.programmes import MOST_ADDED

NEW = "programme.new"
START_FORM, ADD_FORM, EDIT_FORM = "programme.start_form", "programme.add_form", "programme.edit_form"
Edit: TypeAlias = Literal["pin", "ban", "free", "swap"]
EDITS: dict[Edit, str] = {
    "pin": "Pin: keep these two as a pair",
    "ban": "Ban: keep these two apart",
    "swap": "Swap: two mentees change mentors",
    "free": "Free: undo a pin or a ban",
}
FORMS: dict[Form, str] = {
    "pairs": "In pairs: one mentor, one mentee",
    "circles": "In circles: one mentor with three to seven mentees",
}
start_problems = refusals.under("name")
add_problems = refusals.under("mentees_added", sides="mentees_added")
edit_problems = refusals.under("one")


@dataclass(frozen=True, slots=True)
class Started:
    """A programme to begin; *cause* is what opened the form, so that it begins once."""

    cause: Id
    name: str = ""
    form: Form = "pairs"


@dataclass(frozen=True, slots=True)
class Added:
    """People to add to a programme."""

    programme_id: Id
    mentees_added: tuple[Someone, ...] = ()
    mentors_added: tuple[Someone, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """What was decided of two people: a mentee and a mentor, or two mentees who swap."""

    programme_id: Id
    edit: Edit
    one: Someone
    other: Someone


def new_button() -> Element:
    """Return the button that opens the form of a new programme."""
    return blocks.button("Start a programme", NEW, "home")


def start(cause: str) -> View:
    """Return the form of a new programme."""
    name = blocks.field(
        "name",
        "What is it called?",
        blocks.text_input(placeholder="Mentoring 2027", at_most=LONGEST_NAME),
        hint="Everyone who takes part reads this name.",
    )
    forms = [blocks.option(label, value) for value, label in FORMS.items()]
    form = blocks.field("form", "How do people meet?", blocks.radio(forms, "pairs"))
    how = blocks.context(
        "People put themselves forward as mentees and mentors. I work out the pairs, you check them, "
        "and then they say yes or no."
    )
    return blocks.modal(
        START_FORM,
        "Start a programme",
        [how, name, form],
        submit="Start",
        metadata=json.dumps({"cause": cause}),
    )


def add(programme: Programme) -> View:
    """Return the form in which people are added."""
    hint = (
        f"Up to {MOST_ADDED} people at a time. They hear of it when a pair is proposed, and see it on Home."
    )
    fields = [
        blocks.field("mentees_added", "Who's looking for a mentor?", blocks.people_menu(), optional=True),
        blocks.field("mentors_added", "Who would mentor?", blocks.people_menu(), hint=hint, optional=True),
    ]
    return _of(programme, ADD_FORM, "Add people", fields, "Add them")


def have_joined(fresh: int) -> str:
    """How many were added who took no part before."""
    if not fresh:
        return "*Saved:* everyone you chose takes part already."
    return f"*Saved:* {'1 person is' if fresh == 1 else f'{fresh} people are'} new."


def edit(
    programme: Programme,
    verb: Edit = "pin",
    one: PersonId | None = None,
    other: PersonId | None = None,
) -> View:
    """Return the form in which an admin decides of two people."""
    options = [blocks.option(label, value) for value, label in EDITS.items()]
    fields = [
        blocks.field("edit", "What would you like to change?", blocks.radio(options, verb)),
        blocks.field("one", "The mentee", blocks.person_menu(one)),
        blocks.field("other", "The mentor", blocks.person_menu(other), hint="For a swap: the other mentee."),
    ]
    return _of(programme, EDIT_FORM, "Pin, ban or swap", fields, "Pair again")


def _of(programme: Programme, form: str, title: str, fields: list[Block], submit: str) -> View:
    back = blocks.actions([blocks.button("Back", page.OPEN, programme.id)])
    metadata = json.dumps({"programme_id": programme.id})
    return blocks.modal(form, title, [*fields, *back], submit=submit, metadata=metadata)


def started(view: View) -> Started:
    """Return the programme to begin."""
    return payload.filled(Started, view)


def added(view: View) -> Added:
    """Return the people to add."""
    return payload.filled(Added, view)


def edited(view: View) -> Edited:
    """Return what was decided."""
    return payload.filled(Edited, view)

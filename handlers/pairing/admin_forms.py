"""The forms of a programme's admins: its name, people to add, and what to decide of two people."""

import json
from dataclasses import dataclass
from typing import Literal, TypeAlias

from handlers.block_kit import blocks, labels, payload, refusals
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Someone
from handlers.pairing import page
from handlers.pairing import words_of_programmes as said
from kernel.values import PersonId
from relationships.cohorts.programme import LONGEST_NAME, Form, Programme
from relationships.cohorts.programmes import MOST_ADDED

NEW = "programme.new"
START_FORM, ADD_FORM, EDIT_FORM = "programme.start_form", "programme.add_form", "programme.edit_form"
Edit: TypeAlias = Literal["pin", "ban", "free", "swap"]
EDITS: dict[Edit, str] = {
    "pin": said.PIN,
    "ban": said.BAN,
    "swap": said.SWAP,
    "free": said.FREE,
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
    """The button that opens the form of a new programme."""
    return blocks.button(said.START, NEW, "home")


def start(cause: str) -> View:
    """The form of a new programme."""
    name = blocks.field(
        "name",
        said.WHAT_NAME,
        blocks.text_input(placeholder=said.FOR_INSTANCE, at_most=LONGEST_NAME),
        hint=said.EVERYONE_READS,
    )
    forms = [blocks.option(label, value) for value, label in said.FORMS.items()]
    form = blocks.field("form", said.HOW_THEY_MEET, blocks.radio(forms, "pairs"))
    how = blocks.context(said.HOW_IT_GOES)
    return blocks.modal(
        START_FORM,
        said.START,
        [how, name, form],
        submit=said.START_SUBMIT,
        metadata=json.dumps({"cause": cause}),
    )


def add(programme: Programme) -> View:
    """The form in which people are added."""
    hint = said.up_to(MOST_ADDED)
    fields = [
        blocks.field("mentees_added", said.WHO_LOOKS, blocks.people_menu(), optional=True),
        blocks.field("mentors_added", said.WHO_WOULD, blocks.people_menu(), hint=hint, optional=True),
    ]
    return _of(programme, ADD_FORM, said.ADD_PEOPLE, fields, said.ADD_THEM)


def edit(programme: Programme) -> View:
    """The form in which an admin decides of two people."""
    options = [blocks.option(label, value) for value, label in EDITS.items()]
    fields = [
        blocks.field("edit", said.WHAT_CHANGE, blocks.radio(options, "pin")),
        blocks.field("one", said.THE_MENTEE, blocks.person_menu()),
        blocks.field("other", said.THE_MENTOR, blocks.person_menu(), hint=said.FOR_A_SWAP),
    ]
    return _of(programme, EDIT_FORM, said.PIN_BAN_SWAP, fields, said.PAIR_AGAIN)


def swap(programme: Programme, one: PersonId) -> View:
    """The form in which an admin says with whom a mentee changes mentors."""
    fields = [
        blocks.field("one", said.THE_MENTEE, blocks.person_menu(one)),
        blocks.field("other", said.CHANGES_WITH, blocks.person_menu()),
    ]
    return _of(programme, EDIT_FORM, said.SWAP_WITH_ANOTHER, fields, said.PAIR_AGAIN, edit="swap")


def _of(
    programme: Programme, form: str, title: str, fields: list[Block], submit: str, **opened_with: str
) -> View:
    back = blocks.actions([blocks.button(labels.BACK, page.OPEN, programme.id)])
    metadata = json.dumps({"programme_id": programme.id, **opened_with})
    return blocks.modal(form, title, [*fields, *back], submit=submit, metadata=metadata)


def started(view: View) -> Started:
    """The programme to begin."""
    return payload.filled(Started, view)


def added(view: View) -> Added:
    """The people to add."""
    return payload.filled(Added, view)


def edited(view: View) -> Edited:
    """What was decided."""
    return payload.filled(Edited, view)

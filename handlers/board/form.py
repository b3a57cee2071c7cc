"""The forms of a board: somebody to add, and what to change of somebody who is on it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from handlers.block_kit import blocks, labels, payload, refusals
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id, Someone
from handlers.board import words
from kernel.desk import Role
from kernel.working_hours import local_day
from relationships.board.board import LONGEST_INITIALS
from relationships.board.boards import Look, SaidOfMember
from relationships.board.reading import Seated

FORM = "board.form"
CHANGE_FORM = "board.change_form"
MOST_OTHERS = 10  # boxes of one field
problems = refusals.under("colleague")
change_problems = refusals.under("roles", colleague="roles")


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a form: *key* is whom it changes, *cause* what led to it."""

    cause: Id
    key: Id | None = None
    colleague: Someone | None = None
    initials: Annotated[str, Field(max_length=200)] = ""
    roles: tuple[Role, ...] = ()
    closeness: int | None = None
    last_on: date | None = None
    knows: tuple[Id, ...] = ()

    @property
    def said(self) -> SaidOfMember:
        """What it says of somebody."""
        return SaidOfMember(
            colleague=self.colleague,
            initials=self.initials,
            roles=self.roles,
            closeness=self.closeness,
            last_on=self.last_on,
            knows=self.knows,
        )


def filled(view: View) -> Filled:
    """What was submitted."""
    return payload.filled(Filled, view)


def add(cause: str) -> View:
    """The form for somebody new."""
    fields = [
        blocks.field("colleague", words.COLLEAGUE, blocks.person_menu(), optional=True),
        blocks.field(
            "initials",
            words.OUTSIDE,
            blocks.text_input(placeholder=words.INITIALS_EXAMPLE, at_most=20),
            hint=words.initials_only(LONGEST_INITIALS),
            optional=True,
        ),
        _roles(()),
        _closeness(None),
        _last(None),
    ]
    metadata = json.dumps({"cause": cause})
    return blocks.modal(FORM, words.ADD_SOMEONE, fields, submit=words.ADD, metadata=metadata)


def change(it: Seated, seen: Look, cause: str) -> View:
    """The form for somebody who is on the board."""
    mark = seen.board.marks.get(it.key)
    said = local_day(mark.last_at, seen.zone) if mark and mark.last_at else None
    metadata = json.dumps({"cause": cause, "key": it.key})
    fields = [
        blocks.section(f"*{words.who(it)}*"),
        _roles(it.roles),
        _closeness(it.closeness),
        _last(said),
        *_knows(it, seen),
    ]
    return blocks.modal(CHANGE_FORM, words.CHANGE_TITLE, fields, submit=labels.SAVE, metadata=metadata)


def _roles(ticked: Sequence[Role]) -> Block:
    options = [blocks.option(label, role) for role, label in words.ROLES.items()]
    return blocks.field("roles", words.WHICH_ROLE, blocks.checkboxes(options, ticked))


def _closeness(now: int | None) -> Block:
    options = [blocks.option(label, str(value)) for value, label in words.CLOSENESS.items()]
    element = blocks.menu(options, str(now) if now else None)
    return blocks.field("closeness", words.HOW_CLOSE, element, optional=True)


def _last(on: date | None) -> Block:
    hint, picker = words.COUNTS_BY_ITSELF, blocks.date_picker(on)
    return blocks.field("last_on", words.LAST_TALK, picker, hint=hint, optional=True)


def _knows(it: Seated, seen: Look) -> list[Block]:
    """The question whom of the others they know; the closest ten."""
    others = [each for each in seen.there if each.key != it.key][:MOST_OTHERS]
    if not others:
        return []
    options = [blocks.option(words.plain_who(each) or "…", each.key) for each in others]
    known = [each for pair in seen.board.knows if it.key in pair for each in pair if each != it.key]
    return [blocks.field("knows", words.WHOM_DO_THEY_KNOW, blocks.checkboxes(options, known), optional=True)]

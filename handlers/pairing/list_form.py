"""The form in which an admin brings a list into a programme, and what is said where files can't be read."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, labels, payload, refusals
from handlers.block_kit.blocks import View
from handlers.block_kit.payload import Id
from handlers.pairing import page
from handlers.pairing import words_of_programmes as said
from relationships.cohorts.programme import Programme, Side

FORM = "programme.list_form"
SCOPE = "files:read"
problems = refusals.under("list_file")


@dataclass(frozen=True, slots=True)
class Filled:
    """The list that was handed in: the ids of files in Slack, of which there is one."""

    programme_id: Id
    list_file: tuple[Id, ...] = ()
    side: Side = "mentees"


def form(programme: Programme) -> View:
    """The form."""
    sides = [blocks.option(label, value) for value, label in said.SIDES.items()]
    fields = [
        blocks.field("side", said.WHATS_IN_IT, blocks.radio(sides, "mentees")),
        blocks.field("list_file", said.AS_CSV, blocks.file_input(["csv", "tsv", "txt"])),
        blocks.context(said.COLUMNS),
        *blocks.actions([blocks.button(labels.BACK, page.OPEN, programme.id)]),
    ]
    metadata = json.dumps({"programme_id": programme.id})
    return blocks.modal(FORM, said.BRING_IN, fields, submit=said.READ_IT, metadata=metadata)


def not_granted(programme: Programme) -> View:
    """What is said where the app may not read files."""
    back = blocks.actions([blocks.button(labels.BACK, page.OPEN, programme.id)])
    return blocks.modal("programme.no_files", said.BRING_IN, [blocks.section(said.NO_SCOPE), *back])


def filled(view: View) -> Filled:
    """The list that was handed in."""
    return payload.filled(Filled, view)

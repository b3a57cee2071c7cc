"""The form in which an admin brings a list into a programme, and what is said where files can't be read."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, payload, refusals
from handlers.block_kit.blocks import View
from handlers.block_kit.payload import Id
from handlers.pairing import page
from relationships.cohorts.programme import Programme, Side

FORM = "programme.list_form"
SCOPE = "files:read"
SIDES: dict[Side, str] = {
    "mentees": "Mentees: people who look for a mentor",
    "mentors": "Mentors: people who would mentor",
    "pairs": "Pairs: who is pinned or banned",
}
problems = refusals.under("list_file")
_COLUMNS = (
    "Each row needs a `slack_id` or an `email`. `wishes` are people, dearest first; `needs` and `wants` are "
    "topics; `places` says how many somebody mentors. In a list of pairs: `mentee`, `mentor`, and `pin` or "
    "`ban` as `decision`."
)
_NO_SCOPE = (
    "*I may not read files here.* Somebody who manages apps can grant that (`files:read`).\n"
    "Until then it can be done where Waymark runs: `waymark pair mentees.csv mentors.csv --pairs pairs.csv "
    '--write` pairs from lists, and `waymark propose pairs.csv --programme "…" --send` proposes the pairs.'
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The list that was handed in: the ids of files in Slack, of which there is one."""

    programme_id: Id
    list_file: tuple[Id, ...] = ()
    side: Side = "mentees"


def form(programme: Programme) -> View:
    """The form."""
    sides = [blocks.option(label, value) for value, label in SIDES.items()]
    fields = [
        blocks.field("side", "What's in it?", blocks.radio(sides, "mentees")),
        blocks.field("list_file", "The list, as CSV", blocks.file_input(["csv", "tsv", "txt"])),
        blocks.context(_COLUMNS),
        *blocks.actions([blocks.button("Back", page.OPEN, programme.id)]),
    ]
    metadata = json.dumps({"programme_id": programme.id})
    return blocks.modal(FORM, "Bring in a list", fields, submit="Read it", metadata=metadata)


def not_granted(programme: Programme) -> View:
    """What is said where the app may not read files."""
    back = blocks.actions([blocks.button("Back", page.OPEN, programme.id)])
    return blocks.modal("programme.no_files", "Bring in a list", [blocks.section(_NO_SCOPE), *back])


def filled(view: View) -> Filled:
    """The list that was handed in."""
    return payload.filled(Filled, view)

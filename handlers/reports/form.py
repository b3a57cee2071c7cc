"""The form of a quiet report, of whatever joins people; nothing is sent before it is submitted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.block_kit import blocks, payload
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
from handlers.interactions.conversation import Bonded
from handlers.reports import words
from kernel.values import Document, PersonId
from mentoring.admins.reports import LONGEST, NewReport

OPEN = "report.open"
FORM = "session.report_form"  # as it was called when there was one for talks alone
_END, _APART = "end", "apart"


@dataclass(frozen=True, slots=True)
class Filled:
    """What a report says, and of what: its kind and its id."""

    of: Id
    id: Id
    text: str = ""
    about: str = ""
    also: tuple[str, ...] = ()

    @property
    def said(self) -> NewReport:
        """What is reported, and what is wished besides."""
        return NewReport(
            text=self.text.strip(),
            about=self.about,
            ends=_END in self.also,
            keep_apart=_APART in self.also,
        )


def button(kind: str, id: str) -> Element:
    """The way to the form."""
    return blocks.button(words.SOMETHING_IS_WRONG, OPEN, f"{kind} {id}")


def pressed(value: str) -> tuple[str, str]:
    """The kind and the id of what a button stands for."""
    return payload.words(tuple[Id, Id], value)


def form(bonded: Bonded, it: Document, me: PersonId, names: Mapping[PersonId, str]) -> View:
    """The form; with a choice where there are several whom it may be about, who are called by *names*."""
    also = [blocks.option(words.NEVER_MATCH, _APART)]
    if bonded.bond.can_end(it, me):
        also.insert(0, blocks.option(bonded.end, _END))
    shown = [
        *_about(bonded, it, me, names),
        blocks.field("text", words.WHAT_HAPPENED, blocks.text_input(multiline=True, at_most=LONGEST)),
        blocks.field("also", words.AND_ALSO, blocks.checkboxes(also), optional=True),
        blocks.context(bonded.follows),
    ]
    metadata = json.dumps({"of": it.kind, "id": it.id})
    return blocks.modal(FORM, words.SOMETHING_IS_WRONG, shown, submit=words.TELL_ADMINS, metadata=metadata)


def _about(bonded: Bonded, it: Document, me: PersonId, names: Mapping[PersonId, str]) -> list[Block]:
    """Who reads it, and where there are several, whom it is about."""
    others = bonded.bond.others(it, me)
    if len(others) == 1:
        return [blocks.section(words.OF_ONE)]
    called = {each: bonded.label(it, each, names.get(each) or words.SOMEONE) for each in others}
    menu = blocks.menu([blocks.option(label, bonded.bond.key(it, each)) for each, label in called.items()])
    return [blocks.section(words.OF_SEVERAL), blocks.field("about", words.ABOUT_WHOM, menu)]


def sent(shown: Sequence[Block]) -> View:
    """What a report's form becomes once it has been sent."""
    return blocks.modal("window", words.REPORT_SENT, shown)

"""The form in which a sponsorship is asked for or offered, and the one for the line: builders and parsers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.block_kit import blocks, labels, mrkdwn, payload, refusals
from handlers.block_kit.blocks import Element, View
from handlers.block_kit.payload import Id, Someone
from handlers.sponsorships import words
from relationships.sponsorships.sponsorship import LONGEST, LONGEST_LINE, Role, Sponsorship
from relationships.sponsorships.suggestions import Acquainted

FIND = "sponsor.find"
OFFER = "sponsor.offer"
FORM = "sponsor.ask"
LINE_FORM = "sponsor.line_form"
problems = refusals.under("who", what_for="wants")
line_problems = refusals.under("line")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form. *cause* is what led to it, so that submitting twice asks once."""

    cause: Id
    role: Role = "protege"
    who: Someone | None = None
    wants: str = ""
    line: str = ""
    draft_id: Id | None = None


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """The line for the room, as it was written."""

    sponsorship_id: Id
    line: str = ""


def find_button() -> Element:
    """The button that opens the form for one's own sponsor."""
    return blocks.button(words.FIND, FIND, "form")


def offer_button() -> Element:
    """The button that opens the form for whom one would sponsor."""
    return blocks.button(words.OFFER, OFFER, "form")


def form(filling: Filling, note: str = "", known: Sequence[Acquainted] = ()) -> View:
    """The form; *note* says above it what the person should know, and *known* who might be asked."""
    ways = blocks.radio([blocks.option(label, role) for role, label in words.WAYS.items()], filling.role)
    wants = blocks.text_input(
        initial=mrkdwn.fitting(filling.wants, LONGEST),
        multiline=True,
        placeholder=words.WANTS_EXAMPLE,
        at_most=LONGEST,
    )
    line = blocks.text_input(initial=filling.line, placeholder=words.EXAMPLE, at_most=LONGEST_LINE)
    fields = [
        blocks.field("role", words.WHICH_WAY, ways),
        blocks.field(
            "who",
            words.WHO,
            blocks.person_menu(filling.who),
            hint=words.WHO_HINT,
        ),
        blocks.field("wants", words.WHAT_FOR, wants, hint=words.THEY_READ),
        blocks.field(
            "line",
            words.YOUR_LINE,
            line,
            hint=words.YOUR_LINE_HINT,
            optional=True,
        ),
    ]
    kept = {"cause": filling.cause} | ({"draft_id": filling.draft_id} if filling.draft_id else {})
    above = [blocks.section(text) for text in (note, _might(known)) if text]
    shown = [blocks.context(words.RULE), *above, *fields]
    return blocks.modal(FORM, words.TITLE, shown, submit=words.ASK, metadata=json.dumps(kept))


def _might(known: Sequence[Acquainted]) -> str:
    """Who might be asked, for they may have seen the work; nothing where nobody is known."""
    if not known:
        return ""
    people = [words.so_often(mrkdwn.mention(it.person_id), it.times) for it in known]
    return words.worked_with(", ".join(people))


def filled(view: View) -> Filling:
    """What was submitted."""
    return payload.filled(Filling, view)


def line(it: Sponsorship) -> View:
    """The form of the line for the room."""
    text = blocks.text_input(initial=it.brief, placeholder=words.EXAMPLE, at_most=LONGEST_LINE)
    field = blocks.field(
        "line",
        words.LINE_FIELD,
        text,
        hint=words.LINE_HINT,
    )
    metadata = json.dumps({"sponsorship_id": it.id})
    return blocks.modal(LINE_FORM, words.MY_LINE_TITLE, [field], submit=labels.SAVE, metadata=metadata)


def line_filled(view: View) -> WrittenLine:
    """The line that was written."""
    return payload.filled(WrittenLine, view)

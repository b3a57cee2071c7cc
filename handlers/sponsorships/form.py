"""The form in which a sponsorship is asked for or offered, and the one for the line: builders and parsers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import Element, View
from handlers.block_kit.payload import Id, Someone
from relationships.sponsorships.sponsorship import LONGEST, LONGEST_LINE, Sponsorship
from relationships.sponsorships.sponsorships import Role
from relationships.sponsorships.suggestions import Acquainted

FIND = "sponsor.find"
OFFER = "sponsor.offer"
FORM = "sponsor.ask"
LINE_FORM = "sponsor.line_form"
problems = refusals.under("who", what_for="wants")
line_problems = refusals.under("line")

_WAYS: dict[Role, str] = {"protege": "Somebody speaks for me", "sponsor": "I speak for somebody"}
_RULE = (
    "A sponsor acts for you when you aren't there. It can't be anyone in your own reporting line, above "
    "or below."
)
_EXAMPLE = "Cut the import from six hours to one, and teaches others how"


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
class Written:
    """The line for the room, as it was written."""

    sponsorship_id: Id
    line: str = ""


def find_button() -> Element:
    """Return the button that opens the form for one's own sponsor."""
    return blocks.button("Find a sponsor", FIND, "form")


def offer_button() -> Element:
    """Return the button that opens the form for whom one would sponsor."""
    return blocks.button("Sponsor someone", OFFER, "form")


def form(filling: Filling, note: str = "", known: Sequence[Acquainted] = ()) -> View:
    """Return the form; *note* says above it what the person should know, and *known* who might be asked."""
    ways = blocks.radio([blocks.option(label, role) for role, label in _WAYS.items()], filling.role)
    wants = blocks.text_input(
        initial=mrkdwn.fitting(filling.wants, LONGEST),
        multiline=True,
        placeholder="Lead the platform team one day",
        at_most=LONGEST,
    )
    line = blocks.text_input(initial=filling.line, placeholder=_EXAMPLE, at_most=LONGEST_LINE)
    fields = [
        blocks.field("role", "Which way round?", ways),
        blocks.field(
            "who",
            "Who?",
            blocks.person_menu(filling.who),
            hint="Ideally, pick somebody who has seen the work itself. They're asked at once.",
        ),
        blocks.field("wants", "What for?", wants, hint="They read this."),
        blocks.field(
            "line",
            "Your line for the room",
            line,
            hint="If somebody speaks for you: one line that they can say. You can write it later, too.",
            optional=True,
        ),
    ]
    kept = {"cause": filling.cause} | ({"draft_id": filling.draft_id} if filling.draft_id else {})
    above = [blocks.section(text) for text in (note, _might(known)) if text]
    shown = [blocks.context(_RULE), *above, *fields]
    return blocks.modal(FORM, "Sponsorship", shown, submit="Ask", metadata=json.dumps(kept))


def _might(known: Sequence[Acquainted]) -> str:
    """Who might be asked, for they may have seen the work; nothing where nobody is known."""
    if not known:
        return ""
    people = [
        f"{mrkdwn.mention(it.person_id)} ({'once' if it.times == 1 else f'{it.times} times'})" for it in known
    ]
    return f"*You've worked with people who are further along than you:* {', '.join(people)}."


def filled(view: View) -> Filling:
    """Return what was submitted."""
    return payload.filled(Filling, view)


def line(it: Sponsorship) -> View:
    """Return the form of the line for the room."""
    text = blocks.text_input(initial=it.brief, placeholder=_EXAMPLE, at_most=LONGEST_LINE)
    field = blocks.field(
        "line",
        "What should they say when you aren't there?",
        text,
        hint="One line. Your sponsor sees it. You can change it at any time.",
    )
    metadata = json.dumps({"sponsorship_id": it.id})
    return blocks.modal(LINE_FORM, "My line for the room", [field], submit="Save", metadata=metadata)


def line_filled(view: View) -> Written:
    """Return the line that was written."""
    return payload.filled(Written, view)

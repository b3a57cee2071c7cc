"""The form in which somebody looks for a mentor, and the one for the next mentor: builders and parsers."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Someone
from handlers.interactions import topics_menu
from handlers.mentor_search import words
from kernel.desk import Desk
from kernel.values import TopicId
from mentoring.model.new_request import MOST_TOPICS
from relationships.mentor_search.wish import LONGEST, NOTES, Part
from relationships.mentorships.mentorship import LONGEST_NOTE, Mentorship

OPEN = "mentor.form"
FORM = "mentor.wish"
PASS_ON = "mentor.pass_on"
problems = refusals.under("mentor", places="mentor")
pass_on_problems = refusals.under("wants", topics="wants", mentor="wants", places="wants")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form, or in that of a junior to learn from, where nobody can be named.

    *cause* is what led to it, so that submitting twice begins one search.
    """

    cause: Id
    wants: str = ""
    topics: tuple[TopicId, ...] = ()
    mentor: Someone | None = None
    draft_id: Id | None = None


@dataclass(frozen=True, slots=True)
class PassedOnChoices:
    """What a mentee lets the next mentor see."""

    cause: Id
    mentorship_id: Id
    wants: str = ""
    parts: tuple[Part, ...] = ()


def open_button(label: str = words.FIND_LONG_TERM) -> Element:
    """The button that opens an empty form."""
    return blocks.button(label, OPEN, "form")


def form(filling: Filling, desk: Desk, note: str = "") -> View:
    """The form."""
    fields = [
        *what(filling, desk, (words.GET_BETTER_AT, words.WHOEVER_READS, words.FOR_INSTANCE)),
        blocks.field(
            "mentor",
            words.IN_MIND,
            blocks.person_menu(filling.mentor),
            hint=words.ASKED_AT_ONCE,
            optional=True,
        ),
    ]
    return blocks.modal(
        FORM,
        words.FIND,
        [*([blocks.section(note)] if note else []), *fields],
        submit=words.LOOK,
        metadata=kept(filling),
    )


def what(filling: Filling, desk: Desk, said: tuple[str, str, str]) -> list[Block]:
    """The fields of what somebody is sought for; *said* is the first one's label, hint and example."""
    label, hint, example = said
    wants = blocks.text_input(
        initial=mrkdwn.fitting(filling.wants, LONGEST), multiline=True, placeholder=example, at_most=LONGEST
    )
    menu = topics_menu.menu(filling.topics, desk.topics, at_most=MOST_TOPICS)
    return [
        blocks.field("wants", label, wants, hint=hint),
        blocks.field("topics", words.ABOUT, menu, hint=words.MAY_BE_EMPTY, optional=True),
    ]


def kept(filling: Filling) -> str:
    """What the form keeps of what led to it."""
    return json.dumps({"cause": filling.cause} | ({"draft_id": filling.draft_id} if filling.draft_id else {}))


def filled(view: View) -> Filling:
    """What was submitted."""
    return payload.filled(Filling, view)


def pass_on(mentorship: Mentorship, suggested: str, cause: str) -> View:
    """The form that goes with handing over; each part is shown in full, and nothing is ticked."""
    goals = [(words.GOAL, goal) for goal in mentorship.goals]
    notes = [(words.NOTE, note.text) for note in mentorship.notes[-NOTES:]]
    boxes = [blocks.option(words.OUR_GOALS, "goals")] if goals else []
    boxes += [blocks.option(words.OUR_NOTES, "notes")] if notes else []
    wants = blocks.text_input(initial=mentorship.agreement.purpose, multiline=True, at_most=LONGEST)
    fields: list[Block] = [blocks.field("wants", words.FROM_HERE_ON, wants, hint=words.next_reads(suggested))]
    if boxes:
        ticks = blocks.checkboxes(boxes)
        fields += [
            blocks.field("parts", words.what_else(suggested), ticks, optional=True),
            *(blocks.labeled(label, text, LONGEST_NOTE) for label, text in [*goals, *notes]),
        ]
    metadata = json.dumps({"cause": cause, "mentorship_id": mentorship.id})
    return blocks.modal(PASS_ON, words.YOUR_NEXT, fields, submit=words.LOOK, metadata=metadata)


def passed_on(view: View) -> PassedOnChoices:
    """What was chosen to pass on."""
    return payload.filled(PassedOnChoices, view)

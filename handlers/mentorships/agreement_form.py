"""The form of what a mentor and a mentee agree on: builder and parser. Block ids are the fields' names."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.block_kit import blocks, labels, payload, refusals
from handlers.block_kit.blocks import Element, View
from handlers.block_kit.counts import counted
from handlers.block_kit.payload import Id, Number
from handlers.mentorships import words
from handlers.mentorships import words_of_forms as forms
from relationships.mentorships.agreement import EVERY_WEEKS, LONGEST, MINUTES, MONTHS, Agreement
from relationships.mentorships.mentorship import Mentorship

FORM = "mentorship.agreement_form"
problems = refusals.under("purpose", places="minutes")


@dataclass(frozen=True, slots=True)
class _Filled:
    mentorship_id: Id
    purpose: str = ""
    every_weeks: Number = 0
    minutes: Number = 0
    months: Number = 0
    rules: str = ""


def form(mentorship: Mentorship) -> View:
    """The form with what is agreed on now."""
    now = mentorship.agreement
    rules = blocks.text_input(initial=now.rules or words.usual_rules(), multiline=True, at_most=LONGEST)
    fields = [
        blocks.field("purpose", forms.WHAT_FOR, blocks.text_input(initial=now.purpose, at_most=LONGEST)),
        blocks.field("every_weeks", forms.HOW_OFTEN, _menu(now.every_weeks, _often())),
        blocks.field("minutes", forms.HOW_LONG, _menu(now.minutes, _labels(MINUTES, "minute"))),
        blocks.field("months", forms.HOW_MANY_MONTHS, _menu(now.months, _labels(MONTHS, "month"))),
        blocks.field("rules", forms.HOW_TO, rules),
    ]
    is_begun = mentorship.state != "agreeing"
    note = forms.APPLIES_NOW if is_begun else forms.ASKED_AGAIN
    metadata = json.dumps({"mentorship_id": mentorship.id})
    shown = [*fields, blocks.context(note)]
    return blocks.modal(FORM, forms.AGREEMENT, shown, submit=labels.SAVE, metadata=metadata)


def filled(view: View) -> tuple[str, Agreement]:
    """The mentorship, and what was written; usual rules left as they are are kept as none."""
    said = payload.filled(_Filled, view)
    rules = said.rules.strip()
    return said.mentorship_id, Agreement(
        purpose=said.purpose,
        every_weeks=said.every_weeks,
        minutes=said.minutes,
        months=said.months,
        rules="" if rules == words.usual_rules() else rules,
    )


def _menu(now: int, labels: Iterable[tuple[int, str]]) -> Element:
    return blocks.menu([blocks.option(label, str(value)) for value, label in labels], str(now))


def _often() -> list[tuple[int, str]]:
    return [(weeks, words.every(weeks).capitalize()) for weeks in EVERY_WEEKS]


def _labels(values: Iterable[int], one: str) -> list[tuple[int, str]]:
    return [(value, counted(value, one)) for value in values]

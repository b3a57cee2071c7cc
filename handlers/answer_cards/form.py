"""The form of an answer card: the words, then the same words as others will read them, to be checked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from handlers.answer_cards import words
from handlers.block_kit import blocks, labels, mrkdwn, payload, refusals
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.counts import counted
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.refusals import Problems
from relationships.answer_cards.answer_card import LONGEST_ANSWER, LONGEST_QUESTION, Words

FORM = "answer_card.form"
_FIELDS = ("question", "answer")
# Slack keeps what was typed in a field that is still there: words that were changed need fields of their own.
_SHOWN = ("shown_question", "shown_answer")
_HIDDEN = {"name": "name", "channel": "channel", "address": "address", "link": "link", "number": "number"}
_HIDDEN |= {"secret": "secret", "id": "id", "…": "other"}


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form: of a *session_id* that has no card yet, or of a *card_id*.

    *turn* is how often it was shown: from the first on it is a preview, in which the words can be changed.
    """

    session_id: Id | None = None
    card_id: Id | None = None
    turn: Number = 0
    question: str = ""
    answer: str = ""
    shown_question: str = ""
    shown_answer: str = ""
    unnamed: Annotated[bool, BeforeValidator(bool)] = False

    @property
    def words(self) -> Words:
        """What was typed."""
        if self.turn % 2:
            return Words(question=self.shown_question.strip(), answer=self.shown_answer.strip())
        return Words(question=self.question.strip(), answer=self.answer.strip())

    @property
    def problems(self) -> Problems:
        """What tells its problems, each under its field."""
        question, answer = _names(self.turn)
        return refusals.under(question, question=question, answer=answer)


def form(filled: Filled, said: Words, hidden: Mapping[str, int] | None = None) -> View:
    """The form with these words; what was *hidden* of them is said above."""
    question, answer = _names(filled.turn)
    above = (
        [blocks.context(words.HOW)]
        if not filled.turn
        else [blocks.context(words.READ), *_hidden(hidden or {})]
    )
    fields = [
        blocks.field(
            question,
            words.THE_QUESTION,
            blocks.text_input(initial=said.question, multiline=True),
            hint=words.question_hint(LONGEST_QUESTION),
        ),
        blocks.field(
            answer,
            words.THE_ANSWER,
            blocks.text_input(initial=said.answer, multiline=True),
            hint=words.answer_hint(LONGEST_ANSWER),
        ),
    ]
    ids = {"session_id": filled.session_id, "card_id": filled.card_id}
    kept = {name: id for name, id in ids.items() if id} | {"turn": filled.turn}
    return blocks.modal(
        FORM,
        words.FORM_TITLE if not filled.turn else words.PREVIEW_TITLE,
        [*above, *fields, *(_check() if filled.turn else [])],
        submit=words.PREVIEW if not filled.turn else labels.SAVE,
        metadata=json.dumps(kept),
    )


def filled(view: View) -> Filled:
    """What was submitted."""
    return payload.filled(Filled, view)


def _names(turn: int) -> Sequence[str]:
    return _SHOWN if turn % 2 else _FIELDS


def _check() -> list[Block]:
    box = blocks.checkboxes([blocks.option(words.UNNAMED, "unnamed")])
    return [blocks.field("unnamed", words.PLEASE_READ, box)]


def _hidden(hidden: Mapping[str, int]) -> list[Block]:
    counts = [_counted(count, _HIDDEN.get(kind, kind)) for kind, count in sorted(hidden.items()) if count]
    return [blocks.context(words.hidden(mrkdwn.listed(counts)))] if counts else []


def _counted(count: int, what: str) -> str:
    return counted(count, what, f"{what}es" if what.endswith("s") else "")

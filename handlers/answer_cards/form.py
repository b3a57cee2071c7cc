"""The form of an answer card: the words, then the same words as others will read them, to be checked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.refusals import Problems
from relationships.answer_cards.answer_card import LONGEST_ANSWER, LONGEST_QUESTION, Words

FORM = "answer_card.form"
_FIELDS = ("question", "answer")
# Slack keeps what was typed in a field that is still there: words that were changed need fields of their own.
_SHOWN = ("shown_question", "shown_answer")
_HOW = (
    "A few lines are enough. Next you see it as others would. They find it only once whoever asked agrees, "
    "too, and neither name is on it."
)
_READ = (
    "This is what others would read. I hide links, numbers and names of people I know. I can't spot a "
    "client, a team or a person described in other words: only you can."
)
_HIDDEN = {"name": "name", "channel": "channel", "address": "address", "link": "link", "number": "number"}
_HIDDEN |= {"secret": "secret", "id": "id", "…": "mark"}
_UNNAMED = "Nobody can tell from this who or which client it is about"


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
        """Return what was typed."""
        if self.turn % 2:
            return Words(question=self.shown_question.strip(), answer=self.shown_answer.strip())
        return Words(question=self.question.strip(), answer=self.answer.strip())

    @property
    def problems(self) -> Problems:
        """Return what tells its problems, each under its field."""
        question, answer = _names(self.turn)
        return refusals.under(question, question=question, answer=answer)


def form(filled: Filled, words: Words, hidden: Mapping[str, int] | None = None) -> View:
    """Return the form with these words; what was *hidden* of them is said above."""
    question, answer = _names(filled.turn)
    above = [blocks.context(_HOW)] if not filled.turn else [blocks.context(_READ), *_hidden(hidden or {})]
    fields = [
        blocks.field(
            question,
            "The question",
            blocks.text_input(initial=words.question, multiline=True),
            hint=f"As somebody else would ask it, in at most {LONGEST_QUESTION} characters.",
        ),
        blocks.field(
            answer,
            "The answer",
            blocks.text_input(initial=words.answer, multiline=True),
            hint=f"What helped, and when it doesn't apply. At most {LONGEST_ANSWER:,} characters.",
        ),
    ]
    ids = {"session_id": filled.session_id, "card_id": filled.card_id}
    kept = {name: id for name, id in ids.items() if id} | {"turn": filled.turn}
    return blocks.modal(
        FORM,
        "Write it down" if not filled.turn else "As others see it",
        [*above, *fields, *(_check() if filled.turn else [])],
        submit="Preview" if not filled.turn else "Save",
        metadata=json.dumps(kept),
    )


def filled(view: View) -> Filled:
    """Return what was submitted."""
    return payload.filled(Filled, view)


def _names(turn: int) -> Sequence[str]:
    return _SHOWN if turn % 2 else _FIELDS


def _check() -> list[Block]:
    box = blocks.checkboxes([blocks.option(_UNNAMED, "unnamed")])
    return [blocks.field("unnamed", "Please read it once as a stranger would", box)]


def _hidden(hidden: Mapping[str, int]) -> list[Block]:
    counts = [_counted(count, _HIDDEN.get(kind, kind)) for kind, count in sorted(hidden.items()) if count]
    return [blocks.context(f"*I've hidden {mrkdwn.listed(counts)}.*")] if counts else []


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}{'es' if what.endswith('s') else 's'}"

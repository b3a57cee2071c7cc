"""The forms of a second opinion: the question, the asker's own view, a view given, and what came of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
from handlers.interactions import topics_menu
from kernel.desk import Desk
from kernel.values import TopicId
from mentoring.model.new_request import MOST_TOPICS
from relationships.second_opinions.second_opinion import LONGEST, LONGEST_WORDS, Outcome, SecondOpinion

OPEN = "opinion.form"
ASK = "opinion.ask"
OWN_VIEW_FORM = "opinion.own_view_form"
VIEW_FORM = "opinion.view_form"
OUTCOME_FORM = "opinion.outcome_form"

OUTCOMES: dict[Outcome, str] = {
    "acted": "I acted on it",
    "otherwise": "I went another way",
    "open": "Still open",
}
_HOW = (
    "Up to three colleagues get the same question: at your level, with more experience, and earlier in their "
    "career, if I can find them. Each writes a few lines without seeing the others'. You read them beside "
    "each other."
)
_EXAMPLE = "Should we rewrite the importer, or mend it once more? It breaks every other week."
_SHORTENED = "Your text has {:,} characters, and {:,} fit, so that it takes nobody more than five minutes."
problems = refusals.under("question")
own_view_problems = refusals.under("own_view")
view_problems = refusals.under("view")
outcome_problems = refusals.under("came_of", outcome="came_of")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form of a question. *cause* is what led to it, so that it is filed once.

    *draft_id* is a draft that holds the whole text; *is_cautioned*: the person was told who could act on it
    in confidence.
    """

    cause: Id
    question: str = ""
    topics: tuple[TopicId, ...] = ()
    own_view: str = ""
    anonymous: Annotated[bool, BeforeValidator(bool)] = False
    is_cautioned: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A text about one second opinion: the asker's own view, or the view of somebody who was asked."""

    opinion_id: Id
    own_view: str = ""
    view: str = ""


@dataclass(frozen=True, slots=True)
class CameOf:
    """What came of it."""

    opinion_id: Id
    outcome: Outcome
    came_of: str = ""


def open_button(label: str = "Get a second opinion") -> Element:
    """Return the button that opens an empty form."""
    return blocks.button(label, OPEN, "form")


def form(filling: Filling, desk: Desk, care: Sequence[Block] = (), note: str = "") -> View:
    """Return the form of a question; *care* and *note* say above it what the person should know."""
    length = mrkdwn.width(filling.question)
    cut = _SHORTENED.format(length, LONGEST) if length > LONGEST else ""
    above = [blocks.section(" ".join(filter(None, [cut, note])))] if cut or note else []
    kept = {"cause": filling.cause, **({"is_cautioned": True} if filling.is_cautioned else {})}
    return blocks.modal(
        ASK,
        "Second opinion",
        [*care, *(above or [blocks.context(_HOW)]), *_fields(filling, desk)],
        submit="Ask anyway" if care else "Ask them",
        metadata=json.dumps(kept),
    )


def _fields(filling: Filling, desk: Desk) -> list[Block]:
    initial = mrkdwn.opening(filling.question, LONGEST)
    boxes = [blocks.option("Ask without my name", "anonymous")]
    named = blocks.checkboxes(boxes, ["anonymous"] if filling.anonymous else ())
    return [
        blocks.field("question", "Your question", _text(initial, _EXAMPLE)),
        blocks.field(
            "topics",
            "What is it about?",
            topics_menu.menu(filling.topics, desk.topics, at_most=MOST_TOPICS),
            hint="Leave it empty, and I'll go by your question if it says enough.",
            optional=True,
        ),
        blocks.field(
            "own_view",
            "What do you think yourself?",
            _text(filling.own_view),
            hint="Only you see this, beside the answers.",
            optional=True,
        ),
        blocks.field(
            "anonymous",
            "Your name",
            named,
            hint="They don't learn who asks, and you don't learn who answers.",
            optional=True,
        ),
    ]


def _text(initial: str = "", placeholder: str = "", at_most: int = LONGEST) -> Element:
    return blocks.text_input(initial=initial, placeholder=placeholder, multiline=True, at_most=at_most)


def filled(view: View) -> Filling:
    """Return what was submitted."""
    return payload.filled(Filling, view)


def own_view(opinion: SecondOpinion) -> View:
    """Return the form in which the asker writes what they think, before they read another's view."""
    field = blocks.field("own_view", "What do you think yourself?", _text(opinion.own_view))
    said = blocks.context("Only you see this, beside the answers. It can't be changed once they are here.")
    return _about(
        opinion, OWN_VIEW_FORM, "Your own view", [texts.reminder(opinion.question), field, said], "Save"
    )


def view(opinion: SecondOpinion, before: str) -> View:
    """Return the form in which somebody gives their view, or changes it."""
    hint = "A few lines are enough. What would you do, and why? What would change your mind?"
    field = blocks.field("view", "Your view", _text(before), hint=hint)
    return _about(opinion, VIEW_FORM, "Your view", [*texts.whole(opinion.question), field], "Send")


def outcome(opinion: SecondOpinion) -> View:
    """Return the form in which the asker says what came of it, in their own words."""
    options = [blocks.option(label, value) for value, label in OUTCOMES.items()]
    fields = [
        blocks.field("outcome", "What came of it?", blocks.radio(options)),
        blocks.field(
            "came_of",
            "In your own words",
            _text(at_most=LONGEST_WORDS),
            hint="Everyone who answered reads this.",
            optional=True,
        ),
    ]
    return _about(
        opinion, OUTCOME_FORM, "What came of it", [texts.reminder(opinion.question), *fields], "Tell them"
    )


def _about(opinion: SecondOpinion, form: str, title: str, shown: Sequence[Block], submit: str) -> View:
    metadata = json.dumps({"opinion_id": opinion.id})
    return blocks.modal(form, title, shown, submit=submit, metadata=metadata)


def written(view: View) -> Written:
    """Return the view that was written."""
    return payload.filled(Written, view)


def came_of(view: View) -> CameOf:
    """Return what came of it."""
    return payload.filled(CameOf, view)

"""The forms of a second opinion: the question, the asker's own view, a view given, and what came of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from handlers.block_kit import blocks, labels, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
from handlers.interactions import topics_menu
from handlers.second_opinions import words
from kernel.desk import Desk
from kernel.values import TopicId
from mentoring.model.new_request import MOST_TOPICS
from relationships.second_opinions.second_opinion import LONGEST, LONGEST_WORDS, Outcome, SecondOpinion

OPEN = "opinion.form"
ASK = "opinion.ask"
OWN_VIEW_FORM = "opinion.own_view_form"
VIEW_FORM = "opinion.view_form"
OUTCOME_FORM = "opinion.outcome_form"

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
class WrittenView:
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


def open_button(label: str = words.OPEN) -> Element:
    """The button that opens an empty form."""
    return blocks.button(label, OPEN, "form")


def form(filling: Filling, desk: Desk, care: Sequence[Block] = (), note: str = "") -> View:
    """The form of a question; *care* and *note* say above it what the person should know."""
    length = mrkdwn.width(filling.question)
    cut = words.SHORTENED.format(length, LONGEST) if length > LONGEST else ""
    above = [blocks.section(" ".join(filter(None, [cut, note])))] if cut or note else []
    kept = {"cause": filling.cause, **({"is_cautioned": True} if filling.is_cautioned else {})}
    return blocks.modal(
        ASK,
        words.TITLE,
        [*care, *(above or [blocks.context(words.HOW)]), *_fields(filling, desk)],
        submit=words.ASK_ANYWAY if care else words.ASK_THEM,
        metadata=json.dumps(kept),
    )


def _fields(filling: Filling, desk: Desk) -> list[Block]:
    initial = mrkdwn.opening(filling.question, LONGEST)
    boxes = [blocks.option(words.WITHOUT_NAME, "anonymous")]
    named = blocks.checkboxes(boxes, ["anonymous"] if filling.anonymous else ())
    return [
        blocks.field("question", words.QUESTION, _text(initial, words.EXAMPLE)),
        blocks.field(
            "topics",
            words.ABOUT,
            topics_menu.menu(filling.topics, desk.topics, at_most=MOST_TOPICS),
            hint=words.ABOUT_HINT,
            optional=True,
        ),
        blocks.field(
            "own_view",
            words.OWN_QUESTION,
            _text(filling.own_view),
            hint=words.OWN_HINT,
            optional=True,
        ),
        blocks.field(
            "anonymous",
            words.NAME,
            named,
            hint=words.NAME_HINT,
            optional=True,
        ),
    ]


def _text(initial: str = "", placeholder: str = "", at_most: int = LONGEST) -> Element:
    return blocks.text_input(initial=initial, placeholder=placeholder, multiline=True, at_most=at_most)


def filled(view: View) -> Filling:
    """What was submitted."""
    return payload.filled(Filling, view)


def own_view(opinion: SecondOpinion) -> View:
    """The form in which the asker writes what they think, before they read another's view."""
    field = blocks.field("own_view", words.OWN_QUESTION, _text(opinion.own_view))
    said = blocks.context(words.OWN_FOREVER)
    return _about(
        opinion, OWN_VIEW_FORM, words.OWN_TITLE, [texts.reminder(opinion.question), field, said], labels.SAVE
    )


def view(opinion: SecondOpinion, before: str) -> View:
    """The form in which somebody gives their view, or changes it."""
    hint = words.VIEW_HINT
    field = blocks.field("view", words.VIEW, _text(before), hint=hint)
    return _about(opinion, VIEW_FORM, words.VIEW, [*texts.whole(opinion.question), field], words.SEND)


def outcome(opinion: SecondOpinion) -> View:
    """The form in which the asker says what came of it, in their own words."""
    options = [blocks.option(label, value) for value, label in words.OUTCOMES.items()]
    fields = [
        blocks.field("outcome", words.WHAT_CAME, blocks.radio(options)),
        blocks.field(
            "came_of",
            words.WHAT_CAME_WORDS,
            _text(at_most=LONGEST_WORDS),
            hint=words.ALL_READ,
            optional=True,
        ),
    ]
    return _about(
        opinion,
        OUTCOME_FORM,
        words.WHAT_CAME_TITLE,
        [texts.reminder(opinion.question), *fields],
        words.TELL_THEM,
    )


def _about(opinion: SecondOpinion, form: str, title: str, shown: Sequence[Block], submit: str) -> View:
    metadata = json.dumps({"opinion_id": opinion.id})
    return blocks.modal(form, title, shown, submit=submit, metadata=metadata)


def written(view: View) -> WrittenView:
    """The view that was written."""
    return payload.filled(WrittenView, view)


def came_of(view: View) -> CameOf:
    """What came of it."""
    return payload.filled(CameOf, view)

"""The form in which a question is asked or edited: builder and parser. Block ids are the fields' names."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import BeforeValidator

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Number, Someone
from handlers.interactions import topics_menu
from kernel.desk import Desk
from kernel.threads import aside
from kernel.values import TopicId
from matching.topics.tagging import Suggestion, strip_tags, sure
from matching.values import Urgency
from mentoring.model.new_request import MOST_TOPICS, NewRequest
from mentoring.model.request import Request, Way, Wish

OPEN = "request.form"
ASK = "request.ask"
EDIT = "request.edit_form"
FEW = 3  # topics that somebody has to choose among
EVEN, LIKELY = 0.5, 0.15

URGENCIES = {
    Urgency.NOW: "Right now",
    Urgency.TODAY: "Within a day",
    Urgency.THIS_WEEK: "This week",
}
WISHES = {
    "any": "Whoever fits best",
    "peer": "Someone at my level",
    "senior": "Someone more experienced",
    "reverse": "Someone earlier in their career",
}
_SHORTENED = (
    "Your text has {:,} characters. The first {:,} are below, and the rest is kept: "
    "whoever helps you can read all of it."
)
_QUOTES = "This includes what {} wrote, and whoever I ask can read it. I won't ask them."
_EXAMPLE = "How do I find out why our nightly job got slow?"
problems = refusals.under("question", prefer="lane")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form. *cause* is what led to it, so that submitting twice files one request.

    *request_id* is set where a request is edited, *draft_id* where the text comes from a draft.
    *is_cautioned*: the person was told who could act on it in confidence; *is_again*: that they have it open
    already. *quotes* is whose words are in it.
    """

    cause: Id
    question: str = ""
    tried: str = ""
    topics: tuple[TopicId, ...] = ()
    urgency: Urgency = Urgency.TODAY
    lane: Wish = "any"
    minutes: Number = 25
    anonymous: Annotated[bool, BeforeValidator(bool)] = False
    prefer: Someone | None = None
    draft_id: Id | None = None
    request_id: Id | None = None
    is_cautioned: bool = False
    way: Way = "help"
    quotes: Someone | None = None
    is_again: bool = False


def open_button(label: str = "Ask a mentor") -> Element:
    """Return the button that opens an empty form."""
    return blocks.button(label, OPEN, "form", style="primary")


def of_request(request: Request, cause: str) -> Filling:
    """Return the form of a request that is to be edited."""
    return Filling(
        cause,
        question=request.question,
        tried=request.tried,
        topics=request.topics,
        urgency=request.urgency,
        lane=request.lane,
        minutes=request.minutes,
        anonymous=request.anonymous,
        request_id=request.id,
        way=request.way,
    )


async def guesses(text: str, desk: Desk) -> list[Suggestion]:
    """Return what a text may be about, judged by as much of it as fits into a question."""
    opening = mrkdwn.opening(text)
    return await aside(desk.guessed_topics, opening, is_quick=desk.topics.tagger.is_quick)


def guessed(filling: Filling, found: list[Suggestion]) -> Filling:
    """Return the form with those topics that it is about as likely as not."""
    return replace(filling, topics=probably_about(found))


async def with_guesses(filling: Filling, desk: Desk) -> Filling:
    """Return the form with the topics that its question is probably about."""
    return guessed(filling, await guesses(filling.question, desk))


def probably_about(found: list[Suggestion]) -> tuple[TopicId, ...]:
    """Return the few topics that are as likely as not, the likeliest first."""
    return _at_least(EVEN, found)


def likely(found: list[Suggestion]) -> tuple[TopicId, ...]:
    """Return the few topics worth asking about, the likeliest first; none where nothing is likely."""
    return _at_least(LIKELY, found) and tuple(TopicId(guess.topic_id) for guess in found[:FEW])


def _at_least(chance: float, found: list[Suggestion]) -> tuple[TopicId, ...]:
    return tuple(TopicId(guess.topic_id) for guess in found[:FEW] if guess.confidence >= chance)


def form(filling: Filling, desk: Desk, note: str = "", care: Sequence[Block] = ()) -> View:
    """Return the form; *note* and *care* say above it what the person should know."""
    length = mrkdwn.width(filling.question)
    notes = [note] if note else []
    if length > mrkdwn.SECTION:
        notes.append(_SHORTENED.format(length, mrkdwn.SECTION))
    if filling.quotes:
        notes.append(_QUOTES.format(mrkdwn.mention(filling.quotes)))
    is_edit = filling.request_id is not None
    return blocks.modal(
        EDIT if is_edit else ASK,
        "Change your question" if is_edit else "Ask a mentor",
        [*care, *(blocks.section(one) for one in notes if one), *_fields(filling, desk)],
        submit="Save" if is_edit else "Ask anyway" if care else "Ask",
        metadata=_metadata(filling),
    )


def _fields(filling: Filling, desk: Desk) -> list[Block]:
    is_unclear = bool(filling.question) and not filling.topics
    return [
        blocks.field(
            "question",
            "What are you stuck with?",
            blocks.text_input(
                initial=mrkdwn.opening(filling.question),
                multiline=True,
                placeholder=_EXAMPLE,
            ),
        ),
        blocks.field(
            "tried",
            "What have you tried?",
            blocks.text_input(initial=filling.tried, multiline=True, placeholder="Two lines help a lot"),
            optional=True,
        ),
        blocks.field(
            "topics",
            "What is it about?",
            topics_menu.menu(filling.topics, desk.topics, at_most=MOST_TOPICS),
            hint="" if is_unclear else "Leave it empty, and I'll go by your question if it says enough.",
            optional=not is_unclear,
        ),
        blocks.field("urgency", "Needed", blocks.radio(_options(URGENCIES), filling.urgency)),
        *(_from_whom(filling, desk) if filling.way == "help" else []),
        *([] if filling.request_id else [_name(filling)]),
    ]


def _from_whom(filling: Filling, desk: Desk) -> list[Block]:
    return [
        blocks.field("lane", "From whom?", blocks.radio(_options(WISHES), filling.lane)),
        blocks.field("minutes", "How long?", blocks.radio(_lengths(desk), str(filling.minutes))),
    ]


def _name(filling: Filling) -> Block:
    """Return the wish to stay anonymous, which can't be changed once people have been asked."""
    boxes = [blocks.option("Ask without my name", "anonymous")]
    element = blocks.checkboxes(boxes, ["anonymous"] if filling.anonymous else ())
    hint = "I'll pass messages on both ways. Names are shown only when you both agree."
    return blocks.field("anonymous", "Your name", element, hint=hint, optional=True)


def _options(labels: Any) -> list[Element]:
    return [blocks.option(label, value) for value, label in labels.items()]


def _lengths(desk: Desk) -> list[Element]:
    return [blocks.option(f"{minutes} minutes", str(minutes)) for minutes in desk.policy.session_minutes[:10]]


def _metadata(filling: Filling) -> str:
    kept = ("cause", "prefer", "draft_id", "request_id", "is_cautioned", "way", "quotes", "is_again")
    return json.dumps({name: getattr(filling, name) for name in kept if getattr(filling, name)})


def filled(view: View) -> Filling:
    """Return what was submitted."""
    return payload.filled(Filling, view)


async def new_request(filling: Filling, desk: Desk, continued: str = "") -> NewRequest:
    """Return the request that was written; no topics chosen means those that its words are surely about."""
    return NewRequest(
        question=strip_tags(filling.question),
        tried=filling.tried,
        topics=filling.topics or surely_about(await guesses(filling.question, desk)),
        urgency=filling.urgency,
        lane=filling.lane,
        minutes=filling.minutes,
        anonymous=filling.anonymous,
        prefer=filling.prefer,
        way=filling.way,
        draft_id=filling.draft_id,
        again=filling.is_again,
        continued=continued,
        excluded=frozenset(it for it in (filling.quotes,) if it and it != filling.prefer),
    )


def surely_about(found: list[Suggestion]) -> tuple[TopicId, ...]:
    """Return the topics to file at once, or none where that is unclear."""
    return tuple(TopicId(topic) for topic in sure(found))

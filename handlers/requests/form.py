"""The forms in which a question is asked, edited or given other topics. Block ids are the fields' names."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from secrets import token_hex
from typing import Annotated, Any, Literal, Protocol, TypeAlias

from pydantic import BeforeValidator

from handlers.block_kit import blocks, labels, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Number, Someone
from handlers.interactions import topics_menu
from handlers.requests import from_whom, words
from kernel.desk import Desk
from kernel.reading import aside
from kernel.values import PersonId, RequestId, TopicId
from matching.topics.similar_texts import says_something
from matching.topics.tagging import Suggestion, sure
from matching.values import Urgency
from mentoring.model.new_request import MOST_TOPICS, NewRequest
from mentoring.model.request import Request, Way, Wish
from mentoring.people import people
from mentoring.routing.shortlist import is_known_by_words
from sensing.text.language import language

TOPICS_FORM = "request.topics_form"
topics_problems = refusals.under("topics")

OPEN = "request.form"
MORE = "request.more_choices"
ASK = "request.ask"
EDIT = "request.edit_form"
USUAL_MINUTES = 25
FEW = 3  # topics that somebody has to choose among
EVEN, LIKELY = 0.5, 0.15

_KEPT = (
    "cause",
    "prefer",
    "draft_id",
    "request_id",
    "is_cautioned",
    "way",
    "quotes",
    "is_again",
    "by_words",
    "is_whole",
)
# Whether a question may go without a topic; *maybe* where it hasn't been read.
ByWords: TypeAlias = Literal["yes", "maybe", "no"]
problems = refusals.under("question", prefer="lane")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form. *cause* is what led to it, so that submitting twice files one request.

    *request_id* is set where a request is edited, *draft_id* where the text comes from a draft.
    *is_cautioned*: the person was told who could act on it in confidence; *is_again*: that they have it open
    already. *quotes* is whose words are in it. *by_words* says what becomes of it where no topic is chosen.
    *minutes* is None for the usual length. *is_whole*: fields that hold what is usual are shown, too.
    """

    cause: Id
    question: str = ""
    tried: str = ""
    topics: tuple[TopicId, ...] = ()
    urgency: Urgency = Urgency.TODAY
    lane: Wish = "any"
    minutes: Number | None = None
    anonymous: Annotated[bool, BeforeValidator(bool)] = False
    prefer: Someone | None = None
    draft_id: Id | None = None
    request_id: Id | None = None
    is_cautioned: bool = False
    way: Way = "help"
    quotes: Someone | None = None
    is_again: bool = False
    by_words: ByWords = "maybe"
    is_whole: bool = False


class Opener(Protocol):
    """Who opens a form, where and when: a press or a call."""

    @property
    def desk(self) -> Desk: ...
    @property
    def me(self) -> PersonId: ...
    @property
    def now(self) -> datetime: ...


def open_button(label: str = words.ASK_A_MENTOR) -> Element:
    """The button that opens an empty form."""
    return blocks.button(label, OPEN, "form", style="primary")


def of_request(request: Request, cause: str) -> Filling:
    """The form of a request that is to be edited."""
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
    """What a text may be about, judged by as much of it as fits into a question."""
    opening = mrkdwn.opening(text)
    return await aside(desk.guessed_topics, opening, is_quick=desk.topics.tagger.is_quick)


def guessed(filling: Filling, found: list[Suggestion]) -> Filling:
    """The form with those topics that it is about as likely as not, or from whom, where it says only that."""
    if lane := from_whom.wanted(filling.question):
        return replace(filling, lane=lane)
    return replace(filling, topics=probably_about(found))


async def with_guesses(filling: Filling, desk: Desk) -> Filling:
    """The form with the topics that its question is probably about."""
    return guessed(filling, await guesses(filling.question, desk))


def probably_about(found: list[Suggestion]) -> tuple[TopicId, ...]:
    """The few topics that are as likely as not, the likeliest first."""
    return _at_least(EVEN, found)


def likely(found: list[Suggestion]) -> tuple[TopicId, ...]:
    """The few topics worth asking about, the likeliest first; none where nothing is likely."""
    return _at_least(LIKELY, found) and tuple(TopicId(guess.topic_id) for guess in found[:FEW])


def is_begun(text: str, found: list[Suggestion]) -> bool:
    """Whether a question is only begun: neither its words nor a topic say what it is about.

    As *How do I*, or *Give me somebody senior*.
    """
    return from_whom.wanted(text) is not None or not (likely(found) or says_something(text))


def _at_least(chance: float, found: list[Suggestion]) -> tuple[TopicId, ...]:
    return tuple(TopicId(guess.topic_id) for guess in found[:FEW] if guess.confidence >= chance)


async def opened(filling: Filling, by: Opener, note: str = "", care: Sequence[Block] = ()) -> View:
    """The form, with what becomes of its question where no topic is chosen; see `form`."""
    told = replace(filling, by_words=await _by_words(filling.question, by.desk, by.me, by.now))
    is_untold = told.by_words == "no" and not told.topics
    return form(told, by.desk, note or (_untold(filling.question) if is_untold else ""), care)


def _untold(question: str) -> str:
    spoken = language(question)
    return words.untold_in(spoken) if spoken else words.UNTOLD


async def _by_words(question: str, desk: Desk, me: PersonId, now: datetime) -> ByWords:
    if await people.open_to_anything(desk, me):
        return "yes"
    if from_whom.wanted(question) or not says_something(question):
        return "maybe"
    is_sure = surely_about(await guesses(question, desk))
    return "yes" if is_sure or await is_known_by_words(desk, me, question, now) else "no"


async def going_by_words(new: NewRequest, desk: Desk, me: PersonId, now: datetime) -> NewRequest:
    """The request; it may go without a topic where its words find somebody, or people take any question."""
    if new.topics:
        return new
    may_go = await _by_words(new.question.strip(), desk, me, now) == "yes"
    return new.model_copy(update={"anything": may_go})


def form(filling: Filling, desk: Desk, note: str = "", care: Sequence[Block] = ()) -> View:
    """The form; *note* and *care* say above it what the person should know."""
    length = mrkdwn.width(filling.question)
    notes = [note] if note else []
    if length > mrkdwn.SECTION:
        notes.append(words.shortened(length, mrkdwn.SECTION))
    if filling.quotes:
        notes.append(words.quotes(mrkdwn.mention(filling.quotes)))
    is_edit = filling.request_id is not None
    return blocks.modal(
        EDIT if is_edit else ASK,
        words.CHANGE_YOUR_QUESTION if is_edit else words.ASK_A_MENTOR,
        [*care, *(blocks.section(one) for one in notes if one), *_fields(filling, desk)],
        submit=labels.SAVE if is_edit else words.ASK_ANYWAY if care else words.ASK,
        metadata=_metadata(filling),
    )


def _fields(filling: Filling, desk: Desk) -> list[Block]:
    """What every question has to say, and what else was chosen; the rest is one press away."""
    more = _choices(filling, desk)
    folded = [] if filling.is_whole else [name for name in more if name not in _chosen(filling, desk)]
    shown = [block for name, block in more.items() if name not in folded]
    return [*_always(filling, desk), *shown, *(_rest(folded, filling, desk) if folded else [])]


def _always(filling: Filling, desk: Desk) -> list[Block]:
    opening = mrkdwn.opening(filling.question)
    question = blocks.text_input(initial=opening, multiline=True, placeholder=words.EXAMPLE)
    return [
        blocks.field("question", words.STUCK_WITH, question),
        blocks.field(
            "topics",
            words.ABOUT,
            topics_menu.menu(filling.topics, desk.topics, at_most=MOST_TOPICS),
            hint=words.LEFT_EMPTY[filling.by_words],
            optional=filling.by_words != "no",
        ),
        blocks.field("urgency", words.NEEDED, blocks.radio(_options(words.URGENCIES), filling.urgency)),
    ]


def _choices(filling: Filling, desk: Desk) -> dict[str, Block]:
    """The other fields by name. A name can't be hidden any more once people have been asked."""
    of_help = _from_whom(filling, desk) if filling.way == "help" else {}
    name = {} if filling.request_id else {"anonymous": _name(filling)}
    return {"tried": _tried(filling), **of_help, **name}


def _chosen(filling: Filling, desk: Desk) -> set[str]:
    """Which of the other fields hold something else than what is usual."""
    is_chosen = {
        "tried": bool(filling.tried),
        "lane": filling.lane != "any",
        "minutes": filling.minutes not in (None, _usual_minutes(desk)),
        "anonymous": filling.anonymous,
    }
    return {name for name, chosen in is_chosen.items() if chosen}


def _rest(folded: Sequence[str], filling: Filling, desk: Desk) -> list[Block]:
    """What is usual, in words, and the button that shows its fields."""
    usual = words.usual(
        lane="lane" in folded and not filling.prefer,
        minutes=_usual_minutes(desk) if "minutes" in folded else None,
        name="anonymous" in folded,
    )
    button = blocks.button(words.MORE_CHOICES, MORE, "form")
    return [*([blocks.context(usual)] if usual else []), *blocks.actions([button])]


def _tried(filling: Filling) -> Block:
    element = blocks.text_input(initial=filling.tried, multiline=True, placeholder=words.TWO_LINES)
    return blocks.field("tried", words.TRIED, element, optional=True)


def _from_whom(filling: Filling, desk: Desk) -> dict[str, Block]:
    minutes = filling.minutes or _usual_minutes(desk)
    return {
        "lane": blocks.field("lane", words.FROM_WHOM, blocks.radio(_options(words.WISHES), filling.lane)),
        "minutes": blocks.field("minutes", words.HOW_LONG, blocks.radio(_lengths(desk), str(minutes))),
    }


def _name(filling: Filling) -> Block:
    boxes = [blocks.option(words.WITHOUT_NAME, "anonymous")]
    element = blocks.checkboxes(boxes, ["anonymous"] if filling.anonymous else ())
    hint = words.NAMES_LATER
    return blocks.field("anonymous", words.YOUR_NAME, element, hint=hint, optional=True)


def _usual_minutes(desk: Desk) -> int:
    """The length that a question takes where none was chosen: the one nearest to 25 minutes."""
    return min(desk.policy.session_minutes, key=lambda minutes: (abs(minutes - USUAL_MINUTES), minutes))


class _Standing(payload.Sent):
    """What of a form that stands before somebody may be sent again."""

    type: Literal["modal"]
    callback_id: str
    title: Element
    submit: Element
    close: Element
    blocks: tuple[Block, ...]


def unfolded(view: Mapping[str, Any], desk: Desk) -> View:
    """The form that stands there with every field: what was typed and what is said above it stay."""
    standing, filling = payload.read(_Standing, view), replace(filled(view), is_whole=True)
    above = takewhile(lambda block: block.get("block_id") != "question", standing.blocks)
    shown = [*above, *_fields(filling, desk)]
    return {**standing.model_dump(), "blocks": shown, "private_metadata": _metadata(filling)}


def _options(labels: Any) -> list[Element]:
    return [blocks.option(label, value) for value, label in labels.items()]


def _lengths(desk: Desk) -> list[Element]:
    return [
        blocks.option(words.minutes(minutes), str(minutes)) for minutes in desk.policy.session_minutes[:10]
    ]


def _metadata(filling: Filling) -> str:
    return json.dumps({name: getattr(filling, name) for name in _KEPT if getattr(filling, name)})


def filled(view: Mapping[str, Any]) -> Filling:
    """What was submitted."""
    return payload.filled(Filling, view)


async def new_request(filling: Filling, desk: Desk, continued: str = "") -> NewRequest:
    """The request that was written; no topics chosen means those that its words are surely about."""
    return NewRequest(
        question=desk.topics.tagger.strip_tags(filling.question),
        tried=filling.tried,
        topics=filling.topics or surely_about(await guesses(filling.question, desk)),
        urgency=filling.urgency,
        lane=filling.lane,
        minutes=filling.minutes or _usual_minutes(desk),
        anonymous=filling.anonymous,
        mask=token_hex(8) if filling.anonymous else "",
        prefer=filling.prefer,
        way=filling.way,
        draft_id=filling.draft_id,
        again=filling.is_again,
        continued=continued,
        excluded=frozenset(it for it in (filling.quotes,) if it and it != filling.prefer),
    )


def surely_about(found: list[Suggestion]) -> tuple[TopicId, ...]:
    """The topics to file at once, or none where that is unclear."""
    return tuple(TopicId(topic) for topic in sure(found))


def topics_form(request: Request, desk: Desk) -> View:
    """The form with the request's topics chosen."""
    menu = topics_menu.menu(request.topics, desk.topics, at_most=MOST_TOPICS)
    shown = [texts.reminder(request.question), blocks.field("topics", words.ABOUT, menu)]
    metadata = json.dumps({"request_id": request.id})
    return blocks.modal(TOPICS_FORM, words.CHANGE_TOPICS, shown, submit=labels.SAVE, metadata=metadata)


@dataclass(frozen=True, slots=True)
class _FilledTopics:
    request_id: Id
    topics: tuple[TopicId, ...] = ()


def topics_chosen(view: View) -> tuple[RequestId, tuple[TopicId, ...]]:
    """Which request, and its new topics."""
    filled = payload.filled(_FilledTopics, view)
    return RequestId(filled.request_id), filled.topics

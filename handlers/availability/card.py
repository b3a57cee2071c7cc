"""The card that answers a remark: what was done or can be chosen, the way back, and the two forms of it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo

from handlers import status
from handlers.availability import words
from handlers.block_kit import blocks, labels, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import WORD, Id
from handlers.interactions import pause_words, topics_menu
from handlers.profile import form as profile_form
from handlers.requests import form as request_form
from kernel.desk import Desk
from kernel.values import TopicId
from mentoring.model.load import Load
from mentoring.model.person import Person
from mentoring.model.remark import Intent, Remark
from mentoring.model.request import Request

PAUSE = "remark.pause"
OTHER_DAY = "remark.other_day"
WEEKLY = "remark.weekly"
ONLY = "remark.only"
STOP = "remark.stop"
UNDO = "remark.undo"
CHOOSE = "remark.choose"
QUESTION = "remark.question"
DAY_FORM = "remark.day_form"
ONLY_FORM = "remark.only_form"
USUAL_PAUSE = "until next week"
ABOUT_QUESTIONS: frozenset[Intent] = frozenset({"status", "withdraw", "complaint"})
problems = refusals.under("topics", topics="topics", until="until")
Shown: TypeAlias = list[Block]


@dataclass(frozen=True, slots=True)
class RemarkContext:
    """What a remark is answered with besides: its writer, what they carry, their open questions."""

    person: Person
    load: Load
    questions: Sequence[Request] = ()


def card(remark: Remark, around: RemarkContext, desk: Desk, now: datetime) -> Shown:
    """The answer as things stand."""
    if said := _TOLD.get(remark.meant):
        return said(remark, around, desk)
    if remark.meant in ABOUT_QUESTIONS:
        return _questions(remark, around, desk, now)
    if remark.changed and not remark.is_choosing:
        done = _DONE[remark.changed](remark, around, desk, now)
        return [blocks.section(done), *blocks.actions(_after(remark, around, now))]
    if remark.is_undone and not remark.is_choosing:
        gone = words.STAYS_WITH_OTHERS if remark.moved else ""
        undone = words.undone(_standing(around.person, desk, now), gone)
        return [blocks.section(undone), *blocks.actions([_change(remark), _as_question(remark)])]
    return _choices(remark, around, desk, now)


def _welcome(_remark: Remark, _around: RemarkContext, _desk: Desk) -> Shown:
    return [blocks.section(words.WELCOME)]


def _hello(_remark: Remark, _around: RemarkContext, _desk: Desk) -> Shown:
    ask = blocks.actions([request_form.open_button()])
    return [blocks.section(words.HELLO), *ask, blocks.context(words.MORE)]


def _about(remark: Remark, _around: RemarkContext, _desk: Desk) -> Shown:
    ways = blocks.actions([request_form.open_button(), _as_question(remark)])
    return [blocks.section(words.ABOUT), *ways, blocks.context(words.ABOUT_MORE)]


def _settings(remark: Remark, _around: RemarkContext, _desk: Desk) -> Shown:
    form = blocks.button(words.CHANGE_SETTINGS, profile_form.OPEN, "home", style="primary")
    return [blocks.section(words.SETTINGS), *blocks.actions([form, _as_question(remark)])]


def _data(remark: Remark, _around: RemarkContext, _desk: Desk) -> Shown:
    return [blocks.section(words.DATA), *blocks.actions([_as_question(remark)])]


def _sorry(remark: Remark, around: RemarkContext, desk: Desk) -> Shown:
    open_ones = status.overview(around.questions, desk) if around.questions else []
    ways = blocks.actions([request_form.open_button(), _as_question(remark)])
    return [blocks.section(words.SORRY), *open_ones, *ways]


_TOLD: Mapping[Intent, Callable[[Remark, RemarkContext, Desk], Shown]] = {
    "thanks": _welcome,
    "greeting": _hello,
    "about": _about,
    "settings": _settings,
    "data": _data,
    "complaint": _sorry,
}


def _questions(remark: Remark, around: RemarkContext, desk: Desk, now: datetime) -> Shown:
    which = words.WHICH_TO_WITHDRAW if remark.meant == "withdraw" and around.questions else ""
    stands = _standing(around.person, desk, now)
    return [
        *status.overview(around.questions, desk, which),
        *([blocks.context(stands)] if around.person.is_helper or around.person.is_paused(now) else []),
        *blocks.actions([_as_question(remark)]),
    ]


def _choices(remark: Remark, around: RemarkContext, desk: Desk, now: datetime) -> Shown:
    if not around.person.is_helper and remark.changed is None and remark.meant != "pause":
        ways = [blocks.button(words.CHOOSE_TOPICS, profile_form.OPEN, "home"), _as_question(remark)]
        return [blocks.section(words.NOTHING_TO_STOP), *blocks.actions(ways)]
    lead = words.WHAT_WOULD_SUIT if remark.changed or remark.is_undone else _lead(remark, now)
    stands = [blocks.context(_standing(around.person, desk, now))] if around.person.is_helper else []
    return [blocks.section(lead), *stands, *blocks.actions(_ways(remark, around, desk, now))]


def _lead(remark: Remark, now: datetime) -> str:
    if remark.meant == "pause" and remark.when and not pause_words.names_time(remark.when, now):
        return words.until_when(mrkdwn.quoted(remark.when, 60))
    return words.LEADS[remark.meant]


def _ways(remark: Remark, around: RemarkContext, desk: Desk, now: datetime) -> list[Element]:
    person = around.person
    until = pause_words.paused_until(pause_named(remark, now), now, person, desk.policy)
    pause = [blocks.button(words.pause_until(_on_button(until, person)), PAUSE, remark.id)] if until else []
    ways = [*pause, blocks.button(words.PAUSE_UNTIL, OTHER_DAY, remark.id)]
    if person.is_helper or remark.changed == "stop":
        topics = words.ONLY_THESE if len(person.topics) > 1 else words.ONLY_SOME
        ways += [
            blocks.button(words.ONE_A_WEEK, WEEKLY, remark.id),
            blocks.button(f"{topics} …", ONLY, remark.id),
            blocks.button(words.STOP, STOP, remark.id, style="danger"),
        ]
    return [*ways, *([_undo(remark)] if remark.changed else []), _as_question(remark)]


def pause_named(remark: Remark, now: datetime) -> str:
    """The words for the end of a pause that is offered: those of the remark where they name a time."""
    return remark.when if pause_words.names_end(remark.when, now) else USUAL_PAUSE


def _on_button(until: datetime, person: Person) -> str:
    """A day as it stands on a button, where Slack shows no dates of its own."""
    there = until.astimezone(ZoneInfo(person.zone))
    return f"{there:%a} {there.day} {there:%b}"


def _is_over(remark: Remark, now: datetime) -> bool:
    """Whether the pause that was set has come to its end."""
    return remark.changed == "pause" and remark.until is not None and remark.until <= now


def _after(remark: Remark, around: RemarkContext, now: datetime) -> list[Element]:
    if _is_over(remark, now):
        return []
    if remark.changed == "resume" and not around.person.is_helper:
        return [blocks.button(words.CHOOSE_TOPICS, profile_form.OPEN, "home")]
    return [_undo(remark), _change(remark), _as_question(remark)]


def _undo(remark: Remark) -> Element:
    return blocks.button(labels.UNDO, UNDO, remark.id)


def _change(remark: Remark) -> Element:
    return blocks.button(labels.CHANGE, CHOOSE, remark.id)


def _as_question(remark: Remark) -> Element:
    return blocks.button(words.MEANT_AS_QUESTION, QUESTION, remark.id)


def _standing(person: Person, desk: Desk, now: datetime) -> str:
    """How somebody is asked now."""
    until = person.back_at
    if until and person.is_paused(now):
        return words.you_are_paused(mrkdwn.weekday_moment(until))
    return profile_form.summary(person, desk) if person.is_helper else words.NOT_ASKED


def _paused(remark: Remark, around: RemarkContext, desk: Desk, now: datetime) -> str:
    until = mrkdwn.weekday_moment(remark.until or now)
    if _is_over(remark, now):
        return words.pause_over(until, _standing(around.person, desk, now))
    return words.paused_until(until, _moved(remark))


def _moved(remark: Remark) -> str:
    if remark.moved == 0:
        return ""
    if remark.moved == 1:
        return words.QUESTION_MOVED
    return words.questions_moved(remark.moved)


def _weekly(remark: Remark, around: RemarkContext, desk: Desk, now: datetime) -> str:
    limit = remark.weekly or 1
    again = around.load.asked_again_at(limit, now)
    had = words.had_them(limit, mrkdwn.weekday_moment(again)) if again else ""
    most = words.ONE_QUESTION if limit == 1 else words.questions(limit)
    return words.at_most_a_week(most, had)


def _only(remark: Remark, around: RemarkContext, desk: Desk, now: datetime) -> str:
    kept = _named(remark.only, desk)
    before = remark.before.topics if remark.before else {}
    dropped = [topic for topic in before if topic not in remark.only]
    left_out = words.left_out(_named(dropped, desk)) if dropped else ""
    return mrkdwn.cut(words.only_about(kept, left_out), mrkdwn.SECTION)


def _named(topics: Sequence[TopicId], desk: Desk) -> str:
    named = [texts.label(desk.topics, topic) for topic in topics]
    return mrkdwn.listed(named if len(named) <= 12 else [*named[:12], words.more(len(named) - 12)])


def _stopped(remark: Remark, around: RemarkContext, desk: Desk, now: datetime) -> str:
    return words.stopped(_moved(remark))


def _resumed(remark: Remark, around: RemarkContext, desk: Desk, now: datetime) -> str:
    other = words.CHOOSE_FIRST
    return words.welcome_back(words.CAN_BE_ASKED if around.person.is_helper else other)


_DONE = {"pause": _paused, "weekly": _weekly, "only": _only, "stop": _stopped, "resume": _resumed}


@dataclass(frozen=True, slots=True)
class Until:
    """Until when, as it was chosen."""

    remark_id: Annotated[str, WORD]
    until: datetime


@dataclass(frozen=True, slots=True)
class Only:
    """About which topics alone."""

    remark_id: Annotated[str, WORD]
    topics: tuple[TopicId, ...] = ()


def day_form(remark_id: Id, until: datetime) -> View:
    """The form for the end of a pause."""
    field = blocks.field("until", words.UNTIL_WHEN, blocks.date_time_picker(until))
    metadata = json.dumps({"remark_id": remark_id})
    return blocks.modal(DAY_FORM, words.PAUSE, [field], submit=words.PAUSE_ME, metadata=metadata)


def only_form(remark_id: Id, chosen: Sequence[TopicId], desk: Desk) -> View:
    """The form for the topics that somebody is asked about alone."""
    menu = topics_menu.menu(chosen, desk.topics, at_most=50)
    field = blocks.field("topics", words.ONLY_ABOUT, menu)
    metadata = json.dumps({"remark_id": remark_id})
    return blocks.modal(ONLY_FORM, words.ONLY_THESE, [field], submit=labels.SAVE, metadata=metadata)


def day_filled(view: View) -> Until:
    """What was submitted."""
    return payload.filled(Until, view)


def only_filled(view: View) -> Only:
    """What was submitted."""
    return payload.filled(Only, view)

"""The card that answers a remark: what was done or can be chosen, the way back, and the two forms of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo

from handlers import status
from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
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
ABOUT_QUESTIONS: frozenset[Intent] = frozenset({"status", "withdraw"})
_LEADS = {
    "pause": "*Until when shall I pause you?*",
    "busy": "*Shall I ask you less for a while?*",
    "fewer": "*Shall I ask you less?*",
    "only": "*Which topics shall I ask you about?*",
    "without": "*Which topics shall I still ask you about?*",
    "stop": "*Shall I ask you less, or nothing at all?*",
    "resume": "*How shall I ask you?*",
}
_NOTHING_TO_STOP = "*I'm not asking you for help at the moment*, so there's nothing to change."
_HELLO = "*Hi! What are you stuck with?* Write it here in your own words, and I'll find someone who can help."
_MORE = "`/ask-mentor help` shows what else I can do."
problems = refusals.under("topics", topics="topics", until="until")
Shown: TypeAlias = list[Block]


@dataclass(frozen=True, slots=True)
class Around:
    """What a remark is answered with besides: its writer, what they carry, their open questions."""

    person: Person
    load: Load
    questions: Sequence[Request] = ()


def card(remark: Remark, around: Around, desk: Desk, now: datetime) -> Shown:
    """Return the answer as things stand."""
    if remark.meant == "thanks":
        return [blocks.section("You're welcome!")]
    if remark.meant == "greeting":
        return [blocks.section(_HELLO), *blocks.actions([request_form.open_button()]), blocks.context(_MORE)]
    if remark.meant in ABOUT_QUESTIONS:
        return _questions(remark, around, desk, now)
    if remark.changed and not remark.is_choosing:
        said = _DONE[remark.changed](remark, around, desk, now)
        return [blocks.section(said), *blocks.actions(_after(remark, around, now))]
    if remark.is_undone and not remark.is_choosing:
        gone = " What went to others stays with them." if remark.moved else ""
        said = f"*Undone.* {_standing(around.person, desk, now)}{gone}"
        return [blocks.section(said), *blocks.actions([_change(remark), _as_question(remark)])]
    return _choices(remark, around, desk, now)


def _questions(remark: Remark, around: Around, desk: Desk, now: datetime) -> Shown:
    which = "*Which one shall I withdraw?*" if remark.meant == "withdraw" and around.questions else ""
    stands = _standing(around.person, desk, now)
    return [
        *status.overview(around.questions, desk, which),
        *([blocks.context(stands)] if around.person.is_paused(now) else []),
        *blocks.actions([_as_question(remark)]),
    ]


def _choices(remark: Remark, around: Around, desk: Desk, now: datetime) -> Shown:
    if not around.person.is_helper and remark.changed is None and remark.meant != "pause":
        ways = [blocks.button("Choose my topics", profile_form.OPEN, "home"), _as_question(remark)]
        return [blocks.section(_NOTHING_TO_STOP), *blocks.actions(ways)]
    lead = "*What would suit you better?*" if remark.changed or remark.is_undone else _lead(remark)
    stands = [blocks.context(_standing(around.person, desk, now))] if around.person.is_helper else []
    return [blocks.section(lead), *stands, *blocks.actions(_ways(remark, around, desk, now))]


def _lead(remark: Remark) -> str:
    if remark.meant == "pause" and remark.when:
        return f"*Until when?* I don't understand {mrkdwn.quoted(remark.when, 60)}."
    return _LEADS[remark.meant]


def _ways(remark: Remark, around: Around, desk: Desk, now: datetime) -> list[Element]:
    person = around.person
    until = pause_words.paused_until(pause_named(remark, now), now, person, desk.policy)
    pause = [blocks.button(f"Pause until {_on_button(until, person)}", PAUSE, remark.id)] if until else []
    ways = [*pause, blocks.button("Pause until …", OTHER_DAY, remark.id)]
    if person.is_helper or remark.changed == "stop":
        topics = "Only these topics" if len(person.topics) > 1 else "Only some topics"
        ways += [
            blocks.button("One question a week", WEEKLY, remark.id),
            blocks.button(f"{topics} …", ONLY, remark.id),
            blocks.button("Stop helping", STOP, remark.id, style="danger"),
        ]
    return [*ways, *([_undo(remark)] if remark.changed else []), _as_question(remark)]


def pause_named(remark: Remark, now: datetime) -> str:
    """Return the words for the end of a pause that is offered: those of the remark where they name a time."""
    return remark.when if pause_words.names_end(remark.when, now) else USUAL_PAUSE


def _on_button(until: datetime, person: Person) -> str:
    """Return a day as it stands on a button, where Slack shows no dates of its own."""
    there = until.astimezone(ZoneInfo(person.zone))
    return f"{there:%a} {there.day} {there:%b}"


def _is_over(remark: Remark, now: datetime) -> bool:
    """Return whether the pause that was set has come to its end."""
    return remark.changed == "pause" and remark.until is not None and remark.until <= now


def _after(remark: Remark, around: Around, now: datetime) -> list[Element]:
    if _is_over(remark, now):
        return []
    if remark.changed == "resume" and not around.person.is_helper:
        return [blocks.button("Choose my topics", profile_form.OPEN, "home")]
    return [_undo(remark), _change(remark), _as_question(remark)]


def _undo(remark: Remark) -> Element:
    return blocks.button("Undo", UNDO, remark.id)


def _change(remark: Remark) -> Element:
    return blocks.button("Change", CHOOSE, remark.id)


def _as_question(remark: Remark) -> Element:
    return blocks.button("I meant it as a question", QUESTION, remark.id)


def _standing(person: Person, desk: Desk, now: datetime) -> str:
    """Return how somebody is asked now."""
    until = person.back_at
    if until and person.is_paused(now):
        return f"You're paused until {mrkdwn.weekday_moment(until)}."
    return profile_form.summary(person, desk) if person.is_helper else "I'm not asking you for help."


def _paused(remark: Remark, around: Around, desk: Desk, now: datetime) -> str:
    until = mrkdwn.weekday_moment(remark.until or now)
    if _is_over(remark, now):
        return f"*Your pause until {until} is over.* {_standing(around.person, desk, now)}"
    return f"*Paused until {until}.* Nobody is told.{_moved(remark)}"


def _moved(remark: Remark) -> str:
    if remark.moved == 0:
        return ""
    if remark.moved == 1:
        return " The question that was waiting for you goes to someone else."
    return f" The {remark.moved} questions that were waiting for you go to others."


def _weekly(remark: Remark, around: Around, desk: Desk, now: datetime) -> str:
    limit = remark.weekly or 1
    again = around.load.asked_again_at(limit, now)
    had = f" You've had {'one' if limit == 1 else 'them'} this week, so the next comes after {{}}."
    most = "one question" if limit == 1 else f"{limit} questions"
    return f"*At most {most} a week from now on.*{had.format(mrkdwn.weekday_moment(again)) if again else ''}"


def _only(remark: Remark, around: Around, desk: Desk, now: datetime) -> str:
    kept = _named(remark.only, desk)
    before = remark.before.topics if remark.before else {}
    dropped = [topic for topic in before if topic not in remark.only]
    left_out = f" I leave out {_named(dropped, desk)}." if dropped else ""
    return mrkdwn.cut(f"*From now on I'll only ask you about {kept}.*{left_out}", mrkdwn.SECTION)


def _named(topics: Sequence[TopicId], desk: Desk) -> str:
    named = [texts.label(desk.topics, topic) for topic in topics]
    return mrkdwn.listed(named if len(named) <= 12 else [*named[:12], f"{len(named) - 12} more"])


def _stopped(remark: Remark, around: Around, desk: Desk, now: datetime) -> str:
    return f"*I won't ask you any more.* Your topics are kept, in case you come back.{_moved(remark)}"


def _resumed(remark: Remark, around: Around, desk: Desk, now: datetime) -> str:
    other = "I won't ask you anything yet: first choose what you help with."
    return f"*Welcome back.* {'You can be asked again.' if around.person.is_helper else other}"


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
    """Return the form for the end of a pause."""
    field = blocks.field("until", "Until when?", blocks.date_time_picker(until))
    metadata = json.dumps({"remark_id": remark_id})
    return blocks.modal(DAY_FORM, "Pause", [field], submit="Pause me", metadata=metadata)


def only_form(remark_id: Id, chosen: Sequence[TopicId], desk: Desk) -> View:
    """Return the form for the topics that somebody is asked about alone."""
    menu = topics_menu.menu(chosen, desk.topics, at_most=50)
    field = blocks.field("topics", "Only ask me about", menu)
    metadata = json.dumps({"remark_id": remark_id})
    return blocks.modal(ONLY_FORM, "Only these topics", [field], submit="Save", metadata=metadata)


def day_filled(view: View) -> Until:
    """Return what was submitted."""
    return payload.filled(Until, view)


def only_filled(view: View) -> Only:
    """Return what was submitted."""
    return payload.filled(Only, view)

"""What both are asked after a session, blind to each other, and who was helped some days later."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.block_kit import blocks, labels, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
from handlers.block_kit.picture import Picture, gone, knock, quiet
from handlers.requests import card as request_card
from handlers.sessions import card as session_card
from handlers.sessions import words
from kernel.desk import Desk
from mentoring.model.check import CUE, Check, Thanks
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.sessions.feedback import Answer, Feedback

Helped = Literal["yes", "partly", "no"]

ANSWER = "feedback.answer"
ANSWERS: Mapping[str, Helped] = {
    "feedback.yes": "yes",
    "feedback.partly": "partly",
    "feedback.no": "no",
}
FORM = "feedback.form"
USED = "check.used"
NOT_YET = "check.not_yet"
NO_USE = "check.no_use"
UNDO = "check.undo"
CHECK_ANSWERS = {USED: "used", NOT_YET: "not_yet", NO_USE: "no_use"}

_USED_LABELS = {USED: words.USED_IT, NOT_YET: words.NOT_YET, NO_USE: words.NO_USE}
_STEP_LABELS = {USED: words.DID_AND_HELPED, NOT_YET: words.NOT_YET, NO_USE: words.DID_BUT_NO_HELP}
_THANKS_LENGTH = 1000
problems = refusals.under("thanks")


def card(feedback: Feedback, other: Feedback | None, session: Session, request: Request) -> Picture:
    """The card that asks one side. It knocks when it is new, and when the other's words are there."""
    if feedback.state == "asked":
        return _asked(feedback, session, request)
    return _heard(feedback, other, session) if feedback.heard else _waiting(feedback, other, session)


def _asked(feedback: Feedback, session: Session, request: Request) -> Picture:
    shown = [
        blocks.section(question(feedback, session)),
        *session_card.brought(session, request, feedback.person_id),
        *blocks.actions(answer_buttons(feedback)),
    ]
    return knock("asked", shown, closing=words.MOVED_DOWN)


def question(feedback: Feedback, session: Session) -> str:
    """What somebody is asked after a session that a message of its own reminds of."""
    other = session_card.name_of_other(session, feedback.person_id)
    return words.you_talked_with(_asks(feedback, session), other)


def _asks(feedback: Feedback, session: Session) -> str:
    return words.DID_IT_HELP if _got_help(feedback, session) else words.WAS_IT_WORTH


def answer_buttons(feedback: Feedback) -> list[Element]:
    """The answers that take one tap."""
    return [blocks.button(words.HELPED[said], action, feedback.id) for action, said in ANSWERS.items()]


def questions(mine: Feedback, other: Feedback | None, session: Session) -> list[Block]:
    """What one of the two is asked once a session is over, what they answered, and what they heard."""
    if mine.state == "asked":
        return [blocks.section(_asks(mine, session)), *blocks.actions(answer_buttons(mine))]
    name = session_card.name_of_other(session, mine.person_id)
    heard = [blocks.section(words.a_word_from(name)), *texts.whole(mine.heard)] if mine.heard else []
    return heard if mine.state == "lapsed" else [*_answered(mine, other, session), *heard]


def is_news(mine: Feedback, other: Feedback | None) -> bool:
    """Whether the other's words came after one had answered, or without one's answer."""
    said_at = other.worded_at if other else None
    return mine.answered_at is None or said_at is None or said_at > mine.answered_at


def _answered(mine: Feedback, other: Feedback | None, session: Session) -> list[Block]:
    """What somebody has answered; where they left it at a tap, they can add a word."""
    told = words.TOLD[mine.helped][0 if _got_help(mine, session) else 1] if mine.helped else words.THANKS
    said = f" {_seen(mine, other, session)}" if mine.thanks else ""
    can_add = not mine.thanks and (other is None or other.state != "lapsed")
    add = blocks.button(words.ADD_A_WORD, ANSWER, mine.id) if can_add else None
    return [blocks.section(f"*{told}*{said}"), *blocks.actions([add])]


def _heard(feedback: Feedback, other: Feedback | None, session: Session) -> Picture:
    name = session_card.name_of_other(session, feedback.person_id)
    closing = words.word_is_below(name)
    return knock("heard", questions(feedback, other, session), closing=closing)


def _waiting(feedback: Feedback, other: Feedback | None, session: Session) -> Picture:
    if feedback.state == "lapsed":
        return quiet("lapsed", [blocks.section(words.NOT_ASKED_ANY_MORE)])
    return quiet("answered", questions(feedback, other, session))


def _seen(feedback: Feedback, other: Feedback | None, session: Session) -> str:
    """When the other sees one's words, or whether they can."""
    who = session_card.name_of_other(session, feedback.person_id)
    if other is None or other.state == "asked":
        return words.once_they_answered(who)
    if other.heard:
        return words.shown_to(who)
    return words.wont_see(who)


def _got_help(feedback: Feedback, session: Session) -> bool:
    """Whether somebody was helped: the asker, and in peer coaching both."""
    return feedback.person_id in session.helped


def form(feedback: Feedback, session: Session, name: str) -> View:
    """The form for a word to the other, whose *name* is what they are called.

    Whoever has not said yet whether it helped is asked that, too; but not a helper.
    """
    is_asked = feedback.state == "asked" and _got_help(feedback, session)
    helped = [blocks.option(label, value) for value, label in words.HELPED.items()]
    asked = [blocks.field("helped", words.DID_IT_HELP_FIELD, blocks.radio(helped))] if is_asked else []
    placeholder = words.PLACEHOLDERS["asker" if _got_help(feedback, session) else "helper"]
    thanks = blocks.text_input(multiline=True, at_most=_THANKS_LENGTH, placeholder=placeholder)
    label, is_optional = words.a_word_for(texts.name(name)), feedback.state == "asked"
    shown: list[Block] = [
        *asked,
        blocks.field("thanks", label, thanks, optional=is_optional, hint=words.not_shown(words.WHEN_SEEN)),
    ]
    return blocks.modal(
        FORM, words.AFTER_YOUR_TALK, shown, submit=words.SEND, metadata=json.dumps({"id": feedback.id})
    )


@dataclass(frozen=True, slots=True)
class _Filled:
    id: Id
    helped: Helped | None = None
    thanks: str = ""


def answered(view: View) -> tuple[str, Answer]:
    """Which feedback was answered, and how."""
    said = payload.filled(_Filled, view)
    return said.id, Answer(helped=said.helped, thanks=said.thanks)


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What is known besides a check: of the other checks of its session, and whether the helper was thanked.

    *can_undo*: its final answer can still be taken back.
    """

    is_settled: bool = False
    is_asked_again: bool = False
    was_told: bool = False
    can_undo: bool = False


def check(asked: Check, session: Session, request: Request, around: CheckContext) -> Picture:
    """The one-tap question whether advice was used. It knocks when it is new."""
    if asked.state == "lapsed":
        return quiet("lapsed", [blocks.section(_lapsed(around))])
    body = [*session_card.brought(session, request, asked.asker_id), *_planned(session, asked)]
    if asked.answer is None:
        shown = [blocks.section(_check_question(asked, session)), *body, *_check_buttons(asked)]
        if asked.undone:  # by the asker, who looks at it
            return quiet("asked again", shown)
        return knock("asked", shown, closing=words.MOVED_DOWN)
    answers = {
        "used": words.you_used_it(_told(asked, session, around)),
        "not_yet": words.NOT_YET_FINE,
        "no_use": words.it_was_no_use(_other_way(asked)),
    }
    undo = blocks.button(labels.UNDO, UNDO, asked.id) if around.can_undo else None
    more = {
        "used": blocks.actions([undo]),
        "not_yet": _check_buttons(asked),
        "no_use": blocks.actions([_someone_else(request) if asked.role == "asker" else None, undo]),
    }
    shown = [blocks.section(answers[asked.answer]), *body, *more[asked.answer]]
    return quiet(f"answered:{asked.answer}", shown)


def _lapsed(around: CheckContext) -> str:
    if around.is_settled:
        return words.ANSWERED_ELSEWHERE
    if around.is_asked_again:
        return words.ASKED_AGAIN
    return words.NOTHING_LEFT


def _told(asked: Check, session: Session, around: CheckContext) -> str:
    """Whether the helper knows that it was used; who coaches each other isn't told."""
    if session.way == "peer_coaching":
        return ""
    other = session_card.name_of_other(session, asked.asker_id)
    if around.was_told:
        return words.let_know(other)
    return words.could_not_tell(other)


def _other_way(asked: Check) -> str:
    """What leads over to whom the one who asked can ask besides; a peer has asked nobody."""
    return words.SOMEBODY_ELSE_MAY if asked.role == "asker" else ""


def _someone_else(request: Request) -> Element:
    return blocks.button(words.ASK_SOMEONE_ELSE, request_card.SOMEONE_ELSE, request.id)


def _check_question(asked: Check, session: Session) -> str:
    if asked.label == CUE:
        return words.TIME_FOR_STEP
    other = session_card.name_of_other(session, asked.asker_id)
    return words.did_you_use(other, mrkdwn.weekday(session.starts_at))


def _planned(session: Session, asked: Check) -> list[Block]:
    step = session.step_of(asked.asker_id)
    if step is None:
        return []
    return [blocks.labeled(words.YOU_WROTE, words.next_step(step), mrkdwn.SECTION)]


def _check_buttons(asked: Check) -> list[Block]:
    return blocks.actions(check_buttons(asked))


def check_buttons(asked: Check) -> list[Element]:
    """The answers to a check; one's own step is asked about in words of its own."""
    labels = _STEP_LABELS if asked.label == CUE else _USED_LABELS
    wanted = [USED, NO_USE] if asked.answer == "not_yet" else list(labels)
    return [blocks.button(labels[action], action, asked.id) for action in wanted]


def thanks(note: Thanks, desk: Desk, asked: Sequence[Request] = ()) -> Picture:
    """The good news for a helper, with the question as long as it is kept, unless it was undone."""
    if note.undone:
        return gone("undone")
    who = words.PERSON_YOU_HELPED if note.anonymous else mrkdwn.mention(note.asker_id)
    topics = texts.topics(note.topics, desk.topics)
    is_peer = any(request.way == "peer_coaching" for request in asked)
    used = words.TALK_WAS_OF_USE if is_peer else words.ADVICE_WAS_USED
    said = words.used_what(used, who, topics)
    shown = [blocks.section(said), *(texts.reminder(request.question) for request in asked)]
    return knock("thanks", shown, closing=used)

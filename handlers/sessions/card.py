"""A talk in blocks: as it goes on and once it is over, for each side and for their room; relayed words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from types import MappingProxyType
from typing import Literal

from handlers.block_kit import blocks, mrkdwn, paging, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.goal_button import goal_button
from handlers.block_kit.picture import Picture, Root, gone, knock, quiet
from handlers.peer_coaching import card as peer_card
from handlers.peer_coaching import thought_form
from handlers.requests import rows
from handlers.sessions import meeting_card
from kernel.values import PersonId
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.sessions.relay import Said
from relationships.mentor_search.keep_going import can_keep_going

WRAP_UP = rows.WRAP_UP
MORE_TIME = "session.more_time"
REVEAL = "session.reveal"
HIDE = "session.keep_hidden"
REPORT = "session.report"
PLAN = "session.plan"
ROOM = "session.room"
KEEP_GOING = "session.keep_going"
QUESTIONS = "session.questions"

_PROMPTS = {
    "asker": (
        "Say in one sentence what you want to have by the end.",
        "Show the smallest example of the trouble.",
        "Before you finish: what will you try first, and when?",
    ),
    "helper": (
        "Ask what they want by the end, and what they have tried.",
        "Try one more question before the first answer.",
        "Before you finish: ask what they will try first, and when.",
    ),
    "room": (
        "What do you want to walk away with?",
        "What have you tried so far?",
        "Before you finish: what's the first step, and when?",
    ),
}
_ROOM = (
    "I don't read what you two write here.\n"
    "If something is wrong, tell the admins from your own card, in your messages with me."
)
_AFTERWARDS = "What comes next is on your own card, in your messages with me."
BUTTONS = 5  # on a card
HowItWent = Literal["asked", "yes", "partly", "no", "unsaid"]
# A mentorship is for those whom a talk has helped; what asks back is never behind the dots.
_AFTER: Mapping[HowItWent, Sequence[str]] = {
    "asked": ("plan", "same", "else", "voices", "goal", "wrong"),
    "yes": ("plan", "keep", "goal", "same", "else", "voices", "wrong"),
    "partly": ("else", "plan", "keep", "same", "voices", "goal", "wrong"),
    "no": ("else", "voices", "plan", "same", "goal", "wrong"),
    "unsaid": ("same", "else", "keep", "plan", "voices", "goal", "wrong"),
}
_RELAYED = 13  # blocks of one relayed message: as much as Slack takes in one


def card(
    session: Session, request: Request, me: PersonId, now: datetime, clock: Sequence[Block] = ()
) -> Picture:
    """Return the card of its own that one side has of a talk which an earlier release began.

    *clock* is a line on what time it is for the other.
    """
    if not session.is_open:
        return quiet("over", [*over(session, request, me), *blocks.actions(buttons_after(session, me))])
    shown = going(session, request, reader_of(session, me, now), clock=clock)
    return knock("talk", shown, closing="This talk goes on in a newer message below.")


def going(
    session: Session,
    request: Request,
    reader: meeting_card.Reader,
    *,
    clock: Sequence[Block] = (),
    also: Sequence[Element] = (),
) -> list[Block]:
    """Return what one side sees of a talk that goes on or is to begin, with more buttons *also*."""
    me = reader.me
    is_asker = me == session.asker_id
    return [
        blocks.section(f"*Your talk with {reader.other}.* {_when(session, reader)} {_where(session, me)}"),
        *clock,
        *([texts.reminder(request.question)] if is_asker else _question(request)),
        *thought_form.shown(session, me, reader.other),
        *_guidance(session, "asker" if is_asker else "helper"),
        *blocks.actions([*_buttons(session, reader), *also]),
        *([blocks.context(_names(session, me))] if session.anonymous else []),
    ]


def room(session: Session, request: Request, now: datetime) -> Picture:
    """Return the one message of the app in the room that the two share."""
    asker, helper = mrkdwn.mention(session.asker_id), mrkdwn.mention(session.helper_id)
    if not session.is_open:
        over = blocks.section(f"*This talk is over.* {_room_over(session)}")
        return quiet("over", [over, texts.reminder(request.question), blocks.context(_AFTERWARDS)])
    shown = [
        blocks.section(f"*{asker}, meet {helper}.* {_room_when(session, now)}"),
        *_question(request),
        *thought_form.shown(session, "", helper),
        *_guidance(session, "room"),
        *blocks.actions([*meeting_card.room_buttons(session), rows.wrap_up(session.id), _more_time(session)]),
        blocks.context(_ROOM),
    ]
    return knock("talk", shown, closing="This talk goes on in a newer message below.")


def _room_over(session: Session) -> str:
    if session.broken_off == "left" and session.gone:
        return f"{mrkdwn.mention(session.gone)} doesn't work here any more."
    return "Thank you both!"


def reader_of(session: Session, me: PersonId, now: datetime) -> meeting_card.Reader:
    """Return one of the two as who reads of when they talk, of whom no more is known."""
    return meeting_card.Reader(me, name_of_other(session, me), "UTC", now)


def _when(session: Session, reader: meeting_card.Reader) -> str:
    return _timer(session, reader.now) if session.has_begun else meeting_card.line(session, reader)


def _room_when(session: Session, now: datetime) -> str:
    return _timer(session, now) if session.has_begun else meeting_card.room_line(session)


def _timer(session: Session, now: datetime) -> str:
    until = mrkdwn.moment(session.ends_at)
    if now >= session.ends_at:
        return (
            f"*Time's up:* it was until {until}. Talk on if you like, and press *Wrap up* when you are done."
        )
    left = "*A few minutes are left:*" if session.reminded_at else f"{session.minutes} minutes,"
    return f"{left} until {until}."


def _where(session: Session, me: PersonId) -> str:
    if session.room == "wanted":
        return "I'm opening a conversation for the two of you. One moment."
    if session.room == "group":
        return "Talk in the conversation that I opened for the two of you."
    return f"*Write in this thread*, and I'll pass it on to {name_of_other(session, me)} and nobody else."


def name_of_other(session: Session, me: PersonId) -> str:
    """Return how the other is called: by name, or by role as long as names are hidden."""
    if not session.is_hidden:
        return mrkdwn.mention(session.other(me))
    return "your mentor" if me == session.asker_id else "the person who asked"


def _question(request: Request) -> list[Block]:
    return [
        blocks.divider(),
        *texts.whole(request.question),
        *blocks.actions([paging.open_button(request)]),
        *texts.headed("Tried so far", request.tried),
        blocks.divider(),
    ]


def _guidance(session: Session, side: str) -> list[Block]:
    """Return what helps the two to begin, where they talk: in their room, else on both cards."""
    is_here = session.room == "relay" or side == "room"
    if session.way == "help":
        return [_prompts(side)] if is_here else []
    if session.turn:
        return peer_card.going(session, is_here=side == "room")
    return peer_card.start(session) if is_here else []


def _prompts(side: str) -> Block:
    return blocks.context("\n".join(f"{number}. {prompt}" for number, prompt in enumerate(_PROMPTS[side], 1)))


def _buttons(session: Session, reader: meeting_card.Reader) -> list[Element | None]:
    me = reader.me
    return [
        *meeting_card.buttons(session, reader),
        _questions(session, me),
        _open_room(session),
        rows.wrap_up(session.id),
        _more_time(session),
        _reveal(session, me),
        _hide(session, me),
        blocks.button("Something is wrong", REPORT, session.id),
    ]


def _open_room(session: Session) -> Element | None:
    if session.room != "group" or not session.channel:
        return None
    link = f"https://slack.com/app_redirect?channel={session.channel}"
    return {**blocks.button("Open the conversation", ROOM, session.id, style="primary"), "url": link}


def _questions(session: Session, me: PersonId) -> Element | None:
    """Return the way to think it through before the talk: the asker's, as long as it has not begun."""
    if me != session.asker_id or session.has_begun or session.way != "help":
        return None
    return blocks.button("Three questions first", QUESTIONS, session.id)


def _more_time(session: Session) -> Element | None:
    return blocks.button("Need more time", MORE_TIME, session.id) if session.has_begun else None


def _reveal(session: Session, me: PersonId) -> Element | None:
    if not session.is_hidden or me in session.reveal:
        return None
    text = "Names are shown as soon as you both agree. Until then you can take it back."
    sure = blocks.confirmation("Show names?", text, "I agree", "Not now")
    label = "Show names" if not session.reveal else "Show names (they agree)"
    return blocks.button(label, REVEAL, session.id, confirm=sure)


def _hide(session: Session, me: PersonId) -> Element | None:
    if not session.is_hidden or me not in session.reveal:
        return None
    return blocks.button("Keep my name hidden", HIDE, session.id)


def _names(session: Session, me: PersonId) -> str:
    if not session.is_hidden:
        return "You both agreed to show names."
    if me in session.reveal:
        return "You agreed to show names. They are shown when the other person agrees too."
    wish = " The other person would like to show names." if session.reveal else ""
    return f"Neither of you sees the other's name.{wish} Only a report to the admins tells them who you are."


def over(session: Session, request: Request, me: PersonId) -> list[Block]:
    """Return what one side sees of a talk that is over, above its buttons."""
    return [
        blocks.section(f"*Your talk with {name_of_other(session, me)} is over.* {_end(session, me)}"),
        *brought(session, request, me),
        *next_step(session, me),
    ]


def brought(session: Session, request: Request, me: PersonId, limit: int = mrkdwn.QUOTED) -> list[Block]:
    """Return what a talk was about for one of the two: the question, or in peer coaching their own words."""
    is_helped = me in session.helped and me != session.asker_id
    about = session.helper_thought if is_helped else request.question
    return [texts.reminder(about, limit)] if about else []


def buttons_after(
    session: Session,
    me: PersonId,
    again: Mapping[str, Element] = MappingProxyType({}),
    *,
    said: HowItWent = "unsaid",
    taken: int = 0,
) -> list[Element]:
    """Return what can be done after a talk: five buttons with those *taken*, the rest behind three dots.

    What fits best to how it went, as *me* says, comes first. *again* are the ways of `once_more`.
    """
    can_plan = me in session.helped and not session.step_of(me) and not session.broken_off
    serves = not session.broken_off and not session.reported_by
    role = "talk" if me in session.helped else "helped"
    ways: dict[str, Element | None] = {
        **again,
        "plan": blocks.button("Write down your next step", PLAN, session.id) if can_plan else None,
        "keep": _keep_going(session, me),
        "goal": goal_button(role, session.id) if serves else None,
        "wrong": blocks.button("Something is wrong", REPORT, session.id),
    }
    shown = [way for name in _AFTER[said] if (way := ways.get(name))]
    room = BUTTONS - taken
    return shown if len(shown) <= room else [*shown[: room - 1], blocks.more(shown[room - 1 :])]


def _keep_going(session: Session, me: PersonId) -> Element | None:
    """Return the way to a mentorship of the two, where both know each other and nothing went wrong."""
    if not can_keep_going(session, me):
        return None
    sure = blocks.confirmation(
        "Keep going for a few months?",
        "If the other person wants it, too, you'll both hear about it and agree on how. If not, nobody does.",
        "I'd like that",
        "Not now",
    )
    return blocks.button("Keep going together", KEEP_GOING, session.id, confirm=sure)


def _end(session: Session, me: PersonId) -> str:
    """Return how it ended, where that may be told: a helper never learns that the asker moved on."""
    if session.appointment and session.appointment.unmet:
        return meeting_card.unmet(session.appointment.unmet, me == session.helper_id)
    if session.broken_off == "left":
        return "They don't work here any more."
    if session.broken_off == "no_member":
        return "Only members can help here." if session.gone == me else "They can't help here any more."
    spent = f"It took about {session.spent_minutes} minutes. " if session.state == "wrapped" else ""
    return f"{spent}Thank you!"


def next_step(session: Session, me: PersonId) -> list[Block]:
    """Return the plan of one who was helped in their own words, or nothing."""
    step = session.step_of(me)
    if step is None:
        return []
    remind = [blocks.context(f"Reminder on {mrkdwn.weekday_moment(step.at)}.")] if step.at else []
    return [blocks.labeled("Your next step:", texts.planned(step), mrkdwn.SECTION), *remind]


def parts(text: str) -> int:
    """Return how many messages a text is passed on in."""
    return max(ceil(len(texts.whole(text)) / _RELAYED), 1)


def said(message: Said, session: Session, under: Root | None, part: int = 0) -> Picture | None:
    """Return a relayed message, or a part of it, as the other reads it, *under* the card of the talk.

    Its state is its version. None once it was delivered and its text dropped.
    """
    if message.state == "deleted":
        return gone(str(message.version))
    if not message.text:
        return None
    pieces = texts.whole(message.text)
    shown, count = pieces[part * _RELAYED : (part + 1) * _RELAYED], parts(message.text)
    if not shown:
        return gone(str(message.version))
    by = _speaker(session, message.from_id)
    title = f"*{by}* ({part + 1} of {count}):" if count > 1 else f"*{by}:*"
    return quiet(str(message.version), [blocks.section(title), *shown], thread_of=under)


def unchanged(session: Session, me: PersonId, under: Root | None) -> Picture:
    """Return what is said to somebody who changed a message after the talk, *under* its card."""
    other = name_of_other(session, me)
    words = f"This talk is over, so I didn't pass your change on: {other} keeps what you wrote first."
    return quiet("unchanged", [blocks.context(words)], thread_of=under)


def away(since: datetime, until: datetime) -> Picture:
    """Return what is said to people in a talk when nothing was heard for a while, and nothing can be read."""
    span = f"between {mrkdwn.moment(since)} and {mrkdwn.moment(until)}"
    return quiet(
        "away",
        [blocks.section(f"*I was away {span}.* What you wrote to me then may not have arrived.")],
    )


def _speaker(session: Session, from_id: PersonId) -> str:
    if not session.is_hidden:
        return mrkdwn.mention(from_id)
    return "The person who asked" if from_id == session.asker_id else "Your mentor"

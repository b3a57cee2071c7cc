"""A session in blocks: as it goes on and once it is over, for each side and for their room; relayed words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from types import MappingProxyType
from typing import Literal

from handlers.block_kit import blocks, labels, mrkdwn, paging, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.goal_button import goal_button
from handlers.block_kit.picture import Picture, Root, gone, knock, quiet
from handlers.peer_coaching import card as peer_card
from handlers.peer_coaching import thought_form
from handlers.reports import form as report_form
from handlers.requests import rows
from handlers.sessions import meeting_card, words
from kernel.values import PersonId
from mentoring.model.request import Request
from mentoring.model.said import Said
from mentoring.model.session import Session
from relationships.mentor_search.keep_going import OwnWish, can_keep_going

WRAP_UP = rows.WRAP_UP
MORE_TIME = "session.more_time"
REVEAL = "session.reveal"
HIDE = "session.keep_hidden"
PLAN = "session.plan"
ROOM = "session.room"
KEEP_GOING = "session.keep_going"
TAKE_BACK = "session.take_back"
QUESTIONS = "session.questions"

BUTTONS = 5  # on a card
HowItWent = Literal["asked", "yes", "partly", "no", "unsaid"]
# A mentorship is for those whom a session has helped; what asks back is never behind the dots.
_AFTER: Mapping[HowItWent, Sequence[str]] = {
    "asked": ("plan", "same", "else", "voices", "goal", "wrong"),
    "yes": ("plan", "keep", "goal", "same", "else", "voices", "wrong"),
    "partly": ("else", "plan", "keep", "same", "voices", "goal", "wrong"),
    "no": ("else", "voices", "plan", "same", "goal", "wrong"),
    "unsaid": ("same", "else", "keep", "plan", "voices", "goal", "wrong"),
}
_RELAYED = 13  # blocks of one relayed message: as much as Slack takes in one


def card(
    session: Session,
    request: Request,
    me: PersonId,
    now: datetime,
    clock: Sequence[Block] = (),
    *,
    wish: OwnWish | None = None,
) -> Picture:
    """The card of its own that one side has of a session which an earlier release began.

    *clock* is a line on what time it is for the other; *wish* is that to keep going together.
    """
    if not session.is_open:
        ways = blocks.actions(buttons_after(session, me, wish=wish))
        return quiet("over", [*over(session, request, me), *keeping_going(session, me, wish), *ways])
    shown = going(session, request, reader_of(session, me, now), clock=clock)
    return knock("talk", shown, closing=words.GOES_ON_BELOW)


def going(
    session: Session,
    request: Request,
    reader: meeting_card.AppointmentReader,
    *,
    clock: Sequence[Block] = (),
    also: Sequence[Element] = (),
) -> list[Block]:
    """What one side sees of a session that goes on or is to begin, with more buttons *also*."""
    me = reader.me
    is_asker = me == session.asker_id
    return [
        blocks.section(words.your_talk(reader.other, _when(session, reader), _where(session, me))),
        *clock,
        *([texts.reminder(request.question)] if is_asker else _question(request)),
        *([blocks.section(words.deleted(reader.other, is_own=is_asker))] if request.is_unwritten else []),
        *thought_form.shown(session, me, reader.other),
        *_guidance(session, "asker" if is_asker else "helper"),
        *blocks.actions([*_buttons(session, reader), *also]),
        *([blocks.context(_names(session, me))] if session.anonymous else []),
    ]


def room(session: Session, request: Request, now: datetime) -> Picture:
    """The one message of the app in the room that the two share."""
    asker, helper = mrkdwn.mention(session.asker_id), mrkdwn.mention(session.helper_id)
    if not session.is_open:
        over = blocks.section(words.talk_is_over(_room_over(session)))
        return quiet("over", [over, texts.reminder(request.question), blocks.context(words.AFTERWARDS)])
    shown = [
        blocks.section(words.meet(asker, helper, _room_when(session, now))),
        *_question(request),
        *thought_form.shown(session, "", helper),
        *_guidance(session, "room"),
        *blocks.actions([*meeting_card.room_buttons(session), rows.wrap_up(session.id), _more_time(session)]),
        blocks.context(words.ROOM),
    ]
    return knock("talk", shown, closing=words.GOES_ON_BELOW)


def _room_over(session: Session) -> str:
    if session.broken_off == "left" and session.gone:
        return words.has_left(mrkdwn.mention(session.gone))
    return words.THANK_YOU_BOTH


def reader_of(session: Session, me: PersonId, now: datetime) -> meeting_card.AppointmentReader:
    """One of the two as who reads of when they talk, of whom no more is known."""
    return meeting_card.AppointmentReader(me, name_of_other(session, me), "UTC", now)


def _when(session: Session, reader: meeting_card.AppointmentReader) -> str:
    return _timer(session, reader.now) if session.has_begun else meeting_card.line(session, reader)


def _room_when(session: Session, now: datetime) -> str:
    return _timer(session, now) if session.has_begun else meeting_card.room_line(session)


def _timer(session: Session, now: datetime) -> str:
    until = mrkdwn.moment(session.ends_at)
    if now >= session.ends_at:
        return words.time_is_up(until)
    left = words.FEW_MINUTES_LEFT if session.reminded_at else words.minutes(session.minutes)
    return words.until(left, until)


def _where(session: Session, me: PersonId) -> str:
    if session.room == "wanted":
        return words.OPENING
    if session.room == "group":
        return words.IN_YOUR_CONVERSATION
    return words.write_here(name_of_other(session, me))


def name_of_other(session: Session, me: PersonId) -> str:
    """How the other is called: by name, or by role as long as names are hidden."""
    if not session.is_hidden:
        return mrkdwn.mention(session.other(me))
    return words.YOUR_MENTOR if me == session.asker_id else words.WHO_ASKED


def _question(request: Request) -> list[Block]:
    return [
        blocks.divider(),
        *texts.whole(request.question),
        *blocks.actions([paging.open_button(request)]),
        *texts.headed(words.TRIED, request.tried),
        blocks.divider(),
    ]


def _guidance(session: Session, side: str) -> list[Block]:
    """What helps the two to begin, where they talk: in their room, else on both cards."""
    is_here = session.room == "relay" or side == "room"
    if session.way == "help":
        return [_prompts(side)] if is_here else []
    if session.turn:
        return peer_card.going(session, is_here=side == "room")
    return peer_card.start(session) if is_here else []


def _prompts(side: str) -> Block:
    return blocks.context(
        "\n".join(f"{number}. {prompt}" for number, prompt in enumerate(words.PROMPTS[side], 1))
    )


def _buttons(session: Session, reader: meeting_card.AppointmentReader) -> list[Element | None]:
    me, first = reader.me, meeting_card.buttons(session, reader)
    is_first = not any(it and it.get("style") == "primary" for it in first)
    return [
        *first,
        _questions(session, me),
        _open_room(session, "primary" if is_first else ""),
        rows.wrap_up(session.id),
        _more_time(session),
        _reveal(session, me),
        _hide(session, me),
        report_form.button(Session.kind, session.id),
    ]


def _open_room(session: Session, style: str) -> Element | None:
    if session.room != "group" or not session.channel:
        return None
    link = f"https://slack.com/app_redirect?channel={session.channel}"
    return {**blocks.button(words.OPEN_CONVERSATION, ROOM, session.id, style=style), "url": link}


def _questions(session: Session, me: PersonId) -> Element | None:
    """The way to think it through before the session: the asker's, as long as it has not begun."""
    if me != session.asker_id or session.has_begun or session.way != "help":
        return None
    return blocks.button(words.THREE_QUESTIONS, QUESTIONS, session.id)


def _more_time(session: Session) -> Element | None:
    return blocks.button(words.MORE_TIME, MORE_TIME, session.id) if session.has_begun else None


def _reveal(session: Session, me: PersonId) -> Element | None:
    if not session.is_hidden or me in session.reveal:
        return None
    text = words.SHOW_NAMES_WHEN
    sure = blocks.confirmation(words.SHOW_NAMES_SURE, text, words.I_AGREE, labels.NOT_NOW)
    label = words.SHOW_NAMES if not session.reveal else words.SHOW_NAMES_THEY_AGREE
    return blocks.button(label, REVEAL, session.id, confirm=sure)


def _hide(session: Session, me: PersonId) -> Element | None:
    if not session.is_hidden or me not in session.reveal:
        return None
    return blocks.button(words.KEEP_HIDDEN, HIDE, session.id)


def _names(session: Session, me: PersonId) -> str:
    if not session.is_hidden:
        return words.BOTH_AGREED
    if me in session.reveal:
        return words.YOU_AGREED
    wish = words.OTHER_WOULD if session.reveal else ""
    return words.neither_sees(wish)


def over(session: Session, request: Request, me: PersonId, *, has_left: bool = False) -> list[Block]:
    """What one side sees of a session that is over, above its buttons; *has_left* says that the other has."""
    other = name_of_other(session, me)
    is_new = has_left and session.broken_off != "left"
    return [
        blocks.section(words.your_talk_is_over(other, _end(session, me))),
        *([blocks.context(words.has_left(other))] if is_new else []),
        *brought(session, request, me),
        *next_step(session, me),
    ]


def brought(session: Session, request: Request, me: PersonId, limit: int = mrkdwn.QUOTED) -> list[Block]:
    """What a session was about for one of the two: the question, or in peer coaching their own words."""
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
    wish: OwnWish | None = None,
    has_left: bool = False,
) -> list[Element]:
    """What can be done after a session: five buttons with those *taken*, the rest behind three dots.

    With whoever *has_left* nobody can keep going.
    What fits best to how it went, as *me* says, comes first. *again* are the ways of `once_more`.
    """
    can_plan = me in session.helped and not session.step_of(me) and not session.broken_off
    serves = not session.broken_off and not session.reported_by
    can_wish = not has_left and (wish is None or wish.wished == "no_place")
    role = "talk" if me in session.helped else "helped"
    ways: dict[str, Element | None] = {
        **again,
        "plan": blocks.button(words.WRITE_NEXT_STEP, PLAN, session.id) if can_plan else None,
        "keep": _keep_going(session, me) if can_wish else None,
        "goal": goal_button(role, session.id) if serves else None,
        "wrong": report_form.button(Session.kind, session.id),
    }
    shown = [way for name in _AFTER[said] if (way := ways.get(name))]
    room = BUTTONS - taken
    return shown if len(shown) <= room else [*shown[: room - 1], blocks.more(shown[room - 1 :])]


def _keep_going(session: Session, me: PersonId) -> Element | None:
    """The way to a mentorship of the two, where both know each other and nothing went wrong."""
    if not can_keep_going(session, me):
        return None
    sure = blocks.confirmation(
        words.KEEP_GOING_SURE,
        words.KEEP_GOING_HOW,
        words.I_WOULD_LIKE_THAT,
        labels.NOT_NOW,
    )
    return blocks.button(words.KEEP_GOING, KEEP_GOING, session.id, confirm=sure)


def keeping_going(session: Session, me: PersonId, wish: OwnWish | None) -> list[Block]:
    """What became of one's *wish* to keep going together, with the way to take it back; or nothing."""
    if wish is None:
        return []
    if wish.wished == "both":
        return [blocks.section(words.BOTH_KEEP_GOING)]
    other = name_of_other(session, me)
    if wish.until is not None:
        said = words.would_keep_going(other, mrkdwn.weekday(wish.until))
    else:
        said = words.NO_ROOM_OF_YOURS if me == session.helper_id else words.no_room_of(other)
    return [blocks.section(said, blocks.button(words.TAKE_IT_BACK, TAKE_BACK, session.id))]


def _end(session: Session, me: PersonId) -> str:
    """How it ended, where that may be told: a helper never learns that the asker moved on."""
    if session.appointment and session.appointment.unmet:
        return meeting_card.unmet(session.appointment.unmet, me == session.helper_id)
    if session.broken_off == "left":
        return words.THEY_LEFT
    if session.broken_off == "no_member":
        return words.ONLY_MEMBERS if session.gone == me else words.THEY_CANT_HELP
    took = session.spent_minutes if session.state == "wrapped" else None
    return words.thank_you(words.it_took(took) if took is not None else "")


def next_step(session: Session, me: PersonId) -> list[Block]:
    """The plan of one who was helped in their own words, or nothing."""
    step = session.step_of(me)
    if step is None:
        return []
    remind = [blocks.context(words.reminder(mrkdwn.weekday_moment(step.at)))] if step.at else []
    return [blocks.labeled(words.YOUR_NEXT_STEP_IS, words.next_step(step), mrkdwn.SECTION), *remind]


def parts(text: str) -> int:
    """How many messages a text is passed on in."""
    return max(ceil(len(texts.whole(text)) / _RELAYED), 1)


def said(message: Said, session: Session, under: Root | None, part: int = 0) -> Picture | None:
    """A relayed message, or a part of it, as the other reads it, *under* the card of the session.

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
    title = words.part_of(by, part + 1, count) if count > 1 else f"*{by}:*"
    return quiet(str(message.version), [blocks.section(title), *shown], thread_of=under)


def unchanged(session: Session, me: PersonId, under: Root | None) -> Picture:
    """What is said to somebody who changed a message after the session, *under* its card."""
    other = name_of_other(session, me)
    kept = words.change_not_passed_on(other)
    return quiet("unchanged", [blocks.context(kept)], thread_of=under)


def away(since: datetime, until: datetime) -> Picture:
    """What is said to people in a session when nothing was heard for a while, and nothing can be read."""
    span = words.between(mrkdwn.moment(since), mrkdwn.moment(until))
    return quiet(
        "away",
        [blocks.section(words.i_was_away(span))],
    )


def _speaker(session: Session, from_id: PersonId) -> str:
    if not session.is_hidden:
        return mrkdwn.mention(from_id)
    return words.THE_PERSON_WHO_ASKED if from_id == session.asker_id else words.YOUR_MENTOR_SAYS


def who_was_who(session: Session) -> str:
    """Who asked and who helped, for admins."""
    asker, helper = mrkdwn.mention(session.asker_id), mrkdwn.mention(session.helper_id)
    return words.who_was_who(asker, helper, words.LASTS[session.is_open])

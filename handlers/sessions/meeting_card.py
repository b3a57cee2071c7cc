"""When the two of a session meet, in words: a line and buttons on its card, and a message about it.

A reader is one of the two, or nobody in particular, for the room that they share.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handlers.block_kit import blocks, labels, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Seconds
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.sessions import calendar_links
from handlers.sessions import words_of_meetings as words
from kernel.desk import Desk
from kernel.presence import Available
from kernel.values import PersonId
from mentoring.model.appointment import DELAY, EARLY, Appointment, Unmet
from mentoring.model.request import Request
from mentoring.model.session import Session

START = "meeting.start"
IN_AN_HOUR = "meeting.in_an_hour"
PROPOSE = "meeting.propose"
CHOICES = ("meeting.choose_1", "meeting.choose_2", "meeting.choose_3", "meeting.choose_4")
LATE = "meeting.late"
CALL_OFF = "meeting.call_off"
TALKED = "meeting.talked"


@dataclass(frozen=True, slots=True)
class AppointmentReader:
    """Who reads of an appointment, where their clock stands (*zone*), and what the *other* is called.

    *can_now* and *can_in_an_hour* say whether the other can be expected to talk then.
    """

    me: PersonId
    other: str
    zone: str
    now: datetime
    can_now: bool = False
    can_in_an_hour: bool = False


def line(session: Session, reader: AppointmentReader) -> str:
    """How it stands with a session that has not begun."""
    meeting, other = session.appointment or Appointment(), reader.other
    if meeting.times:
        return _proposed(meeting, reader)
    if reader.me in meeting.asked:
        return words.did_you_talk(other, mrkdwn.moment(session.starts_at))
    when = _when(meeting)
    return f"{when}{_late(meeting, reader)}{_clock(session, meeting, reader.me, other)}"


def row(session: Session, me: PersonId, now: datetime) -> str:
    """In a few words how it stands with an open session, for a row of a list."""
    meeting = session.appointment or Appointment()
    if session.has_begun:
        until = "until" if now < session.ends_at else words.TIME_IS_UP_SINCE
        return f"{until} {mrkdwn.moment(session.ends_at)}"
    if meeting.times:
        return words.WAITS_FOR_TIME if meeting.proposed_by == me else words.CHOOSE_A_TIME
    return mrkdwn.moment(meeting.at) if meeting.at else words.NO_TIME


def room_line(session: Session) -> str:
    """How it stands with a session that has not begun, for both at once."""
    meeting = session.appointment or Appointment()
    if meeting.times and meeting.proposed_by:
        by, to = (mrkdwn.mention(it) for it in (meeting.proposed_by, session.other(meeting.proposed_by)))
        return words.proposes(by, _listed(meeting.times), to)
    when = _when(meeting)
    if session.way == "peer_coaching":
        return f"{when}{words.TURNS_START}"
    [here] = meeting.here or [None]
    there = words.pressed_start(mrkdwn.mention(here)) if here else ""
    return words.minutes_start(when, there, session.minutes)


def _when(meeting: Appointment) -> str:
    """When the two talk; nothing where one is there already, without any time."""
    if meeting.at:
        return words.you_talk(mrkdwn.moment(meeting.at))
    return "" if meeting.here else words.NO_TIME_YET


def _proposed(meeting: Appointment, reader: AppointmentReader) -> str:
    """Which times one has proposed, or that the other has: these are buttons."""
    by = words.by_time(mrkdwn.moment(meeting.answer_by)) if meeting.answer_by else words.IN_TIME
    if meeting.proposed_by == reader.me:
        said = words.you_proposed(_listed(meeting.times), reader.other)
        return words.or_someone_else(said, by)
    these, one = (words.THIS_TIME, "it") if len(meeting.times) == 1 else (words.THESE_TIMES, "one")
    return words.other_proposes(_cap(reader.other), these, one, by)


def _listed(times: Iterable[datetime]) -> str:
    return mrkdwn.listed([mrkdwn.moment(at) for at in times], "or")


def _late(meeting: Appointment, reader: AppointmentReader) -> str:
    if not meeting.late:
        return ""
    minutes = len(meeting.late) * int(DELAY.total_seconds() // 60)
    who = words.YOU_ARE if meeting.late[-1] == reader.me else words.other_is(_cap(reader.other))
    return words.running_late(who, minutes)


def _clock(session: Session, meeting: Appointment, me: PersonId, other: str) -> str:
    """What makes the clock run: both press Start, or in a relay, where nobody needs to, both write."""
    if session.way == "peer_coaching":
        return words.TURNS_START
    if session.room == "relay":
        return words.start_when_written(session.minutes)
    if me in meeting.here:
        return words.you_pressed_start(session.minutes, other)
    if meeting.here:
        return words.other_pressed_start(_cap(other))
    return words.start_when_pressed(session.minutes)


def unmet(why: Unmet, is_helper: bool) -> str:
    """Why a session came to nothing."""
    return (words.UNMET if is_helper else words.UNMET_FOR_ASKER)[why]


def _cap(name: str) -> str:
    return name[:1].upper() + name[1:]


def buttons(session: Session, reader: AppointmentReader) -> list[Element]:
    """What one of the two can do about when they talk; nothing once the session has begun."""
    if session.has_begun:
        return []
    meeting = session.appointment or Appointment()
    is_helper = reader.me == session.helper_id
    off = [_call_off(session)] if is_helper else []
    if reader.me in meeting.asked:
        yes = blocks.button(words.YES_WE_TALKED, TALKED, session.id, style="primary")
        return [yes, propose_button(session, words.NOT_YET_PROPOSE), *off]
    if meeting.times:
        return [
            *_choices(session, meeting, reader),
            propose_button(session, words.PROPOSE_OTHER_TIMES),
            *off,
        ]
    if meeting.at:
        late = blocks.button(words.RUNNING_LATE, LATE, session.id)
        is_near = reader.now >= meeting.at - EARLY
        return [
            *_start(session, reader) * is_near,
            propose_button(session, words.ANOTHER_TIME),
            late,
            *off,
        ]
    hour = blocks.button(words.IN_AN_HOUR, IN_AN_HOUR, session.id)
    soon = [hour] if is_helper and reader.can_in_an_hour and not meeting.here else []
    start = _start(session, reader) if reader.can_now or meeting.here or not is_helper else []
    return [*start, *soon, propose_button(session, words.PROPOSE_A_TIME), *off]


def out_of_reach(session: Session, me: PersonId, seen: Available) -> list[Block]:
    """Say that the other won't see it at once that *me* is there: away, or in do-not-disturb.

    Of somebody unnamed it isn't told which, nor until when.
    """
    if session.has_begun or seen.state not in ("away", "dnd"):
        return []
    other = mrkdwn.mention(session.other(me))
    why = words.not_online(other)
    if seen.state == "dnd":
        until = words.until_then(mrkdwn.moment(seen.until)) if seen.until else ""
        why = words.do_not_disturb(other, until)
    said = words.MAY_NOT_SEE if session.is_hidden else why
    ways = blocks.actions([propose_button(session, words.PROPOSE_A_TIME)])
    return [
        blocks.section(words.you_are_there(said)),
        *ways,
    ]


def room_buttons(session: Session) -> list[Element]:
    """The button with which each of the two says in their room that they are there."""
    return (
        [] if session.has_begun or session.way == "peer_coaching" else [_start_button(session, words.START)]
    )


def _start(session: Session, reader: AppointmentReader) -> list[Element]:
    """The button that says that one is there, where it takes a button and it wasn't pressed yet."""
    meeting = session.appointment or Appointment()
    if session.room == "relay" or session.way == "peer_coaching" or reader.me in meeting.here:
        return []
    is_first = meeting.is_open and not meeting.here and reader.me == session.helper_id
    return [_start_button(session, words.START_NOW if is_first else words.START)]


def _start_button(session: Session, label: str) -> Element:
    return blocks.button(label, START, session.id, style="primary")


def propose_button(session: Session, label: str) -> Element:
    """The button that opens the form for times."""
    return blocks.button(label, PROPOSE, session.id)


def _call_off(session: Session) -> Element:
    text = words.CANT_MAKE_IT_HOW
    sure = blocks.confirmation(words.CANT_MAKE_IT_SURE, text, words.I_CANT_MAKE_IT, labels.KEEP_IT)
    return blocks.button(words.CANT_MAKE_IT, CALL_OFF, session.id, confirm=sure)


def _not_at_all(session: Session, reader: AppointmentReader) -> Element | None:
    """An asker's no to whether the two have talked; on the session's own card they can always move on."""
    is_asked = session.appointment is not None and reader.me in session.appointment.asked
    if not is_asked or reader.me != session.asker_id:
        return None
    return blocks.button(words.NO_FIND_SOMEONE_ELSE, CALL_OFF, session.id)


def chosen(value: str) -> tuple[str, int]:
    """The session and the time (seconds since 1970) that a button stands for."""
    return payload.words(tuple[Id, Seconds], value)


def card(session: Session, request: Request, reader: AppointmentReader, desk: Desk) -> Picture:
    """The message of its own in which one of the two is told; it knocks for what is new to them."""
    meeting = session.appointment or Appointment()
    if not session.is_open and _is_off(session, reader.me):
        said = words.talk_is_off(reader.other, mrkdwn.moment(session.starts_at))
        return knock("off", [blocks.section(said), texts.reminder(request.question, 120)], closing="")
    if not session.is_open:
        why = unmet(meeting.unmet, reader.me == session.helper_id) if meeting.unmet else ""
        return quiet("over", [blocks.context(words.over_because(reader.other, why).rstrip())])
    if session.has_begun:
        return quiet("begun", [blocks.context(words.HAS_BEGUN)])
    shown = [
        blocks.section(_headed(session, reader)),
        texts.reminder(request.question, 120),
        *blocks.actions([*buttons(session, reader), _not_at_all(session, reader)]),
        *_calendar(session, reader, request, desk),
    ]
    news = _news(meeting, reader.me)
    return knock(news, shown, closing="") if news else quiet("told", shown)


def _is_off(session: Session, me: PersonId) -> bool:
    """Whether a helper's session has ended before its time, and not by their own word."""
    meeting = session.appointment
    if me != session.helper_id or session.state != "closed" or not meeting or not meeting.at or meeting.unmet:
        return False
    return session.ended_at is not None and session.ended_at < meeting.at


def _headed(session: Session, reader: AppointmentReader) -> str:
    meeting = session.appointment or Appointment()
    said = line(session, reader)
    if meeting.here or meeting.asked or meeting.times:
        return said  # which names the other
    return (words.starts_soon if meeting.announced_at else words.talk_with)(reader.other, said)


def _news(meeting: Appointment, me: PersonId) -> str:
    """What is new to a reader, as a state that is another for each thing; nothing where it is not."""
    if me in meeting.asked:
        return f"asked:{len(meeting.late)}"
    if meeting.answer_by:
        return "" if meeting.proposed_by == me else f"proposed:{meeting.answer_by.timestamp():.0f}"
    if meeting.here:
        return "" if me in meeting.here else f"here:{len(meeting.late)}"
    delays = sum(late != me for late in meeting.late)
    if meeting.announced_at:
        return f"soon:{delays}"
    return f"agreed:{delays}" if delays or meeting.agreed_by != me else ""


def _choices(session: Session, meeting: Appointment, reader: AppointmentReader) -> list[Element]:
    """A button for each time that the other proposes, by the reader's clock, and is to come."""
    if meeting.proposed_by == reader.me:
        return []
    return [
        _choice(session, at, reader, number) for number, at in enumerate(meeting.times) if at > reader.now
    ]


def _choice(session: Session, at: datetime, reader: AppointmentReader, number: int) -> Element:
    value = f"{session.id} {at.timestamp():.0f}"
    return blocks.button(texts.clock(at, reader.zone), CHOICES[number], value, style="primary")


def _calendar(session: Session, reader: AppointmentReader, request: Request, desk: Desk) -> list[Block]:
    meeting = session.appointment
    if meeting is None or meeting.at is None or reader.now >= meeting.at:
        return []
    title = calendar_links.title(request, desk.topics)
    return [blocks.context(calendar_links.links(title, meeting.at, session.minutes))]

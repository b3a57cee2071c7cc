"""The session of two: its cards for each side and their room, what is asked after it, and its rows on Home.

The card of a question goes on as its asker's card of the session, that of its offer as its helper's.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from handlers.block_kit import blocks, paging, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, Root
from handlers.interactions import talk_root
from handlers.interactions.command_call import Call
from handlers.interactions.conversation import Bonded, Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.threads import Rewritten, Standing, Thread, WrittenMessage
from handlers.offers.other_clock import other_clock
from handlers.offers.painting import about, offer_painter, question_painter
from handlers.requests import history, rows
from handlers.sessions import card as session_card
from handlers.sessions import (
    feedback,
    feedback_card,
    living_card,
    meeting,
    meeting_card,
    meeting_form,
    meeting_reader,
    sessions,
    words,
)
from handlers.sessions.feedback_card import CheckContext
from handlers.sessions.living_card import Beside
from kernel.desk import Desk
from kernel.kinds import ListName
from kernel.store import Key, Snapshot
from kernel.values import Document, PersonId, SessionId
from mentoring.features import SESSIONS as FEATURE
from mentoring.model.appointment import MEETING
from mentoring.model.check import CHECKS_ASKED, CUE, Check, Thanks, check_ids
from mentoring.model.offer import parts_of
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.said import Said
from mentoring.model.session import AWAY, OPEN_SESSIONS, SESSIONS, UNCHANGED, Session
from mentoring.model.undo import can_undo
from mentoring.sessions import relay
from mentoring.sessions.feedback import FEEDBACK_ASKED, Feedback, feedback_id
from mentoring.sessions.follow_ups import checks_of
from mentoring.sessions.reports import BOND
from relationships.mentor_search.keep_going import own_wish, wish_keys
from sensing.safety.safety import Finding

LINE = 120  # what a row shows of a text
Talk = tuple[Session, Request]


def _living(session_id: str, request: Request, read: Snapshot, reader: Reader) -> Picture | None:
    """Draw a session on the card that it shares with its question or offer; None where it has its own."""
    session, me = read.find(Session, session_id), reader.to
    if session is None or session.has_own_card:
        return None
    if session.is_open:
        beside = Beside(
            side=meeting_reader.reader_of(session, request, read, reader),
            clock=_clock(session, read, reader),
            role="" if session.is_hidden else texts.role(read.find(Person, session.helper_id)),
        )
    else:
        both = [feedback_id(session.id, it) for it in (me, session.other(me))]
        other = Key(Person, session.other(me))
        read.need([*(Key(Feedback, it) for it in both), other, *wish_keys(session)])
        said = {it.person_id: it for it in read.all(Feedback, both)}
        wish, person = own_wish(read, session, me), read.find(Person, session.other(me))
        has_left = person is not None and person.is_gone and not session.is_hidden
        beside = Beside(mine=said.get(me), other=said.get(session.other(me)), wish=wish, has_left=has_left)
    return living_card.card(session, request, reader, beside)


def _clock(session: Session, read: Snapshot, reader: Reader) -> list[Block]:
    both = {it.id: it for it in read.all(Person, (reader.to, session.other(reader.to)))}
    other = None if session.is_hidden else both.get(session.other(reader.to))
    return other_clock(both.get(reader.to), other, reader.desk.policy, session.began_at)


def _card(session: Session, read: Snapshot, reader: Reader) -> Picture | None:
    for _, request in history.talks(read, [session.id]):
        if reader.to.startswith("room:"):
            return session_card.room(session, request, reader.now)
        if not session.has_own_card:
            return None
        clock = _clock(session, read, reader)
        wish = own_wish(read, session, reader.to)
        return session_card.card(session, request, reader.to, reader.now, clock, wish=wish)
    return None


def _under(session: Session, read: Snapshot, to: PersonId) -> Root | None:
    """The card under which a relayed session goes on; None where the asker's shows something else now."""
    request = None if session.is_open else read.find(Request, session.request_id)
    has_moved_on = to == session.asker_id and request is not None and request.session_id != session.id
    return None if has_moved_on else talk_root.root(session, to)


def _unchanged(session: Session, read: Snapshot, reader: Reader) -> Picture:
    return session_card.unchanged(session, reader.to, _under(session, read, reader.to))


def _meeting(session: Session, read: Snapshot, reader: Reader) -> Picture | None:
    for _, request in history.talks(read, [session.id]):
        side = meeting_reader.reader_of(session, request, read, reader)
        return meeting_card.card(session, request, side, reader.desk)
    return None


async def _said(reader: Reader) -> Picture | None:
    said_id, _, part = reader.id.partition("/")

    def view(read: Snapshot) -> Picture | None:
        said = read.find(Said, said_id)
        session = read.find(Session, said.session_id) if said else None
        if said is None or session is None:
            return None
        return session_card.said(said, session, _under(session, read, said.to_id), int(part or 0))

    return await reader.desk.store.look(view, load=[Key(Said, said_id)])


async def _away(reader: Reader) -> Picture | None:
    since, _, until = reader.id.partition(".")
    return session_card.away(*(datetime.fromtimestamp(int(each), UTC) for each in (since, until)))


def _feedback(asked: Feedback, read: Snapshot, reader: Reader) -> Picture | None:
    other = read.find(Feedback, feedback_id(asked.session_id, asked.about))
    talks = history.talks(read, [asked.session_id])
    return next((feedback_card.card(asked, other, *talk) for talk in talks), None)


def _check(asked: Check, read: Snapshot, reader: Reader) -> Picture | None:
    around = _around(read, asked, reader)
    talks = history.talks(read, [asked.session_id])
    return next((feedback_card.check(asked, *talk, around) for talk in talks), None)


def _talk_of(reader: Reader) -> list[Key]:
    """The session, with its question, of what is asked about it: `<talk>.<about whom, or when>`."""
    session_id = reader.id.rpartition(".")[0]
    return [Key(Session, session_id), Key(Request, parts_of(session_id)[0])]


def _beside_check(reader: Reader) -> list[Key]:
    talk = SessionId(reader.id.rpartition(".")[0])
    others = (Key(Check, it) for it in check_ids(talk, reader.desk.policy))
    return [*_talk_of(reader), Key(Thanks, talk), *others]


def _around(read: Snapshot, asked: Check, reader: Reader) -> CheckContext:
    others = [it for it in _own_checks(read, asked, reader) if it.id != asked.id]
    thanks = read.find(Thanks, asked.session_id)
    return CheckContext(
        is_settled=any(it.is_final for it in others),
        is_asked_again=any(it.asked_at > asked.asked_at for it in others),
        was_told=thanks is not None and thanks.told,
        can_undo=asked.is_final and can_undo(asked.answered_at, reader.now),
    )


def _own_checks(read: Snapshot, asked: Check, reader: Reader) -> list[Check]:
    return checks_of(read, asked.session_id, reader.desk.policy, asked.role)


def _thanks(note: Thanks, read: Snapshot, reader: Reader) -> Picture | None:
    return feedback_card.thanks(note, reader.desk, [it for _, it in history.talks(read, [note.id])])


def _talks(read: Snapshot, documents: Mapping[ListName, Sequence[Document]]) -> Mapping[str, Talk]:
    """The sessions that any of these documents is about, each with its request, by the session's id."""
    return {
        it[0].id: it for it in history.talks(read, [talk_of(it) for all in documents.values() for it in all])
    }


def talk_of(document: Any) -> str:
    """The id of the session that a document is about."""
    return document.id if isinstance(document, Session) else document.session_id


def _of_talks(
    overview: Overview, part: str, name: ListName, type: Any
) -> Iterator[tuple[Any, Session, Request]]:
    talks: Mapping[str, Talk] = overview.related[part]
    for it in overview.of(name, type):
        if talk_of(it) in talks:
            yield (it, *talks[talk_of(it)])


def _feedback_rows(overview: Overview) -> list[Block]:
    return [
        row
        for asked, session, request in _of_talks(overview, "feedback", FEEDBACK_ASKED, Feedback)
        for row in (
            blocks.section(feedback_card.question(asked, session)),
            *session_card.brought(session, request, asked.person_id, LINE),
            *blocks.actions(feedback_card.answer_buttons(asked)),
        )
    ]


def _check_rows(overview: Overview) -> list[Block]:
    return [
        row
        for check, session, request in _of_talks(overview, "checks", CHECKS_ASKED, Check)
        for row in (
            blocks.section(_asks(check, session_card.name_of_other(session, check.asker_id))),
            *session_card.brought(session, request, check.asker_id, LINE),
            *blocks.actions(feedback_card.check_buttons(check)),
        )
    ]


def _asks(check: Check, who: str) -> str:
    if check.label == CUE:
        return words.step_from_talk(who)
    return words.did_you_use_row(who)


def _section(overview: Overview) -> list[Block]:
    total = overview.total(SESSIONS)
    if not total:
        return []
    shown = [
        row
        for _, session, request in _of_talks(overview, "talks", OPEN_SESSIONS, Session)
        for row in _talk(session, request, overview)
    ]
    everything = blocks.button(words.all_talks(total), paging.SESSIONS, "home")
    nothing = blocks.section(words.NONE_OPEN)
    return [blocks.header(words.MY_TALKS), *(shown or [nothing]), *blocks.actions([everything])]


def _talk(session: Session, request: Request, overview: Overview) -> list[Block]:
    who = session_card.name_of_other(session, overview.me)
    said = words.with_other(who, meeting_card.row(session, overview.me, overview.now))
    return [blocks.section(said, rows.wrap_up(session.id)), texts.reminder(request.question, LINE)]


def _standing(session: Session, me: PersonId) -> Standing:
    return "going" if session.is_open and session.room == "relay" else "closed"


async def _pass_on(call: Call, session_id: str, message: WrittenMessage, _finding: Finding) -> None:
    passed = {"text": message.text, "event_id": message.id, "once": message.once}
    many = session_card.parts(message.text)
    await relay.say(call.desk, SessionId(session_id), call.me, call.now, **passed, parts=many)


async def _follow(desk: Desk, edit: Rewritten, now: datetime) -> None:
    if edit.after:
        many = session_card.parts(edit.after)
        await relay.change(desk, edit.id, edit.by, now, text=edit.after, parts=many)
    else:
        await relay.delete(desk, edit.id, edit.by)


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(sessions.register, meeting.register, feedback.register),
    painters={
        "request": question_painter(_living),
        "offer": offer_painter(_living),
        "session": drawn(Session, _card, about),
        "said": _said,
        UNCHANGED: drawn(Session, _unchanged),
        AWAY: _away,
        MEETING: drawn(Session, _meeting, about),
        "feedback": drawn(Feedback, _feedback, _talk_of),
        "check": drawn(Check, _check, _beside_check),
        "thanks": drawn(Thanks, _thanks),
    },
    home=(
        HomePart(
            name="feedback",
            lists={FEEDBACK_ASKED: Feedback},
            counts=(FEEDBACK_ASKED,),
            waits_in=(FEEDBACK_ASKED,),
            also=_talks,
            waiting=_feedback_rows,
            waits_at=50,
        ),
        HomePart(
            name="checks",
            lists={CHECKS_ASKED: Check},
            counts=(CHECKS_ASKED,),
            waits_in=(CHECKS_ASKED,),
            also=_talks,
            waiting=_check_rows,
            waits_at=60,
        ),
        HomePart(
            name="talks",
            lists={OPEN_SESSIONS: Session},
            counts=(SESSIONS,),
            also=_talks,
            section=_section,
            stands_at=20,
        ),
    ),
    bonds=(
        Bonded(
            bond=BOND,
            what=words.A_TALK,
            end=words.END_NOW,
            follows=words.ASKED_NO_MORE,
            told=session_card.who_was_who,
        ),
    ),
    threads={
        "session": Thread(
            document=Session, listed_in=OPEN_SESSIONS, standing=_standing, answer=_pass_on, follow=_follow
        )
    },
    field_refusals={
        ("minutes", "too_often"): words.TIME_ADDED_TOO_OFTEN,
        ("minutes", "no_room"): (words.NO_MINUTES_LEFT),
        **meeting_form.REFUSED,
    },
)

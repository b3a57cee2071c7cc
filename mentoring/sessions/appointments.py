"""When two who are matched talk: proposed, agreed on, begun, put off; and what follows where they don't."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from kernel.desk import Desk
from kernel.errors import Ended
from kernel.policy import Policy
from kernel.store import NONE, Changes, Due, Key, Later, Snapshot, together
from kernel.values import PersonId, SessionId
from mentoring.model.appointment import ASK_TALKED, MEETING_FILE, TELL_OF_MEETING, Appointment, Unmet
from mentoring.model.load import Load
from mentoring.model.person import Person, only_here, stranger, working_hour
from mentoring.model.request import Request
from mentoring.model.session import OPEN_SESSIONS, Session, WrapUp
from mentoring.requests.completion import session_ended
from mentoring.requests.requests import search_begun
from mentoring.routing.acceptance import timers
from mentoring.routing.meeting_times import TwoCalendars, hold_until, meeting_times
from mentoring.sessions.sessions import wrap_up

Told = Sequence[PersonId]
Change = Callable[[Snapshot, Session], Appointment]
SAME_TALKS = 20  # open sessions of one person that are looked at
ROUND = timedelta(minutes=5)
FRESH = timedelta(minutes=5)  # after a yes, of which both have a message


class By(NamedTuple):
    """Who does something about which session, and when."""

    session_id: SessionId
    me: PersonId
    now: datetime


async def suggested(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> list[datetime]:
    """Times for a session at which both are at work and in no other session."""
    session = await desk.get(Session, session_id)
    session.other(me)
    both = (session.asker_id, session.helper_id)
    if not session.is_open:
        raise Ended
    ids = [id for who in both for id in await desk.store.ids(OPEN_SESSIONS.of(who), limit=SAME_TALKS)]

    def view(read: Snapshot) -> list[datetime]:
        talks = [session for session in read.all(Session, dict.fromkeys(ids)) if session.id != session_id]
        busy = [
            (talk.starts_at, talk.ends_at)
            for talk in talks
            if not (talk.appointment and talk.appointment.times)
        ]
        asker, helper = (read.find(Person, who) or stranger(who, now) for who in both)
        return meeting_times(TwoCalendars(asker, helper, desk.policy.holidays), session.minutes, now, busy)

    return await desk.store.look(view, load=[Key(Person, who) for who in both])


async def propose(
    desk: Desk, session_id: SessionId, me: PersonId, times: Sequence[datetime], now: datetime
) -> Session:
    """Propose up to four times, of which the other chooses one within two of their working hours.

    What was agreed on before no longer holds. Times that can't be are refused, each under its field.
    """

    def change(read: Snapshot, session: Session) -> Appointment:
        other = session.other(me)
        answer_by = hold_until(read.find(Person, other) or stranger(other, now), now, desk.policy)
        return _of(session).propose(times, me, answer_by, now)

    return await _move(desk, By(session_id, me, now), change, _the_other)


async def choose(desk: Desk, session_id: SessionId, me: PersonId, at: datetime, now: datetime) -> Session:
    """Agree on one of the times that the other has proposed; twice the same changes nothing."""
    by = By(session_id, me, now)
    return await _move(desk, by, lambda _, session: _of(session).choose(at, me, now), _the_other)


async def in_an_hour(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Session:
    """Say that the session is in an hour, to the next five minutes, as long as nothing was said about it."""
    at = now + timedelta(hours=1)
    at += (datetime.min.replace(tzinfo=at.tzinfo) - at) % ROUND
    by = By(session_id, me, now)
    return await _move(desk, by, lambda _, session: _of(session).fix(at, me, now), _unless_fresh)


async def start(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Session:
    """Be there; when both are, the clock of the session begins to run."""

    def change(_: Snapshot, session: Session) -> Appointment:
        return _of(session).arrive(me, session.other(me), now)

    return await _move(desk, By(session_id, me, now), change, _unless_fresh)


async def run_late(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Session:
    """Come ten minutes later than agreed; a few times only."""
    by = By(session_id, me, now)
    return await _move(desk, by, lambda _, session: _of(session).come_later(me, now), _the_other)


async def call_off(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Session:
    """Say that the session won't take place: the asker's search goes on. Doing it twice changes nothing."""

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        session = read.get(Session, session_id)
        session.other(me)
        if not session.is_open:
            return session, NONE
        why: Unmet = "by_asker" if me == session.asker_id else "by_helper"
        return _unmet(read, session, why, desk.policy, now)

    return await desk.store.commit(decide, load=_around(session_id))


async def talked(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Session:
    """Say that the two have talked, though nobody pressed Start: it took what was booked."""
    session = await desk.get(Session, session_id)
    return await wrap_up(desk, session_id, me, WrapUp(minutes=session.minutes), now)


async def tell_later(desk: Desk, thing: str, now: datetime, due: Due | None = None) -> None:
    """Tell one of the two, who was not at work when there was news of a session, unless it has begun."""
    id, _, who = thing.rpartition(".")
    session_id, person_id = SessionId(id), PersonId(who)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = _waiting(read, session_id)
        if session is None:
            return None, NONE
        told = session.model_copy(update={"appointment": _of(session).tell({person_id})})
        return None, Changes(put=[told], show=only_here(read, told.shows()))

    await desk.store.commit(decide, load=[Key(Session, session_id)], due=due)


async def announce(desk: Desk, session_id: SessionId, now: datetime, due: Due | None = None) -> None:
    """Remind both that their session begins soon, unless it has begun or is at another time."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = _waiting(read, session_id)
        meeting = session.appointment if session else None
        if session is None or meeting is None or meeting.at is None or now >= meeting.at:
            return None, NONE
        both = (session.asker_id, session.helper_id)
        told = session.model_copy(update={"appointment": meeting.announce(now).tell(both)})
        return None, Changes(put=[told], show=only_here(read, told.shows()))

    await desk.store.commit(decide, load=[Key(Session, session_id)], due=due)


async def ask_talked(desk: Desk, session_id: SessionId, now: datetime, due: Due | None = None) -> None:
    """Ask both, each in their working hours, whether they talked where nobody has said that it began."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = _waiting(read, session_id)
        meeting = session.appointment if session else None
        if session is None or meeting is None or meeting.times or now < session.ends_at:
            return None, NONE
        both = {session.asker_id, session.helper_id} - meeting.asked
        at = {who: working_hour(read.find(Person, who), now, desk.policy) for who in both}
        here = frozenset(who for who in both if at[who] <= now)
        asked = session.model_copy(update={"appointment": meeting.ask(here).tell(here)})
        rest = [Later(ASK_TALKED, session_id, min(at[who] for who in both - here))] if both - here else []
        shows = [show for show in asked.shows() if show.to in here]
        return None, Changes(put=[asked], later=rest, show=only_here(read, shows))

    await desk.store.commit(decide, load=[Key(Session, session_id)], due=due)


async def lapse(desk: Desk, session_id: SessionId, now: datetime, due: Due | None = None) -> None:
    """Let the search go on where none of the proposed times was chosen in time."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = _waiting(read, session_id)
        by = session.appointment.answer_by if session and session.appointment else None
        if session is None or by is None or now < by:
            return None, NONE
        return None, _unmet(read, session, "no_time", desk.policy, now)[1]

    await desk.store.commit(decide, load=_around(session_id), due=due)


def heard(session: Session, me: PersonId, policy: Policy, now: datetime) -> Changes:
    """What goes with a word of somebody's in a relayed session: with a word of both its clock begins.

    What is written long before an agreed time, or while times are proposed, arranges the session.
    """
    meeting = session.appointment
    if meeting is None or not meeting.hears(now):
        return NONE
    after = session.meet(meeting.arrive(me, session.other(me), now))
    if after == session:
        return NONE
    if not after.has_begun:
        return Changes(put=[after])
    return Changes(put=[after], later=timers(after, policy), show=after.shows())


async def _move(desk: Desk, by: By, change: Change, tells: Callable[[Session, By], Told]) -> Session:
    """Commit another appointment for an open session; one that is as it was changes nothing.

    *tells* is who gets a message about it.
    """

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        session = read.get(Session, by.session_id)
        session.other(by.me)
        if not session.is_open:
            raise Ended
        meeting = change(read, session)
        if meeting == session.appointment:
            return session, NONE
        told = () if meeting.begun_at else tells(session, by)
        hours = {who: working_hour(read.find(Person, who), by.now, desk.policy) for who in told}
        after = session.meet(_told(meeting, hours, by.now))
        filed = _files(read, session, after, by, desk.policy)
        later = [*timers(after, desk.policy), *_told_later(after, hours), *filed]
        return after, Changes(put=[after], later=later, show=after.shows())

    return await desk.store.commit(decide, load=_around(by.session_id))


def _told(meeting: Appointment, hours: Mapping[PersonId, datetime], now: datetime) -> Appointment:
    """The appointment with only those to be told who need it now (*hours*: when each is at work).

    These are at work, or will not be before the session.
    """
    at_once = {who for who, at in hours.items() if at <= now or (meeting.at and meeting.at <= at)}
    return meeting.model_copy(update={"told": meeting.told.difference(hours) | at_once})


def _told_later(session: Session, hours: Mapping[PersonId, datetime]) -> list[Later]:
    waiting = sorted(hours.keys() - _of(session).told)
    return [Later(TELL_OF_MEETING, f"{session.id}.{who}", hours[who]) for who in waiting]


def _files(read: Snapshot, before: Session, after: Session, by: By, policy: Policy) -> list[Later]:
    """When each gets a file of a time that was just agreed on: at work, as they are told of it."""
    meeting = _of(after)
    if meeting.at is None or meeting.begun_at or meeting.agreed_at == _of(before).agreed_at:
        return []
    other = after.other(by.me)
    at = {by.me: by.now, other: working_hour(read.find(Person, other), by.now, policy)}
    return [Later(MEETING_FILE, f"{after.id}.{who}", min(at[who], meeting.at)) for who in at]


def _unmet(
    read: Snapshot, session: Session, why: Unmet, policy: Policy, now: datetime
) -> tuple[Session, Changes]:
    """What goes with a session that won't take place: the helper is free, and someone else is sought."""
    over = session.give_up(_of(session).give_up(why), now)
    ended = session_ended(read, over)
    unhelped = [
        document.forget_helping(session.asker_id) if isinstance(document, Load) else document
        for document in ended.put
    ]
    request = read.get(Request, session.request_id)
    needed_by = now + policy.needed_within_hours.of(request.urgency)
    sought = request.look_again(needed_by, without=session.helper_id)
    sought = sought.model_copy(update={"unmet": None if why == "by_asker" else why})
    searched = Changes(put=[sought], later=search_begun(sought, now), show=sought.shows())
    freed = Changes(put=unhelped, drop=ended.drop, later=ended.later, show=ended.show)
    return over, together(freed, searched)


def _the_other(session: Session, by: By) -> Told:
    return (session.other(by.me),)


def _unless_fresh(session: Session, by: By) -> Told:
    """The other, unless they have just been told of the yes: then their card says it."""
    return () if by.now < session.began_at + FRESH else (session.other(by.me),)


def _of(session: Session) -> Appointment:
    """A session's appointment; one that was stored before there were any has none."""
    return session.appointment or Appointment()


def _waiting(read: Snapshot, session_id: SessionId) -> Session | None:
    """A session that goes on and has not begun, or None."""
    session = read.find(Session, session_id)
    return session if session and session.is_open and not session.has_begun else None


def _around(session_id: SessionId) -> list[Key]:
    """What a decision about an appointment reads, as its id tells."""
    request_id, _, helper_id = session_id.rpartition(".")
    helper = [Key(Load, helper_id), Key(Person, helper_id)]
    return [Key(Session, session_id), Key(Request, request_id), *helper]

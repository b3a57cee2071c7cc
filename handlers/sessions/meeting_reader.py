"""One of the two as who reads of when they talk: their clock, and whether the other can be expected."""

from datetime import timedelta

from handlers.interactions.conversation import Reader
from handlers.sessions import card as session_card
from handlers.sessions import meeting_card
from kernel.store import Snapshot
from mentoring.model.person import Person, stranger
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.routing.meeting_times import TwoCalendars, are_at_work, is_there

HOUR = timedelta(hours=1)


def reader_of(
    session: Session, request: Request, read: Snapshot, reader: Reader
) -> meeting_card.AppointmentReader:
    """How one of the two reads of when they talk."""
    desk, now, me = reader.desk, reader.now, reader.to
    both = (session.asker_id, session.helper_id)
    known = {it.id: it for it in read.all(Person, both)}
    asker, helper = (known.get(it) or stranger(it, now) for it in both)
    pair = TwoCalendars(asker, helper, desk.policy.holidays)
    return meeting_card.AppointmentReader(
        me,
        session_card.name_of_other(session, me),
        (asker if me == asker.id else helper).zone,
        now,
        can_now=is_there(pair, request.asked_at, now),
        can_in_an_hour=are_at_work(pair, session.minutes, now + HOUR),
    )

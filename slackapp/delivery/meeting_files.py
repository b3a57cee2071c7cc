"""The agenda's `meeting_file`: an agreed time as a file for the calendar of one of the two.

Without the scope, or where the upload is refused, the links on the card are what there is.
"""

from datetime import datetime

from handlers.sessions import calendar_links
from kernel.store import Due, Key, Snapshot
from kernel.values import PersonId, SessionId
from mentoring.model.request import Request
from mentoring.model.session import Session
from slackapp.delivery.uploads import File, Uploads
from slackapp.workspaces.worker import Worker

NAME, TITLE = "talk.ics", "Your talk, for your calendar"


class MeetingFiles:
    """Sends agreed times as files."""

    def __init__(self, worker: Worker) -> None:
        self._worker, self._uploads = worker, Uploads(worker)

    async def send(self, due: Due) -> None:
        """Perform one entry: `<talk>.<person>`, unless the time has passed or is another by now."""
        session_id, _, who = due.thing.rpartition(".")
        place = await self._worker.workspaces.at(due.workspace)
        now = self._worker.clock.now()

        def view(read: Snapshot) -> tuple[Session, Request] | None:
            session = read.find(Session, SessionId(session_id))
            request = read.find(Request, session.request_id) if session else None
            return (session, request) if session and request and _is_ahead(session, now) else None

        found = await place.desk.store.look(view, load=[Key(Session, session_id)])
        channel = await self._uploads.conversation(place, due, PersonId(who)) if found else None
        if found and channel:
            content = calendar_links.file(*found, place.desk.topics, now)
            of = f"{due.kind} {due.thing} {_agreed_at(found[0])}"
            await self._uploads.bring(place, channel, File(of, NAME, TITLE, content.encode()))
        await self._worker.stores.agenda.done(due)


def _agreed_at(session: Session) -> datetime | None:
    return session.appointment.agreed_at if session.appointment else None


def _is_ahead(session: Session, now: datetime) -> bool:
    meeting = session.appointment
    return session.is_open and meeting is not None and meeting.at is not None and now < meeting.at

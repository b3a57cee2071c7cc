"""Reports: the quiet safety flag. It goes to the admins, only when a person presses, and names both."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from pydantic import AwareDatetime

from mentoring.alerts import Alert, admins_of, raised
from mentoring.changes import NONE, together
from mentoring.desk import Desk
from mentoring.errors import Invalid
from mentoring.session import Session
from mentoring.store import Changes, Key, Snapshot
from mentoring.values import Document, PersonId, SessionId

LONGEST = 3_000


class Report(Document):
    """That someone felt unsafe or was treated badly in a talk. It is the log of who was told, and of what.

    *unmasked*: the two were anonymous to each other; the admins in *told* learn who they are.
    """

    kind: ClassVar[str] = "report"
    session_id: SessionId
    reporter_id: PersonId
    about_id: PersonId
    text: str
    made_at: AwareDatetime
    unmasked: bool
    told: tuple[PersonId, ...]

    def lists(self) -> Mapping[str, datetime]:
        """Every report."""
        return {"reports": self.made_at}


async def report(desk: Desk, session_id: SessionId, me: PersonId, text: str, now: datetime) -> Report:
    """Tell the admins about a talk, except one whom it is about. The other is not told."""
    if len(text) > LONGEST:
        raise Invalid("text", "too_long", limit=LONGEST, length=len(text))
    admins = await admins_of(desk)

    def decide(read: Snapshot) -> tuple[Report, Changes]:
        session = read.get(Session, session_id)
        made = _report(session, me, text.strip(), admins, now)
        first = read.find(Report, made.id)
        if first is not None and made.text in first.text:
            return first, NONE
        if first is not None:
            made = made.model_copy(update={"text": f"{first.text}\n{made.text}", "made_at": first.made_at})
        alert = Alert(
            id=f"report.{made.id}",
            about="report",
            facts={"report_id": made.id},
            raised_at=now,
            told=made.told,
        )
        return made, together(Changes(put=[made], show=alert.shows()), raised(read, alert))

    return await desk.store.commit(decide, load=[Key(Session, session_id)])


def _report(session: Session, me: PersonId, text: str, admins: list[PersonId], now: datetime) -> Report:
    about = session.other(me)
    return Report(
        id=f"{session.id}.{me}",
        session_id=session.id,
        reporter_id=me,
        about_id=about,
        text=text,
        made_at=now,
        unmasked=session.is_hidden,
        told=tuple(admin for admin in admins if admin != about),
    )

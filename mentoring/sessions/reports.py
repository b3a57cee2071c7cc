"""Reports: the quiet safety flag. It goes to the admins, only when a person presses, and names both."""

from datetime import datetime

from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.policy import Policy
from kernel.store import NONE, Changes, Key, Snapshot, together
from kernel.values import PersonId, SessionId, Value
from mentoring.admins.admins import admins, listed_admins, met_admins
from mentoring.admins.alerts import find_alert, raised
from mentoring.model.alert import Alert, Report
from mentoring.model.person import Person, stranger
from mentoring.model.session import Session
from mentoring.people.people import part
from mentoring.sessions.feedback import unasked
from mentoring.sessions.follow_up_schedule import talk_over
from mentoring.sessions.follow_ups import unchecked

LONGEST = 3_000


class NewReport(Value):
    """What somebody reports of a session, and whether it ends now and the two are kept apart from now on."""

    text: str
    end_talk: bool = False
    keep_apart: bool = False


class Received(Value):
    """What became of a report: the admins who hear of it, and whether it is known who the admins are."""

    report: Report
    told: tuple[PersonId, ...]
    are_admins_known: bool


async def report(desk: Desk, session_id: SessionId, me: PersonId, said: NewReport, now: datetime) -> Received:
    """Tell the admins about a session, except the two themselves. The other is not told.

    Nobody is asked about the session any more, and where that is wished all that the two share is over. As
    long as no admin is known it stays open for the first.
    """
    if len(said.text) > LONGEST:
        raise Invalid("text", "too_long", limit=LONGEST, length=len(said.text))
    met = await met_admins(desk)

    def decide(read: Snapshot) -> tuple[Received, Changes]:
        session = read.get(Session, session_id)
        after = session.report(me).close(now) if said.end_talk else session.report(me)
        steering = admins(read, desk.policy, met)
        made, alerting = _told(read, _report(session, me, said, steering, now), desk.policy, now)
        alert = next(document for document in alerting.put if isinstance(document, Alert))
        received = Received(report=made, told=alert.told, are_admins_known=listed_admins(read) is not None)
        return received, together(
            Changes(put=[made]),
            alerting,
            _noted(read, session, after, desk.policy, now),
            _apart(read, made, now) if said.keep_apart else NONE,
        )

    received = await desk.store.commit(decide, load=[Key(Session, session_id)])
    if said.keep_apart:
        await part(desk, me, received.report.about_id, now)
    return received


def alert_id(report_id: str) -> str:
    """The id of the alert that goes with a report."""
    return f"report.{report_id}"


def _report(
    session: Session, me: PersonId, said: NewReport, steering: tuple[PersonId, ...], now: datetime
) -> Report:
    about = session.other(me)
    return Report(
        id=f"{session.id}.{me}",
        session_id=session.id,
        reporter_id=me,
        about_id=about,
        text=said.text.strip(),
        made_at=now,
        unmasked=session.is_hidden,
        told=tuple(admin_id for admin_id in steering if admin_id not in (me, about)),
        apart=said.keep_apart,
    )


def _told(read: Snapshot, made: Report, policy: Policy, now: datetime) -> tuple[Report, Changes]:
    """A report with what was said before, and its alert; new words call the admins anew."""
    first = read.find(Report, made.id)
    before = find_alert(read, alert_id(made.id))
    is_new = first is None or made.text not in first.text
    if first is not None:
        text = f"{first.text}\n{made.text}" if is_new else first.text
        kept = {"text": text, "made_at": first.made_at, "apart": first.apart or made.apart}
        made = made.model_copy(update=kept)
    if before is not None and not is_new:
        return made, Changes(put=[before], show=before.shows())
    if before is not None and before.is_open:
        anew = before.tell(made.told).model_copy(update={"raised_at": now})
        return made, Changes(put=[anew], show=anew.shows())
    alert = Alert(
        id=alert_id(made.id),
        about="report",
        facts={"report_id": made.id},
        raised_at=now,
        raised_by=made.reporter_id,
        kept_from=frozenset({made.reporter_id, made.about_id}),
        told=made.told,
    )
    return made, raised(read, alert, policy)


def _noted(read: Snapshot, before: Session, session: Session, policy: Policy, now: datetime) -> Changes:
    """What goes with a session that was reported, and has ended where that was wished."""
    silent = together(unasked(read, session), unchecked(read, session, policy))
    if before.is_open and not session.is_open:
        return together(talk_over(read, session, policy, now), silent)
    return together(Changes(put=[session], show=session.shows()), silent)


def _apart(read: Snapshot, made: Report, now: datetime) -> Changes:
    person = read.find(Person, made.reporter_id) or stranger(made.reporter_id, now)
    return Changes(put=[person.keep_from(person.do_not_match | {made.about_id}, now)])

"""What follows a session that was held: both are asked about it, and who was helped whether it was of use."""

from datetime import datetime, timedelta

from kernel.policy import Policy
from kernel.store import Changes, Later, Never, Snapshot, together
from kernel.values import PersonId
from mentoring.model.check import ASK_CHECK, CUE, Role, check_id, roles_helped
from mentoring.model.learned import planned
from mentoring.model.person import Person, working_hour
from mentoring.model.request import Request
from mentoring.model.session import ASK_FEEDBACK, Session
from mentoring.requests.completion import request_ended, session_ended


def talk_over(read: Snapshot, session: Session, policy: Policy, now: datetime) -> Changes:
    """Everything that goes with the end of a session. Of one that was reported nobody is asked."""
    request = read.get(Request, session.request_id).resolve(now)
    over = together(
        session_ended(read, session), request_ended(read, request, policy, now), planned(read, now)
    )
    if session.reported_by:
        return over
    ask = Later(ASK_FEEDBACK, session.id, now + timedelta(minutes=policy.feedback_after_minutes))
    planned_checks = {
        id: at
        for role in roles_helped(session)
        for id, at in checks_planned(read, session, policy, now, role).items()
    }
    checks = [Later(ASK_CHECK, id, at) for id, at in planned_checks.items()]
    return together(over, Changes(later=[ask, *checks, *cue(session)]))


def checks_planned(
    read: Snapshot, session: Session, policy: Policy, now: datetime, role: Role = "asker"
) -> dict[str, datetime]:
    """When *did you use it?* is asked: so many days on, at the next working hour of who is asked."""
    asked = read.find(Person, asked_of(session, role))
    return {
        check_id(session.id, f"d{days}", role): working_hour(asked, now + timedelta(days=days), policy)
        for days in policy.checks
    }


def asked_of(session: Session, role: Role) -> PersonId:
    """Who has a role in a session."""
    return session.asker_id if role == "asker" else session.helper_id


def cue(session: Session) -> list[Later | Never]:
    """The reminders at the own cues of those who were helped, where a next step names a time."""
    return [check for role in roles_helped(session) for check in cue_of(session, role)]


def cue_of(session: Session, role: Role) -> list[Later | Never]:
    """The reminder at the own cue of one who was helped."""
    id = check_id(session.id, CUE, role)
    step = None if session.reported_by else session.step_of(asked_of(session, role))
    return [Later(ASK_CHECK, id, step.at) if step and step.at else Never(ASK_CHECK, id)]

"""What follows a talk that was held: both are asked about it, and the asker whether it was of use."""

from datetime import datetime, timedelta

from kernel.changes import together
from kernel.policy import Policy
from kernel.store import Changes, Later, Never, Snapshot
from mentoring.model.check import ASK_CHECK, CUE, check_id
from mentoring.model.learned import planned
from mentoring.model.person import Person, working_hour
from mentoring.model.request import Request
from mentoring.model.session import ASK_FEEDBACK, Session
from mentoring.requests.completion import request_ended, session_ended


def talk_over(read: Snapshot, session: Session, policy: Policy, now: datetime) -> Changes:
    """Return everything that goes with the end of a talk. Of one that was reported nobody is asked."""
    request = read.get(Request, session.request_id).resolve(now)
    over = together(
        session_ended(read, session), request_ended(read, request, policy, now), planned(read, now)
    )
    if session.reported_by:
        return over
    ask = Later(ASK_FEEDBACK, session.id, now + timedelta(minutes=policy.feedback_after_minutes))
    checks = [Later(ASK_CHECK, id, at) for id, at in checks_planned(read, session, policy, now).items()]
    return together(over, Changes(later=[ask, *checks, *cue(session)]))


def checks_planned(read: Snapshot, session: Session, policy: Policy, now: datetime) -> dict[str, datetime]:
    """Return when *did you use it?* is asked: so many days on, at the next working hour of the asker."""
    asker = read.find(Person, session.asker_id)
    return {
        check_id(session.id, f"d{days}"): working_hour(asker, now + timedelta(days=days), policy)
        for days in policy.checks
    }


def cue(session: Session) -> list[Later | Never]:
    """Return the reminder at the asker's own cue, if their next step names a time."""
    id = check_id(session.id, CUE)
    step = None if session.reported_by else session.next_step
    return [Later(ASK_CHECK, id, step.at) if step and step.at else Never(ASK_CHECK, id)]

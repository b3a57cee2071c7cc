"""What follows where a talk of two is reported: nobody is asked about it any more, and it ends if wished."""

from kernel.store import Changes, Snapshot, together
from kernel.values import PersonId
from mentoring.admins.reports import Bond, Reported
from mentoring.model.session import Session
from mentoring.sessions.feedback import unasked
from mentoring.sessions.follow_up_schedule import talk_over
from mentoring.sessions.follow_ups import unchecked


def _others(it: Session, me: PersonId) -> tuple[PersonId, ...]:
    return (it.other(me),) if me in (it.asker_id, it.helper_id) else ()


def _follows(read: Snapshot, before: Session, said: Reported) -> Changes:
    noted = before.report(said.by)
    after = noted.close(said.now) if said.ends else noted
    silent = together(unasked(read, after), unchecked(read, after, said.policy))
    if before.is_open and not after.is_open:
        return together(talk_over(read, after, said.policy, said.now), silent)
    return together(Changes(put=[after], show=after.shows()), silent)


BOND = Bond(
    document=Session,
    others=_others,
    can_end=lambda it, me: it.is_open,
    follows=_follows,
    is_hidden=lambda it: it.is_hidden,
)

"""What follows where a sprint with a partner is reported: by whose sprint it is, or by the partner."""

from coaching.sprints.changes import shows
from coaching.sprints.sprint import Sprint
from kernel.store import Changes, Snapshot
from kernel.values import PersonId
from mentoring.admins.reports import Bond, Reported


def _others(it: Sprint, me: PersonId) -> tuple[PersonId, ...]:
    if it.partner_id is None:
        return ()
    return {it.person_id: (it.partner_id,), it.partner_id: (it.person_id,)}.get(me, ())


def _can_end(it: Sprint, me: PersonId) -> bool:
    return it.is_open and it.consent in ("asked", "yes")


def _follows(read: Snapshot, before: Sprint, said: Reported) -> Changes:
    noted = before.report(said.by)
    partner = before.partner_id if said.ends and _can_end(before, said.by) else None
    after = noted.agree(partner, "no") if partner else noted
    return Changes(put=[after], show=shows(after))


BOND = Bond(document=Sprint, others=_others, can_end=_can_end, follows=_follows)

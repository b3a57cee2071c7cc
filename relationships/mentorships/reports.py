"""What follows where a mentorship is reported: whoever did so is asked no more, and it ends if they wish."""

from kernel.store import Changes, Snapshot
from kernel.values import PersonId
from mentoring.admins.reports import Bond, Reported
from relationships.mentorships.changes import changed
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.pair import pair_of


def _others(it: Mentorship, me: PersonId) -> tuple[PersonId, ...]:
    return (it.other(me),) if me in it.both else ()


def _follows(read: Snapshot, before: Mentorship, said: Reported) -> Changes:
    noted = before.report(said.by)
    after = noted.close("no_fit", said.now, but=said.by) if said.ends else noted
    return changed(read, before, after, pair_of(read, before, said.policy, said.now), said.now)


BOND = Bond(document=Mentorship, others=_others, can_end=lambda it, me: it.is_open, follows=_follows)

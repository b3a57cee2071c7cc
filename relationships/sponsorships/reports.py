"""What follows where a sponsorship is reported: whoever did so is asked no more, and it ends if they wish."""

from kernel.store import Changes, Snapshot
from kernel.values import PersonId
from mentoring.admins.reports import Bond, Reported
from relationships.sponsorships.changes import changed, pair_of
from relationships.sponsorships.sponsorship import Sponsorship


def _others(it: Sponsorship, me: PersonId) -> tuple[PersonId, ...]:
    return (it.other(me),) if me in it.both else ()


def _follows(read: Snapshot, before: Sponsorship, said: Reported) -> Changes:
    noted = before.report(said.by)
    after = noted.close("closed", said.now, by=said.by) if said.ends else noted
    return changed(read, after, pair_of(read, after, said.policy, said.now), said.now)


BOND = Bond(document=Sponsorship, others=_others, can_end=lambda it, me: it.is_open, follows=_follows)

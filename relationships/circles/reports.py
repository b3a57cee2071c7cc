"""What follows where somebody of a circle is reported: whoever did so goes from it, if they wish."""

from kernel.store import NONE, Changes, Snapshot
from kernel.values import PersonId
from mentoring.admins.reports import Bond, Reported
from relationships.circles.circle import Circle
from relationships.circles.circles import changed


def _others(it: Circle, me: PersonId) -> tuple[PersonId, ...]:
    """Everybody else who has not said no, also who has left since."""
    there = [each for each in it.everyone if it.answers.get(each, True)]
    return tuple(each for each in there if each != me) if me in there else ()


def _follows(read: Snapshot, before: Circle, said: Reported) -> Changes:
    if not said.ends:
        return NONE
    return changed(read, before, before.leave(said.by, said.now), said.policy, said.now)


BOND = Bond(
    document=Circle, others=_others, can_end=lambda it, me: it.is_open and it.is_in(me), follows=_follows
)

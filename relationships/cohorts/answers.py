"""What came of a programme's proposals, heard a few times a day for who had them made, until all is known."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from kernel.desk import Desk
from kernel.store import NONE, Changes, Due, Key, Snapshot
from relationships.circles.circle import Circle
from relationships.cohorts.programme import Programme, ProposedPair
from relationships.cohorts.programmes import changed
from relationships.cohorts.result import ProposalTally
from relationships.mentorships.mentorship import Mentorship


async def hear(desk: Desk, programme_id: str, now: datetime, due: Due | None = None) -> None:
    """Count the answers anew; what was taken back meanwhile is waited for no more."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(Programme, programme_id)
        if before is None or before.tally is None:
            return None, NONE
        return None, changed(read, before.heard(tally(read, before), now), desk.policy, now)

    await desk.store.commit(decide, load=[Key(Programme, programme_id)], due=due)


def tally(read: Snapshot, programme: Programme) -> ProposalTally:
    """What came of everything that was proposed and not taken back."""
    outcomes = _of_circles if programme.form == "circles" else _of_pairs
    return ProposalTally(**Counter(outcomes(read, programme)))


def _of_pairs(read: Snapshot, programme: Programme) -> Iterable[str]:
    ids = [programme.proposal_of(it).id for it in programme.proposed]
    found = {it.id: it for it in read.all(Mentorship, ids)}
    return [_of_pair(found.get(id)) for id in ids]


def _of_pair(it: Mentorship | None) -> str:
    if it is None:
        return "gone"
    if it.began_at:
        return "yes"
    if it.state == "agreeing":
        return "waiting"
    return {"closed": "no", "never_agreed": "lapsed"}.get(it.end or "", "gone")


def _of_circles(read: Snapshot, programme: Programme) -> Iterable[str]:
    ids = [programme.circle_id(it.mentor_id, it.round) for it in programme.proposed]
    found = {it.id: it for it in read.all(Circle, sorted(set(ids)))}
    return [_in_circle(found.get(id), it) for id, it in zip(ids, programme.proposed, strict=True)]


def _in_circle(circle: Circle | None, it: ProposedPair) -> str:
    if circle is None or it.mentee_id in circle.in_line:
        return "gone"
    said = circle.answers.get(it.mentee_id)
    if said is False:
        return "no"
    if circle.state == "gathering":
        return "waiting"
    return "yes" if said and circle.began_at else "lapsed"

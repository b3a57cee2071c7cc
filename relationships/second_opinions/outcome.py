"""What came of a second opinion: asked once, a week later, and told to everyone who answered."""

from datetime import datetime

from kernel.desk import Desk
from kernel.errors import Invalid
from kernel.nudges import unasked
from kernel.policy import Policy
from kernel.store import NONE, Changes, Due, Key, Later, Snapshot, together
from kernel.values import Document, PersonId
from mentoring.model.person import Person, working_hour
from relationships.second_opinions.changes import changed
from relationships.second_opinions.second_opinion import ASK_OUTCOME, LONGEST_WORDS, Outcome, SecondOpinion


async def ask(desk: Desk, opinion_id: str, now: datetime, due: Due | None = None) -> None:
    """Ask the asker what came of it, in their working hours and where their week has room for it."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(SecondOpinion, opinion_id)
        if before is None or before.state not in ("shown", "decided"):
            return None, NONE
        if before.asker_id in before.reported_by:
            return None, changed(read, before, before.end(now), desk.policy, now)
        at = working_hour(read.find(Person, before.asker_id), now, desk.policy)
        if at > now:
            return None, Changes(later=[Later(ASK_OUTCOME, opinion_id, at)])
        return None, _asked(read, before, desk.policy, now)

    await desk.store.commit(decide, load=[Key(SecondOpinion, opinion_id)], due=due)


async def come_to(
    desk: Desk, opinion_id: str, me: PersonId, now: datetime, *, outcome: Outcome, words: str = ""
) -> SecondOpinion:
    """Tell everyone who answered what came of it.

    It is news to those for whom it is working time and whose week has room for a message, and stands on the
    card of the others.
    """
    said = words.strip()
    if len(said) > LONGEST_WORDS:
        raise Invalid("came_of", "too_long", limit=LONGEST_WORDS, length=len(said))

    def decide(read: Snapshot) -> tuple[SecondOpinion, Changes]:
        before = read.get(SecondOpinion, opinion_id).check_asker(me)
        after = before.come_to(outcome, said, now)
        if after == before:
            return after, NONE
        heard = [seat for seat in after.answered if seat.person_id not in after.reported_by]
        told = [seat for seat in heard if _has_room(read, seat.person_id, desk.policy, now)]
        for seat in told:
            after = after.tell(seat.person_id)
        counted: list[Document] = [unasked(read, seat.person_id).sent(now) for seat in told]
        return after, together(changed(read, before, after, desk.policy, now), Changes(put=counted))

    return await desk.store.commit(decide, load=[Key(SecondOpinion, opinion_id)])


async def close(desk: Desk, opinion_id: str, now: datetime, due: Due | None = None) -> None:
    """End one whose asker was asked and has said nothing."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(SecondOpinion, opinion_id)
        if before is None or before.state != "asked_back":
            return None, NONE
        return None, changed(read, before, before.end(now), desk.policy, now)

    await desk.store.commit(decide, load=[Key(SecondOpinion, opinion_id)], due=due)


def _asked(read: Snapshot, before: SecondOpinion, policy: Policy, now: datetime) -> Changes:
    """Have it asked, and counted; or wait for room; or end, where nothing may be sent."""
    week, rules = unasked(read, before.asker_id), policy.nudges
    if week.has_room(rules, now):
        asked = changed(read, before, before.ask_back(), policy, now)
        return together(asked, Changes(put=[week.sent(now)]))
    room_at = week.room_at(now) if rules.per_week else None
    if room_at:
        return Changes(later=[Later(ASK_OUTCOME, before.id, room_at)])
    return changed(read, before, before.end(now), policy, now)


def _has_room(read: Snapshot, person_id: PersonId, policy: Policy, now: datetime) -> bool:
    person = read.find(Person, person_id)
    is_at_work = person is not None and working_hour(person, now, policy) == now
    return is_at_work and unasked(read, person_id).has_room(policy.nudges, now)

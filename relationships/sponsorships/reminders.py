"""What a sponsorship does by itself, from the agenda: one entry, set anew by every commit that changes it."""

from collections.abc import Mapping
from datetime import datetime

from kernel.desk import Desk
from kernel.nudges import WEEK, unasked
from kernel.policy import Nudges
from kernel.store import NONE, Changes, Due, Key, Snapshot, together
from kernel.values import PersonId
from relationships.sponsorships.changes import changed, end_of, pair_of
from relationships.sponsorships.course import advance
from relationships.sponsorships.sponsorship import Sponsorship


async def go_on(desk: Desk, sponsorship_id: str, now: datetime, due: Due | None = None) -> None:
    """Do all that is due of a sponsorship; end it where its two people can't go on."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(Sponsorship, sponsorship_id)
        if before is None or not before.is_open:
            return None, NONE
        pair = pair_of(read, before, desk.policy, now)
        if end := end_of(read, pair):
            return None, changed(read, before.close(end, now), pair, now)
        done = advance(before, pair, _full_until(read, before, desk.policy.nudges, now), now)
        written = Changes(put=[unasked(read, who).sent(now) for who in sorted(done.unasked)])
        return None, together(changed(read, done.sponsorship, pair, now), written)

    await desk.store.commit(decide, load=[Key(Sponsorship, sponsorship_id)], due=due)


def _full_until(read: Snapshot, it: Sponsorship, rules: Nudges, now: datetime) -> Mapping[PersonId, datetime]:
    """Until when the week of each is full who has no room for a message that they did not ask for."""
    weeks = {who: unasked(read, who) for who in it.both}
    full = {who: week for who, week in weeks.items() if not week.has_room(rules, now)}
    return {who: (week.room_at(now) if rules.per_week else None) or now + WEEK for who, week in full.items()}

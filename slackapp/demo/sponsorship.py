"""The sponsorship that the demo's people have when it starts: Aiko and Oliver, in its fifth month."""

from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.store import NONE, Changes, Key, Snapshot
from kernel.values import PersonId
from relationships.sponsorships.act import Act, Audience, Deed, Outcome, act
from relationships.sponsorships.changes import changed, pair_of
from relationships.sponsorships.sponsorship import Sponsorship, asked, sponsorship_id

SPONSOR, PROTEGE = PersonId("U0OLIVER"), PersonId("U0AIKO")
ID = sponsorship_id(SPONSOR, PROTEGE)
DAY = timedelta(days=1)
# Days ago, what it was, among whom, in which words, and what came of it.
_ACTS: tuple[tuple[int, Deed, Audience, str, Outcome], ...] = (
    (118, "introduced", "one", "To the head of platform, over lunch", "happened"),
    (84, "stretch", "team", "The migration of the test clusters is theirs to lead", "happened"),
    (40, "nominated", "deciders", "For the architecture board", "pending"),
)
_NEW: tuple[Deed, Audience, str] = (
    "talked_up",
    "deciders",
    "In the planning round, with the numbers of the migration",
)


async def seed_sponsorship(desk: Desk, now: datetime) -> None:
    """Put it there once, with what was done by then, and an act to be confirmed; a repeat changes nothing."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        if read.find(Sponsorship, ID) is not None:
            return None, NONE
        it = _lived(now)
        return None, changed(read, it, pair_of(read, it, desk.policy, now), now)

    await desk.store.commit(decide, load=[Key(Sponsorship, ID)])


def _lived(now: datetime) -> Sponsorship:
    start = now - 140 * DAY
    wants = "Lead an architecture of several teams"
    line = "Moved forty services without an outage, and every team asks for them again"
    it = asked(SPONSOR, PROTEGE, PROTEGE, wants, line, answer_by=start + 7 * DAY, now=start)
    it = it.accept(SPONSOR, start + DAY)
    for ago, deed, audience, what, outcome in _ACTS:
        at = now - ago * DAY
        it = it.note(SPONSOR, _act(deed, audience, what, at), at)
        number = it.noted
        it = it.confirm(PROTEGE, number, "yes", at + DAY)
        if at + 31 * DAY < now:
            it = it.ask_outcomes(at + 31 * DAY).come_to(PROTEGE, number, outcome, at + 32 * DAY)
    deed, audience, what = _NEW
    return it.note(SPONSOR, _act(deed, audience, what, now - DAY), now - DAY)


def _act(deed: Deed, audience: Audience, what: str, at: datetime) -> Act:
    return act(0, deed, audience, at.date(), what, today=at.date(), now=at)

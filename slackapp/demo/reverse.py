"""The reverse pair that the demo's people have when it starts: Ewan, who joined last, and Oliver."""

from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.store import NONE, Changes, Key, Snapshot
from kernel.values import PersonId, TopicId
from relationships.mentorships.agreement import usual
from relationships.mentorships.calendar import months_after
from relationships.mentorships.changes import changed
from relationships.mentorships.course import with_times
from relationships.mentorships.mentorship import Mentorship, begun
from relationships.mentorships.pair import Pair, pair_of
from relationships.mentorships.record import AppQuestion

ID = "demo-reverse"
JUNIOR, SENIOR = PersonId("U0EWAN"), PersonId("U0OLIVER")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
_TALKS = (
    ("We looked at what an assistant is told, and what it makes of it.", "Let it draft one design note"),
    ("The draft was sure of itself. Ask it for what speaks against.", "Review one pull request with it"),
)


async def seed_reverse_pair(
    desk: Desk,
    now: datetime,
    *,
    id: str = ID,
    junior: PersonId = JUNIOR,
    senior: PersonId = SENIOR,
) -> None:
    """Put it there once, with two talks behind the two and the third booked; a repeat changes nothing."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        if read.find(Mentorship, id) is not None:
            return None, NONE
        start = now - 7 * WEEK
        terms = usual("Use AI tools the way my team does", is_reverse=True)
        fresh = begun(id, junior, senior, terms, start, topics=(TopicId("ai-tools"),), is_reverse=True)
        pair = pair_of(read, fresh, desk.policy, now)
        return None, changed(read, None, _lived(fresh, pair, start, now), pair, now)

    await desk.store.commit(decide, load=[Key(Mentorship, id)])


def _lived(fresh: Mentorship, pair: Pair, start: datetime, now: datetime) -> Mentorship:
    """The mentorship with two talks, notes and steps, both content, and the third talk booked."""
    junior, senior = fresh.both
    ends_at = months_after(start, fresh.agreement.months, pair.zone)
    it = fresh.agree(senior, start, ends_at).agree(junior, start, ends_at)
    for number, (note, step) in enumerate(_TALKS, 1):
        at = pair.opens(senior, start + 3 * DAY + 4 * (number - 1) * WEEK) + timedelta(hours=1)
        over = at + timedelta(hours=1)
        it = it.book(junior, number, at, at - DAY).met(senior, number, over)
        it = it.note(junior, over, ours=note, step="", goals=None)
        it = it.note(senior, over, ours="", step=step, goals=None)
        it = it if number == len(_TALKS) else it.finish_step(senior, number, over + WEEK)
    for who in it.both:
        it = it.answer("fit:1", who, "good", start + WEEK)
    it = it.ask("quality:1", AppQuestion(about="quality", due_at=start + 30 * DAY, who=it.both))
    for who in it.both:
        it = it.answer("quality:1", who, "yes", start + 30 * DAY)
    it = with_times(it.model_copy(update={"looked_at": now, "stirred_at": now - DAY}), pair, now)
    ahead = it.talk
    return it.book(junior, ahead.number, ahead.times[0], now) if ahead and ahead.times else it

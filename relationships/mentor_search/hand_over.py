"""Going on with another mentor: the mentee chooses what that one may see; only then is anybody asked."""

from datetime import datetime

from kernel.desk import Desk
from kernel.errors import NotYours
from kernel.store import Changes, Key, Snapshot
from kernel.values import PersonId
from relationships.mentor_search.wish import NOTES, MentorWish, Part, PassedOn
from relationships.mentor_search.wishes import wish
from relationships.mentorships.changes import changed
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.pair import pair_of


async def pass_on(
    desk: Desk,
    mentorship_id: str,
    me: PersonId,
    now: datetime,
    *,
    wish_id: str,
    wants: str,
    parts: frozenset[Part],
) -> MentorWish:
    """End a mentorship as its mentee and look for the next: whom the mentor suggested, or whoever fits.

    The next mentor sees *wants*, and of the mentorship only the *parts* chosen. Of shared notes only what the
    mentee can read as well. The same *wish_id* again goes on where it stopped.
    """
    before = (await desk.get(Mentorship, mentorship_id)).check_one_of(me)
    if before.mentee_id != me:
        raise NotYours
    goals = before.goals if "goals" in parts else ()
    notes = tuple(note.text for note in before.notes[-NOTES:]) if "notes" in parts else ()
    passed = PassedOn(by=before.mentor_id, goals=goals, notes=notes) if parts else None
    named = before.hand_over.suggested if before.hand_over else None
    made = await wish(
        desk, me, now, id=wish_id, wants=wants, topics=before.topics, named=named, passed_on=passed
    )
    await _handed_over(desk, mentorship_id, me, now)
    return made


async def _handed_over(desk: Desk, mentorship_id: str, me: PersonId, now: datetime) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.get(Mentorship, mentorship_id)
        pair = pair_of(read, before, desk.policy, now)
        after = before.close("handed_over", now, but=me)
        return None, changed(read, before, after, pair, now)

    await desk.store.commit(decide, load=[Key(Mentorship, mentorship_id)])

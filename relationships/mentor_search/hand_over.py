"""Going on with another mentor: the mentee chooses what that one may see; only then is anybody asked."""

from datetime import datetime

from kernel.desk import Desk
from kernel.errors import CannotHelp, NotYours
from kernel.store import Changes, Key, Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.mentor_search.suggestions import check_mentor
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

    Where the one suggested can't be asked now, it is whoever fits.

    The next mentor sees *wants*, and of the mentorship only the *parts* chosen. Of shared notes only what the
    mentee can read as well. The same *wish_id* again goes on where it stopped.
    """
    before = (await desk.get(Mentorship, mentorship_id)).check_one_of(me)
    if before.mentee_id != me:
        raise NotYours
    goals = before.goals if "goals" in parts else ()
    notes = tuple(note.text for note in before.notes[-NOTES:]) if "notes" in parts else ()
    passed = PassedOn(by=before.mentor_id, goals=goals, notes=notes) if parts else None
    named = await suggested(desk, before, now)
    made = await wish(
        desk, me, now, id=wish_id, wants=wants, topics=before.topics, named=named, passed_on=passed
    )
    await _handed_over(desk, mentorship_id, me, now)
    return made


async def suggested(desk: Desk, mentorship: Mentorship, now: datetime) -> PersonId | None:
    """Whom the mentor suggested as the next, unless they surely can't be asked now."""
    named = mentorship.hand_over.suggested if mentorship.hand_over else None
    if named is None:
        return None

    def view(read: Snapshot) -> PersonId | None:
        try:
            check_mentor(read, mentorship.mentee_id, named, desk, now)
        except CannotHelp as no:
            return named if no.why == "unknown" else None
        return named

    return await desk.store.look(view, load=[Key(Person, named), Key(Person, mentorship.mentee_id)])


async def _handed_over(desk: Desk, mentorship_id: str, me: PersonId, now: datetime) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.get(Mentorship, mentorship_id)
        pair = pair_of(read, before, desk.policy, now)
        after = before.close("handed_over", now, but=me)
        return None, changed(read, before, after, pair, now)

    await desk.store.commit(decide, load=[Key(Mentorship, mentorship_id)])

"""What people do about themselves: be met, enrol as a helper, pause, resume, stay apart from someone."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from kernel.changes import NONE, together
from kernel.desk import Desk
from kernel.errors import CannotHelp, Invalid, NotAMember
from kernel.store import Changes, Due, Key, Later, Never, Show, Snapshot
from kernel.values import PersonId
from mentoring.admins.admins import WORKSPACE
from mentoring.admins.alerts import REACH_ADMINS
from mentoring.model.new_request import check_topics
from mentoring.model.person import (
    ASK_AGAIN,
    FORGET_BELONGINGS,
    HAND_OVER,
    LEAVE_SPRINTS,
    MEET,
    PROFILE_INVITE,
    Person,
    Profile,
    SlackFacts,
    Standing,
    check_can_help,
)

__all__ = ["Person", "Profile", "SlackFacts", "Standing", "check_can_help"]

MOST_TOPICS = 50
LEFT_KEPT = timedelta(days=30)  # an account may be closed for a while only
LONGEST_PAUSE = timedelta(days=366)


async def meet(desk: Desk, facts: SlackFacts, now: datetime, due: Due | None = None) -> Person:
    """Take over what Slack says; of who is no longer active or on vacation, offers are handed over."""

    def decide(read: Snapshot) -> tuple[Person, Changes]:
        before = read.find(Person, facts.id)
        person = (before or stranger(facts.id, now)).met(facts, now)
        # Also of someone who was not looked up before they acted: what a guest took on goes to a member.
        is_gone = before is not None and before.standing != person.standing != "active"
        goes_away = before is not None and person.is_paused(now) and not before.is_paused(now)
        later = [Later(HAND_OVER, person.id, now)] if is_gone or goes_away else []
        if is_gone:
            later.append(Later(LEAVE_SPRINTS, person.id, now))
        if is_gone and person.is_gone:
            later.append(Later(FORGET_BELONGINGS, person.id, now + LEFT_KEPT))
        if person.is_admin and not (before and before.is_admin):
            later.append(Later(REACH_ADMINS, WORKSPACE, now))
        return person, Changes(put=[person], later=later)

    return await desk.store.commit(decide, load=[Key(Person, facts.id)], due=due)


async def enrol(desk: Desk, me: PersonId, profile: Profile, now: datetime) -> Person:
    """Become a helper, or change what one helps with."""
    check_topics(tuple(profile.topics), desk.topics, most=MOST_TOPICS)
    check_topics(profile.learns, desk.topics, field="learns", least=0, most=MOST_TOPICS)
    cleared = Changes(later=[Never(ASK_AGAIN, me)])
    return await _change(desk, me, now, lambda person: person.enrol(profile, now), cleared)


async def pause(desk: Desk, me: PersonId, until: datetime, now: datetime) -> Person:
    """Take no asks until then; offers that wait for an answer go on to the next helper at once."""
    if until <= now:
        raise Invalid("until", "past")
    if until > now + LONGEST_PAUSE:
        raise Invalid("until", "too_long", limit=LONGEST_PAUSE.days)
    hand_over = Changes(later=[Later(HAND_OVER, me, now)])
    return await _change(desk, me, now, lambda person: person.pause(until), hand_over)


async def resume(desk: Desk, me: PersonId, now: datetime) -> Person:
    """Take asks again."""
    return await _change(desk, me, now, lambda person: person.resume())


async def ask_again(desk: Desk, me: PersonId, at: datetime, now: datetime) -> Person:
    """Be invited to help at a later time; nothing is asked before."""
    later = Changes(later=[Later(ASK_AGAIN, me, at)])
    return await _change(desk, me, now, lambda person: person.model_copy(update={"ask_again_at": at}), later)


async def invite_again(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Show the invitation that was put off, unless the person has enrolled meanwhile."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        person = read.find(Person, me)
        if person is None or person.ask_again_at is None:
            return None, NONE
        asked = person.model_copy(update={"ask_again_at": None})
        show = [] if person.enrolled_at else [Show(PROFILE_INVITE.of(me), to=me)]
        return None, Changes(put=[asked], show=show)

    await desk.store.commit(decide, load=[Key(Person, me)], due=due)


async def leave(desk: Desk, me: PersonId, now: datetime) -> Person:
    """Stop helping; what was declared is kept for a return, open talks go on, offers go to the next."""
    hand_over = Changes(later=[Later(HAND_OVER, me, now)])
    return await _change(desk, me, now, lambda person: person.stop(now), hand_over)


async def keep_apart(desk: Desk, me: PersonId, other: PersonId, now: datetime) -> Person:
    """Never be brought together with someone; they are not told."""

    def apart(person: Person) -> Person:
        return person.keep_from(person.do_not_match | {other}, now)

    return await _change(desk, me, now, apart)


async def bring_together(desk: Desk, me: PersonId, other: PersonId, now: datetime) -> Person:
    """Take back that one wants to stay apart from someone."""

    def together_again(person: Person) -> Person:
        return person.keep_from(person.do_not_match - {other}, now)

    return await _change(desk, me, now, together_again)


async def look_up(desk: Desk, person_id: PersonId, now: datetime) -> None:
    """Have someone looked up in Slack who is not known yet, so that they can be asked, and can act.

    Where that failed before, it is tried once more.
    """

    def decide(read: Snapshot) -> tuple[None, Changes]:
        known = read.find(Person, person_id)
        if known is None or known.standing != "unknown":
            return None, met(read, person_id, now)
        return None, Changes(later=[Later(MEET, person_id, now)])

    await desk.store.commit(decide, load=[Key(Person, person_id)])


async def look_up_anew(desk: Desk, person_id: PersonId, now: datetime) -> None:
    """Have someone looked up once more, of whom Slack may not have said that they have left."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        is_known = read.find(Person, person_id) is not None
        return None, Changes(later=[Later(MEET, person_id, now)]) if is_known else NONE

    await desk.store.commit(decide, load=[Key(Person, person_id)])


@asynccontextmanager
async def meeting_strangers(desk: Desk, now: datetime) -> AsyncIterator[None]:
    """Have someone looked up who is refused only since they were never met; another try may succeed."""
    try:
        yield
    except (CannotHelp, NotAMember) as refusal:
        if refusal.why == "unknown":
            await look_up(desk, refusal.person_id, now)
        raise


def stranger(person_id: PersonId, now: datetime) -> Person:
    """Return a person of whom only the id is known yet."""
    return Person(id=person_id, seen_at=now)


def met(read: Snapshot, person_id: PersonId, now: datetime) -> Changes:
    """Return the changes that note someone met for the first time, to be looked up in Slack."""
    if read.find(Person, person_id) is not None:
        return NONE
    return Changes(put=[stranger(person_id, now)], later=[Later(MEET, person_id, now)])


async def _change(
    desk: Desk, me: PersonId, now: datetime, change: Callable[[Person], Person], also: Changes = NONE
) -> Person:
    """Commit a change of one's own person; who was never met is made, and looked up in Slack."""

    def decide(read: Snapshot) -> tuple[Person, Changes]:
        known = read.find(Person, me)
        person = change(known or stranger(me, now))
        meet = Changes(later=[] if known else [Later(MEET, me, now)])
        return person, together(Changes(put=[person]), meet, also)

    return await desk.store.commit(decide, load=[Key(Person, me)])

"""What people do about themselves: be met, enrol as a helper, pause, resume, stay apart from someone."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.errors import CannotHelp, Invalid, NotAMember
from kernel.policy import Policy
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot, together
from kernel.values import WORKSPACE, PersonId
from mentoring.model.alert import REACH_ADMINS
from mentoring.model.load import FREE_UP
from mentoring.model.new_request import check_topics
from mentoring.model.offer import OFFERS, Offer
from mentoring.model.person import (
    ASK_AGAIN,
    FORGET_BELONGINGS,
    HAND_OVER,
    LEAVE_MENTORSHIPS,
    LEAVE_SPRINTS,
    MEET,
    PROFILE_INVITE,
    TAKES_ANYTHING,
    CareerLevel,
    Person,
    Profile,
    SlackFacts,
    Standing,
    check_can_help,
    stranger,
)
from mentoring.model.undo import shown_anew

__all__ = ["Person", "Profile", "SlackFacts", "Standing", "check_can_help"]

MOST_TOPICS = 50
LEFT_KEPT = timedelta(days=30)  # an account may be closed for a while only
LONGEST_PAUSE = timedelta(days=366)
SHOWN = 10  # of the latest questions, those whose cards say until when a pause lasts


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
            later += [Later(kind, person.id, now) for kind in (LEAVE_SPRINTS, LEAVE_MENTORSHIPS)]
        if is_gone and person.is_gone:
            later.append(Later(FORGET_BELONGINGS, person.id, now + LEFT_KEPT))
        if _may_steer(before, desk.policy) != _may_steer(person, desk.policy):
            later.append(Later(REACH_ADMINS, WORKSPACE, now))
        return person, Changes(put=[person], later=later)

    return await desk.store.commit(decide, load=[Key(Person, facts.id)], due=due)


def _may_steer(person: Person | None, policy: Policy) -> bool:
    if person is None or person.standing != "active":
        return False
    return person.is_admin or person.id in policy.admins


async def enrol(desk: Desk, me: PersonId, profile: Profile, now: datetime) -> Person:
    """Become a helper, or change what one helps with."""
    least = 0 if profile.anything else 1
    check_topics(tuple(profile.topics), desk.topics, least=least, most=MOST_TOPICS)
    check_topics(profile.learns, desk.topics, field="learns", least=0, most=MOST_TOPICS)
    # Who takes more at once may be free for those who wait for them.
    counted = [Later(FREE_UP, me, now)] if profile.questions_per_week or profile.questions_at_once else []
    cleared = Changes(later=[Never(ASK_AGAIN, me), *counted])
    return await _change(desk, me, now, lambda person: person.enrol(profile, now), cleared)


async def say_level(
    desk: Desk, me: PersonId, level: CareerLevel | None, now: datetime, show: Sequence[Show] = ()
) -> Person:
    """Say how experienced one is, None for rather not; *show* is what hangs on it."""
    return await _change(desk, me, now, lambda person: person.at_level(level), Changes(show=show))


async def open_to_anything(desk: Desk, me: PersonId) -> int:
    """How many others, whom somebody may be matched with, take any question; a hundred stand for more."""
    found = await desk.store.ids(TAKES_ANYTHING, limit=100)
    if not found:
        return 0
    person, index = await desk.find(Person, me), await desk.directory.index()
    barred = {me, *(person.do_not_match if person else ())}
    return len(set(found) - barred - index.lines.around(me))


async def pause(desk: Desk, me: PersonId, until: datetime, now: datetime) -> Person:
    """Take no asks until then; offers that wait for an answer go on to the next helper at once."""
    check_pause(until, now)
    hand_over = Changes(later=[Later(HAND_OVER, me, now)])
    shown = await pause_shown(desk, me, now, until)
    return await _change(desk, me, now, lambda person: person.pause(until), hand_over, shown=shown)


def check_pause(until: datetime, now: datetime) -> None:
    """Refuse a pause that would be over already, or that would never be."""
    if until <= now:
        raise Invalid("until", "past")
    if until > now + LONGEST_PAUSE:
        raise Invalid("until", "too_long", limit=LONGEST_PAUSE.days)


async def pause_shown(
    desk: Desk, me: PersonId, now: datetime, until: datetime | None = None
) -> Callable[[Snapshot], Changes]:
    """What shows anew the cards that say until when somebody has paused: of the latest questions.

    They are shown now, and, where the pause has an end, then.
    """
    latest = await desk.store.ids(OFFERS.of(me), limit=SHOWN)

    def shown(read: Snapshot) -> Changes:
        said = [offer for offer in read.all(Offer, latest) if offer.paused_until and offer.paused_until > now]
        later = [shown_anew(offer.show, until) for offer in said if until]
        return Changes(show=[offer.show for offer in said], later=later)

    return shown


async def resume(desk: Desk, me: PersonId, now: datetime) -> Person:
    """Take asks again."""
    shown = await pause_shown(desk, me, now)
    return await _change(desk, me, now, lambda person: person.resume(), shown=shown)


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
    """Stop helping; what was declared is kept for a return, open sessions go on, offers go to the next."""
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


def met(read: Snapshot, person_id: PersonId, now: datetime) -> Changes:
    """The changes that note someone met for the first time, to be looked up in Slack."""
    if read.find(Person, person_id) is not None:
        return NONE
    return Changes(put=[stranger(person_id, now)], later=[Later(MEET, person_id, now)])


async def _change(
    desk: Desk,
    me: PersonId,
    now: datetime,
    change: Callable[[Person], Person],
    also: Changes = NONE,
    *,
    shown: Callable[[Snapshot], Changes] = lambda read: NONE,
) -> Person:
    """Commit a change of one's own person; who was never met is made, and looked up in Slack."""

    def decide(read: Snapshot) -> tuple[Person, Changes]:
        known = read.find(Person, me)
        person = change(known or stranger(me, now))
        meet = Changes(later=[] if known else [Later(MEET, me, now)])
        return person, together(Changes(put=[person]), meet, also, shown(read))

    return await desk.store.commit(decide, load=[Key(Person, me)])

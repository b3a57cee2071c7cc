"""Looks, after each question, whether another angle is worth a word; says it once, and looks back later."""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.nudges import unasked
from kernel.store import EVERY, NONE, Changes, Due, Key, Later, Show, Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from mentoring.model.request import REQUESTS, Request
from relationships.another_angle.angle import ANGLES_ABOUT, FORGET_ANGLE, LOOK_AGAIN, Angle
from relationships.another_angle.pattern import RULES, PastQuestion, Pattern, pattern, to_one_of
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import MENTORSHIPS

MOST = 200
AFTER = timedelta(days=90)  # until the asker sees what became of it


async def look(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Offer an asker another angle where all that the policy names holds, and somebody could give it.

    Once: it is never said again. It comes unasked, so not where their week is full; the next question looks
    again.
    """
    found = await _found(desk, me, now)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        person = read.find(Person, me)
        week, is_gone = unasked(read, me), person is not None and person.is_gone
        if found is None or read.find(Angle, me) or is_gone or not week.has_room(desk.policy.nudges, now):
            return None, NONE
        habit, request = found
        angle, kept = Angle.of(me, habit, request, now), desk.policy.retention.request_days
        later = [Later(LOOK_AGAIN, me, now + AFTER), Later(FORGET_ANGLE, me, now + timedelta(days=kept))]
        return None, Changes(put=[angle, week.sent(now)], later=later, show=[Show(angle.thing, me)])

    await desk.store.commit(decide, load=[Key(Angle, me), Key(Person, me)], due=due)


async def _found(desk: Desk, me: PersonId, now: datetime) -> tuple[Pattern, str] | None:
    """What is worth a word, with the latest question; None where nothing is."""
    rules = desk.policy.of(RULES)
    if not rules.enabled or await desk.find(Angle, me):
        return None
    since = now - timedelta(days=rules.days)
    requests = await _requests(desk, me, since)
    asker = await desk.find(Person, me)
    barred = asker.do_not_match if asker else frozenset[PersonId]()
    habit = pattern(map(asked, requests), rules, [*await _mentors(desk, me, since), *barred])
    if habit is None or not await _somebody_else(desk, me, habit, barred):
        return None
    return habit, requests[0].id


async def _requests(desk: Desk, me: PersonId, since: datetime) -> list[Request]:
    """What somebody has asked since a moment, the newest first."""
    ids = await desk.store.ids(REQUESTS.of(me), limit=MOST, since=since)
    found = await desk.store.look(lambda read: read.all(Request, ids))
    return [it for it in found if it.state != "withdrawn" and it.way == "help"]


def asked(request: Request) -> PastQuestion:
    """One question; of one without names nobody is to learn whom it reached."""
    to = None if request.anonymous else request.helper_id or request.prefer
    return PastQuestion(to, request.topics, bool(request.tried.strip()), request.asked_at)


async def _mentors(desk: Desk, me: PersonId, since: datetime) -> list[PersonId]:
    """With whom the person has, or had since then, a mentorship."""
    ids = await desk.store.ids(MENTORSHIPS.of(me), limit=MOST)
    found = await desk.store.look(lambda read: read.all(Mentorship, ids))
    declared = [it for it in found if it.began_at and (it.ended_at is None or it.ended_at >= since)]
    return [it.other(me) for it in declared]


async def _somebody_else(desk: Desk, me: PersonId, habit: Pattern, barred: Set[PersonId]) -> bool:
    """Whether anybody else, whom the person may be matched with, helps with the topic or one next to it."""
    index = await desk.directory.index()
    never = {"", me, habit.to, *barred} | index.lines.around(me)
    near: Iterable[str] = desk.topics.tree.kin(habit.topic)
    return any(index.id_of(int(row)) not in never for it in near for row in index.holders(it)[0])


async def decline(desk: Desk, me: PersonId) -> None:
    """Want no other angle; twice changes nothing."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        angle = read.get(Angle, me).decline()
        return None, Changes(put=[angle], show=[Show(angle.thing, me)])

    await desk.store.commit(decide, load=[Key(Angle, me)])


async def look_again(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Note on the card, quietly, what the quarter after was like."""
    after = await since(desk, me, now)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        angle = read.find(Angle, me)
        if angle is None or angle.habit is None or after is None:
            return None, NONE
        seen = angle.see(*after)
        return None, Changes(put=[seen], show=[Show(seen.thing, me)])

    await desk.store.commit(decide, load=[Key(Angle, me)], due=due)


async def since(desk: Desk, me: PersonId, now: datetime) -> tuple[int, int] | None:
    """Of those offered another angle, how many questions reached somebody since, and how many one.

    None where none was offered, or what it was about is forgotten.
    """
    angle = await desk.find(Angle, me)
    if angle is None or angle.habit is None:
        return None
    requests = await _requests(desk, me, angle.said_at)
    after = [it for it in map(asked, requests) if it.at > angle.said_at]
    return to_one_of(after, angle.habit.helper_id)


async def forget(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Keep only that it was said."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        angle = read.find(Angle, me)
        return None, Changes(put=[angle.forgotten()], show=[Show(angle.thing, me)]) if angle else NONE

    await desk.store.commit(decide, load=[Key(Angle, me)], due=due)


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Forget where it was about somebody who asks to be erased."""
    about: Sequence[str] = await desk.store.ids(ANGLES_ABOUT.of(me), limit=EVERY)
    for id in about:
        await forget(desk, PersonId(id), now)

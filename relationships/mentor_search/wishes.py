"""Looking for a mentor: wish, pick whom to ask, their yes or no, look again, stop. Each is one commit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from kernel.desk import Desk
from kernel.errors import Ended, Invalid, Refusal
from kernel.policy import Policy
from kernel.store import EVERY, NONE, Changes, Due, Key, Later, Never, Snapshot, together
from kernel.values import PersonId, TopicId
from kernel.working_hours import add_working
from matching.values import Lane
from mentoring.model.load import Load, load_of
from mentoring.model.person import Person, check_member, only_here, stranger
from mentoring.people.people import meeting_strangers, met
from relationships.mentor_search import wish as wishes
from relationships.mentor_search.suggestions import check_mentor, suggestions
from relationships.mentor_search.wish import (
    ANSWER_WITHIN,
    ASKED_TO_MENTOR,
    FORGET_WISH,
    OPEN_MENTOR_WISHES,
    SUGGESTED_AS_MENTOR,
    WISH_DUE,
    MentorWish,
    PassedOn,
    SuggestedMentor,
)
from relationships.mentorships.agreement import usual
from relationships.mentorships.calendar import months_after
from relationships.mentorships.capacity import check_place
from relationships.mentorships.changes import changed
from relationships.mentorships.mentorship import Mentorship, begun
from relationships.mentorships.pair import have_one, pair_of, parted
from relationships.mentorships.record import OPEN_MENTORSHIPS

LONGEST_WAIT = timedelta(days=14)
MOST = 50
NAMED = 5  # topics of which it is said that they can be asked about


async def wish(
    desk: Desk,
    me: PersonId,
    now: datetime,
    *,
    id: str,
    wants: str,
    topics: tuple[TopicId, ...],
    named: PersonId | None = None,
    passed_on: PassedOn | None = None,
    is_reverse: bool = False,
) -> MentorWish:
    """Look for a mentor; whoever is *named* is asked at once. The same id again returns what it began.

    One wish at a time: a second is refused while one is open. With *is_reverse* it is for a junior to learn
    from, about topics whose lanes have that; nobody is named, and the first who fits is asked at once.
    """
    tidy = wants.strip()
    if named is None and not topics:
        raise Invalid("topics", "empty")
    if is_reverse:
        _check_upwards(desk, topics)
    open_ones = await desk.store.ids(OPEN_MENTOR_WISHES.of(me), limit=2)
    found = (
        (SuggestedMentor(mentor_id=named),)
        if named
        else await suggestions(desk, me, now, wish_id=id, wants=tidy, topics=topics, is_reverse=is_reverse)
    )

    def decide(read: Snapshot) -> tuple[MentorWish, Changes]:
        first = read.find(MentorWish, id)
        if first is not None:
            return first.check_owner(me), NONE
        load = load_of(read, me)
        begun_before = read.all(MentorWish, dict.fromkeys([*open_ones, *load.wishes(MentorWish)]))
        open_now = [it for it in begun_before if it.is_open]
        if any(it.is_reverse == is_reverse for it in open_now):
            raise Invalid("wants", "one_reverse_at_a_time" if is_reverse else "one_at_a_time")
        fresh = wishes.begun(id, me, tidy, topics, found, now=now, passed_on=passed_on, is_reverse=is_reverse)
        fresh = _asked(read, fresh, named, desk, now) if named else _in_turn(read, fresh, desk, now)
        noted = Changes(put=[load.with_wish(fresh, open_now)])
        return fresh, together(_changed(read, fresh, desk.policy, now), noted, met(read, me, now))

    async with meeting_strangers(desk, now):
        return await desk.store.commit(decide, load=[Key(MentorWish, id), Key(Load, me), Key(Person, me)])


async def open_wish(desk: Desk, me: PersonId, *, is_reverse: bool) -> MentorWish | None:
    """The search for a mentor, or for a junior to learn from, that somebody has open; or None."""
    ids = await desk.store.ids(OPEN_MENTOR_WISHES.of(me), limit=2)
    found = await desk.store.look(lambda read: read.all(MentorWish, ids))
    return next((it for it in found if it.is_open and it.is_reverse == is_reverse), None)


async def ask(desk: Desk, wish_id: str, me: PersonId, mentor_id: PersonId, now: datetime) -> MentorWish:
    """Ask one of those who were suggested; who has left is refused, and suggested no more."""
    mentor = await desk.find(Person, mentor_id)
    if mentor is not None and mentor.is_gone:
        unsuggested = partial(_unsuggested, mentor_id, now)
        await _change(desk, wish_id, now, lambda read, it: unsuggested(read, it.check_owner(me)))

    def move(read: Snapshot, it: MentorWish) -> MentorWish:
        return _asked(read, it.check_owner(me), mentor_id, desk, now)

    return await _change(desk, wish_id, now, move)


async def withdraw(desk: Desk, wish_id: str, me: PersonId, now: datetime) -> MentorWish:
    """Stop looking; whoever is asked sees that it is settled."""
    return await _change(desk, wish_id, now, lambda _, it: it.check_owner(me).end(now))


async def decline(desk: Desk, wish_id: str, me: PersonId, now: datetime) -> MentorWish:
    """Say not now as whoever is asked, without a reason; said before, it changes nothing."""

    def move(read: Snapshot, it: MentorWish) -> MentorWish:
        return it if me in it.tried else it.check_asked(me).answered("no", now)

    return await _change(desk, wish_id, now, move)


async def accept(desk: Desk, wish_id: str, me: PersonId, now: datetime) -> Mentorship:
    """Say yes as whoever is asked: the two have a mentorship, to be agreed on first.

    A junior's yes is enough, as both have read the usual terms: it begins. Refused where they have one
    already, or the mentor has no place left. Twice changes nothing.
    """
    mine = await desk.store.ids(OPEN_MENTORSHIPS.of(me), limit=MOST)

    def decide(read: Snapshot) -> tuple[Mentorship, Changes]:
        before, made = read.get(MentorWish, wish_id), read.find(Mentorship, wish_id)
        if made is not None and made.mentor_id == me:
            return made, NONE
        asked = before.check_asked(me)
        mentor = check_member(read.find(Person, me) or stranger(me, now))
        if have_one(read, me, asked.person_id, mine):
            raise Invalid("mentor", "already")
        agreement = usual(asked.wants, is_reverse=asked.is_reverse)
        check_place(read, mentor, wish_id, agreement.weekly_minutes, desk.policy)
        fresh = begun(
            wish_id,
            me,
            asked.person_id,
            agreement,
            now,
            topics=asked.topics,
            told=(me, asked.person_id),
            is_reverse=asked.is_reverse,
        )
        pair = pair_of(read, fresh, desk.policy, now)
        if parted(read, pair):
            raise Ended
        if fresh.is_reverse:
            ends_at = months_after(now, agreement.months, pair.zone)
            fresh = fresh.agree(asked.person_id, now, ends_at).agree(me, now, ends_at)
        return fresh, together(
            _changed(read, asked.met(now), desk.policy, now),
            changed(read, None, fresh, pair, now),
        )

    async with meeting_strangers(desk, now):
        return await desk.store.commit(decide, load=[Key(MentorWish, wish_id), Key(Person, me)])


async def go_on(desk: Desk, wish_id: str, now: datetime, due: Due | None = None) -> None:
    """Take a late answer for none, or look anew for somebody with room."""
    before = await desk.find(MentorWish, wish_id)
    is_looking = before is not None and before.state == "waiting"
    found = await _more(desk, before, now) if before and is_looking else ()

    def decide(read: Snapshot) -> tuple[None, Changes]:
        it = read.find(MentorWish, wish_id)
        if it is None or it.due_at is None or it.due_at > now:
            return None, NONE
        after = it.answered("late", now) if it.state == "asked" else it.found(found, now)
        return None, _changed(read, _in_turn(read, after, desk, now), desk.policy, now)

    await desk.store.commit(decide, load=[Key(MentorWish, wish_id)], due=due)


async def leave(desk: Desk, gone: PersonId, now: datetime) -> None:
    """Take a no from somebody who left, suggest them no more, and end what they look for."""
    for wish_id in await desk.store.ids(ASKED_TO_MENTOR.of(gone), limit=MOST):
        await _change(desk, wish_id, now, partial(_refused, gone, now))
    for wish_id in await desk.store.ids(SUGGESTED_AS_MENTOR.of(gone), limit=EVERY):
        await _change(desk, wish_id, now, partial(_unsuggested, gone, now))
    for wish_id in await desk.store.ids(OPEN_MENTOR_WISHES.of(gone), limit=MOST):
        await _change(desk, wish_id, now, lambda _, it: it.end(now) if it.is_open else it)


async def part(desk: Desk, me: PersonId, other: PersonId, now: datetime) -> None:
    """Take back what one of two is asked by the other, who are to be kept apart."""
    for asked, asker in ((me, other), (other, me)):
        for wish_id in await desk.store.ids(ASKED_TO_MENTOR.of(asked), limit=MOST):
            found = await desk.find(MentorWish, wish_id)
            if found is not None and found.person_id == asker:
                await _change(desk, wish_id, now, partial(_refused, asked, now))


async def forget(desk: Desk, wish_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop a wish whose time to be kept is over."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(MentorWish, wish_id)])), due=due)


async def _more(desk: Desk, it: MentorWish, now: datetime) -> tuple[SuggestedMentor, ...]:
    return await suggestions(
        desk,
        it.person_id,
        now,
        wish_id=it.id,
        wants=it.wants,
        topics=it.topics,
        without={each.mentor_id for each in it.suggested},
        is_reverse=it.is_reverse,
    )


def _check_upwards(desk: Desk, topics: tuple[TopicId, ...]) -> None:
    """Refuse a topic about which nobody earlier in their career is asked here; say which others there are."""
    can = [topic for topic in desk.topics.all if Lane.REVERSE in topic.lanes]
    if not can:
        raise Invalid("topics", "none_upwards")
    ids = {topic.id for topic in can}
    wrong = next((topic for topic in desk.topics.known(topics) if topic not in ids), None)
    if wrong is not None:
        named = ", ".join(topic.label for topic in can[:NAMED])
        raise Invalid("topics", "not_upwards", topic=desk.topics.label(wrong), others=named)


def _in_turn(read: Snapshot, it: MentorWish, desk: Desk, now: datetime) -> MentorWish:
    """A senior's wish as it is put to the next junior who can be asked; any other wish as it is."""
    while it.is_reverse and it.state == "choosing":
        following = it.left[0].mentor_id
        try:
            return _asked(read, it, following, desk, now)
        except Refusal:
            it = it.passed_over(following, now)
    return it


def _refused(mentor_id: PersonId, now: datetime, _: Snapshot, it: MentorWish) -> MentorWish:
    return it.answered("no", now) if it.state == "asked" and it.asked_id == mentor_id else it


def _unsuggested(mentor_id: PersonId, now: datetime, _: Snapshot, it: MentorWish) -> MentorWish:
    return it.passed_over(mentor_id, now) if mentor_id in {each.mentor_id for each in it.left} else it


def _asked(read: Snapshot, it: MentorWish, mentor_id: PersonId, desk: Desk, now: datetime) -> MentorWish:
    """A wish that is put to somebody, who has three of their own working days to answer."""
    if it.state == "asked" and it.asked_id == mentor_id:
        return it
    mentor = check_mentor(read, it.person_id, mentor_id, desk, now)
    by = add_working(mentor.hours, mentor.zone, now, ANSWER_WITHIN, desk.policy.holidays)
    return it.ask(mentor_id, min(by or now + LONGEST_WAIT, now + LONGEST_WAIT))


async def _change(
    desk: Desk, wish_id: str, now: datetime, move: Callable[[Snapshot, MentorWish], MentorWish]
) -> MentorWish:
    def decide(read: Snapshot) -> tuple[MentorWish, Changes]:
        before = read.get(MentorWish, wish_id)
        after = _in_turn(read, move(read, before), desk, now)
        return after, _changed(read, after, desk.policy, now) if after != before else NONE

    async with meeting_strangers(desk, now):
        return await desk.store.commit(decide, load=[Key(MentorWish, wish_id)])


def _changed(read: Snapshot, it: MentorWish, policy: Policy, now: datetime) -> Changes:
    """What goes with a wish as it stands: its entry of the agenda, its cards, when it is dropped."""
    kept = timedelta(days=policy.retention.relationship_days)
    return Changes(
        put=[it],
        later=[
            Later(WISH_DUE, it.id, it.due_at) if it.due_at else Never(WISH_DUE, it.id),
            Later(FORGET_WISH, it.id, now + kept),
        ],
        show=only_here(read, it.shows()),
    )

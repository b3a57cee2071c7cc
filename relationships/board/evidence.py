"""Who was there for a person, as talks, second opinions, mentorships and sprints say.

Only people whom the person knows by name: nobody from a talk without names, and none that was reported.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from coaching.sprints.sprint import SPRINTS, Sprint
from kernel.desk import Desk, Role, Tie
from kernel.store import Snapshot
from kernel.values import PersonId, TopicId
from matching.values import Lane
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import SESSIONS, Session
from relationships.board.board import RULES
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import MENTORSHIPS
from relationships.second_opinions.second_opinion import SECOND_OPINIONS, SecondOpinion

MOST = 200  # of each kind that are looked at, the newest


async def of_talks(desk: Desk, me: PersonId, since: datetime) -> list[Tie]:
    """Who helped the person in a talk, and who coached them in turn."""
    ids = await desk.store.ids(SESSIONS.of(me), limit=MOST, since=since)

    def view(read: Snapshot) -> list[tuple[Session, Request | None]]:
        return [(it, read.find(Request, it.request_id)) for it in read.all(Session, ids)]

    held = [(session, request) for session, request in await desk.store.look(view) if _counts(session)]
    return [
        Tie(session.other(me), role, session.ended_at or session.began_at)
        for session, request in held
        for role in _of_talk(desk, session, request, me)
    ]


def _counts(session: Session) -> bool:
    return session.was_held and not session.is_hidden and not session.reported_by


def _of_talk(desk: Desk, session: Session, request: Request | None, me: PersonId) -> Sequence[Role]:
    if session.way == "peer_coaching":
        return ("peer_coach",)
    if session.asker_id != me:
        return ()
    return (_by_lane(desk, session.lane, request.topics if request else ()),)


def _by_lane(desk: Desk, lane: Lane, topics: Iterable[TopicId]) -> Role:
    """What somebody's answer was: fresh eyes from below, else advice or craft by its topics."""
    if lane is Lane.REVERSE:
        return "reverse"
    return "advice" if any(is_advice(desk, it) for it in topics) else "craft"


def is_advice(desk: Desk, topic: TopicId) -> bool:
    """Whether what is said about a topic is advice, and no craft."""
    return not _line(desk, topic).isdisjoint(desk.policy.of(RULES).advice_topics)


def _line(desk: Desk, topic: str) -> set[str]:
    """A topic and all above it."""
    line, at = set[str](), desk.topics.find(topic)
    while at is not None and at.id not in line:
        line.add(at.id)
        at = desk.topics.find(at.parent) if at.parent else None
    return line


async def of_opinions(desk: Desk, me: PersonId, since: datetime) -> list[Tie]:
    """Who gave the person a second opinion that they have read, by name."""
    ids = await desk.store.ids(SECOND_OPINIONS.of(me), limit=MOST, since=since)
    found = await desk.store.look(lambda read: read.all(SecondOpinion, ids))
    return [
        Tie(seat.person_id, _by_lane(desk, seat.lane, opinion.topics), seat.answered_at)
        for opinion in found
        if opinion.shown_at and not opinion.anonymous
        for seat in opinion.answered
        if seat.answered_at
    ]


async def of_mentorships(desk: Desk, me: PersonId, since: datetime) -> list[Tie]:
    """The person's mentors, from the first talk on; one of a lower level has fresh eyes."""
    ids = await desk.store.ids(MENTORSHIPS.of(me), limit=MOST)

    def view(read: Snapshot) -> list[Tie]:
        own = [it for it in read.all(Mentorship, ids) if it.mentee_id == me and it.began_at]
        return [tie for it in own if (tie := _mentored(read, it)).at >= since]

    return await desk.store.look(view)


def _mentored(read: Snapshot, it: Mentorship) -> Tie:
    mentor, mentee = read.find(Person, it.mentor_id), read.find(Person, it.mentee_id)
    is_below = mentor is not None and mentee is not None and mentor.level < mentee.level
    at = max([talk.at for talk in it.held if talk.at], default=it.began_at or it.made_at)
    return Tie(it.mentor_id, "reverse" if is_below else "advice", at, max(len(it.held), 1))


async def of_partners(desk: Desk, me: PersonId, since: datetime) -> list[Tie]:
    """Who follows the person's sprints, having said yes."""
    ids = await desk.store.ids(SPRINTS.of(me), limit=MOST, since=since)
    found = await desk.store.look(lambda read: read.all(Sprint, ids))
    return [
        Tie(it.partner_id, "peer_coach", it.last.at if it.last else it.begun_at)
        for it in found
        if it.partner_id and it.consent == "yes"
    ]

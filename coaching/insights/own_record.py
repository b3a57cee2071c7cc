"""What is kept of one person, gathered for their own insights: nobody else's words, and a bounded number."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from coaching.guide.talk import GUIDED_TALKS, GuidedTalk
from coaching.insights.insights import AdviceGiven, InsightSources
from coaching.plans.two_weeks import PLANS, TwoWeeks
from coaching.sprints.sprint import SPRINTS, Sprint
from kernel.desk import Desk
from kernel.policy import Policy
from kernel.store import Key, Snapshot
from kernel.values import PersonId, SessionId
from mentoring.model.check import Check, check_ids
from mentoring.model.request import Request
from mentoring.model.session import SESSIONS, Session
from mentoring.sessions.follow_ups import checks_of

MOST_SPRINTS, MOST_PLANS, MOST_TALKS, MOST_SESSIONS = 50, 50, 100, 100


async def own_record(desk: Desk, me: PersonId) -> InsightSources:
    """The latest sprints, plans, guided talks and advice of a person."""
    sprints = await desk.store.ids(SPRINTS.of(me), limit=MOST_SPRINTS)
    plans = await desk.store.ids(PLANS.of(me), limit=MOST_PLANS)
    talks = await desk.store.ids(GUIDED_TALKS.of(me), limit=MOST_TALKS)
    sessions = [SessionId(id) for id in await desk.store.ids(SESSIONS.of(me), limit=MOST_SESSIONS)]

    def view(read: Snapshot) -> InsightSources:
        held = read.all(Sprint, sprints)
        alone = [talk.spoken_at for talk in read.all(GuidedTalk, talks) if talk.state == "done"]
        return InsightSources(
            sprints=tuple(held),
            plans=tuple(read.all(TwoWeeks, plans)),
            advice=tuple(_advice(read, me, sessions, desk.policy)),
            alone=(*alone, *(sprint.ended_at for sprint in held if sprint.ended_at and sprint.review)),
        )

    keys = [
        Key(type, id)
        for type, ids in ((Sprint, sprints), (TwoWeeks, plans), (GuidedTalk, talks))
        for id in ids
    ]
    checks = [Key(Check, check) for id in sessions for check in check_ids(id, desk.policy)]
    return await desk.store.look(view, load=[*keys, *(Key(Session, id) for id in sessions), *checks])


def _advice(read: Snapshot, me: PersonId, ids: Sequence[SessionId], policy: Policy) -> Iterator[AdviceGiven]:
    """Yield what came of each session in which the person asked and that is over."""
    asked = [session for session in read.all(Session, ids) if session.asker_id == me]
    topics = {it.id: it.topics for it in read.all(Request, [session.request_id for session in asked])}
    for session in asked:
        if session.ended_at is not None:
            yield AdviceGiven(
                at=session.ended_at,
                helper_id=session.helper_id,
                topics=topics.get(session.request_id, ()),
                used_at=_used_at(read, session.id, policy),
            )


def _used_at(read: Snapshot, session_id: SessionId, policy: Policy) -> datetime | None:
    found = checks_of(read, session_id, policy, "asker")
    used = [it.answered_at for it in found if it.answer == "used" and it.answered_at]
    return min(used, default=None)

"""Going on after a talk: each of the two may wish it, and only a wish of both is ever told."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import AwareDatetime

from kernel.desk import Desk
from kernel.errors import Ended, Invalid
from kernel.kinds import AgendaKind, ListName
from kernel.store import NONE, Changes, Due, Key, Later, Never, Snapshot, together
from kernel.values import Document, PersonId, SessionId
from mentoring.model.person import check_can_help
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.people.managers import check_apart
from mentoring.people.people import meeting_strangers
from relationships.mentor_search.wish import Wished
from relationships.mentorships.agreement import LONGEST, Agreement
from relationships.mentorships.capacity import check_place, has_place
from relationships.mentorships.changes import changed
from relationships.mentorships.mentorship import Mentorship, begun
from relationships.mentorships.pair import Pair, have_one, pair_of
from relationships.mentorships.record import OPEN_MENTORSHIPS

GOING_ON = ListName("going-on-of")
FORGET_KEEP_GOING = AgendaKind("forget_keep_going", "relationships.mentor_search.keep_going.forget")
KEPT = timedelta(days=30)
MOST = 50


class KeepGoing(Document):
    """Which of the two of a talk would like to go on. One wish alone is shown to nobody."""

    kind: ClassVar[str] = "keep-going"
    by: frozenset[PersonId] = frozenset()
    made_at: AwareDatetime

    def lists(self) -> Mapping[str, datetime]:
        """The wishes of each who has one, so that they go with them."""
        return {GOING_ON.of(each): self.made_at for each in self.by}


def can_keep_going(session: Session, me: PersonId) -> bool:
    """Whether one of the two may wish to go on: they talked, both are named, *me* reported nothing.

    That the other has reported something changes nothing to be seen.
    """
    went_well = session.was_held and not session.broken_off and me not in session.reported_by
    return went_well and not session.anonymous


async def keep_going(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Wished:
    """Wish to go on with the other of a talk; with both wishes, whoever helped is the mentor.

    Of two who coached each other it is whoever was asked; they can swap before they begin.
    A mentor without a place is refused as they wish; where that comes to light with the second wish, it is
    said to whoever had that one.
    """
    mine = await desk.store.ids(OPEN_MENTORSHIPS.of(me), limit=MOST)

    def decide(read: Snapshot) -> tuple[Wished, Changes]:
        session = read.get(Session, session_id)
        if read.find(Mentorship, _id_of(session)) is not None:
            return "both", NONE
        if have_one(read, session.helper_id, session.asker_id, mine):
            raise Invalid("mentor", "already")
        if not can_keep_going(session, me):
            raise Ended
        if session.reported_by:
            return "noted", NONE
        fresh = _mentorship(read, session, now)
        pair = pair_of(read, fresh, desk.policy, now)
        check_can_help(pair.mentee, pair.mentor.presumed_here(), now)
        check_apart(read, pair.mentee, pair.mentor)
        if me == fresh.mentor_id:
            check_place(read, pair.mentor, fresh.id, fresh.agreement.weekly_minutes, desk.policy)
        return _wished(read, session, fresh, pair, me)

    def _wished(
        read: Snapshot, session: Session, fresh: Mentorship, pair: Pair, me: PersonId
    ) -> tuple[Wished, Changes]:
        before = read.find(KeepGoing, session.id)
        wished = before or KeepGoing(id=session.id, made_at=now)
        both = wished.model_copy(update={"by": wished.by | {me}})
        if len(both.by) < 2:
            return "noted", Changes(put=[both], later=[Later(FORGET_KEEP_GOING, session.id, now + KEPT)])
        if not has_place(read, pair.mentor, fresh.id, fresh.agreement.weekly_minutes, desk.policy):
            return "no_place", Changes(put=[both])
        settled = Changes(drop=[Key(KeepGoing, session.id)], later=[Never(FORGET_KEEP_GOING, session.id)])
        return "both", together(changed(read, None, fresh, pair, now), settled)

    async with meeting_strangers(desk, now):
        return await desk.store.commit(decide, load=[Key(Session, session_id)])


def _id_of(session: Session) -> str:
    return f"talk-{session.id}"


def _mentorship(read: Snapshot, session: Session, now: datetime) -> Mentorship:
    """What the two of a talk would begin: about its question, with whoever helped as the mentor."""
    request = read.find(Request, session.request_id)
    return begun(
        _id_of(session),
        session.helper_id,
        session.asker_id,
        Agreement(purpose=request.question.strip()[:LONGEST] if request else ""),
        now,
        topics=request.topics if request else (),
        told=(session.helper_id, session.asker_id),
    )


async def forget(desk: Desk, session_id: SessionId, now: datetime, due: Due | None = None) -> None:
    """Drop a wish that stayed alone."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(KeepGoing, session_id)])), due=due)

"""Going on after a talk: each of the two may wish it, and only a wish of both is ever told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import AwareDatetime

from kernel.desk import Desk
from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot, together
from kernel.values import Document, PersonId, SessionId
from mentoring.model.person import check_can_help, only_here
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


@dataclass(frozen=True, slots=True)
class OwnWish:
    """What one of the two may know of their wish: *until* is when it goes, where it stands alone."""

    wished: Wished
    until: datetime | None = None


def can_keep_going(session: Session, me: PersonId) -> bool:
    """Whether one of the two may wish to go on: they talked, both are named, *me* reported nothing.

    That the other has reported something changes nothing to be seen.
    """
    went_well = session.was_held and not session.broken_off and me not in session.reported_by
    return went_well and not session.anonymous


def wish_keys(session: Session) -> list[Key]:
    """What *own_wish* reads of a talk."""
    return [Key(Mentorship, _id_of(session)), Key(KeepGoing, session.id)]


def own_wish(read: Snapshot, session: Session, me: PersonId) -> OwnWish | None:
    """How the wish of one of the two stands, as they may know it; None where they have none.

    To whoever was reported it always stands alone.
    """
    if not can_keep_going(session, me):
        return None
    if read.find(Mentorship, _id_of(session)) is not None:
        return OwnWish("both")
    wish = read.find(KeepGoing, session.id)
    if wish is None or me not in wish.by:
        return None
    if len(wish.by) == 2 and not session.reported_by:
        return OwnWish("no_place")
    return OwnWish("noted", wish.made_at + KEPT)


async def keep_going(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> Wished:
    """Wish to go on with the other of a talk; with both wishes, whoever helped is the mentor.

    Refused to anyone but the two: NotYours.
    Of two who coached each other it is whoever was asked; they can swap before they begin.
    A mentor without a place is refused as they wish; where that comes to light with the second wish, it is
    said to whoever had that one.
    """
    mine = await desk.store.ids(OPEN_MENTORSHIPS.of(me), limit=MOST)

    def decide(read: Snapshot) -> tuple[Wished, Changes]:
        session = read.get(Session, session_id)
        session.other(me)
        if read.find(Mentorship, _id_of(session)) is not None:
            return "both", NONE
        _check(read, session, me, mine)
        if session.reported_by:
            return "noted", _kept(read, session, {me}, me, now)
        fresh = _mentorship(read, session, now)
        pair = pair_of(read, fresh, desk.policy, now)
        check_can_help(pair.mentee, pair.mentor.assumed_active(), now)
        check_apart(read, pair.mentee, pair.mentor)
        if me == fresh.mentor_id:
            check_place(read, pair.mentor, fresh.id, fresh.agreement.weekly_minutes, desk.policy)
        return _wished(read, session, fresh, pair, me)

    def _wished(
        read: Snapshot, session: Session, fresh: Mentorship, pair: Pair, me: PersonId
    ) -> tuple[Wished, Changes]:
        before = read.find(KeepGoing, session.id)
        if not before or not before.by - {me}:
            return "noted", _kept(read, session, {me}, me, now)
        if not has_place(read, pair.mentor, fresh.id, fresh.agreement.weekly_minutes, desk.policy):
            return "no_place", _kept(read, session, fresh.both, me, now)
        return "both", together(changed(read, None, fresh, pair, now), _dropped(read, session, fresh.both))

    async with meeting_strangers(desk, now):
        return await desk.store.commit(decide, load=[Key(Session, session_id)])


async def take_back(desk: Desk, session_id: SessionId, me: PersonId, now: datetime) -> None:
    """Drop one's wish to go on. Nobody is told; refused once the two have a mentorship of it."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session, wish = read.get(Session, session_id), read.find(KeepGoing, session_id)
        if me not in (session.asker_id, session.helper_id):
            raise NotYours
        if read.find(Mentorship, _id_of(session)) is not None:
            raise Ended
        if wish is None or not wish.by - {me}:
            return None, _dropped(read, session, {me})
        left = wish.model_copy(update={"by": wish.by - {me}})
        return None, Changes(put=[left], show=_cards(read, session, (session.asker_id, session.helper_id)))

    await desk.store.commit(decide, load=[Key(Session, session_id), Key(KeepGoing, session_id)])


def _dropped(read: Snapshot, session: Session, shown: Iterable[PersonId]) -> Changes:
    return Changes(
        drop=[Key(KeepGoing, session.id)],
        later=[Never(FORGET_KEEP_GOING, session.id)],
        show=_cards(read, session, shown),
    )


def _cards(read: Snapshot, session: Session, people: Iterable[PersonId]) -> list[Show]:
    """The cards of the talk, where those who have a wish see how it stands."""
    return only_here(read, [Show(session.card_of(each), each) for each in sorted(people)])


def _check(read: Snapshot, session: Session, me: PersonId, mine: Iterable[str]) -> None:
    """Refuse where the two have a mentorship already, or nobody can go on from the talk."""
    if have_one(read, session.helper_id, session.asker_id, mine):
        raise Invalid("mentor", "already")
    if not can_keep_going(session, me):
        raise Ended


def _kept(
    read: Snapshot, session: Session, shown: Iterable[PersonId], me: PersonId, now: datetime
) -> Changes:
    """Keep the wish of *me* for a month; the cards of those in *shown* say so."""
    before = read.find(KeepGoing, session.id)
    by = (before.by if before else frozenset()) | {me}
    return Changes(
        put=[KeepGoing(id=session.id, by=by, made_at=now)],
        later=[Later(FORGET_KEEP_GOING, session.id, now + KEPT)],
        show=_cards(read, session, shown),
    )


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
    """Drop a wish that stayed alone; the card of whoever had it offers to keep going again."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session, wish = read.find(Session, session_id), read.find(KeepGoing, session_id)
        show = _cards(read, session, wish.by) if session and wish else []
        return None, Changes(drop=[Key(KeepGoing, session_id)], show=show)

    await desk.store.commit(decide, load=[Key(KeepGoing, session_id)], due=due)

"""How a request becomes a session: one helper takes it, the others are told, and the clocks are set."""

from datetime import datetime, timedelta

from kernel.kinds import AgendaKind
from kernel.policy import Policy
from kernel.store import NONE, Changes, Later, Never, Snapshot, together
from kernel.values import SessionId
from matching.ranking.lanes import lane_between
from matching.values import ALL_LANES, Lane, Match
from mentoring.model.alert import unanswered_id, withdrawn
from mentoring.model.appointment import ASK_TALKED, MEET_SOON, TIMES_LAPSE
from mentoring.model.load import FREE_UP, WEEK, Load, load_of
from mentoring.model.offer import OFFER_EXPIRES, Offer
from mentoring.model.person import Person, stranger
from mentoring.model.request import NAMED, Request
from mentoring.model.session import AUTO_CLOSE, REMIND_END, Session
from mentoring.requests.completion import answered, offers_ended, pending, search_ended
from mentoring.routing.meeting_times import TwoCalendars, starts_at

GRACE = timedelta(minutes=5)  # after its booked end, before the two are asked whether they talked


def taken(read: Snapshot, offer: Offer, policy: Policy, now: datetime) -> tuple[Session, Changes]:
    """The session that an accepted offer becomes, or refuse: AlreadyTaken, Ended, HelperFull.

    It is expected to begin as soon as the asker can be there.
    """
    # A volunteer was never asked: remembered among the asked, so that what is kept of them is found again.
    before = read.get(Request, offer.request_id).joined_by(offer.approach)
    helper = read.find(Person, offer.helper_id) or stranger(offer.helper_id, now)
    asker = read.find(Person, before.asker_id) or stranger(before.asker_id, now)
    at = starts_at(TwoCalendars(asker, helper, policy.holidays), before.minutes, before.asked_at, now)
    session = Session.begin(before, offer, now, at)
    request = before.accept(offer.helper_id, session.id, offer.reasons, now)
    rivals = [other.take(now) for other in pending(read, before) if other.id != offer.id]
    load = load_of(read, offer.helper_id).without_offer(offer.id).with_reply(offer.reply)
    line = answered(load, now)
    load = load.dissolve_line().book(
        session.id, session.asker_id, session.minutes, helper.limits(policy.limits), now
    )
    return session, together(
        Changes(
            put=[offer, request if session.room == "wanted" else request.begin(), session, load],
            later=[
                *line.later,
                Never(OFFER_EXPIRES, offer.id),
                *search_ended(request),
                *timers(session, policy),
                freeing(load, now),
            ],
            show=[offer.show, *request.shows(), *session.shows()],
        ),
        offers_ended(read, rivals),
        withdrawn(read, unanswered_id(request.id), now) if before.told_admins_at else NONE,
    )


def timers(session: Session, policy: Policy) -> list[Later | Never]:
    """When a session is announced, when it is reminded of its end, when it is asked about, and closes."""
    meeting, has_begun, talk = session.appointment, session.has_begun, session.id
    remind = session.ends_at - timedelta(minutes=policy.remind_before_end_minutes)
    announced = meeting.announce_at if meeting and not has_begun else None
    is_awaited = meeting is not None and not has_begun and not meeting.times
    return [
        _at(REMIND_END, talk, remind if has_begun else None),
        _at(MEET_SOON, talk, announced),
        _at(TIMES_LAPSE, talk, meeting.answer_by if meeting else None),
        _at(ASK_TALKED, talk, session.ends_at + GRACE if is_awaited else None),
        Later(AUTO_CLOSE, talk, session.ends_at + timedelta(hours=policy.close_after_hours)),
    ]


def _at(kind: AgendaKind, session_id: SessionId, at: datetime | None) -> Later | Never:
    return Later(kind, session_id, at) if at else Never(kind, session_id)


def freeing(load: Load, now: datetime) -> Later:
    """When the oldest minutes or question no longer count, so that the helper can be found again."""
    return Later(FREE_UP, load.id, load.next_forgotten_at() or now + WEEK)


def volunteered(read: Snapshot, request: Request, helper: Person, now: datetime) -> Offer:
    """The offer that someone makes to themselves; it counts as asked by name."""
    match = named_match(read.get(Person, request.asker_id), helper)
    return Offer.begin(request, match, NAMED, request.needed_by, now)


def named_match(asker: Person, helper: Person) -> Match:
    """The match of a person named: their lane, and no reasons but that."""
    lane = lane_between(asker.level, helper.level, (), ALL_LANES) or Lane.PEER
    return Match(helper.id, lane, 0.0, ())

"""Everything that goes with the end of an offer, a request or a session: loads, agenda and cards."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from kernel.policy import Policy
from kernel.store import NONE, Changes, Later, Never, Snapshot, together
from mentoring.model.alert import unanswered_id, withdrawn
from mentoring.model.appointment import ASK_TALKED, MEET_SOON, TIMES_LAPSE
from mentoring.model.load import Load, load_of
from mentoring.model.offer import OFFER_EXPIRES, Offer, offer_of
from mentoring.model.request import FORGET_REQUEST, GIVE_UP, OVERDUE, ROUTE, Request
from mentoring.model.session import AUTO_CLOSE, REMIND_END, TURN_OVER, Session

TIMERS = (REMIND_END, AUTO_CLOSE, TURN_OVER, MEET_SOON, TIMES_LAPSE, ASK_TALKED)


def offers_of(read: Snapshot, request: Request) -> list[Offer]:
    """Every offer made of a request, in the order in which the helpers were asked."""
    ids = dict.fromkeys(offer_of(request, approach.helper_id) for approach in request.asked)
    return read.all(Offer, ids)


def pending(read: Snapshot, request: Request) -> list[Offer]:
    """The offers of a request that wait for an answer."""
    return [offer for offer in offers_of(read, request) if offer.is_pending]


def offers_ended(read: Snapshot, offers: Iterable[Offer]) -> Changes:
    """What goes with offers that came to an end, each of another helper."""
    ended = list(offers)
    loads = [
        load_of(read, offer.helper_id).without_offer(offer.id).with_reply(offer.reply) for offer in ended
    ]
    over = Changes(
        put=ended,
        later=[Never(OFFER_EXPIRES, offer.id) for offer in ended],
        show=[offer.show for offer in ended],
    )
    return together(
        over, *(answered(load, offer.answered_at) for load, offer in zip(loads, ended, strict=True))
    )


def answered(load: Load, at: datetime | None) -> Changes:
    """What goes with a helper who has answered: who stood in line for them is looked at, in order."""
    line = load.in_line if at else ()
    # The agenda takes what is due in order of time.
    places = [timedelta(milliseconds=place - len(line)) for place in range(len(line))]
    routed = [Later(ROUTE, id, at + place) for id, place in zip(line, places, strict=True) if at]
    return Changes(put=[load.dissolve_line()], later=routed)


def request_ended(read: Snapshot, request: Request, policy: Policy, now: datetime) -> Changes:
    """What goes with a request that came to its end."""
    load = load_of(read, request.asker_id).without_request(request.id)
    seen_to = withdrawn(read, unanswered_id(request.id), now) if request.told_admins_at else NONE
    forget = Later(FORGET_REQUEST, request.id, now + timedelta(days=policy.retention.request_days))
    ended = Changes(put=[request, load], later=[*search_ended(request), forget], show=request.shows())
    return together(ended, seen_to)


def search_ended(request: Request) -> list[Later | Never]:
    """What is taken off the agenda when nobody is sought any more."""
    return [Never(kind, request.id) for kind in (ROUTE, OVERDUE, GIVE_UP)]


def session_ended(read: Snapshot, session: Session) -> Changes:
    """What goes with a session that came to its end; the helper is free, with the minutes it took."""
    load = (
        load_of(read, session.helper_id).correct(session.id, session.spent_minutes or 0).release(session.id)
    )
    timers = [Never(kind, session.id) for kind in TIMERS]
    return Changes(put=[session, load], later=timers, show=[*session.shows(), *session.turn_shows()])

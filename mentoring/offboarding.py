"""When a helper pauses, stops, leaves or is no member (any more): what waited for them goes on to others."""

from datetime import datetime

from kernel.desk import Desk
from kernel.policy import Policy
from kernel.store import NONE, Changes, Due, Key, Later, Show, Snapshot, together
from kernel.values import OfferId, PersonId, RequestId, SessionId
from mentoring.admins.alerts import expect_nothing_for
from mentoring.model.offer import PENDING_OFFERS
from mentoring.model.person import FREE_SEATS, NO_HELPERS, Person, only_here
from mentoring.model.request import OPEN_REQUESTS, Request
from mentoring.model.session import OPEN_SESSIONS, SESSIONS, Break, Session
from mentoring.people.people import look_up_anew
from mentoring.requests.completion import request_ended, session_ended
from mentoring.requests.requests import search_begun, withdraw
from mentoring.routing.offers import never_seen, take_away
from mentoring.sessions.feedback import left_unasked
from mentoring.sessions.follow_ups import left_unchecked

MOST = 50


async def hand_over(desk: Desk, person_id: PersonId, now: datetime, due: Due | None = None) -> None:
    """Give offers that wait to the next helper; of someone who left, end the sessions and requests too.

    About their sessions that are over nobody is asked any more.

    A guest keeps their own requests, and helps in no session any more. Each is a commit of its own, so a
    repeat goes on where the first was cut off. Back again: nothing happens.
    """
    person = await desk.find(Person, person_id)
    if person is not None and (person.is_paused(now) or not person.is_helper):
        for id in await desk.store.ids(PENDING_OFFERS.of(person_id), limit=MOST):
            await take_away(desk, OfferId(id), now)
    if person is not None and person.is_gone:
        await _leave(desk, person_id, now)
        await expect_nothing_for(desk, person_id, now)
    elif person is not None and person.standing in NO_HELPERS:
        await _step_back(desk, person_id, now)
    seats = Changes(later=[Later(FREE_SEATS, person_id, now)]) if person else NONE
    await desk.store.commit(lambda _: (None, seats), due=due)


async def unreached(desk: Desk, person_id: PersonId, thing: str, now: datetime, *, is_new: bool) -> None:
    """Go on where Slack refused to show a thing to somebody: who has gone is handed over once looked up.

    An offer that was *new* to them goes to the next at once, whatever the look-up says.
    """
    kind, _, id = thing.partition(":")
    if kind == "offer" and is_new:
        await never_seen(desk, OfferId(id), now)
    await look_up_anew(desk, person_id, now)


async def _leave(desk: Desk, person_id: PersonId, now: datetime) -> None:
    # Sessions first: they resolve their requests, and only what is still open can be withdrawn.
    for id in await desk.store.ids(OPEN_SESSIONS.of(person_id), limit=MOST):
        await break_off(desk, SessionId(id), person_id, now)
    for id in await desk.store.ids(OPEN_REQUESTS.of(person_id), limit=MOST):
        await withdraw(desk, person_id, RequestId(id), now)
    for id in await desk.store.ids(SESSIONS.of(person_id), limit=MOST):
        await _ask_no_more(desk, SessionId(id), person_id)


async def _ask_no_more(desk: Desk, session_id: SessionId, gone: PersonId) -> None:
    """Ask nobody about a session that one of the two has left; the card of whoever stays says so."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = read.find(Session, session_id)
        if session is None or session.reported_by:
            return None, NONE
        unchecked, other = left_unchecked(read, session, desk.policy), session.other(gone)
        shown = Changes(show=only_here(read, [Show(session.card_of(other), to=other)]))
        return None, together(left_unasked(read, session, gone), unchecked, shown)

    await desk.store.commit(decide, load=[Key(Session, session_id)])


async def _step_back(desk: Desk, person_id: PersonId, now: datetime) -> None:
    """End the sessions in which somebody helps."""
    found = await desk.store.ids(OPEN_SESSIONS.of(person_id), limit=MOST)
    for session in await desk.store.look(lambda read: read.all(Session, found)):
        if session.helper_id == person_id:
            await break_off(desk, session.id, person_id, now)


async def break_off(desk: Desk, session_id: SessionId, gone: PersonId, now: datetime) -> None:
    """End a session that one of the two can't go on with; for an asker left alone the search goes on."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = read.find(Session, session_id)
        if session is None or not session.is_open:
            return None, NONE
        request, person = read.get(Request, session.request_id), read.find(Person, gone)
        why: Break = "no_member" if person and person.standing in NO_HELPERS else "left"
        ended = session_ended(read, session.break_off(why, gone, now))
        return None, together(ended, _left_alone(read, request, gone, desk.policy, now))

    await desk.store.commit(decide, load=[Key(Session, session_id)])


def _left_alone(read: Snapshot, request: Request, gone: PersonId, policy: Policy, now: datetime) -> Changes:
    if gone == request.asker_id:
        return request_ended(read, request.resolve(now), policy, now)
    searched = request.look_again(now + policy.needed_within_hours.of(request.urgency), without=gone)
    left = searched.model_copy(update={"gap": "helper_left"})
    return Changes(put=[left], later=search_begun(left, now), show=left.shows())

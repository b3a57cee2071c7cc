"""What an asker does when one search was not enough: someone else, the same again, or another way out."""

from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.errors import CannotHelp, Ended, Invalid, NotTheSame
from kernel.store import NONE, Changes, Key, Show, Snapshot, together
from kernel.values import PersonId, RequestId
from mentoring.admins.admins import admins, met_admins
from mentoring.admins.alerts import raised, unanswered
from mentoring.model.load import Load
from mentoring.model.new_request import NewRequest, like
from mentoring.model.request import HELD, POST, Request
from mentoring.model.session import Session
from mentoring.requests.completion import offers_ended, pending, session_ended
from mentoring.requests.requests import check_named, filing, own_request, search_begun

QUIETLY = timedelta(days=7)


async def someone_else(desk: Desk, me: PersonId, request_id: RequestId, now: datetime) -> Request:
    """Look for another helper. The helper who is asked or talks now sees that it is over, never why.

    After the end of a request this files a new one with the same words.
    """

    def decide(read: Snapshot) -> tuple[Request, Changes]:
        before = own_request(read, request_id, me)
        if before.is_ended:
            request = _anew(desk, read, _without_helper(before), like(before), now)
            return request, _saved(desk, read, request, now)
        # Withdrawn and closed look the same whatever the reason: the helper never learns why.
        offers = pending(read, before)
        request = before.look_again(_needed_by(desk, before, now), without=before.helper_id)
        request = request.model_copy(
            update={"excluded": request.excluded | {offer.helper_id for offer in offers}}
        )
        searched = Changes(put=[request], later=search_begun(request, now), show=request.shows())
        return request, together(
            offers_ended(read, [offer.withdraw(now) for offer in offers]),
            _broken_off(read, before, now),
            searched,
        )

    return await desk.store.commit(decide, load=[Key(Request, request_id), Key(Load, me)])


async def again(desk: Desk, me: PersonId, request_id: RequestId, now: datetime) -> Request:
    """Ask the same helper again, after the end: a new request with the same words, put to them first.

    Refuses NotTheSame where they can't be asked now.
    """

    def decide(read: Snapshot) -> tuple[Request, Changes]:
        before = own_request(read, request_id, me)
        if before.helper_id is None or not before.is_ended:
            raise Ended
        try:
            check_named(read, me, before.helper_id, now)
        except CannotHelp as no:
            raise NotTheSame(no.person_id, no.why) from None
        request = _anew(desk, read, before, like(before, prefer=before.helper_id), now)
        return request, _saved(desk, read, request, now)

    return await desk.store.commit(decide, load=[Key(Request, request_id), Key(Load, me)])


async def keep_waiting(desk: Desk, me: PersonId, request_id: RequestId, now: datetime) -> Request:
    """Go on looking: now, if the time ran out, else after a while, since nobody was left a moment ago.

    After the search has run out this files a new request with the same words, sought for a week.
    """

    def decide(read: Snapshot) -> tuple[Request, Changes]:
        before = own_request(read, request_id, me)
        if before.state == "expired":
            request = _anew(desk, read, before, like(before), now)
            if not _is_filed(read, request):
                week = {"is_waiting": True, "needed_by": now + QUIETLY}
                request = request.model_copy(update=week)
            return request, _saved(desk, read, request, now)
        if before.is_looking:
            return before, NONE
        if before.state in HELD:
            raise Ended
        # Where nobody was at work in time, it is for when somebody is.
        starts = before.held.until if before.held and before.gap == "off_hours" else now
        request = before.look_again(_needed_by(desk, before, max(starts, now)), waiting=True)
        pause = timedelta(hours=desk.policy.keep_waiting_hours if before.gap == "nobody" else 0)
        return request, Changes(put=[request], later=search_begun(request, now + pause), show=request.shows())

    return await desk.store.commit(decide, load=[Key(Request, request_id), Key(Load, me)])


async def tell_admins(desk: Desk, me: PersonId, request_id: RequestId, now: datetime) -> Request:
    """Let the admins know of a request that nobody took; doing it twice tells them once.

    After the search has run out it goes on with a new request, of which they are told.
    """
    met = await met_admins(desk)

    def decide(read: Snapshot) -> tuple[Request, Changes]:
        before = _sought(desk, read, own_request(read, request_id, me), now)
        if before.told_admins_at:
            return before, NONE
        request = before.model_copy(update={"told_admins_at": now})
        told = admins(read, desk.policy, met)
        alert = raised(read, unanswered(request.id, me, now, told), desk.policy)
        return request, together(_saved(desk, read, request, now), alert)

    return await desk.store.commit(decide, load=[Key(Request, request_id), Key(Load, me)])


async def post_in_channel(desk: Desk, me: PersonId, request_id: RequestId, now: datetime) -> Request:
    """Post a request in the channel of its topic, where anyone may take it.

    After the search has run out it goes on with a new request, which is posted.
    """

    def decide(read: Snapshot) -> tuple[Request, Changes]:
        before = own_request(read, request_id, me)
        channel = desk.topics.channel(before.topics)
        if channel is None:
            raise Invalid("channel", "none")
        sought = _sought(desk, read, before, now)
        wanted = {"channel_post": sought.channel_post or channel, "refused_by_channel": None}
        request = sought.model_copy(update=wanted)
        return request, _saved(desk, read, request, now)

    return await desk.store.commit(decide, load=[Key(Request, request_id), Key(Load, me)])


async def take_post_back(desk: Desk, me: PersonId, request_id: RequestId) -> Request:
    """Take a request that nobody has taken out of the channel; who was asked besides stays asked."""

    def decide(read: Snapshot) -> tuple[Request, Changes]:
        before = own_request(read, request_id, me)
        if before.is_ended or before.state in HELD:
            raise Ended
        if before.channel_post is None:
            return before, NONE
        gone = {"channel_post": None, "is_posted": False, "post_link": ""}
        request = before.model_copy(update=gone)
        shown = [*request.shows(), Show(POST.of(request.id), to=before.channel_post)]
        return request, Changes(put=[request], show=shown)

    return await desk.store.commit(decide, load=[Key(Request, request_id)])


def _sought(desk: Desk, read: Snapshot, request: Request, now: datetime) -> Request:
    """A request that nobody has taken, or its like where the search has run out; or raise Ended."""
    sought = _anew(desk, read, request, like(request), now) if request.state == "expired" else request
    if sought.is_ended or sought.state in HELD:
        raise Ended
    return sought


def _needed_by(desk: Desk, request: Request, now: datetime) -> datetime:
    return now + desk.policy.needed_within_hours.of(request.urgency)


def _without_helper(request: Request) -> Request:
    helper = {request.helper_id} if request.helper_id else set()
    return request.model_copy(update={"excluded": request.excluded | helper})


def _broken_off(read: Snapshot, request: Request, now: datetime) -> Changes:
    session = read.find(Session, request.session_id) if request.session_id else None
    return session_ended(read, session.close(now)) if session and session.is_open else NONE


def _anew(desk: Desk, read: Snapshot, ended: Request, new: NewRequest, now: datetime) -> Request:
    """The words of an ended request as a new one; while that one is open, the same once more."""
    id = RequestId(f"{ended.id}+")
    # The id follows from the request that ended, so that pressing twice finds what the first press filed.
    while (latest := read.find(Request, id)) is not None and latest.is_ended:
        id = RequestId(f"{id}+")
    request = latest or new.as_request(id, ended.asker_id, desk.policy, now)
    return request if latest else request.model_copy(update={"excluded": ended.excluded})


def _is_filed(read: Snapshot, request: Request) -> bool:
    return read.find(Request, request.id) is not None


def _saved(desk: Desk, read: Snapshot, request: Request, now: datetime) -> Changes:
    """What goes with a request as it is now: filed, where it is new."""
    if _is_filed(read, request):
        return Changes(put=[request], show=request.shows())
    return filing(read, request, desk.policy.open_requests, now)

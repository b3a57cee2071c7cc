"""What an asker does with a request of their own: file it, change it, take it back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import AskedAlready, CannotHelp, NotYours
from kernel.policy import Policy
from kernel.store import NONE, Changes, Key, Later, Never, Show, Snapshot, together
from kernel.values import PersonId, RequestId, TopicId
from mentoring.model.load import Load, load_of
from mentoring.model.new_request import NewRequest, check_question, check_topics, checked
from mentoring.model.offer import Offer
from mentoring.model.person import Person, check_can_help, stranger
from mentoring.model.request import GIVE_UP, LOOK_FOR_ANGLE, NAMED, OVERDUE, ROUTE, Approach, Request
from mentoring.model.session import Session
from mentoring.model.undo import undo_over
from mentoring.people.managers import check_apart
from mentoring.people.people import meeting_strangers, met
from mentoring.requests.completion import offers_ended, pending, request_ended
from mentoring.requests.drafts import Draft, used

__all__ = ["Approach", "NewRequest", "Request", "edit", "file", "follow", "retag", "unwrite", "withdraw"]

EDITABLE = {"question", "continued", "tried", "topics", "urgency", "lane", "minutes"}


async def file(
    desk: Desk,
    me: PersonId,
    new: NewRequest,
    request_id: RequestId,
    now: datetime,
    *,
    once: str | None = None,
) -> Request:
    """Save a request and have it routed at once. The same id again returns the request filed first.

    With *once* it raises Repeated where something was done under that key before.

    Nearly the same words again are refused while somebody is sought for them, or go to other people.
    """
    request = checked(new, desk.topics, desk.policy).as_request(request_id, me, desk.policy, now)

    def decide(read: Snapshot) -> tuple[Request, Changes]:
        first = read.find(Request, request_id)
        if first is not None:
            return own(first, me), NONE
        check_named(read, me, request.prefer, now)
        if not new.again:
            check_new(read, request)
        apart = _apart(read, request)
        filed = filing(read, apart, desk.policy.open_requests, now)
        return apart, together(filed, met(read, me, now), used(read, new.draft_id, me))

    keys = [Key(Request, request_id), Key(Load, me), Key(Person, me)]
    drafts = [Key(Draft, new.draft_id)] if new.draft_id else []
    async with meeting_strangers(desk, now):
        return await desk.store.commit(decide, load=[*keys, *drafts], once=once)


async def edit(desk: Desk, me: PersonId, request_id: RequestId, new: NewRequest, now: datetime) -> Request:
    """Change what is asked, until somebody accepts; helpers who are asked see the new words."""
    tidy = checked(new, desk.topics, desk.policy)
    said = {name: getattr(tidy, name) for name in new.model_fields_set & EDITABLE}
    return await _change(
        desk, me, request_id, lambda request: request.reword(**said), now, draft_id=new.draft_id
    )


async def follow(
    desk: Desk, me: PersonId, request_id: RequestId, now: datetime, *, before: str, after: str
) -> Request:
    """Let a question say what its writer has made of the message that it came of, until somebody accepts.

    One that they changed otherwise meanwhile stays as it is.
    """
    was, question = check_question(before), check_question(after)

    def change(request: Request) -> Request:
        return request.reword(question=question) if request.question == was else request

    return await _change(desk, me, request_id, change, now)


async def unwrite(
    desk: Desk, me: PersonId, request_id: RequestId, now: datetime, *, before: str, once: str
) -> None:
    """Take a question back whose writer has deleted the message that it came of.

    Once somebody has accepted, their talk goes on, and both are told on its cards. A question that was
    changed otherwise meanwhile stays asked. The same key *once* again raises Repeated, so that
    a late copy of the news undoes no undo.
    """
    was = check_question(before)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        request = own_request(read, request_id, me)
        if request.question != was:
            return None, NONE
        session = read.find(Session, request.session_id) if request.session_id else None
        if session is not None and session.is_open:
            return None, Changes(put=[request.unwrite()], show=session.shows())
        return None, withdrawing(read, request, desk.policy, now, is_unwritten=True)[1]

    await desk.store.commit(decide, load=[Key(Request, request_id), Key(Load, me)], once=once)


async def retag(
    desk: Desk, me: PersonId, request_id: RequestId, topics: Sequence[TopicId], now: datetime
) -> Request:
    """Change the topics; helpers who are asked and know none of the new ones are asked no longer."""
    known = check_topics(topics, desk.topics)
    return await _change(desk, me, request_id, lambda request: request.reword(topics=known), now)


async def withdraw(desk: Desk, me: PersonId, request_id: RequestId, now: datetime) -> Request:
    """Take a question back, until somebody accepts; helpers who are asked are told that it is over."""

    return await desk.store.commit(
        lambda read: withdrawing(read, own_request(read, request_id, me), desk.policy, now),
        load=[Key(Request, request_id), Key(Load, me)],
    )


def withdrawing(
    read: Snapshot, before: Request, policy: Policy, now: datetime, *, is_unwritten: bool = False
) -> tuple[Request, Changes]:
    """A question as taken back, and what goes with that; of one that has ended, nothing."""
    request = before.withdraw(now, is_unwritten=is_unwritten)
    if before.is_ended:
        return request, NONE
    taken_back = [offer.withdraw(now) for offer in pending(read, before)]
    return request, together(
        offers_ended(read, taken_back),
        request_ended(read, request, policy, now),
        Changes(later=[undo_over(Show(request.thing, to=request.asker_id), now)]),
    )


def filing(read: Snapshot, request: Request, limit: int, now: datetime) -> Changes:
    """What goes with a new request: the asker's load, and its way to be routed; or TooManyOpen."""
    load = load_of(read, request.asker_id).with_request(request.id, limit)
    look = Later(LOOK_FOR_ANGLE, request.asker_id, now)
    return Changes(put=[request, load], later=[*search_begun(request, now), look], show=request.shows())


def search_begun(request: Request, at: datetime) -> list[Later | Never]:
    """What stands on the agenda while helpers are sought: route it, and stop when it is too late."""
    overdue = Later(OVERDUE, request.id, request.needed_by)
    return [Later(ROUTE, request.id, at), overdue, Never(GIVE_UP, request.id)]


def check_named(read: Snapshot, me: PersonId, named: PersonId | None, now: datetime) -> None:
    """Refuse a person asked for by name who cannot be asked."""
    if named is None:
        return
    helper = read.find(Person, named)
    if helper is None:
        raise CannotHelp(named, "unknown")
    asker = read.find(Person, me) or stranger(me, now)
    check_can_help(asker, helper, now)
    check_apart(read, asker, helper)


def check_new(read: Snapshot, request: Request) -> None:
    """Refuse a request whose like is being sought for: AskedAlready."""
    for other in reversed(_same(read, request)):
        raise AskedAlready(other.id)


def _same(read: Snapshot, request: Request) -> list[Request]:
    """What the asker has open that is the same, and still looks for somebody."""
    others = read.all(Request, load_of(read, request.asker_id).open_requests)
    return [other for other in others if other.is_looking and request.asks_the_same(other)]


def _apart(read: Snapshot, request: Request) -> Request:
    """A request that goes to nobody who has its like: they would get the same twice."""
    asked = {approach.helper_id for other in _same(read, request) for approach in other.asked}
    return request.model_copy(update={"excluded": request.excluded | asked - {request.prefer}})


def own(request: Request, me: PersonId) -> Request:
    """A request to its asker, and refuse it to anyone else."""
    if request.asker_id != me:
        raise NotYours
    return request


def own_request(read: Snapshot, request_id: RequestId, me: PersonId) -> Request:
    """One's own request."""
    return own(read.get(Request, request_id), me)


async def _change(
    desk: Desk,
    me: PersonId,
    request_id: RequestId,
    change: Callable[[Request], Request],
    now: datetime,
    *,
    draft_id: str | None = None,
) -> Request:
    """Commit a change of what is asked; who no longer fits is let go, and the search goes on.

    A draft that went into it is used.
    """

    def decide(read: Snapshot) -> tuple[Request, Changes]:
        before = own_request(read, request_id, me)
        if change(before) == before:
            return before, used(read, draft_id, me)
        offers = pending(read, before)
        misfits = [offer for offer in offers if not _still_fits(read, offer, before, change(before))]
        request = _sought_again(change(before), before, desk.policy, now)
        if len(misfits) == len(offers):
            request = request.unheard(is_last=True)
        shown = Changes(show=[offer.show for offer in offers if offer not in misfits])
        searched = Changes(put=[request], later=search_begun(request, now), show=request.shows())
        ended = offers_ended(read, [misfit.withdraw(now) for misfit in misfits])
        return request, together(ended, searched, shown, used(read, draft_id, me))

    return await desk.store.commit(decide, load=[Key(Request, request_id)])


def _sought_again(request: Request, before: Request, policy: Policy, now: datetime) -> Request:
    """A changed request with its new end; one that nobody took is sought for again."""
    needed_by = now + policy.needed_within_hours.of(request.urgency)
    if request.state == "unanswered":
        return request.look_again(needed_by)
    return (
        request.model_copy(update={"needed_by": needed_by}) if request.urgency != before.urgency else request
    )


def _still_fits(read: Snapshot, offer: Offer, before: Request, after: Request) -> bool:
    """Whether the one who is asked was named, or knows one of the topics, if these are others now."""
    if before.topics == after.topics or not after.topics or offer.wave == NAMED:
        return True
    helper = read.find(Person, offer.helper_id)
    return helper is not None and not helper.topics.keys().isdisjoint(after.topics)

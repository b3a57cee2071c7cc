"""What helpers answer: I can help, not now, someone else fits better; and what goes on without an answer."""

from dataclasses import replace
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.errors import AlreadyTaken, CannotHelp, Ended, Invalid, NotFound, NotYours, OwnRequest
from kernel.presence import UNKNOWN
from kernel.store import NONE, Changes, Due, Key, Later, Snapshot, together
from kernel.values import OfferId, PersonId, RequestId, SessionId
from mentoring.model.load import Load
from mentoring.model.offer import OFFER_EXPIRES, Offer, offer_id, offer_of, parts_of
from mentoring.model.person import Person, check_can_help, check_member, stranger
from mentoring.model.request import HELD, ROUTE, Request
from mentoring.model.session import Session
from mentoring.model.undo import shown_anew, undo_over
from mentoring.people.managers import are_in_line, check_apart
from mentoring.people.people import meeting_strangers, met
from mentoring.requests.completion import offers_ended, pending
from mentoring.requests.requests import check_named
from mentoring.routing.acceptance import taken, volunteered
from mentoring.routing.deadlines import postponed

__all__ = [
    "Offer",
    "accept",
    "decline",
    "expire",
    "never_seen",
    "pass_on",
    "take_away",
    "volunteer",
]

LONGEST_NOTE = 1_000
LOOK_UP = timedelta(minutes=1)  # in which somebody is looked up in Slack


async def accept(desk: Desk, offer_id: OfferId, me: PersonId, now: datetime) -> Session:
    """Turn an offer into a session. The first wins, the others are told; pressing twice changes nothing.

    Where the asker wishes to be kept apart since, or one now reports to the other, the offer ends instead,
    the next helper is asked, and Ended is raised.
    """

    def decide(read: Snapshot) -> tuple[Session | None, Changes]:
        offer = _mine(read, offer_id, me)
        helper = check_member(read.find(Person, me) or stranger(me, now))
        if offer.state == "accepted":
            return read.get(Session, offer_id), NONE
        if offer.is_pending and _are_parted(read, offer, helper):
            return None, _gone(read, offer.withdraw(now), now)
        return taken(read, offer.accept(now), desk.policy, now)

    async with meeting_strangers(desk, now):
        session = await desk.store.commit(decide, load=_around(offer_id, me))
    if session is None:
        raise Ended
    return session


async def volunteer(desk: Desk, request_id: RequestId, me: PersonId, now: datetime) -> Session:
    """Take a request without being asked (any more): from its post in a channel, or a card that ran out.

    Whoever was never met is looked up first, and refused until then.
    """

    def decide(read: Snapshot) -> tuple[Session, Changes]:
        request = read.get(Request, request_id)
        id = offer_of(request, me)
        if request.helper_id == me:
            return read.get(Session, id), NONE
        offer = read.find(Offer, id)
        if offer is None or not offer.is_pending:
            _check_wanted(request, offer, me)
            offer = volunteered(read, request, _volunteer(read, request, me, now), now)
        return taken(read, offer.accept(now), desk.policy, now)

    async with meeting_strangers(desk, now):
        return await desk.store.commit(decide, load=_around(offer_id(request_id, me), me))


async def decline(desk: Desk, offer_id: OfferId, me: PersonId, now: datetime) -> Offer:
    """Say not now, without a reason; the next helper is asked at once."""

    def decide(read: Snapshot) -> tuple[Offer, Changes]:
        offer = _mine(read, offer_id, me)
        return _answered(read, offer, offer.decline(now), now)

    return await desk.store.commit(decide, load=_around(offer_id, me))


async def pass_on(
    desk: Desk, offer_id: OfferId, me: PersonId, now: datetime, *, to: PersonId | None = None, note: str = ""
) -> Offer:
    """Say that someone else fits better; who is named is asked next, with a note from *me*.

    Of a question without a name nothing can be found out by naming people: the answer is the same whoever is
    named, and who can't be asked, the asker among them, is passed over in silence.
    """
    if len(note) > LONGEST_NOTE:
        raise Invalid("note", "too_long", limit=LONGEST_NOTE, length=len(note))

    def decide(read: Snapshot) -> tuple[Offer, Changes]:
        offer = _mine(read, offer_id, me)
        if to is None or offer.state == "passed_on":
            return _answered(read, offer, offer.pass_on(now), now)
        passed = offer.pass_on(now, has_named=True)
        named = read.get(Request, offer.request_id).hand_to(to, me, note.strip())
        handed = _in_silence if named.anonymous else _handed
        answer, changes = _answered(read, offer, passed, now, handed(read, named, to, now))
        return answer, together(changes, _looked_up_first(read, named, to, now))

    async with meeting_strangers(desk, now):
        return await desk.store.commit(decide, load=_around(offer_id, me))


def _handed(read: Snapshot, request: Request, to: PersonId, now: datetime) -> Request:
    """A request that is put to a person named next, or refuse one who cannot be asked."""
    if to == request.asker_id:
        raise CannotHelp(to, "asker")
    check_named(read, request.asker_id, to, now)
    if to in request.not_again:
        raise CannotHelp(to, "asked")
    return request


def _in_silence(read: Snapshot, request: Request, to: PersonId, now: datetime) -> Request:
    """A request that is put to a person named next, or to anyone where they cannot be asked."""
    try:
        return _handed(read, request, to, now)
    except CannotHelp as no:
        return request if no.why == "unknown" else request.forget_named()


def _looked_up_first(read: Snapshot, request: Request, to: PersonId, now: datetime) -> Changes:
    """The changes by which somebody who was never met is looked up, and only then asked."""
    person = read.find(Person, to)
    if not request.anonymous or (person and person.standing != "unknown"):
        return NONE
    return together(met(read, to, now), Changes(later=[Later(ROUTE, request.id, now + LOOK_UP)]))


async def expire(desk: Desk, offer_id: OfferId, now: datetime, due: Due | None = None) -> None:
    """Let an offer run out, and ask the next; one due in do-not-disturb or a pause gets more time."""
    offer = await desk.find(Offer, offer_id)
    seen = await desk.presence.look([offer.helper_id]) if offer and offer.is_pending else {}

    def decide(read: Snapshot) -> tuple[None, Changes]:
        offer = read.find(Offer, offer_id)
        if offer is None or not offer.is_pending:
            return None, NONE
        request, helper = read.get(Request, offer.request_id), read.find(Person, offer.helper_id)
        later = postponed(request, helper, seen.get(offer.helper_id, UNKNOWN), desk.policy, now)
        if later is None:
            return None, _gone(read, offer.expire(now), now)
        more = Later(OFFER_EXPIRES, offer.id, later)
        return None, Changes(put=[offer.postpone(later)], later=[more], show=[offer.show])

    await desk.store.commit(decide, load=_keys(offer), due=due)


async def take_away(desk: Desk, offer_id: OfferId, now: datetime) -> None:
    """Ask the next helper, since this one has paused, stopped helping or left."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        offer = read.find(Offer, offer_id)
        if offer is None or not offer.is_pending:
            return None, NONE
        helper = read.find(Person, offer.helper_id)
        until = helper.paused_until if helper and helper.is_paused(now) else None
        anew = Changes(later=[shown_anew(offer.show, until)] if until else [])
        return None, together(_gone(read, offer.withdraw(now, until), now), anew)

    await desk.store.commit(decide, load=[Key(Offer, offer_id)])


async def never_seen(desk: Desk, offer_id: OfferId, now: datetime) -> None:
    """Ask the next helper, since nothing can be shown to this one."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        offer = read.find(Offer, offer_id)
        if offer is None or not offer.is_pending:
            return None, NONE
        gone = _gone(read, offer.withdraw(now), now)
        return None, replace(gone, show=[show for show in gone.show if show != offer.show])

    await desk.store.commit(decide, load=[Key(Offer, offer_id)])


def _answered(
    read: Snapshot, before: Offer, offer: Offer, now: datetime, request: Request | None = None
) -> tuple[Offer, Changes]:
    """What goes with a helper's no; said before, it changes nothing."""
    if offer == before:
        return offer, NONE
    request = request or read.get(Request, offer.request_id)
    is_last = _is_last(read, request, offer)
    refused = request.refused_by(offer.helper_id, is_last=is_last)
    undoable = Changes(later=[undo_over(offer.show, now)])
    return offer, together(_next_asked(read, offer, refused, now), undoable)


def _gone(read: Snapshot, offer: Offer, now: datetime) -> Changes:
    """What goes with an offer that ended without the helper's word."""
    request = read.get(Request, offer.request_id)
    return _next_asked(read, offer, request.unheard(is_last=_is_last(read, request, offer)), now)


def _next_asked(read: Snapshot, offer: Offer, request: Request, now: datetime) -> Changes:
    """What goes with an offer that ended: routing asks the next, unless others may still say yes."""
    # While others of a pool may say yes, only a person named is asked beside them.
    is_due = request.state == "open" or (request.is_looking and request.prefer is not None)
    route = [Later(ROUTE, request.id, now)] if is_due else []
    return together(offers_ended(read, [offer]), Changes(put=[request], later=route, show=request.shows()))


def _is_last(read: Snapshot, request: Request, offer: Offer) -> bool:
    return all(other.id == offer.id for other in pending(read, request))


def _volunteer(read: Snapshot, request: Request, me: PersonId, now: datetime) -> Person:
    """The person who wants to take a request, or refuse one who may not."""
    person = check_member(read.find(Person, me) or stranger(me, now)).resume()
    asker = read.get(Person, request.asker_id)
    check_can_help(asker, person, now)
    check_apart(read, asker, person)
    # Else somebody could find out who asks by keeping apart from one colleague after the other.
    is_tried = request.anonymous and person.parted_at is not None and person.parted_at >= request.asked_at
    if is_tried or read.find(Session, SessionId(offer_of(request, me))) is not None:
        raise CannotHelp(me, "asked")
    return person


def _are_parted(read: Snapshot, offer: Offer, helper: Person) -> bool:
    """Whether the asker wishes to be kept apart, or one reports to the other.

    The helper's own wish is left out: else somebody could find out who asks without a name by changing it.
    """
    asker = read.get(Person, offer.asker_id)
    return helper.id in asker.do_not_match or are_in_line(read, asker, helper)


def _check_wanted(request: Request, offer: Offer | None, me: PersonId) -> None:
    """Refuse one's own request, one never shown to *me*, that is taken or over, or where another is wanted.

    That last one looks like any that is over, so that nobody learns why.
    """
    if request.asker_id == me:
        raise OwnRequest
    if offer is None and request.channel_post is None:
        raise NotFound(Request.kind, request.id)
    if request.state in HELD:
        raise AlreadyTaken
    is_unwanted = offer is not None and offer.state == "withdrawn" and me in request.excluded
    if request.is_ended or is_unwanted:
        raise Ended


def _mine(read: Snapshot, offer_id: OfferId, me: PersonId) -> Offer:
    offer = read.get(Offer, offer_id)
    if offer.helper_id != me:
        raise NotYours
    return offer


def _around(offer_id: OfferId, me: PersonId) -> list[Key]:
    """What an answer to an offer reads, so that it takes few round trips."""
    request_id, _ = parts_of(offer_id)
    return [
        Key(Offer, offer_id),
        Key(Request, request_id),
        Key(Load, me),
        Key(Person, me),
        Key(Session, offer_id),
    ]


def _keys(offer: Offer | None) -> list[Key]:
    return _around(offer.id, offer.helper_id) if offer else []

"""How long things are kept: what has ended is dropped whole, with everything that belongs to it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from kernel.desk import Desk
from kernel.store import NONE, Changes, Due, Key, Snapshot, together
from kernel.values import PersonId, RequestId, SessionId
from mentoring.model.alert import Alert, unanswered_id
from mentoring.model.check import Check, Thanks, check_ids, checks_in
from mentoring.model.load import Load, load_of
from mentoring.model.offer import Offer, offer_of
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.requests.completion import answered, request_ended
from mentoring.routing.acceptance import freeing
from mentoring.sessions.feedback import Feedback, feedback_id


async def give_up(desk: Desk, request_id: RequestId, now: datetime, due: Due | None = None) -> None:
    """End a request that nobody took, when its asker took none of the ways out."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        request = read.find(Request, request_id)
        if request is None or request.state != "unanswered":
            return None, NONE
        return None, request_ended(read, request.expire(now), desk.policy, now)

    await desk.store.commit(decide, load=[Key(Request, request_id)], due=due)


async def forget_request(desk: Desk, request_id: RequestId, now: datetime, due: Due | None = None) -> None:
    """Drop a request that has ended, with its offers, sessions, feedback, checks, thanks and alert.

    Reports stay. What helpers remember of its sessions goes, too.
    """
    before = await desk.find(Request, request_id)
    checks = await _checks(desk, before) if before else []

    def decide(read: Snapshot) -> tuple[None, Changes]:
        request = read.find(Request, request_id)
        if request is None or not request.is_ended:
            return None, NONE
        belongings = dict.fromkeys([*_belongings(request, desk), *checks])
        kept = [key for key in belongings if read.find(key.type, key.id) is not None]
        talks = read.all(Session, [key.id for key in kept if key.type is Session])
        return None, Changes(put=_unhelped(read, talks), drop=[Key(Request, request_id), *kept])

    # Loaded in one go: what came of a request is up to some forty documents.
    load = _belongings(before, desk) if before else ()
    await desk.store.commit(decide, load=[Key(Request, request_id), *load, *checks], due=due)


async def forget_person(desk: Desk, person_id: PersonId, due: Due | None = None) -> None:
    """Drop what is left of somebody who has left, once nothing is kept of their sessions any more."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        person = read.find(Person, person_id)
        is_gone = person is not None and person.is_gone
        return None, Changes(drop=[Key(Person, person_id), Key(Load, person_id)]) if is_gone else NONE

    await desk.store.commit(decide, load=[Key(Person, person_id)], due=due)


async def free_up(desk: Desk, person_id: PersonId, now: datetime, due: Due | None = None) -> None:
    """Forget what is a week old, so that the helper can be found again; come back for the next.

    Who stands in line for a helper that has room for one more question is looked at.
    """

    def decide(read: Snapshot) -> tuple[None, Changes]:
        load, person = load_of(read, person_id).forget_old(now), read.find(Person, person_id)
        is_free = person is not None and not load.has_all_offers(person.limits(desk.policy.limits))
        kept = answered(load, now) if is_free else Changes(put=[load])
        again = [freeing(load, now)] if load.next_forgotten_at() else []
        return None, together(kept, Changes(later=again))

    await desk.store.commit(decide, due=due)


async def _checks(desk: Desk, request: Request) -> list[Key]:
    """The keys of the checks that were asked, also under a policy of other days."""
    talks = [SessionId(offer_of(request, each.helper_id)) for each in request.asked]
    return [Key(Check, id) for talk in dict.fromkeys(talks) for id in await desk.store.ids(checks_in(talk))]


def _unhelped(read: Snapshot, talks: Iterable[Session]) -> list[Load]:
    """The loads of helpers without the sessions that are forgotten; each had one session of a request."""
    loads = [(read.find(Load, talk.helper_id), talk) for talk in talks]
    return [load.forget_helping(talk.asker_id) for load, talk in loads if load]


def _belongings(request: Request, desk: Desk) -> Iterator[Key]:
    """Yield the key of everything that may have come of a request."""
    yield Key(Alert, unanswered_id(request.id))
    for helper_id in dict.fromkeys(approach.helper_id for approach in request.asked):
        id = SessionId(offer_of(request, helper_id))
        yield from (Key(Offer, id), Key(Session, id), Key(Thanks, id))
        yield from (Key(Feedback, feedback_id(id, person)) for person in (request.asker_id, helper_id))
        yield from (Key(Check, check) for check in check_ids(id, desk.policy))

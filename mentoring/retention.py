"""How long things are kept: what has ended is dropped whole, with everything that belongs to it."""

from collections.abc import Iterator
from datetime import datetime

from mentoring.changes import NONE
from mentoring.check import Check, Thanks
from mentoring.desk import Desk
from mentoring.endings import request_ended
from mentoring.feedback import Feedback, feedback_id
from mentoring.followups import check_ids
from mentoring.load import load_of
from mentoring.offer import Offer, offer_id
from mentoring.request import Request
from mentoring.session import Session
from mentoring.store import Changes, Due, Key, Snapshot
from mentoring.takes import freeing
from mentoring.values import PersonId, RequestId, SessionId


async def give_up(desk: Desk, request_id: RequestId, now: datetime, due: Due | None = None) -> None:
    """End a request that nobody took, when its asker took none of the ways out."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        request = read.find(Request, request_id)
        if request is None or request.state != "unanswered":
            return None, NONE
        return None, request_ended(read, request.expire(now), desk.policy, now)

    await desk.store.commit(decide, load=[Key(Request, request_id)], due=due)


async def forget_request(desk: Desk, request_id: RequestId, now: datetime, due: Due | None = None) -> None:
    """Drop a request that has ended, with its offers, talks, feedback, checks and thanks. Reports stay."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        request = read.find(Request, request_id)
        if request is None or not request.is_ended:
            return None, NONE
        kept = [key for key in _belongings(request, desk) if read.find(key.type, key.id) is not None]
        return None, Changes(drop=[Key(Request, request_id), *kept])

    # Loaded in one go: what came of a request is up to some forty documents.
    before = await desk.store.look(lambda read: read.find(Request, request_id))
    load = _belongings(before, desk) if before else ()
    await desk.store.commit(decide, load=[Key(Request, request_id), *load], due=due)


async def free_up(desk: Desk, person_id: PersonId, now: datetime, due: Due | None = None) -> None:
    """Forget minutes whose week is over, so that the helper can be found again; come back for the next."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        load = load_of(read, person_id).forget_old(now)
        return None, Changes(put=[load], later=[freeing(load, now)] if load.bookings else [])

    await desk.store.commit(decide, due=due)


def _belongings(request: Request, desk: Desk) -> Iterator[Key]:
    """Yield the key of everything that may have come of a request."""
    for helper_id in dict.fromkeys(approach.helper_id for approach in request.asked):
        id = SessionId(offer_id(request.id, helper_id))
        yield from (Key(Offer, id), Key(Session, id), Key(Thanks, id))
        yield from (Key(Feedback, feedback_id(id, person)) for person in (request.asker_id, helper_id))
        yield from (Key(Check, check) for check in check_ids(id, desk.policy))

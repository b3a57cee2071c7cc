"""An offer: one request put to one helper, with a deadline."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any, ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import AlreadyTaken, OfferOver
from kernel.kinds import AgendaKind, ListName
from kernel.store import Show
from kernel.values import Document, OfferId, PersonId, RequestId
from matching.values import Lane, Match, Reason
from mentoring.model.load import Reply
from mentoring.model.request import Approach, Request
from mentoring.model.undo import check_undo

OFFERS = ListName("offers-to")
PENDING_OFFERS = ListName("pending-offers-to")
OFFER_EXPIRES = AgendaKind("offer_expires", "mentoring.routing.offers.expire")

State = Literal["pending", "accepted", "declined", "passed_on", "expired", "taken", "withdrawn"]
# An offer that ended while there was still time says nothing about its helper.
REPLIES: Mapping[State, Reply] = {"accepted": "yes", "declined": "no", "passed_on": "no", "expired": "none"}


class Offer(Document):
    """One request put to one helper. It is pending, and then one of six ends; a no can be undone for a while.

    accepted · declined · passed_on: the helper's own answers · expired: the deadline passed
    taken: another helper was first · withdrawn: the asker took it back, or the helper paused or left
    *has_named*: somebody was named in passing it on; *paused_until* is the pause that took it away; *undone*:
    its helper has taken a no back; *is_exception*: the helper would rather be asked in other lanes
    """

    kind: ClassVar[str] = "offer"
    id: OfferId
    request_id: RequestId
    helper_id: PersonId
    asker_id: PersonId
    lane: Lane
    reasons: tuple[Reason, ...] = ()
    wave: int
    state: State = "pending"
    offered_at: AwareDatetime
    deadline: AwareDatetime
    answered_at: AwareDatetime | None = None
    handed_by: PersonId | None = None
    note: str = ""
    has_named: bool = False
    paused_until: AwareDatetime | None = None
    undone: bool = False
    is_exception: bool = False

    @classmethod
    def begin(cls, request: Request, match: Match, wave: int, deadline: datetime, now: datetime) -> Self:
        """Put a request to the helper of a match."""
        helper_id = PersonId(match.helper_id)
        is_named = request.prefer == helper_id
        return cls(
            id=offer_of(request, helper_id),
            request_id=request.id,
            helper_id=helper_id,
            asker_id=request.asker_id,
            lane=match.lane,
            reasons=match.reasons,
            wave=wave,
            offered_at=now,
            deadline=deadline,
            handed_by=request.handed_by if is_named else None,
            note=request.note if is_named else "",
        )

    def lists(self) -> Mapping[str, datetime]:
        """The helper's offers, and those that wait for an answer."""
        names = {OFFERS.of(self.helper_id): self.offered_at}
        return names | ({PENDING_OFFERS.of(self.helper_id): self.offered_at} if self.is_pending else {})

    @property
    def show(self) -> Show:
        """Where it is shown: to its helper."""
        return Show(self.thing, to=self.helper_id)

    @property
    def is_pending(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == "pending"

    @property
    def reply(self) -> Reply | None:
        """What its helper answered within the time, if it came to that."""
        return REPLIES.get(self.state)

    @property
    def approach(self) -> Approach:
        """What the request remembers of this offer."""
        return Approach(helper_id=self.helper_id, lane=self.lane, offered_at=self.offered_at, wave=self.wave)

    def accept(self, now: datetime) -> Self:
        """Say yes."""
        return self._end("accepted", now)

    def decline(self, now: datetime) -> Self:
        """Say not now; no reason is asked for."""
        return self._end("declined", now)

    def pass_on(self, now: datetime, *, has_named: bool = False) -> Self:
        """Say that someone else fits better, by name or not."""
        ended = self._end("passed_on", now)
        return self if ended == self else ended.model_copy(update={"has_named": has_named})

    def expire(self, now: datetime) -> Self:
        """Let it run out."""
        return self._end("expired", now)

    def take(self, now: datetime) -> Self:
        """Note that another helper was first."""
        return self._end("taken", now)

    def withdraw(self, now: datetime, paused_until: datetime | None = None) -> Self:
        """Take it back, from somebody who is paused until then or for another reason."""
        ended = self._end("withdrawn", now)
        return self if ended == self else ended.model_copy(update={"paused_until": paused_until})

    def undo(self, now: datetime) -> Self:
        """Take one's own no back, for a while and while there is still time to answer."""
        if not self.was_refused or now >= self.deadline:
            raise OfferOver
        check_undo(self.answered_at, now)
        return self.renew().model_copy(update={"undone": True})

    def renew(self) -> Self:
        """Let it wait for an answer again."""
        fresh: dict[str, Any] = {"state": "pending", "answered_at": None, "has_named": False}
        return self.model_copy(update={**fresh, "paused_until": None})

    @property
    def was_refused(self) -> bool:
        """Whether its helper has said no to it."""
        return self.state in ("declined", "passed_on")

    def postpone(self, deadline: datetime) -> Self:
        """Give more time, while it is pending."""
        return self.model_copy(update={"deadline": deadline}) if self.is_pending else self

    def _end(self, state: State, now: datetime) -> Self:
        """Come to an end; the same end again changes nothing, another one is refused."""
        if self.state == state:
            return self
        if not self.is_pending:
            raise AlreadyTaken if self.state == "taken" else OfferOver
        changed: dict[str, Any] = {"state": state, "answered_at": now}
        return self.model_copy(update=changed)


def offer_of(request: Request, helper_id: PersonId) -> OfferId:
    """The id of the one offer of a request to a helper, and of the session that it may become.

    It stands in buttons: where the asker is not to know the helper, nobody can tell them by it.
    """
    return offer_id(request.id, _masked(helper_id, request.mask) if request.mask else helper_id)


def offer_id(request_id: RequestId, helper: str) -> OfferId:
    """The id of an offer, by whom it names as the helper."""
    return OfferId(f"{request_id}.{helper}")


def parts_of(id: str) -> tuple[RequestId, str]:
    """The request of an offer, or of the session that came of it, and how its id names the helper."""
    request_id, _, helper = id.rpartition(".")
    return RequestId(request_id), helper


def _masked(helper_id: PersonId, mask: str) -> str:
    return blake2b(helper_id.encode(), key=mask.encode(), digest_size=9).hexdigest()

"""Valid values of the domain, each with whatever a test wants to be different."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from kernel.policy import Policy
from kernel.topics import Catalogue, Topic
from kernel.values import OfferId, PersonId, RequestId, SessionId, TopicId
from matching.values import Lane, Match
from mentoring.model.appointment import Appointment
from mentoring.model.load import Load
from mentoring.model.new_request import NewRequest
from mentoring.model.offer import Offer, offer_id
from mentoring.model.person import Person
from mentoring.model.request import Approach, Request
from mentoring.model.session import Session

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

PYTHON, SQL, CAREER = TopicId("python"), TopicId("sql"), TopicId("career")
ASKER, ADA, BEN, CY, DEE = (PersonId(f"U0{name}") for name in ("ASKER", "ADA", "BEN", "CY", "DEE"))
TOPICS = Catalogue(
    (
        Topic(id=PYTHON, label="Python", channel="C0PYTHON"),
        Topic(id=SQL, label="SQL"),
        Topic(id=CAREER, label="Career"),
    )
)
POLICY = Policy()
R1 = RequestId("R1")


def person(id: str = ASKER, **changed: Any) -> Person:
    """Someone at work who does not help."""
    return Person(**{"id": id, "name": id.title(), "standing": "active", "seen_at": NOW, **changed})


def helper(id: str = ADA, topics: Mapping[TopicId, int] | None = None, **changed: Any) -> Person:
    """Someone who helps with Python, from nine to five in UTC."""
    return person(id, **{"topics": topics or {PYTHON: 3}, "enrolled_at": NOW, **changed})


def new_request(**changed: Any) -> NewRequest:
    """A question about Python as a form gives it."""
    return NewRequest(**{"question": "How do I profile asyncio?", "topics": (PYTHON,), **changed})


def request(**changed: Any) -> Request:
    """An open request of today."""
    base = {"id": R1, "asker_id": ASKER, "question": "How?", "topics": (PYTHON,)}
    return Request(**{**base, "asked_at": NOW, "needed_by": NOW + DAY, **changed})


def approach(helper_id: PersonId = ADA, wave: int = 1) -> Approach:
    """A helper was asked."""
    return Approach(helper_id=helper_id, lane=Lane.PEER, offered_at=NOW, wave=wave)


def offer(helper_id: PersonId = ADA, **changed: Any) -> Offer:
    """A pending offer of the first wave."""
    match = Match(helper_id, Lane.PEER, 1.0, ())
    made = Offer.begin(request(), match, 1, NOW + 2 * HOUR, NOW)
    return made.model_copy(update=changed)


def session(**changed: Any) -> Session:
    """A talk that has just begun."""
    return Session.begin(request(), offer(), NOW).model_copy(update=changed)


def begun(**changed: Any) -> Session:
    """A talk whose clock runs."""
    return session(**{"appointment": Appointment().begin(NOW), **changed})


def load(id: PersonId = ADA, **changed: Any) -> Load:
    """A load, empty but for what is given."""
    return Load(**{"id": id, **changed})


def offer_to(helper_id: PersonId, request_id: RequestId = R1) -> OfferId:
    """The id of a request's offer to a helper."""
    return offer_id(request_id, helper_id)


def talk_with(helper_id: PersonId, request_id: RequestId = R1) -> SessionId:
    """The id of the talk that this offer becomes."""
    return SessionId(offer_id(request_id, helper_id))

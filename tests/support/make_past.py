"""Past requests as they are stored, so that a workspace can have a history without living through it."""

from collections.abc import Iterator
from datetime import datetime

import make
from make import ADA, ASKER, HOUR, MINUTE

from kernel.values import Document, PersonId, RequestId, SessionId, TopicId
from matching.values import Lane
from mentoring.model.offer import Offer, offer_id
from mentoring.model.request import Approach, Request
from mentoring.sessions.feedback import Feedback, Helped, feedback_id


def past_talk(
    id: str,
    asked_at: datetime,
    helper_id: PersonId = ADA,
    *,
    topic: TopicId | None = make.PYTHON,
    question: str = "Why does my service stall?",
    helped: Helped | None = "yes",
    asker_id: PersonId = ASKER,
) -> Iterator[Document]:
    """Yield the documents of a talk that was held within the hour."""
    request_id = RequestId(id)
    session_id = SessionId(offer_id(request_id, helper_id))
    accepted_at, ended_at = asked_at + 5 * MINUTE, asked_at + 30 * MINUTE
    request = make.request(
        id=request_id,
        asker_id=asker_id,
        question=question,
        topics=(topic,) if topic else (),
        asked_at=asked_at,
        state="resolved",
        asked=(Approach(helper_id=helper_id, lane=Lane.PEER, offered_at=asked_at, wave=1),),
        helper_id=helper_id,
        session_id=session_id,
        accepted_at=accepted_at,
        ended_at=ended_at,
    )
    yield request
    yield from _answered(request, helper_id, accepted_at)
    session = make.session(
        id=session_id,
        request_id=request_id,
        asker_id=asker_id,
        helper_id=helper_id,
        began_at=accepted_at,
        state="wrapped",
        ended_at=ended_at,
    )
    yield session
    if helped:
        yield Feedback(
            id=feedback_id(session_id, asker_id),
            session_id=session_id,
            person_id=asker_id,
            about=helper_id,
            role="asker",
            asked_at=ended_at,
            state="answered",
            answered_at=asked_at + HOUR,
            helped=helped,
        )


def _answered(request: Request, helper_id: PersonId, at: datetime) -> Iterator[Offer]:
    yield make.offer(
        helper_id,
        id=offer_id(request.id, helper_id),
        request_id=request.id,
        asker_id=request.asker_id,
        state="accepted",
        offered_at=request.asked_at,
        answered_at=at,
    )

"""A request as a ranking sees it."""

from kernel.desk import Desk
from matching.values import Ask, Lane
from mentoring.model.person import Person
from mentoring.model.request import Request


def as_ask(request: Request, asker: Person, desk: Desk) -> Ask:
    """Return what a ranking needs to know of a request."""
    lanes = desk.topics.lanes(request.topics) if request.lane == "any" else (Lane(request.lane),)
    excluded = request.not_again | asker.do_not_match | set(asker.managers)
    return Ask(
        id=request.id,
        asker_id=asker.id,
        asker_level=asker.level,
        topics=request.topics,
        lanes=lanes,
        urgency=request.urgency,
        minutes=request.minutes,
        excluded=frozenset(excluded),
        wanted=frozenset({request.prefer} if request.prefer else ()),
        text=request.question,
    )

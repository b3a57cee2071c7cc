"""A request as a ranking sees it."""

from dataclasses import replace

from kernel.desk import Desk
from matching.values import ANYTHING, Ask, Lane
from mentoring.model.person import Person
from mentoring.model.request import Request, Wish


def reaching(ask: Ask) -> Ask:
    """An ask that reaches whoever takes any question, where it has no topic of its own."""
    return ask if ask.topics else replace(ask, topics=(ANYTHING,))


def widened(ask: Ask, wish: Wish) -> list[Ask]:
    """How an ask goes on when nobody is left: in other lanes than its topic's, then to the unwilling.

    A wish of the asker's own stays.
    """
    wider = [ask.in_any_lane()] if wish == "any" else []
    return [*wider, replace((wider or [ask])[0], unwilling=True)]


def as_ask(request: Request, asker: Person, desk: Desk) -> Ask:
    """What a ranking needs to know of a request."""
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

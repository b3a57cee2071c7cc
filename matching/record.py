"""The facts behind a learned reason: counts and days, never a decline, a pause or a rating."""

from collections.abc import Mapping

import numpy as np

from matching.history import History, hour_of
from matching.tally import Tally
from matching.values import Ask, ReasonKind

Details = Mapping[str, str | int | float]


def record(history: History, ask: Ask, person: int, day: float, kind: ReasonKind) -> Details:
    """Return what can be said of a person's past where a reason of this kind counts."""
    match kind:
        case ReasonKind.ANSWERED:
            return _answered(history, ask, person, day)
        case ReasonKind.ACTIVE:
            return _told(history.active, person, day)
        case ReasonKind.RELIABLE:
            return {"worked": _times(history.worked, person, day), "of": _times(history.active, person, day)}
        case ReasonKind.RHYTHM:
            return {"hour": hour_of(day)}
        case ReasonKind.PAIR:
            asker = history.people.get(ask.asker_id, -1)
            return {"times": _times(history.pairs[asker], person, day)} if asker in history.pairs else {}
        case _:
            return {}


def _answered(history: History, ask: Ask, person: int, day: float) -> Details:
    tallies = {topic: history.by_topic[topic] for topic in ask.topics if topic in history.by_topic}
    if not tallies:
        return {}
    topic = max(tallies, key=lambda topic: (_times(tallies[topic], person, day), topic))
    return {"topic": topic, **_told(tallies[topic], person, day)}


def _told(tally: Tally, person: int, day: float) -> Details:
    times, last = _times(tally, person, day), tally.faded(np.array([person]), day)[1][0]
    return {"times": times, "days": max(0, int(day - last))} if times else {"times": 0}


def _times(tally: Tally, person: int, day: float) -> int:
    """Return the count in the last column, which never fades."""
    return round(float(tally.faded(np.array([person]), day)[0][0, -1]))

"""The facts behind a learned reason: counts and days, never a decline, a pause or a rating."""

from collections.abc import Mapping

from matching.decayed_counts import Tally
from matching.learning.history import SECONDS_A_DAY, History, hour_of
from matching.values import Ask, ReasonKind

Details = Mapping[str, str | int | float]


def record(history: History, ask: Ask, person: int, day: float, kind: ReasonKind) -> Details:
    """What can be said of a person's past where a reason of this kind counts."""
    match kind:
        case ReasonKind.ANSWERED:
            return _answered(history, ask, person, day)
        case ReasonKind.ACTIVE:
            return _told(history.active, person, day)
        case ReasonKind.RELIABLE:
            return {"worked": history.worked.told(person)[0], "of": history.active.told(person)[0]}
        case ReasonKind.RHYTHM:
            return {"hour": hour_of(day)}
        case ReasonKind.PAIR:
            asker = history.people.get(ask.asker_id, -1)
            return {"times": history.pairs[asker].told(person)[0]} if asker in history.pairs else {}
        case _:
            return {}


def _answered(history: History, ask: Ask, person: int, day: float) -> Details:
    tallies = {topic: history.by_topic[topic] for topic in ask.topics if topic in history.by_topic}
    if not tallies:
        return {}
    topic = max(tallies, key=lambda topic: (tallies[topic].told(person)[0], topic))
    return {"topic": topic, **_told(tallies[topic], person, day)}


def _told(tally: Tally, person: int, day: float) -> Details:
    """How many times, how many whole days ago the last was, and when, in seconds since 1970."""
    times, last = tally.told(person)
    if not times:
        return {"times": 0}
    return {"times": times, "days": max(0, int(day - last)), "last_at": round(last * SECONDS_A_DAY)}

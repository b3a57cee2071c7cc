"""`waymark explain`: why a request went to whom, as lines for a terminal and as data for a script."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kernel.topics import Catalogue
from matching.ranking.counterfactuals import Counterfactual, Lever
from matching.values import Lane, Reason, ReasonKind
from mentoring.learning.explanation import Explained, Placed

Facts = Mapping[str, Any]
Label = Callable[[str], str]
SHOWN = 0.005


def lines(found: Explained, topics: Catalogue) -> Iterator[str]:
    """Yield what is known of a request: what it wants, who was asked, and the ranking with its figures."""
    about = ", ".join(topics.labels(found.ask.topics)) or "no topic"
    model = "profiles and what was learned" if found.is_learned else "profiles"
    yield f"{found.request_id}: {about}; {found.ask.urgency.replace('_', ' ')}; {found.ask.minutes} minutes"
    yield f"Asked {found.asked_at:%Y-%m-%d %H:%M} UTC, to be answered by {_lanes(found)}"
    yield from _approached(found)
    yield f"The ranking as things stand now, by {model}:"
    for place, placed in enumerate(found.ranked, 1):
        lane = f", {placed.lane}" if placed.lane else ""
        yield f"{place:3}. {placed.score:+.2f}  {placed.name} ({placed.helper_id}){lane}"
        yield from (f"       {line}" for line in _shares(placed, topics.label))
    if not found.ranked:
        yield "     nobody: no one who can be asked has one of its topics."
    for id in found.in_line:
        name = f"{found.names.get(id, id)} ({id})"
        yield f"     left out: {name}, above or below the asker in the line of managers"
    yield from _what_if(found, topics.label)


def facts(found: Explained) -> dict[str, Any]:
    """The same as data; the question is no part of it."""
    return {
        "request": found.request_id,
        "topics": list(found.ask.topics),
        "lanes": [str(lane) for lane in found.ask.lanes],
        "urgency": str(found.ask.urgency),
        "asked_at": found.asked_at.isoformat(),
        "is_learned": found.is_learned,
        "asked": [
            {
                "person": approach.helper_id,
                "lane": _lane(approach.lane, found),
                "at": approach.offered_at.isoformat(),
            }
            for approach in found.approached
        ],
        "helper": found.helper_id,
        "ranked": [_placed(placed, found) for placed in found.ranked],
        "left_out_as_managers_or_reports": list(found.in_line),
        "would_put_the_second_first": [
            {
                "what": str(change.lever),
                "amount": change.amount,
                **({"topic": change.topic} if change.topic else {}),
            }
            for change in found.changes
        ],
    }


def _placed(placed: Placed, found: Explained) -> dict[str, Any]:
    shares = [
        {"kind": str(reason.kind), "value": round(reason.value, 3), "facts": dict(reason.facts)}
        for reason in placed.reasons
    ]
    return {
        "person": placed.helper_id,
        "lane": _lane(placed.lane, found),
        "score": round(placed.score, 3),
        "reasons": shares,
        "private": round(placed.private, 3),
    }


def _lane(lane: Lane | None, found: Explained) -> str | None:
    """A lane, or nothing where it would tell who asks."""
    return None if found.is_anonymous or lane is None else str(lane)


def _lanes(found: Explained) -> str:
    return ", else ".join(found.ask.lanes) or "anyone"


def _approached(found: Explained) -> Iterator[str]:
    for place, each in enumerate(found.approached, 1):
        said = ", who helped" if each.helper_id == found.helper_id else ""
        name = found.names.get(each.helper_id, each.helper_id)
        yield f"{place:3}. asked {each.offered_at:%Y-%m-%d %H:%M}: {name} ({each.helper_id}){said}"
    if not found.approached:
        yield "     nobody was asked so far."


def _shares(placed: Placed, label: Label) -> Iterator[str]:
    for reason in (each for each in placed.reasons if abs(each.value) >= SHOWN):
        yield f"{reason.value:+.2f}  {_about(reason, label)}"
    if abs(placed.private) >= SHOWN:
        yield f"{placed.private:+.2f}  what is told of nobody: their answers, and what was said of their help"


def _about(reason: Reason, label: Label) -> str:
    words = _ABOUT.get(reason.kind)
    return words(reason.facts, label) if words else str(reason.kind).replace("_", " ")


def _load(given: Facts, label: Label) -> str:
    minutes = f"{given['minutes_booked']} minutes booked, {given['minutes_left']} left"
    return f"{minutes}; {given['open_sessions']} open talks, {given['open_offers']} open offers"


def _hours(given: Facts, label: Label) -> str:
    wait = given.get("opens_in_minutes")
    return "without working hours" if wait is None else f"at work in {wait} minutes"


def _answered(given: Facts, label: Label) -> str:
    if not given.get("times"):
        return "no answers in these topics yet"
    return f"{given['times']} answers about {label(given['topic'])}, the last {given['days']} days ago"


def _active(given: Facts, label: Label) -> str:
    last = f", the last {given['days']} days ago" if given.get("times") else ""
    return f"{given.get('times', 0)} answers in all{last}"


_ABOUT: Mapping[ReasonKind, Callable[[Facts, Label], str]] = {
    ReasonKind.TOPIC: lambda given, label: f"{label(given['topic'])}, own level {given['level']}",
    ReasonKind.RELATED_TOPIC: lambda given, label: (
        f"{label(given['related'])}, own level {given['level']}, is close to {label(given['topic'])}"
    ),
    ReasonKind.LANE: lambda given, label: f"lane {given['lane']}, {given['levels_apart']:+d} levels apart",
    ReasonKind.HOURS: _hours,
    ReasonKind.LOAD: _load,
    ReasonKind.REPEAT: lambda given, label: f"{given['times']} earlier talks with this asker",
    ReasonKind.RECENT: lambda given, label: f"helped {given['days']} days ago",
    ReasonKind.ANSWERED: _answered,
    ReasonKind.SIMILAR: lambda given, label: "answers to requests like this one",
    ReasonKind.ACTIVE: _active,
    ReasonKind.RHYTHM: lambda given, label: f"around at {given['hour']}:00 UTC",
    ReasonKind.PAIR: lambda given, label: f"{given.get('times', 0)} answers to this asker before",
    ReasonKind.GIVEN: lambda given, label: f"{given['lately']} asks given lately",
}


def _what_if(found: Explained, label: Label) -> Iterator[str]:
    if found.is_anonymous or len(found.ranked) < 2:
        return
    name = found.ranked[1].name
    if not found.changes:
        yield f"No single change would have put {name} first."
        return
    yield f"Any one of these would have put {name} first:"
    yield from (f"     {_change(change, label)}" for change in found.changes)


def _change(change: Counterfactual, label: Label) -> str:
    amount = f"{change.amount:g}"
    return _CHANGES[change.lever].format(amount=amount, topic=label(change.topic) if change.topic else "")


_CHANGES: Mapping[Lever, str] = {
    Lever.MINUTES: "{amount} fewer booked minutes",
    Lever.SESSIONS: "open talks: {amount} fewer",
    Lever.OFFERS: "open offers: {amount} fewer",
    Lever.HOURS: "at work {amount} minutes sooner",
    Lever.REPEATS: "earlier talks with this asker: {amount} fewer",
    Lever.RECENT: "the last talk at least {amount} days ago",
    Lever.GIVEN: "at most {amount} asks given lately",
    Lever.LEVEL: "own level {amount} in {topic}",
    Lever.LANE: "their lane wished first",
}

"""`waymark topics replay`: what an edit would have done, as lines for a terminal and as data for a script."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kernel.topics import Catalogue
from mentoring.learning.replay import Placement, Replay, Replayed


def lines(found: Replay, before: Catalogue, after: Catalogue) -> Iterator[str]:
    """Yield each request that would have gone otherwise, then the figures before and after."""
    for each in found.requests:
        if each.is_changed:
            yield from _changed(each, before, after)
    yield from _summary(found)


def facts(found: Replay) -> dict[str, Any]:
    """All of it as data; no question is part of it."""
    return {
        "requests": len(found.requests),
        "other_topics": found.retagged,
        "other_first_choice": found.redirected,
        "newly_reachable": found.gained,
        "newly_unreachable": found.lost,
        "before": asdict(found.before),
        "after": asdict(found.after),
        "changed": [
            {
                "request": each.id,
                "asked_at": each.asked_at.isoformat(),
                "before": asdict(each.before),
                "after": asdict(each.after),
            }
            for each in found.requests
            if each.is_changed
        ],
    }


def _changed(each: Replayed, before: Catalogue, after: Catalogue) -> Iterator[str]:
    note = ""
    if each.after.first is None:
        note = "   newly unreachable" if each.before.first else "   unreachable, as before"
    elif each.before.first is None:
        note = "   newly reachable"
    yield f"{each.id}  {each.asked_at:%Y-%m-%d %H:%M}{note}"
    yield f"    now    {_placed(each.before, before)}"
    yield f"    edited {_placed(each.after, after)}"


def _placed(placement: Placement, topics: Catalogue) -> str:
    about = ", ".join(topics.labels(placement.topics)) or "no topic"
    return f"{about}; first {placement.first or 'nobody'}"


def _summary(found: Replay) -> Iterator[str]:
    before, after = found.before, found.after
    yield f"{len(found.requests)} requests          now   edited"
    yield f"reach somebody     {before.routed:6} {after.routed:8}"
    yield f"reach nobody       {before.unroutable:6} {after.unroutable:8}"
    yield f"Gini of firsts     {before.gini:6.3f} {after.gini:8.3f}"
    yield f"other topics: {found.retagged}; another first choice: {found.redirected}"
    yield f"newly reachable: {found.gained}; newly unreachable: {found.lost}"

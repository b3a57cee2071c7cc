"""In which order lanes are wished, once it is known in which of them sessions have helped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from matching.values import Ask, Lane

ENOUGH = 10
WORTH = 10.0
CLEARLY = 0.1


@dataclass(frozen=True, slots=True)
class Helpfulness:
    """How many sessions askers have judged, and how many of them helped, by lane."""

    talks: Mapping[Lane, int] = field(default_factory=dict)
    helped: Mapping[Lane, int] = field(default_factory=dict)

    def known(self) -> frozenset[Lane]:
        """The lanes with enough sessions to go by: ten."""
        return frozenset(lane for lane, talks in self.talks.items() if talks >= ENOUGH)

    def share(self, lane: Lane) -> float:
        """The share of sessions that helped, drawn to that of all lanes as by ten more sessions."""
        mean = sum(self.helped.values()) / max(sum(self.talks.values()), 1)
        return (self.helped.get(lane, 0) + WORTH * mean) / (self.talks.get(lane, 0) + WORTH)


def in_order(lanes: Sequence[Lane], past: Helpfulness) -> tuple[Lane, ...]:
    """Lanes, one before another where it has helped clearly more often: by a tenth of the sessions.

    A lane that too little is known of keeps its place.
    """
    known = [lane for lane in lanes if lane in past.known()]
    better = iter(_clearly_better_first(known, past))
    return tuple(next(better) if lane in known else lane for lane in lanes)


def _clearly_better_first(lanes: Sequence[Lane], past: Helpfulness) -> list[Lane]:
    """Lanes, each moved up past its neighbours for as long as it is clearly better than the next."""
    ordered: list[Lane] = []
    for lane in lanes:
        place = len(ordered)
        while place and past.share(lane) - past.share(ordered[place - 1]) >= CLEARLY:
            place -= 1
        ordered.insert(place, lane)
    return ordered


def with_outcomes(ask: Ask, past: Helpfulness) -> Ask:
    """An ask whose lanes are in that order; *proven* is the best of two or more that are known."""
    known = [lane for lane in ask.lanes if lane in past.known()]
    lanes = in_order(ask.lanes, past)
    best = max((past.share(lane) for lane in known), default=0.0)
    proven = next((lane for lane in lanes if lane in known and past.share(lane) == best), None)
    return replace(ask, lanes=lanes, proven=proven if len(known) > 1 else None)

"""What a ranking reads and returns: asks, helpers, limits, matches and their reasons."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from matching.hours import OFFICE, OpenHours

NOBODY: frozenset[str] = frozenset()
NOTHING: Mapping[str, int] = MappingProxyType({})
ANYTHING = "*"  # stands among topics, where no topic does, for whoever takes any question


class Lane(StrEnum):
    """How a helper stands to the asker."""

    PEER = "peer"
    SENIOR = "senior"
    REVERSE = "reverse"


LANES = tuple(Lane)
ALL_LANES = frozenset(Lane)


class Urgency(StrEnum):
    """By when the asker needs help."""

    NOW = "now"
    TODAY = "today"
    THIS_WEEK = "this_week"


@dataclass(frozen=True, slots=True)
class Ask:
    """What one ranking is for. *lanes* are the acceptable ones, best first; empty means any.

    *proven* is the one in which sessions about the first topic have helped most often, if that is known.
    *excluded* are never listed; *wanted* are helpers asked for by name: a repeat does not speak against them.
    *at_work*: only who is at work this moment is listed, as for what is needed now. *holders* have this very
    question before them: it does not count among what waits for their answer. *unwilling*: those are listed,
    too, who would rather be asked in other lanes.
    """

    id: str
    asker_id: str
    asker_level: int
    topics: tuple[str, ...]
    lanes: tuple[Lane, ...] = LANES
    urgency: Urgency = Urgency.TODAY
    minutes: int = 25
    excluded: frozenset[str] = NOBODY
    wanted: frozenset[str] = NOBODY
    text: str = ""
    proven: Lane | None = None
    at_work: bool = False
    holders: frozenset[str] = NOBODY
    unwilling: bool = False

    def in_any_lane(self) -> "Ask":
        """The ask with the lanes that were not wished behind those that were."""
        return replace(self, lanes=tuple(dict.fromkeys((*self.lanes, *LANES))))


@dataclass(frozen=True, slots=True)
class Helper:
    """A person who may be asked: career *level* 1–7, own level 1–3 per topic, and the present load.

    *minutes_booked* counts the last 168 hours; *helped* counts recent sessions per asker. *offers_ended* are
    the latest that were answered or ran out; of *offers_answered*, a yes is one and a no a half.
    *questions_at_once* is how many offers they let wait for them; None: as many as everyone.
    """

    id: str
    level: int
    topics: Mapping[str, int]
    lanes: frozenset[Lane] = ALL_LANES
    minutes_per_week: int = 60
    minutes_booked: int = 0
    open_sessions: int = 0
    open_offers: int = 0
    hours: OpenHours = OFFICE
    paused_until: datetime | None = None
    is_available: bool = True
    helped: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    last_helped_at: datetime | None = None
    offers_ended: int = 0
    offers_answered: float = 0.0
    questions_at_once: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one helper may carry at a time; None is any number, whatever somebody says of their own."""

    open_sessions: int = 2
    open_offers: int | None = 1
    minutes_per_week: int = 60
    questions_per_week: int | None = None


class ReasonKind(StrEnum):
    """What a reason is about; words for people are made elsewhere."""

    TOPIC = "topic"
    RELATED_TOPIC = "related_topic"
    LANE = "lane"
    HOURS = "hours"
    LOAD = "load"
    REPEAT = "repeat"
    RECENT = "recent"
    IN_TIME = "in_time"
    PRESENCE = "presence"
    LANGUAGE = "language"
    ANSWERED = "answered"
    SIMILAR = "similar"
    ACTIVE = "active"
    RELIABLE = "reliable"
    RHYTHM = "rhythm"
    PAIR = "pair"
    STANDING = "standing"
    GIVEN = "given"


EXPLORED = 0.05  # the share of asks in which a newcomer is asked first
# What would tell who an asker is, who stays unnamed.
TELLS_WHO = frozenset({ReasonKind.LANE, ReasonKind.REPEAT, ReasonKind.PAIR})


@dataclass(frozen=True, slots=True)
class Reason:
    """One share of a match's score: above zero it speaks for the helper, below zero against."""

    kind: ReasonKind
    value: float
    facts: Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Match:
    """A helper for an ask. The score is the sum of the reasons' values; the strongest reason comes first."""

    helper_id: str
    lane: Lane
    score: float
    reasons: tuple[Reason, ...]

    def also(self, reason: Reason) -> "Match":
        """The match with one more reason; one that is worth nothing is left out."""
        reasons = in_strength((*self.reasons, reason) if reason.value else self.reasons)
        return replace(self, score=math.fsum(each.value for each in reasons), reasons=reasons)


def in_strength(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons in the order of their strength, for or against; equals in the order of their kind."""
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.value), reason.kind)))

"""What would have put one helper before another: each single change that closes the gap by itself."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from matching.ranking.priors import DECLARED, URGENT, Prior
from matching.values import Ask, Match, Reason, ReasonKind

TINY = 1e-6
DAY_MINUTES = 24 * 60
HALVED_DAYS = 7


class Lever(StrEnum):
    """What could have been otherwise; *amount* of a change is how much of it."""

    MINUTES = "booked_minutes_fewer"
    SESSIONS = "open_sessions_fewer"
    OFFERS = "open_offers_fewer"
    HOURS = "minutes_sooner_at_work"
    REPEATS = "earlier_talks_fewer"
    RECENT = "days_since_last_help"
    GIVEN = "asks_lately_at_most"
    LEVEL = "own_level"
    LANE = "lane_wished_first"


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """One thing that, had it been so, would have closed the gap by itself."""

    lever: Lever
    amount: float
    topic: str = ""


def changes(ask: Ask, ahead: Match, behind: Match, prior: Prior = DECLARED) -> list[Counterfactual]:
    """Every single change to *behind* that would have put them before *ahead*, by lever.

    Each is the least whole number that does, computed from the weights of the declared profile. What would
    tell of a no, of silence or of how help was judged is no lever.
    """
    gap = ahead.score - behind.score
    found = [
        *_less_load(behind, gap, prior),
        *_sooner(ask, behind, gap, prior),
        *_fewer_repeats(behind, gap, prior),
        *_longer_ago(behind, gap, prior),
        *_asked_less(behind, gap),
        *_more_expert(ask, behind, gap, prior),
        *_other_lane(behind, gap, prior),
    ]
    order = list(Lever)
    return sorted(found, key=lambda change: (order.index(change.lever), change.topic))


def _least(gap: float, each: float) -> int:
    """How many of these close a gap, and a little more than close it."""
    return math.floor(gap / each + TINY) + 1


def _less_load(behind: Match, gap: float, prior: Prior) -> Iterator[Counterfactual]:
    for reason in _of(behind, ReasonKind.LOAD):
        booked, left = float(reason.facts["minutes_booked"]), float(reason.facts["minutes_left"])
        for lever, has, each in (
            (Lever.MINUTES, booked, prior.booked / max(booked + left, 1)),
            (Lever.SESSIONS, float(reason.facts["open_sessions"]), prior.open_session),
            (Lever.OFFERS, float(reason.facts["open_offers"]), prior.open_offer),
        ):
            if each and _least(gap, each) <= has:
                yield Counterfactual(lever, _least(gap, each))


def _sooner(ask: Ask, behind: Match, gap: float, prior: Prior) -> Iterator[Counterfactual]:
    a_minute = prior.closed * URGENT[ask.urgency] / DAY_MINUTES
    for reason in _of(behind, ReasonKind.HOURS):
        wait = float(reason.facts.get("opens_in_minutes", math.inf))
        if a_minute and -reason.value > gap + TINY and wait < math.inf:
            bearable = math.ceil((-reason.value - gap) / a_minute - TINY) - 1
            yield Counterfactual(Lever.HOURS, wait - bearable)


def _fewer_repeats(behind: Match, gap: float, prior: Prior) -> Iterator[Counterfactual]:
    for reason in _of(behind, ReasonKind.REPEAT):
        times, counted = int(reason.facts["times"]), round(-reason.value / prior.repeat)
        if (fewer := _least(gap, prior.repeat)) <= counted:
            yield Counterfactual(Lever.REPEATS, times - counted + fewer)


def _longer_ago(behind: Match, gap: float, prior: Prior) -> Iterator[Counterfactual]:
    for reason in _of(behind, ReasonKind.RECENT):
        if (left := -reason.value - gap) > TINY:
            yield Counterfactual(
                Lever.RECENT, math.floor(-HALVED_DAYS * math.log2(left / prior.recent) + TINY) + 1
            )


def _asked_less(behind: Match, gap: float) -> Iterator[Counterfactual]:
    for reason in _of(behind, ReasonKind.GIVEN):
        lately = float(reason.facts["lately"])
        if lately and (left := -reason.value - gap) > TINY:
            price = -reason.value / math.log1p(lately)
            yield Counterfactual(Lever.GIVEN, math.floor(10 * math.expm1(left / price)) / 10)


def _more_expert(ask: Ask, behind: Match, gap: float, prior: Prior) -> Iterator[Counterfactual]:
    known = {str(reason.facts["topic"]): reason for reason in behind.reasons if "level" in reason.facts}
    weight = _weight_of_topics(known.values(), prior)
    for topic in dict.fromkeys(ask.topics):
        now = known[topic].value if topic in known else 0.0
        worth = [weight * each for each in prior.topic]
        better = next((own for own, each in enumerate(worth, 1) if each - now > gap + TINY), None)
        if better is not None:
            yield Counterfactual(Lever.LEVEL, better, topic)


def _weight_of_topics(reasons: Iterable[Reason], prior: Prior) -> float:
    """What declared topics are multiplied with: one, unless a learned model says otherwise."""
    own = (reason for reason in reasons if reason.kind is ReasonKind.TOPIC)
    return next((reason.value / prior.topic[int(reason.facts["level"]) - 1] for reason in own), 1.0)


def _other_lane(behind: Match, gap: float, prior: Prior) -> Iterator[Counterfactual]:
    now = sum(reason.value for reason in _of(behind, ReasonKind.LANE))
    if max(prior.lane) - now > gap + TINY:
        yield Counterfactual(Lever.LANE, 1)


def _of(match: Match, kind: ReasonKind) -> Iterator[Reason]:
    return (reason for reason in match.reasons if reason.kind is kind)

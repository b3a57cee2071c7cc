"""Which kind of help fits what somebody wrote, and why.

A coach helps with a goal or decision of one's own, soon, by questions. A mentor shares experience and helps
to find one's way, over a longer time. A peer is on the same ground. A reverse mentor is junior and knows
what is new. A sponsor acts where one is not. A sprint builds one skill by practice over weeks. Everything
else is a question: somebody knows the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sensing.clues import together
from sensing.features import Clue, Feature
from sensing.finder import Finder, Hit, quoted
from sensing.phrases import phrases
from sensing.wording import normal, words

__all__ = ["CLEAR", "FEATURES", "Advice", "Because", "Choice", "Feature", "advise", "features"]

SHOWN = 8
CLEAR = 1.5


class Choice(StrEnum):
    """The kinds of help, in the order that breaks a tie: the lighter one first."""

    ASK = "ask"
    COACH = "coach"
    SPRINT = "sprint"
    PEER_COACH = "peer_coach"
    MENTORSHIP = "mentorship"
    REVERSE = "reverse"
    SPONSOR = "sponsor"


@dataclass(frozen=True, slots=True)
class Because:
    """A feature that speaks for the choice, and the words of the text that show it."""

    feature: Feature
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """The kind of help that fits best, why, and what else would fit, the next best first.

    *lead* is by how much the best is ahead of a quick ask, in the weights of `FEATURES`.
    """

    choice: Choice
    reasons: tuple[Because, ...]
    runners_up: tuple[Choice, ...]
    lead: float

    @property
    def is_clear(self) -> bool:
        """Return whether another kind of help than a quick ask fits clearly better.

        At 1.5, of 24,885 real questions about databases, travel and mathematics 99.5 % are asked at once.
        """
        return self.choice is not Choice.ASK and self.lead >= CLEAR


A, C, S, P, M, R, X = Choice
F = Feature
FEATURES: Mapping[Feature, Mapping[Choice, float]] = {
    F.FACT_WANTED: {A: 2.0},
    F.BROKEN_THING: {A: 2.5},
    F.SOMEONE_WHO_KNOWS: {A: 1.5},
    F.URGENT: {A: 1.0, C: 0.7, S: -1.5, M: -1.5, X: -0.5},
    F.OWN_DECISION: {C: 2.5, M: 0.4},
    F.STUCK_INSIDE: {C: 2.5},
    F.HARD_TALK: {C: 2.5, A: -0.5},
    F.WANTS_COACHING: {C: 3.0},
    F.SKILL_TO_BUILD: {S: 2.5, C: 0.5},
    F.PRACTICE: {S: 1.5, P: 0.3},
    F.WEEKS: {S: 1.5},
    F.SAME_GROUND: {P: 3.0},
    F.MUTUAL: {P: 3.0},
    F.CAREER: {M: 2.2, C: 0.5},
    F.LONG_HORIZON: {M: 2.0, S: -0.5},
    F.EXPERIENCE_WANTED: {M: 2.3, A: 0.5, S: -1.0},
    F.WANTS_MENTOR: {M: 3.0},
    F.JUNIORS_KNOW: {R: 3.5, M: -2.0, S: -1.0, X: -1.5},
    F.SENIOR_ASKING: {R: 1.5},
    F.NEW_WAYS: {R: 0.8},
    F.VISIBILITY: {X: 3.0, M: 0.3},
    F.SPOKEN_FOR: {X: 3.5},
    F.PASSED_OVER: {X: 3.0, C: 0.4, M: 0.4},
}
SENIOR_LEVEL = 5
_BY_LEVEL = frozenset({F.SENIOR_ASKING})
PRIOR = {A: 0.9, C: 0.6}


def advise(text: str, *, level: int = 3) -> Advice:
    """Return the kind of help that fits a text by a person of *level* 1 to 7.

    Each feature adds its weights once, however often its words occur. The highest sum wins; of equals, the
    lighter kind.
    """
    found = features(text, level=level)
    sums = {choice: _sum(choice, found) for choice in Choice}
    order = sorted(Choice, key=lambda choice: -sums[choice])
    best = order[0]
    speaking = sorted((f for f in found if FEATURES[f].get(best, 0) > 0), key=lambda f: -FEATURES[f][best])
    return Advice(
        best,
        tuple(Because(feature, found[feature]) for feature in speaking),
        tuple(choice for choice in order[1:3] if sums[choice] > 0),
        sums[best] - sums[Choice.ASK],
    )


def features(text: str, *, level: int = 3) -> dict[Feature, tuple[str, ...]]:
    """Return the features that a text shows, in the order of Feature, each with the words that show it."""
    normalized = normal(text)
    said = words(normalized)
    hits: dict[str, list[Hit]] = {}
    for hit in _finder().hits(said):
        hits.setdefault(hit.name, []).append(hit)
    for hit in list(together(hits, is_senior=level >= SENIOR_LEVEL)):
        hits.setdefault(hit.name, []).append(hit)
    shown = {
        feature: quoted(normalized, said, hits[feature][:SHOWN]) for feature in Feature if feature in hits
    }
    if level >= SENIOR_LEVEL and (F.NEW_WAYS in shown or F.JUNIORS_KNOW in shown):
        shown[F.SENIOR_ASKING] = ()
    return shown


def _sum(choice: Choice, found: Mapping[Feature, tuple[str, ...]]) -> float:
    return PRIOR.get(choice, 0.0) + sum(FEATURES[feature].get(choice, 0.0) for feature in found)


@cache
def _finder() -> Finder:
    lists = {feature.value: phrases(f"triage/{feature}") for feature in Feature if feature not in _BY_LEVEL}
    return Finder(lists | {clue.value: phrases(f"clues/{clue}") for clue in Clue})

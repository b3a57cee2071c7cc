"""Which kind of help fits what somebody wrote, and why.

A coach helps with a goal or decision of one's own, soon, by questions. A mentor shares experience and helps
to find one's way, over a longer time. A peer is on the same ground. A reverse mentor is junior and knows
what is new. A sponsor acts where one is not. A sprint builds one skill by practice over weeks. Everything
else is a question: somebody knows the answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sensing.triage.evidence_spans import SENIOR_LEVEL, Showing
from sensing.triage.features import Choice, TriageFeature
from sensing.triage.priors import Weights
from sensing.triage.private_life import is_private

__all__ = [
    "CLEAR",
    "FEATURES",
    "Advice",
    "Because",
    "Choice",
    "TriageFeature",
    "advise",
    "features",
    "hangs_on_level",
]

CLEAR = 1.5


@dataclass(frozen=True, slots=True)
class Because:
    """A feature that speaks for the choice, and the words of the text that show it."""

    feature: TriageFeature
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """The kind of help that fits best, why, and what else would fit, the next best first.

    *lead* is by how much the best is ahead of a quick ask by its features alone: single words advise, but
    never hold a question. *is_private*: it is about somebody's life outside work.
    """

    choice: Choice
    reasons: tuple[Because, ...]
    runners_up: tuple[Choice, ...]
    lead: float
    is_private: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether another kind of help than a quick ask fits clearly better.

        At 1.5, of 24,885 real questions about databases, travel and mathematics 99.6 % are asked at once.
        """
        return self.choice is not Choice.ASK and self.lead >= CLEAR


A, C, S, P, M, R, X = Choice
F = TriageFeature
FEATURES: Mapping[TriageFeature, Mapping[Choice, float]] = {
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
    F.EXPERIENCE_WANTED: {M: 2.3, S: -1.0},
    F.WANTS_MENTOR: {M: 3.0},
    F.JUNIORS_KNOW: {R: 3.5, M: -3.0, S: -1.0, X: -1.5},
    F.SENIOR_ASKING: {R: 1.5},
    F.NEW_WAYS: {R: 0.8},
    F.VISIBILITY: {X: 3.0, M: 0.3},
    F.SPOKEN_FOR: {X: 3.5},
    F.PASSED_OVER: {X: 3.0, C: 0.4, M: 0.4},
    F.WORDING: {},
}
PRIOR = {A: 0.9, C: 0.6}
IMPERSONAL = 1.5
_PLACES = {choice: place for place, choice in enumerate(Choice)}


def advise(text: str, *, level: int = 3) -> Advice:
    """The kind of help that fits a text by a person of *level* 1 to 7.

    Each feature adds its weights once, however often its words occur; each single word and clue adds what it
    leans to. The highest sum wins; of equals, the lighter kind. What nobody is part of is rather a question.
    """
    shown = Showing.of(text, level)
    leant = shown.leanings()
    by_features = _by_features(shown)
    by_words = [sum(weights) for weights in zip(*leant.values(), strict=True)] or [0.0] * len(by_features)
    sums = {choice: by_features[choice] + by_words[place] for choice, place in _PLACES.items()}
    order = sorted(sums, key=lambda choice: -sums[choice])
    best = order[0]
    return Advice(
        best,
        tuple(_reasons(shown, leant, best)),
        tuple(choice for choice in order[1:3] if sums[choice] > 0),
        by_features[best] - by_features[Choice.ASK],
        is_private(text),
    )


def hangs_on_level(text: str) -> bool:
    """Whether another kind of help fits a text by a senior than by others."""
    return advise(text).choice is not advise(text, level=SENIOR_LEVEL).choice


def features(text: str, *, level: int = 3) -> dict[TriageFeature, tuple[str, ...]]:
    """The features that a text shows, in the order of Feature, each with the words that show it."""
    shown = Showing.of(text, level)
    return {feature: shown.quote(feature) for feature in shown.features}


def _reasons(shown: Showing, leant: Mapping[str, Weights], best: Choice) -> Iterator[Because]:
    """Yield the features that speak for a kind of help, the strongest first, or else what hints at it."""
    speaking = [feature for feature in TriageFeature if FEATURES[feature].get(best, 0) > 0]
    speaking.sort(key=lambda feature: -FEATURES[feature][best])
    there = [feature for feature in speaking if feature in shown.features]
    yield from (Because(feature, shown.quote(feature)) for feature in there)
    if not there:
        yield from (Because(*hint) for hint in shown.hints(leant, _PLACES[best], speaking))


def _by_features(shown: Showing) -> dict[Choice, float]:
    sums = dict.fromkeys(_PLACES, 0.0) | PRIOR
    if not shown.is_personal:
        sums[A] += IMPERSONAL
    for feature in shown.features:
        for choice, weight in FEATURES[feature].items():
            sums[choice] += weight
    return sums

"""What a text is about, as one chance for each topic: by names, everyday words and nearness in meaning.

The chances are calibrated: of the topics that are said to be right nine times in ten, nine in ten are. How
the weights were found: `bench/fit_topics.py`, on the questions in `bench/data/topics` that are for
developing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.meaning.static_vectors import Reals, Vectors, shipped
from matching.topics.similar_texts import says_something
from matching.topics.tagging import ALIASED, Hint, Suggestion, Tagger, TopicWords

NEAREST = 3
FAR = -1.0
LEAST, NEVER_ALONE = 0.02, 0.89
NAMED_RIGHT = 0.91  # of 27 topics that led so in the questions for developing 26 were right


class Weights(NamedTuple):
    """How much each sign counts: for which topic it is (the first four), and how sure that is (the rest).

    *other* is the score of all that no topic is for, so that few topics do not share every question.
    """

    named: float
    hinted: float
    phrases: float
    whole: float
    other: float
    ahead: float
    score: float
    constant: float


WEIGHTS = Weights(3.536, 2.229, 11.286, 9.455, 4.145, 0.568, 0.2, -1.601)


class Near(NamedTuple):
    """How near a text is to each topic: its nearest phrases, all its words together; and the nearest one."""

    phrases: Reals
    whole: Reals
    best: Sequence[str]


class Meaning:
    """Topics as directions: each name, word and example one, and all of a topic's words together one."""

    def __init__(self, topics: Sequence[TopicWords], vectors: Vectors) -> None:
        self._vectors, self.is_quick = vectors, vectors.is_quick
        self._phrases = [[topic.label, *topic.aliases, *topic.words, *topic.examples] for topic in topics]
        self._whole = vectors.many([" ".join(phrases) for phrases in self._phrases])
        self._rows = vectors.many(list(chain.from_iterable(self._phrases)))
        self._places = _places([len(phrases) for phrases in self._phrases])

    def near(self, text: str) -> Near:
        """How near a text is to each topic, from -1 to 1."""
        asked = self._vectors.many([text])[0]
        likeness = np.append(self._rows @ asked, FAR)[self._places]
        best = likeness.argmax(axis=1).tolist()
        nearest = np.partition(likeness, likeness.shape[1] - NEAREST, axis=1)[:, -NEAREST:]
        is_there = nearest > FAR
        phrases = np.where(is_there, nearest, 0).sum(axis=1) / np.maximum(is_there.sum(axis=1), 1)
        spelled = [self._phrases[topic][at] for topic, at in enumerate(best)]
        return Near(phrases, self._whole @ asked, spelled)


def _places(counts: Sequence[int]) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    """Which row each phrase of each topic has (topics × most phrases); -1 where there is none."""
    places = np.full((len(counts), max([NEAREST, *counts])), -1, dtype=np.intp)
    start = 0
    for topic, count in enumerate(counts):
        places[topic, :count] = range(start, start + count)
        start += count
    return places


class TopicGuesser(Tagger):
    """Finds topics in text as people type it: also where no topic is named."""

    def __init__(
        self,
        topics: Iterable[TopicWords],
        vectors: Callable[[], Vectors] | None = None,
        weights: Weights = WEIGHTS,
    ) -> None:
        self._known = tuple(topics)
        super().__init__(self._known)
        self._vectors, self._weights = vectors, weights

    @cached_property
    def _meaning(self) -> Meaning | None:
        """Made at the first question, since the program starts sooner without it."""
        return Meaning(self._known, self._vectors()) if self._vectors and self._known else None

    @property
    def is_quick(self) -> bool:
        """Whether a short text takes a millisecond: all is made, and no sentence model is asked."""
        return "_meaning" in vars(self) and (self._meaning is None or self._meaning.is_quick)

    def prepare(self) -> None:
        """Make what the first question else would wait for."""
        _ = self._meaning

    def suggest(self, text: str, limit: int = 5) -> list[Suggestion]:
        """The topics a text may be about, tags first, then by chance, with the words that say so."""
        found = self._signs(text)
        chances = self.chances(found.numbers)
        exact = [guess for guess in found.named.values() if guess.exact]
        likely = [at for at in np.argsort(-chances, kind="stable").tolist() if chances[at] >= LEAST]
        guesses = [found.suggestion(self._known[at].id, at, round(float(chances[at]), 4)) for at in likely]
        tagged = {guess.topic_id for guess in exact}
        return [*exact, *(guess for guess in guesses if guess.topic_id not in tagged)][:limit]

    def signs(self, text: str) -> Reals:
        """What speaks for each topic (topics × named, hinted, phrases, whole)."""
        return self._signs(text).numbers

    def _signs(self, text: str) -> "_Signs":
        named = {guess.topic_id: guess for guess in super().suggest(text, len(self._known))}
        return _Signs([topic.id for topic in self._known], named, self.hints(text), self._near(text))

    def chances(self, signs: Reals) -> Reals:
        """The chance that each topic is right, by how far it is ahead of all others together."""
        weights = self._weights
        scores = signs @ np.array(weights[:4])
        if not len(signs):
            return np.zeros(0)
        logits = weights.ahead * ahead_of(scores, weights.other) + weights.score * scores + weights.constant
        chances = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        chances[only_usual(signs)] = np.minimum(chances[only_usual(signs)], NEVER_ALONE)
        sure: Reals = np.maximum(chances, NAMED_RIGHT * leading(signs[:, 0], scores))
        return sure

    def _near(self, text: str) -> Near | None:
        return self._meaning.near(text) if self._meaning and says_something(text) else None


def ahead_of(scores: Reals, other: float) -> Reals:
    """How far each score is ahead of all others together (the logit of its share among them)."""
    powers = np.exp(scores - scores.max())
    share = np.clip(powers / (powers.sum() + np.exp(other - scores.max())), 1e-6, 1 - 1e-6)
    ahead: Reals = np.log(share / (1 - share))
    return ahead


def leading(named: Reals, scores: Reals) -> Reals:
    """1 for each topic that a word of its own names and that no unnamed topic is ahead of."""
    is_named = named >= ALIASED
    best: float = scores[~is_named].max(initial=-np.inf)
    leads: Reals = (is_named & (scores > best)).astype(np.float64)
    return leads


def only_usual(signs: Reals) -> NDArray[np.bool_]:
    """Which topics only their everyday names speak for: those are never filed at once."""
    named, hinted = signs[:, 0], signs[:, 1]
    alone: NDArray[np.bool_] = (named > 0) & (named < ALIASED) & (hinted == 0)
    return alone


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a text says for each topic: by name, by everyday words, and by nearness in meaning."""

    ids: Sequence[str]
    named: Mapping[str, Suggestion]
    hints: Mapping[str, Hint]
    near: Near | None

    @property
    def numbers(self) -> Reals:
        nothing = np.zeros(len(self.ids))
        named = [self.named[id].confidence if id in self.named else 0.0 for id in self.ids]
        hinted = [self.hints[id].weight if id in self.hints else 0.0 for id in self.ids]
        near = (self.near.phrases, self.near.whole) if self.near else (nothing, nothing)
        return np.array([named, hinted, *near]).T

    def suggestion(self, id: str, at: int, chance: float) -> Suggestion:
        """A topic with the words that name or hint at it; where none do, with the phrase that is nearest."""
        named, hint = self.named.get(id), self.hints.get(id)
        words = (*(named.evidence if named else ()), *(hint.words if hint else ()))
        nearest = self.near.best[at] if self.near and not words else ""
        return Suggestion(id, chance, tuple(dict.fromkeys(words)), nearest=nearest)


def by_the_shipped_table(topics: Iterable[TopicWords]) -> TopicGuesser:
    """What finds topics with the table that comes with the program."""
    return TopicGuesser(topics, shipped)

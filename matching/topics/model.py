"""Topics learned from a workspace's own past requests, added to what topics' own words say.

One logistic regression a topic over tf-idf words (one against the rest), blended with how sure the plain
tagger is of the text and of its headline. With few requests the tagger decides: learning begins where
aliases end.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.topics.everyday_words import FUNCTION_WORDS
from matching.topics.tagging import FILE_AT_ONCE, Suggestion, Tagger
from matching.topics.tokens import fold

Reals = NDArray[np.floating[Any]]
WORD = re.compile(r"[^\W_][\w+#.-]*[\w+#]|[^\W_]")
HEADLINE = re.compile(r"(?:\S++[^\S\n]*+){1,15}")
EVERYTHING, NEVER, ALMOST = 200, 1.0, 0.99


@dataclass(frozen=True, slots=True)
class Tagged:
    """A past request and the topics it had in the end."""

    text: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """What was learned, as arrays: word × topic *weights* and, for each topic, the rest.

    *threshold* is the chance from which on nine in ten were right on requests held back; topics from
    *likely* on are what a text is about, taken together (most micro-F1).
    """

    topics: tuple[str, ...]
    words: Mapping[str, int]
    idf: Reals
    weights: Reals
    biases: Reals
    headline_weights: Reals
    alias_weights: Reals
    threshold: float
    likely: float

    def suggest(self, tagger: Tagger, text: str, limit: int = 5) -> list[Suggestion]:
        """The topics of a text as `Tagger.suggest` does: tags win, then the chance of each topic.

        A confidence of `FILE_AT_ONCE` is where nine in ten were right on requests held back.
        """
        plain = {each.topic_id: each for each in tagger.suggest(text, EVERYTHING)}
        exact = [each for each in plain.values() if each.exact]
        chances = self._chances(tagger, text, list(plain.values()))
        tagged = {each.topic_id for each in exact}
        best = [self.topics[at] for at in np.argsort(-chances, kind="stable")]
        chance_of = dict(zip(self.topics, chances.tolist(), strict=True))
        guesses = [topic for topic in best if tagger.known(topic) and topic not in tagged][:limit]
        guessed = [_guess(topic, self.confidence(chance_of[topic]), plain) for topic in guesses]
        return [*exact, *guessed][:limit]

    def chances(self, tagger: Tagger, text: str) -> Reals:
        """The chance of each of the learned topics."""
        return self._chances(tagger, text, tagger.suggest(text, EVERYTHING))

    def confidence(self, chance: float) -> float:
        """How sure a chance makes, on the scale on which `FILE_AT_ONCE` is sure enough."""
        if chance < self.threshold or self.threshold >= NEVER:
            return round(FILE_AT_ONCE * min(chance / self.threshold, ALMOST), 4)
        return round(FILE_AT_ONCE + (1 - FILE_AT_ONCE) * (chance - self.threshold) / (1 - self.threshold), 4)

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays without objects, fit for `numpy.savez` and back without pickle."""
        words = sorted(self.words, key=self.words.__getitem__)
        return {
            "topics": np.array(self.topics, dtype=np.str_),
            "words": np.array(words, dtype=np.str_),
            "idf": self.idf,
            "weights": self.weights,
            "biases": self.biases,
            "headline_weights": self.headline_weights,
            "alias_weights": self.alias_weights,
            "cuts": np.array([self.threshold, self.likely]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "TopicModel":
        """The model that `to_arrays` wrote down."""
        words: list[str] = arrays["words"].tolist()
        threshold, likely = arrays["cuts"].tolist()
        names = ("idf", "weights", "biases", "headline_weights", "alias_weights")
        reals = {name: np.asarray(arrays[name], dtype=np.float32) for name in names}
        index = {word: at for at, word in enumerate(words)}
        return cls(tuple(arrays["topics"].tolist()), index, **reals, threshold=threshold, likely=likely)

    def _chances(self, tagger: Tagger, text: str, plain: Sequence[Suggestion]) -> Reals:
        at, values = values_of(text, self.words, self.idf)
        in_headline, in_text = said_of(tagger, text, plain, self.topics)
        logits = values @ self.weights[at] + self.biases
        return sigmoid(logits + self.headline_weights * in_headline + self.alias_weights * in_text)


def headline(text: str) -> str:
    """The first line of a text, its first fifteen words at most."""
    found = HEADLINE.search(text)
    return found[0] if found else ""


def _guess(topic: str, confidence: float, plain: Mapping[str, Suggestion]) -> Suggestion:
    if topic not in plain:
        return Suggestion(topic, confidence, ())
    return replace(plain[topic], confidence=confidence)


def bag_of(text: str) -> Counter[str]:
    """The folded words of a text with their counts, those of the headline counted twice."""
    twice = f"{headline(text)}\n{text}"
    return Counter(word for word in WORD.findall(fold(twice)) if word not in FUNCTION_WORDS)


def values_of(text: str, words: Mapping[str, int], idf: Reals) -> tuple[NDArray[np.intp], Reals]:
    """Which known words a text has, and their tf-idf, of length one together."""
    counts = {words[word]: count for word, count in bag_of(text).items() if word in words}
    at = np.array(sorted(counts), dtype=np.intp)
    values: Reals = (1 + np.log(np.array([counts[each] for each in at.tolist()], dtype=np.float32))) * idf[at]
    values /= max(float(np.linalg.norm(values)), 1e-9)
    return at, values


def said_of(tagger: Tagger, text: str, plain: Sequence[Suggestion], topics: Sequence[str]) -> Reals:
    """How sure the plain tagger is of each topic, by the headline and by the whole text."""
    top = headline(text)
    first = plain if top == text else tagger.suggest(top, EVERYTHING)
    sure = [{each.topic_id: each.confidence for each in guesses} for guesses in (first, plain)]
    return np.array([[each.get(topic, 0.0) for topic in topics] for each in sure], dtype=np.float32)


def sigmoid(logits: Reals) -> Reals:
    """The logistic function of each; beyond ±30 it is cut off, so that nothing overflows."""
    chances: Reals = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return chances
